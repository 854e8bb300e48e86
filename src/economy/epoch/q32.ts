/**
 * Fractions with 32 binary places, the chain's I32F32, held as whole numbers in doubles: the value
 * times 2^32. Products and quotients floor as on chain. The 53 bits of a double can make one a
 * unit of 2^-32 too large: about once in a million, and oftener for quotients next to one. A factor
 * or divisor is a real number: to scale by a power of two is exact. Never allocates.
 */

/** The fraction one. */
export const ONE = 4_294_967_296;
/** The largest u16, one in the chain's u16 fractions. */
export const U16_ONE = 65_535;

// The powers stand as literals in the functions below: bundlers turn constants into variables, and
// reading those in the inner loops makes an epoch slower by a tenth.

/** The floored product of a fraction and a real factor from zero to one. */
export function multiply(fraction: number, factor: number): number {
  return Math.floor(fraction * factor);
}

/** The floored quotient of two numbers in the same unit, as a fraction. `divisor` is not zero. */
export function divide(dividend: number, divisor: number): number {
  return Math.floor((dividend * 2 ** 32) / divisor);
}

/** The fraction `value` ÷ 65,535, floored. */
export function fromU16(value: number): number {
  return Math.floor((value * 2 ** 32) / 65_535);
}

/** ⌊65,535 × fraction⌋, how the chain stores fractions. The fraction is at most one. */
export function toU16(fraction: number): number {
  return Math.floor(fraction * 65_535 * 2 ** -32);
}

/** The lesser of two fractions, without a branch: in random order a branch costs most. */
export function least(a: number, b: number): number {
  return (a + b - Math.abs(a - b)) / 2;
}

/** The nearest fraction to a real number. */
export function fromReal(value: number): number {
  return Math.round(value * ONE);
}

/** The real number a fraction stands for, exactly. */
export function toReal(fraction: number): number {
  return fraction * 2 ** -32;
}

/** The sum of the first `count` entries; exact for fractions, whatever their order. */
export function sumOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += values[index] as number;
  return sum;
}

/** Divides the first `count` entries by `sum` in place, unless the sum is zero. */
export function divideBySum(values: Float64Array, count: number, sum: number): void {
  if (sum === 0) return;
  for (let index = 0; index < count; index += 1) {
    values[index] = divide(values[index] as number, sum);
  }
}

/** Makes the first `count` entries fractions of their sum, in place; all zeros stay zeros. */
export function normalize(values: Float64Array, count: number): void {
  divideBySum(values, count, sumOf(values, count));
}
