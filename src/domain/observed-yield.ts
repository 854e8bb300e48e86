/** What a stake was seen to earn over a window of blocks, and that as a yearly rate. Pure integers. */

/** Blocks of twelve seconds in 365 days. */
export const BLOCKS_PER_YEAR = 2_628_000n;

/** Both amounts in the same unit: rao of alpha, or on root rao of TAO. */
export type ObservedYield = {
  /** Paid to stakers in the window, after the validator's take. */
  readonly gainRao: bigint;
  /** What it was paid on. */
  readonly baseRao: bigint;
  readonly windowBlocks: number;
};

/**
 * The window's gain scaled to 365 days, not compounded, in hundredths of a percent, floored:
 * gain ÷ base × blocks per year ÷ blocks of the window. Undefined without a base or a window.
 */
export function aprHundredths(seen: ObservedYield): bigint | undefined {
  if (seen.baseRao <= 0n || seen.windowBlocks <= 0) return undefined;
  return (seen.gainRao * BLOCKS_PER_YEAR * 10_000n) / (seen.baseRao * BigInt(seen.windowBlocks));
}

/** `1234n` is `12.34`. */
export function formatHundredths(hundredths: bigint): string {
  const sign = hundredths < 0n ? '-' : '';
  const text = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  return `${sign}${text.slice(0, -2)}.${text.slice(-2)}`;
}

const U16_MAX = 65_535n;

/** A chain fraction of 65,535 in hundredths of a percent, floored. */
export function u16Hundredths(parts: number): bigint {
  return shareHundredths(BigInt(parts), U16_MAX);
}

/** `part` of `whole` in hundredths of a percent, floored; 0 of nothing. */
export function shareHundredths(part: bigint, whole: bigint): bigint {
  return whole <= 0n ? 0n : (part * 10_000n) / whole;
}
