import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expFixed, powRatioFloor } from './power.ts';

const SCALE = 10n ** 18n;

/** v = ⌊scale·(a/b)^(p/q)⌋ says exactly v^q·b^p ≤ scale^q·a^p < (v+1)^q·b^p, all integers. */
function isFloor(value: bigint, a: bigint, b: bigint, p: bigint, q: bigint): boolean {
  const bound = SCALE ** q * a ** p;
  return value ** q * b ** p <= bound && bound < (value + 1n) ** q * b ** p;
}

const reserve = fc.bigInt(1n, 2n ** 62n);
const small = fc.bigInt(1n, 30n);

describe('powRatioFloor', () => {
  test('is the exact floor for any ratio and rational exponent', () => {
    fc.assert(
      fc.property(reserve, reserve, small, small, (a, b, p, q) => {
        const exponent = { numerator: p, denominator: q };
        expect(isFloor(powRatioFloor(a, b, exponent, SCALE), a, b, p, q)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('is the exact floor for the small steps of chain buys', () => {
    const big = fc.bigInt(10n ** 12n, 10n ** 16n);
    fc.assert(
      fc.property(big, fc.bigInt(1n, 10n ** 9n), small, small, (a, step, p, q) => {
        const exponent = { numerator: p, denominator: q };
        const value = powRatioFloor(a, a + step, exponent, SCALE);
        expect(isFloor(value, a, a + step, p, q)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('hits results that are whole exactly', () => {
    const half = { numerator: SCALE / 2n, denominator: SCALE };
    expect(powRatioFloor(4n, 1n, half, SCALE)).toBe(2n * SCALE);
    expect(powRatioFloor(1n, 16n, { numerator: 1n, denominator: 4n }, SCALE)).toBe(SCALE / 2n);
    const nine = { numerator: 900_000_000_000_000_000n, denominator: 100_000_000_000_000_000n };
    expect(powRatioFloor(1n, 10n, nine, SCALE)).toBe(10n ** 9n);
  });

  test('vanishes or explodes without losing its way', () => {
    const steep = { numerator: 99n, denominator: 1n };
    expect(powRatioFloor(1n, 1_001n, steep, SCALE)).toBe(0n);
    expect(powRatioFloor(1_000n, 1n, steep, 1n)).toBe(1_000n ** 99n);
    expect(powRatioFloor(0n, 5n, steep, SCALE)).toBe(0n);
    expect(powRatioFloor(7n, 7n, steep, SCALE)).toBe(SCALE);
  });
});

describe('a small step', () => {
  test('at the end of what its series serves is the exact floor', () => {
    for (let n = 1n; n <= 60n; n += 1n) {
      const a = (10n ** 12n + n * 7_919n) << 18n;
      const b = a + (a >> 18n);
      for (const p of [7n, 8n, 9n]) {
        const value = powRatioFloor(a, b, { numerator: p, denominator: 1n }, SCALE);
        expect(isFloor(value, a, b, p, 1n)).toBe(true);
      }
    }
  });

  test('to a whole number is that number', () => {
    const square = { numerator: 2n, denominator: 1n };
    for (const step of [1n, 1_000n, 3_814n]) {
      const a = 10n ** 9n - step;
      expect(powRatioFloor(a, 10n ** 9n, square, SCALE)).toBe(a * a);
      expect(powRatioFloor(10n ** 9n, a, square, a * a)).toBe(SCALE);
    }
  });
});

describe('e to a power', () => {
  const exp = (z: number): number => {
    const bits = 128n;
    const { mantissa, twos } = expFixed(BigInt(Math.round(z * 2 ** 40)) << (bits - 40n), bits);
    return (Number(mantissa >> 64n) / 2 ** 64) * 2 ** Number(twos);
  };

  test.each([0, 0.25, 0.5, 0.51, -0.5, -0.51, 1, -1, 7.3, -7.3, 40, -40])('%d', (z) => {
    expect(exp(z) / Math.exp(z)).toBeCloseTo(1, 10);
  });
});

test('what no power is defined for is refused by name', () => {
  expect(() => powRatioFloor(1n, 2n, { numerator: 0n, denominator: 2n }, SCALE)).toThrow(
    "Couldn't raise to a power: base and exponent must be above zero.",
  );
});
