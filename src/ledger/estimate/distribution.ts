/** What many random runs say together: quantiles, the mean and how often TAO was lost. Pure. */
import { fromDouble } from '../../economy/fixed.ts';
import type { RunEnds } from './random-runs.ts';

/** Percent of runs below each figure that is given. */
export const QUANTILES = [5, 25, 50, 75, 95] as const;

export type Quantile = {
  readonly percent: (typeof QUANTILES)[number];
  readonly alphaGainRao: bigint;
  readonly taoGainRao: bigint;
};

export type Distribution = {
  readonly runs: number;
  readonly quantiles: readonly Quantile[];
  readonly meanTaoGainRao: bigint;
  /** Runs that ended with less TAO than was put in. */
  readonly losses: number;
};

/** Of at least one run; parts from several threads are taken together, in any order. */
export function distributionOf(parts: readonly RunEnds[]): Distribution {
  const alpha = sorted(parts.map(({ alphaGains }) => alphaGains));
  const tao = sorted(parts.map(({ taoGains }) => taoGains));
  return {
    runs: tao.length,
    quantiles: QUANTILES.map((percent) => ({
      percent,
      alphaGainRao: toRao(quantile(alpha, percent)),
      taoGainRao: toRao(quantile(tao, percent)),
    })),
    meanTaoGainRao: toRao(tao.reduce((sum, each) => sum + each, 0) / Math.max(1, tao.length)),
    losses: tao.filter((gain) => gain < 0).length,
  };
}

function sorted(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part])).sort();
}

/** Between the two nearest, linearly. */
function quantile(values: Float64Array, percent: number): number {
  const at = ((values.length - 1) * percent) / 100;
  const low = values[Math.floor(at)] ?? 0;
  const high = values[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

function toRao(double: number): bigint {
  return double < 0 ? -fromDouble(Math.ceil(-double), 0) : fromDouble(Math.floor(double), 0);
}
