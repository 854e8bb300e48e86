/** Products of alpha and price, in rao × rao, back to rao of TAO. */
import { RAO_PER_UNIT } from '../../domain/amount.ts';

/** Rounded down, also below zero. */
export function divideFloor(product: bigint): bigint {
  const quotient = product / RAO_PER_UNIT;
  return product < 0n && quotient * RAO_PER_UNIT !== product ? quotient - 1n : quotient;
}
