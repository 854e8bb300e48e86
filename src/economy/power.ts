/**
 * ⌊scale × (a/b)^(p/q)⌋ over integers, correct to the last digit: the pool's only transcendental
 * function. Works on logarithms in fixed point and repeats with more bits when too near to call.
 */

import { invalidInput } from './invalid-input.ts';

/** The exponent's numerator and denominator, in the same unit. */
export type Exponent = { readonly numerator: bigint; readonly denominator: bigint };

const FAST_BITS = 128n;
const WIDE_BITS = 640n;

/** Zero to any power is zero. Throws ECONOMY_INVALID_INPUT unless a ≥ 0, b > 0 and p, q > 0. */
export function powRatioFloor(a: bigint, b: bigint, exponent: Exponent, scale: bigint): bigint {
  const { numerator, denominator } = exponent;
  if (a < 0n || b <= 0n || numerator <= 0n || denominator <= 0n) {
    throw invalidInput('raise to a power', 'base and exponent', 'must be above zero');
  }
  if (a === 0n) return 0n;
  if (numerator === denominator) return (a * scale) / b;
  if (a === b) return scale;
  const small = b > a ? smallStep(a, b, exponent, scale) : undefined;
  if (small !== undefined) return small;
  const fast = powAt(a, b, exponent, scale, FAST_BITS);
  if (fast.certain) return fast.value;
  const wide = fast.twos > 0n ? WIDE_BITS + fast.twos : WIDE_BITS;
  return powAt(a, b, exponent, scale, wide).value;
}

const SERIES_BITS = 96n;
/** The series serves steps under 2^-18 of the base and exponents under 2^3. */
const STEP_SHIFT = 18n;
/** Five terms leave out less than 2^-80; with the floors on the way, well under this. */
const SERIES_MARGIN = 1n << 24n;

/**
 * (a/b)^r for b a little above a: the binomial series of (1 + s)^(−r), s = (b − a)/a, in five
 * terms. Undefined where it does not serve, or cannot tell the last digit.
 */
function smallStep(a: bigint, b: bigint, exponent: Exponent, scale: bigint): bigint | undefined {
  const step = b - a;
  const { numerator, denominator } = exponent;
  if (step << STEP_SHIFT > a || numerator > denominator << 3n) return undefined;
  const s = (step << SERIES_BITS) / a;
  const first = (s * numerator) / denominator;
  const second = (first * (first + s)) >> (SERIES_BITS + 1n);
  const third = ((second * (first + s + s)) / 3n) >> SERIES_BITS;
  const fourth = (third * (first + 3n * s)) >> (SERIES_BITS + 2n);
  const loss = first - second + third - fourth;
  const product = ((1n << SERIES_BITS) - loss) * scale;
  const value = product >> SERIES_BITS;
  const rest = product - (value << SERIES_BITS);
  const margin = scale * SERIES_MARGIN;
  return rest > margin && (1n << SERIES_BITS) - rest > margin ? value : undefined;
}

/** `twos` is about the size of the power in bits. */
type PowerResult = { readonly value: bigint; readonly certain: boolean; readonly twos: bigint };

function powAt(a: bigint, b: bigint, exponent: Exponent, scale: bigint, bits: bigint): PowerResult {
  const z = (lnRatio(a, b, bits) * exponent.numerator) / exponent.denominator;
  const { mantissa, twos } = expFixed(z, bits);
  const product = mantissa * scale;
  const drop = bits - twos;
  if (drop <= 0n) return { value: product << -drop, certain: false, twos };
  const value = product >> drop;
  const rest = product - (value << drop);
  // The relative error stays under 2^(24 − bits): the terms of two series times the exponent.
  const margin = (product >> (bits - 24n)) + 1n;
  const unit = 1n << drop;
  if (rest > margin && unit - rest > margin) return { value, certain: true, twos };
  // Still undecided with the most bits: the true value is that integer.
  return { value: unit - rest <= margin ? value + 1n : value, certain: false, twos };
}

/** ln(a/b) with `bits` fraction bits. */
function lnRatio(a: bigint, b: bigint, bits: bigint): bigint {
  let x = a;
  let y = b;
  let twos = 0n;
  const gap = a > b ? a - b : b - a;
  if (gap * 3n > b) {
    twos = BigInt(bitLength(a) - bitLength(b));
    if (twos > 0n) y <<= twos;
    else x <<= -twos;
  }
  const series = atanhFixed(((x - y) << bits) / (x + y), bits) << 1n;
  return twos === 0n ? series : series + twos * ln2(bits);
}

function atanhFixed(t: bigint, bits: bigint): bigint {
  const square = (t * t) >> bits;
  let power = t;
  let sum = t;
  let odd = 3n;
  while (true) {
    power = (power * square) >> bits;
    const term = power / odd;
    if (term === 0n || term === -1n) return sum;
    sum += term;
    odd += 2n;
  }
}

/** e^z as mantissa × 2^(twos − bits), z and mantissa with `bits` fraction bits. */
export function expFixed(z: bigint, bits: bigint): { mantissa: bigint; twos: bigint } {
  const one = 1n << bits;
  let twos = 0n;
  let rest = z;
  if (z > one >> 1n || z < -(one >> 1n)) {
    const log = ln2(bits);
    twos = z / log;
    rest = z - twos * log;
  }
  let sum = one;
  let term = one;
  let n = 1n;
  while (true) {
    term = ((term * rest) >> bits) / n;
    if (term === 0n || term === -1n) break;
    sum += term;
    n += 1n;
  }
  return { mantissa: sum, twos };
}

const ln2Cache = new Map<bigint, bigint>();

function ln2(bits: bigint): bigint {
  const cached = ln2Cache.get(bits);
  if (cached !== undefined) return cached;
  const value = atanhFixed((1n << bits) / 3n, bits) << 1n;
  ln2Cache.set(bits, value);
  return value;
}

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}
