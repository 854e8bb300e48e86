/**
 * Repeatable randomness for simulations: a stream of draws that its numbers alone decide.
 * Integer arithmetic only, so that every machine draws the same. Never for keys.
 */

export type Draws = {
  /** In [0, 1), with 32 bits. */
  readonly next: () => number;
  /** A whole number from 0 up to, not including, `limit`. */
  readonly below: (limit: number) => number;
  /** About normal with mean 0 and deviation 1, within ±4.3: a sum of uniform draws. */
  readonly normal: () => number;
};

/** The stream that belongs to a list of whole numbers, such as seed, netuid and block. */
export function drawsOf(...numbers: readonly number[]): Draws {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  const next32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (const number of numbers) {
    a ^= number | 0;
    b ^= Math.floor(number / 2 ** 32) | 0;
    for (let i = 0; i < MIXING_ROUNDS; i += 1) next32();
  }
  const next = (): number => next32() / 2 ** 32;
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    normal() {
      let sum = -NORMAL_TERMS / 2;
      for (let i = 0; i < NORMAL_TERMS; i += 1) sum += next();
      return sum * NORMAL_SCALE;
    },
  };
}

const MIXING_ROUNDS = 12;
/** Six uniform draws have variance one half. */
const NORMAL_TERMS = 6;
const NORMAL_SCALE = Math.SQRT2;
