/**
 * Fractions with 32 binary places, the chain's I32F32, held as whole numbers in doubles: the value
 * times 2^32. Products and quotients floor as on chain; the 53 bits of a double can be off by one
 * unit of 2^-32, about once in a million products. Never allocates.
 */

/** The fraction one. */
export const ONE = 4_294_967_296;
/** The largest u16, one in the chain's u16 fractions. */
export const U16_ONE = 65_535;

const UNIT = 1 / ONE;

/** The floored product of two fractions. */
export function multiply(a: number, b: number): number {
  return Math.floor(a * b * UNIT);
}

/** The floored quotient as a fraction, of two numbers in the same unit. `divisor` is not zero. */
export function divide(dividend: number, divisor: number): number {
  return Math.floor((dividend * ONE) / divisor);
}

/** The fraction `value` ÷ 65,535, floored. */
export function fromU16(value: number): number {
  return divide(value, U16_ONE);
}

/** ⌊65,535 × fraction⌋, how the chain stores fractions. The fraction is at most one. */
export function toU16(fraction: number): number {
  return Math.floor(fraction * U16_ONE * UNIT);
}

/** The nearest fraction to a real number. */
export function fromReal(value: number): number {
  return Math.round(value * ONE);
}

/** The real number a fraction stands for, exactly. */
export function toReal(fraction: number): number {
  return fraction * UNIT;
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
