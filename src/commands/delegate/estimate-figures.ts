/** What is said of an estimate beside other validators': the gain with its range, and how long it takes. */
import { alpha, alphaJson, displayRao, tao, taoJson } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { Estimate, EstimateFigures } from '../../ledger/estimate/estimate-types.ts';

type FigureOf = (figures: EstimateFigures) => bigint;

/** JSON-safe; each figure with its range over the scenarios. */
export function gainData(estimate: Estimate) {
  const { netuid, expected, low, high } = estimate;
  const inAlpha = (figures: EstimateFigures) => alphaJson(alpha(netuid, figures.alphaGainRao));
  const inTao = (figures: EstimateFigures) => taoJson(tao(figures.taoGainRao));
  return {
    kind: estimate.kind,
    method: estimate.method,
    days: estimate.window.days,
    amount: taoJson(tao(estimate.amountRao)),
    alphaGain: { expected: inAlpha(expected), low: inAlpha(low), high: inAlpha(high) },
    taoGain: { expected: inTao(expected), low: inTao(low), high: inTao(high) },
    breakEvenDays: estimate.breakEven?.days.toFixed(1) ?? null,
  };
}

/** `0.12 (0.05 to 0.2)` */
export function rangeText(estimate: Estimate, of: FigureOf): string {
  const [expected, low, high] = [estimate.expected, estimate.low, estimate.high].map(of);
  return `${displayRao(expected ?? 0n)} (${displayRao(low ?? 0n)} to ${displayRao(high ?? 0n)})`;
}

export const alphaGainText = (estimate: Estimate): string =>
  `${rangeText(estimate, (figures) => figures.alphaGainRao)} ${estimate.netuid === ROOT_NETUID ? 'TAO' : 'alpha'}`;

export const taoGainText = (estimate: Estimate): string =>
  `${rangeText(estimate, (figures) => figures.taoGainRao)} TAO`;

export function breakEvenText({ breakEven }: Estimate): string {
  return breakEven === undefined ? 'not within ten years' : `${breakEven.days.toFixed(1)} days`;
}
