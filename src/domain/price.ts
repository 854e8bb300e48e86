/** Prices in rao of TAO per whole alpha, the chain's own integer form. Rounding is always named. */
import { TaoError } from '../errors/tao-error.ts';
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

/** Most decimals of a percentage. */
const PERCENT_DECIMALS = 4;
const HUNDRED = 100n;

/**
 * A share of something in percent, more than 0 and at most 100. USAGE_INVALID.
 *
 * @example parsePercentOf('12.5') // { numerator: 125000n, denominator: 1000000n }
 */
export function parsePercentOf(text: string): Ratio {
  const match = /^(\d{1,3})(?:\.(\d+))?%?$/.exec(text);
  const decimals = match?.[2] ?? '';
  const scale = 10n ** BigInt(PERCENT_DECIMALS);
  if (match !== null && decimals.length <= PERCENT_DECIMALS) {
    const numerator =
      BigInt(match[1] ?? '') * scale + BigInt(decimals.padEnd(PERCENT_DECIMALS, '0'));
    const denominator = HUNDRED * scale;
    if (numerator > 0n && numerator <= denominator) return { numerator, denominator };
  }
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't read the percentage "${text}": it must be more than 0 and at most 100, with at most ${PERCENT_DECIMALS} decimals.`,
    hint: 'Write a percentage such as 25 or 12.5.',
    data: { value: text },
  });
}

/** That share of an amount in rao, floored. */
export function shareFloor(rao: bigint, { numerator, denominator }: Ratio): bigint {
  return (rao * numerator) / denominator;
}
