import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addSafe,
  mulDivSafe,
  normalizeSafe,
  SAFE_ZERO,
  safeFromInteger,
  safeToU64,
  subtractSafe,
} from './safe-float.ts';

const u64 = fc.bigInt(0n, 2n ** 64n - 1n);

describe('SafeFloat', () => {
  test('holds every u64 exactly', () => {
    fc.assert(
      fc.property(u64, (n) => {
        expect(safeToU64(safeFromInteger(n))).toBe(n);
      }),
    );
  });

  test('is always normal: 10^20 < mantissa ≤ 10^21, or zero', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 40n), fc.integer({ min: -30, max: 30 }), (m, e) => {
        const { mantissa, exponent } = normalizeSafe(m, e);
        if (m === 0n) expect([mantissa, exponent]).toEqual([0n, 0]);
        else expect(mantissa > 10n ** 20n && mantissa <= 10n ** 21n).toBe(true);
      }),
    );
  });

  test('adds and takes away whole numbers like whole numbers, not below zero', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 62n), fc.bigInt(0n, 2n ** 62n), (a, b) => {
        expect(safeToU64(addSafe(safeFromInteger(a), safeFromInteger(b)))).toBe(a + b);
        const left = safeToU64(subtractSafe(safeFromInteger(a), safeFromInteger(b)));
        expect(left).toBe(a > b ? a - b : 0n);
      }),
    );
  });

  test('multiplies and divides in one step and gives zero for a zero divisor', () => {
    const [two, three, four] = [2n, 3n, 4n].map(safeFromInteger) as [
      typeof SAFE_ZERO,
      typeof SAFE_ZERO,
      typeof SAFE_ZERO,
    ];
    expect(mulDivSafe(two, two, three)).toEqual({
      mantissa: 133_333_333_333_333_333_333n,
      exponent: -20,
    });
    expect(safeToU64(mulDivSafe(four, three, two))).toBe(6n);
    expect(mulDivSafe(two, two, SAFE_ZERO)).toEqual(SAFE_ZERO);
  });

  test('reproduces the published life of a pool, digit for digit', () => {
    const billion = safeFromInteger(10n ** 9n);
    const bought = mulDivSafe(billion, billion, safeFromInteger(1_500_000_000n));
    expect(bought).toEqual({ mantissa: 666_666_666_666_666_666_666n, exponent: -12 });
    const all = addSafe(billion, bought);
    expect(all).toEqual({ mantissa: 166_666_666_666_666_666_666n, exponent: -11 });
    const sold = mulDivSafe(safeFromInteger(600_000_000n), all, safeFromInteger(2_500_000_000n));
    expect(subtractSafe(all, sold)).toEqual({
      mantissa: 126_666_666_666_666_666_667n,
      exponent: -11,
    });
    expect(subtractSafe(billion, sold)).toEqual({
      mantissa: 600_000_000_000_000_000_002n,
      exponent: -12,
    });
  });
});

describe('at its edges', () => {
  const TOP = 10n ** 21n;

  test('a mantissa of 10^21 is normal, one of 10^20 is not', () => {
    expect(normalizeSafe(TOP, 0)).toEqual({ mantissa: TOP, exponent: 0 });
    expect(normalizeSafe(TOP + 9n, 0)).toEqual({ mantissa: TOP, exponent: 0 });
    expect(normalizeSafe(TOP * 3n + 9n, 0)).toEqual({ mantissa: (TOP * 3n) / 10n, exponent: 1 });
    expect(normalizeSafe(TOP / 10n, 0)).toEqual({ mantissa: TOP, exponent: -1 });
    expect(normalizeSafe(-1n, 5)).toBe(SAFE_ZERO);
  });

  test('zero changes nothing that it is added to or taken from', () => {
    const seven = safeFromInteger(7n);
    expect(addSafe(SAFE_ZERO, seven)).toBe(seven);
    expect(addSafe(seven, SAFE_ZERO)).toBe(seven);
    expect(subtractSafe(seven, SAFE_ZERO)).toBe(seven);
    expect(subtractSafe(SAFE_ZERO, seven)).toBe(SAFE_ZERO);
  });

  test('what is 22 places smaller still counts, what is further off vanishes', () => {
    const big = { mantissa: TOP, exponent: 22 };
    expect(addSafe(big, { mantissa: TOP, exponent: 2 }).mantissa).toBe(TOP / 10n + 1n);
    expect(addSafe(big, { mantissa: TOP, exponent: -40 })).toEqual({
      mantissa: TOP,
      exponent: 22,
    });
    expect(subtractSafe(big, { mantissa: TOP, exponent: 1 })).toEqual({
      mantissa: TOP - 1n,
      exponent: 22,
    });
  });

  test('a u64 is the integer part, held to what a u64 can be', () => {
    const most = 2n ** 64n - 1n;
    expect(safeToU64({ mantissa: 9n, exponent: 0 })).toBe(9n);
    expect(safeToU64({ mantissa: 9n, exponent: 1 })).toBe(90n);
    expect(safeToU64({ mantissa: 199n, exponent: -2 })).toBe(1n);
    expect(safeToU64({ mantissa: most, exponent: 0 })).toBe(most);
    expect(safeToU64({ mantissa: most + 1n, exponent: 0 })).toBe(most);
    expect(safeToU64({ mantissa: TOP, exponent: 1_000_000_000 })).toBe(most);
    expect(safeToU64({ mantissa: TOP, exponent: -1_000_000_000 })).toBe(0n);
    expect(safeToU64(normalizeSafe(5n, -70))).toBe(0n);
  });
});
