/** How much a price moved, from samples of it. An estimate: doubles, and it says from how many. Pure. */
import { BLOCKS_PER_DAY } from './course.ts';

/** One sample of a price; rao of TAO per whole alpha. */
export type PricePoint = { readonly block: number; readonly priceRaoPerAlpha: bigint };

export type Volatility = {
  /** Of the logarithm of the price, per block. */
  readonly variancePerBlock: number;
  /** `recorded`: from samples. `given`: the user's own figure. */
  readonly source: 'recorded' | 'given';
  /** Intervals between samples; 0 when given. */
  readonly intervals: number;
  readonly fromBlock: number | undefined;
  readonly toBlock: number | undefined;
};

/** Fewer intervals say nothing. */
export const LEAST_INTERVALS = 10;

/**
 * Realised variance: Σ ln(p₂ ÷ p₁)² ÷ Σ blocks between, over samples sorted by block. Undefined
 * with fewer than LEAST_INTERVALS. Any drift counts as movement.
 */
export function recordedVolatility(points: readonly PricePoint[]): Volatility | undefined {
  const usable = points.filter(({ priceRaoPerAlpha }) => priceRaoPerAlpha > 0n);
  let squares = 0;
  let blocks = 0;
  let intervals = 0;
  for (let i = 1; i < usable.length; i += 1) {
    const [before, after] = [usable[i - 1] as PricePoint, usable[i] as PricePoint];
    const span = after.block - before.block;
    if (span <= 0) continue;
    squares += logRatio(after.priceRaoPerAlpha, before.priceRaoPerAlpha) ** 2;
    blocks += span;
    intervals += 1;
  }
  if (intervals < LEAST_INTERVALS) return undefined;
  return {
    variancePerBlock: squares / blocks,
    source: 'recorded',
    intervals,
    fromBlock: usable[0]?.block,
    toBlock: usable.at(-1)?.block,
  };
}

/** From a daily standard deviation in percent. */
export function givenVolatility(percentPerDay: number): Volatility {
  const daily = percentPerDay / 100;
  return {
    variancePerBlock: (daily * daily) / BLOCKS_PER_DAY,
    source: 'given',
    intervals: 0,
    fromBlock: undefined,
    toBlock: undefined,
  };
}

/** Standard deviation of one day's change, in percent. */
export function percentPerDay({ variancePerBlock }: Volatility): number {
  return Math.sqrt(variancePerBlock * BLOCKS_PER_DAY) * 100;
}

/** ln(a ÷ b); prices are far below 2^53 in units of 10^-9. */
function logRatio(a: bigint, b: bigint): number {
  return Math.log(Number(a) / Number(b));
}
