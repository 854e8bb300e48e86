/** Prices in rao of TAO per whole alpha, the chain's own integer form. Rounding is always named. */
import { RAO_PER_UNIT } from './amount.ts';

/** A share of something: `numerator / denominator`. Tolerances, takes and fees are ratios. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** TAO value in rao, floored, of `alphaRao` at `priceRaoPerAlpha`. */
export function valueAtPriceFloor(alphaRao: bigint, priceRaoPerAlpha: bigint): bigint {
  return (alphaRao * priceRaoPerAlpha) / RAO_PER_UNIT;
}

/** The most a buyer accepts: price × (1 + tolerance), floored so the limit is never wider than asked. */
export function buyLimitFloor(priceRaoPerAlpha: bigint, tolerance: Ratio): bigint {
  return (priceRaoPerAlpha * (tolerance.denominator + tolerance.numerator)) / tolerance.denominator;
}

/** The least a seller accepts: price × (1 − tolerance), rounded up so the limit is never wider than asked. */
export function sellLimitCeil(priceRaoPerAlpha: bigint, tolerance: Ratio): bigint {
  const kept = priceRaoPerAlpha * (tolerance.denominator - tolerance.numerator);
  return (kept + tolerance.denominator - 1n) / tolerance.denominator;
}
