import { describe, expect, test } from 'vitest';
import {
  div32,
  div64,
  fromDouble,
  maxBig,
  minBig,
  mul32,
  mul64,
  ONE_32,
  ONE_64,
  toDouble,
  u16Fraction32,
  u64Fraction32,
} from './fixed.ts';

describe('fixed point', () => {
  test('floors products and truncates quotients', () => {
    expect([mul32(3n, ONE_32 / 2n), mul32(-3n, ONE_32 / 2n)]).toEqual([1n, -2n]);
    expect([mul64(3n, ONE_64 / 2n), mul64(-3n, ONE_64 / 2n)]).toEqual([1n, -2n]);
    expect([div32(1n, 3n), div32(-1n, 3n)]).toEqual([1_431_655_765n, -1_431_655_765n]);
    expect([div64(2n, 3n), div64(-2n, 3n)]).toEqual([
      12_297_829_382_473_034_410n,
      -12_297_829_382_473_034_410n,
    ]);
    expect([div32(1n, 0n), div64(1n, 0n)]).toEqual([0n, 0n]);
  });

  test('knows the fractions of u16 and u64', () => {
    expect([0, 1, 11_796, 65_535].map(u16Fraction32)).toEqual([0n, 65_537n, 773_074_452n, ONE_32]);
    expect(u64Fraction32(2n ** 64n - 1n)).toBe(ONE_32);
    expect(u64Fraction32(2n ** 63n)).toBe(ONE_32 / 2n);
  });

  test('picks the smaller and the larger', () => {
    expect([minBig(1n, 2n), minBig(2n, 1n), maxBig(1n, 2n), maxBig(2n, 1n)]).toEqual([
      1n,
      1n,
      2n,
      2n,
    ]);
  });
});

describe('as a double', () => {
  test.each([
    [0n, 0, 0],
    [5n, 0, 5],
    [-5n, 1, -2.5],
    [ONE_64 - 1n, 64, 1],
    [ONE_64, 64, 1],
    [-(ONE_64 << 31n), 64, -(2 ** 31)],
    [ONE_64 << 32n, 64, 2 ** 32],
    [(3n * ONE_64) << 200n, 64, 3 * 2 ** 200],
    [1n, 32, 2 ** -32],
    [2n ** 53n + 2n, 0, 2 ** 53 + 2],
  ])('%d over 2^%d is %d', (bits, fractionBits, value) => {
    expect(toDouble(bits, fractionBits)).toBe(value);
  });

  test('a number of any size is good to one part in 2^52', () => {
    for (const bits of [7n ** 20n, 7n ** 40n, 7n ** 80n, 7n ** 100n]) {
      const off = toDouble(bits, 0) / Number(bits) - 1;
      expect(Math.abs(off)).toBeLessThanOrEqual(2 ** -52);
    }
  });
});

describe('from a double', () => {
  test.each([
    [0.5, 0, 0n],
    [1.5, 0, 2n],
    [2.5, 0, 2n],
    [2.500001, 0, 3n],
    [2.4, 0, 2n],
    [-0.5, 0, 0n],
    [-1.5, 0, -2n],
    [0.25, 32, ONE_32 / 4n],
    [1, 64, ONE_64],
    [2 ** 53, 0, 2n ** 53n],
    [3e-6, 32, 12_885n],
  ])('%d with %d fraction bits is %d', (value, fractionBits, bits) => {
    expect(fromDouble(value, fractionBits)).toBe(bits);
  });

  test.each([Number.NaN, Infinity, -Infinity])('%d is refused', (value) => {
    expect(() => fromDouble(value, 32)).toThrow(new RangeError(`Not a finite number: ${value}`));
  });
});
