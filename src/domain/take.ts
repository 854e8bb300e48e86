/** A validator's take: parts of 65,535 on chain, percent for people. Integer arithmetic only. */

export const TAKE_DENOMINATOR = 65_535n;

/** Percent with two decimals, rounded up: what one pays is never shown smaller. 11796 is `18.00`. */
export function formatTakePercent(takeU16: number): string {
  const hundredths = (BigInt(takeU16) * 10_000n + TAKE_DENOMINATOR - 1n) / TAKE_DENOMINATOR;
  const text = hundredths.toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
