/** Yearly rates of an estimate, each with its unit, window, compounding and range. Pure. */
import { toDouble } from '../../economy/fixed.ts';
import type {
  EstimateEntry,
  EstimateFigures,
  EstimateRate,
  EstimateRates,
} from './estimate-types.ts';

const DAYS_PER_YEAR = 365;
/** A short window compounded to a year can pass every bound: this many percent is the most shown. */
const MOST_PERCENT = 1e9;

type Gains = { readonly expected: number; readonly low: number; readonly high: number };

export function ratesOf(parts: {
  readonly days: number;
  readonly amountRao: bigint;
  readonly entry: EstimateEntry;
  readonly expected: EstimateFigures;
  readonly low: EstimateFigures;
  readonly high: EstimateFigures;
}): EstimateRates {
  const { days, amountRao, entry } = parts;
  const gains = (gainOf: (figures: EstimateFigures) => bigint, base: bigint): Gains => ({
    expected: toDouble(gainOf(parts.expected), 0) / toDouble(base, 0),
    low: toDouble(gainOf(parts.low), 0) / toDouble(base, 0),
    high: toDouble(gainOf(parts.high), 0) / toDouble(base, 0),
  });
  const alpha = gains((figures) => figures.alphaGainRao, entry.alphaRao);
  const tao = gains((figures) => figures.taoGainRao, amountRao);
  return {
    alphaApr: rateOf('APR', 'alpha', days, alpha),
    alphaApy: rateOf('APY', 'alpha', days, alpha),
    taoApr: rateOf('APR', 'tao', days, tao),
    taoApy: rateOf('APY', 'tao', days, tao),
  };
}

function rateOf(
  label: EstimateRate['label'],
  unit: EstimateRate['unit'],
  windowDays: number,
  gains: Gains,
): EstimateRate {
  const periods = DAYS_PER_YEAR / windowDays;
  const percent = (gain: number): number => {
    const year = label === 'APR' ? gain * periods : Math.expm1(periods * Math.log1p(gain));
    return Math.min(year * 100, MOST_PERCENT);
  };
  return {
    label,
    unit,
    compounding: label === 'APR' ? 'none' : 'per-window',
    windowDays,
    expectedPercent: percent(gains.expected),
    lowPercent: percent(gains.low),
    highPercent: percent(gains.high),
  };
}
