/**
 * The emission gate of 2026-08: demand shares far under the bar fade out. Shares are U64F64 bits.
 */
import { fromDouble, mul64, toDouble } from './fixed.ts';

export type BarRule = { readonly rank: number; readonly quantile: number };

/**
 * The bar over all shares: the rank-th largest positive one (the smallest when there are fewer), or
 * with rank 0 the share at which the descending sum reaches the quantile. Zero without shares.
 */
export function emissionBar(shares: readonly bigint[], rule: BarRule): bigint {
  const positive = shares.filter((share) => share > 0n).sort((a, b) => (a < b ? 1 : -1));
  if (positive.length === 0) return 0n;
  if (rule.rank > 0) return positive[Math.min(rule.rank, positive.length) - 1] as bigint;
  const goal = fromDouble(rule.quantile, 64);
  let sum = 0n;
  for (const share of positive) {
    sum += share;
    if (sum >= goal) return share;
  }
  return positive.at(-1) as bigint;
}

/** share^h ÷ (share^h + bar^h), U64F64; one half at the bar. */
export function gateFactor(share: bigint, bar: bigint, exponent: number): bigint {
  if (share <= 0n) return 0n;
  if (Number.isInteger(exponent) && exponent > 0 && exponent <= 16) {
    const a = share ** BigInt(exponent);
    return (a << 64n) / (a + bar ** BigInt(exponent));
  }
  const ratio = toDouble(bar, 64) / toDouble(share, 64);
  return fromDouble(1 / (1 + ratio ** exponent), 64);
}

/** Gated and renormalised shares; the ungated ones when everything underflows. */
export function gateShares(
  shares: readonly bigint[],
  bar: bigint,
  exponent: number,
): readonly bigint[] {
  const gated = shares.map((share) => mul64(share, gateFactor(share, bar, exponent)));
  let sum = 0n;
  for (const share of gated) sum += share;
  return sum === 0n ? shares : gated.map((share) => (share << 64n) / sum);
}
