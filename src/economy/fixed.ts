/** Binary fixed point over bigint: products floor, quotients truncate, zero divisors give zero. */

/** One in a format with 32 fraction bits (I96F32, U96F32). */
export const ONE_32 = 1n << 32n;
/** One in a format with 64 fraction bits (U64F64). */
export const ONE_64 = 1n << 64n;

export function mul32(a: bigint, b: bigint): bigint {
  return (a * b) >> 32n;
}

export function div32(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : (a << 32n) / b;
}

export function mul64(a: bigint, b: bigint): bigint {
  return (a * b) >> 64n;
}

export function div64(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : (a << 64n) / b;
}

/** A u16 fraction of 65,535 as U96F32. */
export function u16Fraction32(value: number): bigint {
  return (BigInt(value) << 32n) / 65_535n;
}

/** A u64 fraction of 2^64 − 1 as U96F32. */
export function u64Fraction32(value: bigint): bigint {
  return (value << 32n) / (ONE_64 - 1n);
}

const limb = new BigUint64Array(1);
const limbHalves = new Uint32Array(limb.buffer);

/** `bits` ÷ 2^fractionBits as a double, off by at most one part in 2^52: never for bookings. */
export function toDouble(bits: bigint, fractionBits: number): number {
  let magnitude = bits < 0n ? -bits : bits;
  let exponent = -fractionBits;
  while (magnitude >= ONE_64 << 32n) {
    magnitude >>= 32n;
    exponent += 32;
  }
  while (magnitude >= ONE_64) {
    magnitude >>= 1n;
    exponent += 1;
  }
  limb[0] = magnitude;
  const value = (limbHalves[1] as number) * 2 ** 32 + (limbHalves[0] as number);
  return (bits < 0n ? -value : value) * 2 ** exponent;
}

/** The fixed-point number nearest to a double, ties to even. */
export function fromDouble(value: number, fractionBits: number): bigint {
  if (!Number.isFinite(value)) throw new RangeError(`Not a finite number: ${value}`);
  const scaled = value * 2 ** fractionBits;
  if (Math.abs(scaled) >= 2 ** 53) return BigInt(scaled);
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return BigInt(floor) + (up ? 1n : 0n);
}

export function minBig(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function maxBig(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
