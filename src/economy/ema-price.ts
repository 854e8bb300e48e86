/** The smoothed alpha price that steers emission. U64F64 inside, stored as I96F32. */
import { minBig, mul64, ONE_64 } from './fixed.ts';

export type EmaPriceInput = {
  /** I96F32. */
  readonly previousBits: bigint;
  /** U64F64; counts as at most one TAO. */
  readonly spotBits: bigint;
  /** Blocks since the subnet was started: block − (firstEmissionBlock − 1). */
  readonly age: number;
  /** I96F32. */
  readonly movingAlphaBits: bigint;
  readonly halvingBlocks: number;
};

/** The next EMA price, I96F32: smoothing × age ÷ (age + halving blocks) towards the spot price. */
export function nextEmaPrice(input: EmaPriceInput): bigint {
  const age = BigInt(Math.max(input.age, 0));
  const factor = (age << 64n) / (age + BigInt(input.halvingBlocks));
  const alpha = mul64(input.movingAlphaBits << 32n, factor);
  const spot = mul64(alpha, minBig(input.spotBits, ONE_64));
  const held = mul64(ONE_64 - alpha, input.previousBits << 32n);
  return (spot + held) >> 32n;
}
