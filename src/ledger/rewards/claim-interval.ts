/**
 * How often claiming and restaking pays. A claim every T blocks costs its fee F once, and what
 * waits meanwhile, on average half of what T blocks earn, does not earn itself. With stake S that
 * earns r a block, the loss per block is F ÷ T + (r × T ÷ 2) × (r ÷ S), which is least at
 * T = √(2 × F × S) ÷ r.
 */

/** Blocks of a year of 365 days at 12 seconds. */
export const BLOCKS_PER_YEAR = 2_628_000n;
/** Blocks of a day. */
export const BLOCKS_PER_DAY = 7_200n;
/** The formula in words, for people and machines. */
export const INTERVAL_METHOD = 'interval = sqrt(2 x fee x stake) / earned per block';

/** Earnings per block are fractions of a rao: `numeratorRao` over `denominator` blocks. */
export type Rate = { readonly numeratorRao: bigint; readonly denominator: bigint };

/** Blocks between claims that cost least, rounded up; undefined when nothing is earned. */
export function bestInterval(position: {
  readonly stakeRao: bigint;
  readonly feeRao: bigint;
  readonly earned: Rate;
}): bigint | undefined {
  const { stakeRao, feeRao, earned } = position;
  if (earned.numeratorRao <= 0n || stakeRao <= 0n) return undefined;
  const root = squareRootCeil(2n * feeRao * stakeRao);
  const blocks = divideCeil(root * earned.denominator, earned.numeratorRao);
  return blocks === 0n ? 1n : blocks;
}

/**
 * What a year of claims every `intervalBlocks` gains over claiming once at its end: the growth of
 * what was restaked, less the fees. Rao, rounded down; negative when the fees are more.
 */
export function yearlyGain(
  position: { readonly stakeRao: bigint; readonly feeRao: bigint; readonly earned: Rate },
  intervalBlocks: bigint,
): bigint {
  const { stakeRao, feeRao, earned } = position;
  if (stakeRao <= 0n || intervalBlocks <= 0n || earned.numeratorRao <= 0n) return 0n;
  const year = BLOCKS_PER_YEAR;
  const idle = year < intervalBlocks ? year : intervalBlocks;
  // Earned on restaked dividends: r² ÷ S × year × (year − T) ÷ 2.
  const growth =
    (earned.numeratorRao * earned.numeratorRao * year * (year - idle)) /
    (2n * stakeRao * earned.denominator * earned.denominator);
  return growth - divideCeil(feeRao * year, intervalBlocks);
}

function divideCeil(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/** The smallest whole number whose square is not below `value`. */
export function squareRootCeil(value: bigint): bigint {
  if (value <= 0n) return 0n;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) break;
    guess = next;
  }
  return guess * guess === value ? guess : guess + 1n;
}
