/**
 * ⌊scale × (a/b)^(p/q)⌋ over integers, correct to the last digit: the pool's only transcendental
 * function. Works on logarithms in fixed point and repeats with more bits when too near to call.
 */

/** The exponent's numerator and denominator, in the same unit. */
export type Exponent = { readonly numerator: bigint; readonly denominator: bigint };

const FAST_BITS = 128;
const WIDE_BITS = 640;

/** b must be above zero; zero to any power is zero. */
export function powRatioFloor(a: bigint, b: bigint, exponent: Exponent, scale: bigint): bigint {
  if (a === 0n) return 0n;
  const { numerator, denominator } = exponent;
  if (numerator === denominator) return (a * scale) / b;
  if (a === b) return scale;
  const fast = powAt(a, b, exponent, scale, FAST_BITS);
  if (fast.certain) return fast.value;
  return powAt(a, b, exponent, scale, WIDE_BITS).value;
}

type PowerResult = { readonly value: bigint; readonly certain: boolean };

function powAt(a: bigint, b: bigint, exponent: Exponent, scale: bigint, bits: number): PowerResult {
  const shift = BigInt(bits);
  const z = (lnRatio(a, b, bits) * exponent.numerator) / exponent.denominator;
  const { mantissa, twos } = expFixed(z, bits);
  const product = mantissa * scale;
  const drop = shift - twos;
  if (drop <= 0n) return { value: product << -drop, certain: false };
  const value = product >> drop;
  const rest = product - (value << drop);
  // The relative error stays under 2^(16 − bits): ~50 series terms times an exponent of 99.
  const margin = (product >> (shift - 24n)) + 1n;
  const unit = 1n << drop;
  if (rest > margin && unit - rest > margin) return { value, certain: true };
  // Still undecided with the most bits: the true value is that integer.
  return { value: unit - rest <= margin ? value + 1n : value, certain: false };
}

/** ln(a/b) with `bits` fraction bits. */
function lnRatio(a: bigint, b: bigint, bits: number): bigint {
  let x = a;
  let y = b;
  let twos = 0n;
  const gap = a > b ? a - b : b - a;
  if (gap * 3n > b) {
    twos = BigInt(bitLength(a) - bitLength(b));
    if (twos > 0n) y <<= twos;
    else x <<= -twos;
    if (3n * x > 4n * y) {
      y <<= 1n;
      twos += 1n;
    } else if (3n * x < 2n * y) {
      x <<= 1n;
      twos -= 1n;
    }
  }
  const series = atanhFixed(((x - y) << BigInt(bits)) / (x + y), bits) << 1n;
  return twos === 0n ? series : series + twos * ln2(bits);
}

function atanhFixed(t: bigint, bits: number): bigint {
  const shift = BigInt(bits);
  const square = (t * t) >> shift;
  let power = t;
  let sum = t;
  let odd = 3n;
  while (true) {
    power = (power * square) >> shift;
    const term = power / odd;
    if (term === 0n || term === -1n) return sum;
    sum += term;
    odd += 2n;
  }
}

/** e^z as mantissa × 2^(twos − bits), z and mantissa with `bits` fraction bits. */
export function expFixed(z: bigint, bits: number): { mantissa: bigint; twos: bigint } {
  const shift = BigInt(bits);
  const one = 1n << shift;
  let twos = 0n;
  let rest = z;
  if (z > one >> 1n || z < -(one >> 1n)) {
    const log = ln2(bits);
    twos = (z + (log >> 1n)) / log;
    if (z < 0n) twos = -((-z + (log >> 1n)) / log);
    rest = z - twos * log;
  }
  let sum = one;
  let term = one;
  let n = 1n;
  while (true) {
    term = ((term * rest) >> shift) / n;
    if (term === 0n || term === -1n) break;
    sum += term;
    n += 1n;
  }
  return { mantissa: sum, twos };
}

const ln2Cache = new Map<number, bigint>();

function ln2(bits: number): bigint {
  const cached = ln2Cache.get(bits);
  if (cached !== undefined) return cached;
  const value = atanhFixed((1n << BigInt(bits)) / 3n, bits) << 1n;
  ln2Cache.set(bits, value);
  return value;
}

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}
