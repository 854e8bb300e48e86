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
  const alpha = smoothing(input);
  const spot = mul64(alpha, minBig(input.spotBits, ONE_64));
  const held = (ONE_64 - alpha) * input.previousBits;
  return (spot + (held >> 32n)) >> 32n;
}

/** Subnets of one age share it, so the last one is kept; U64F64. */
let last = { age: -1, halvingBlocks: 0, movingAlphaBits: 0n, alpha: 0n };

function smoothing({ age, halvingBlocks, movingAlphaBits }: EmaPriceInput): bigint {
  const known =
    last.age === age &&
    last.halvingBlocks === halvingBlocks &&
    last.movingAlphaBits === movingAlphaBits;
  if (known) return last.alpha;
  const blocks = BigInt(Math.max(age, 0));
  const factor = (blocks << 64n) / (blocks + BigInt(halvingBlocks));
  last = { age, halvingBlocks, movingAlphaBits, alpha: mul64(movingAlphaBits << 32n, factor) };
  return last.alpha;
}
