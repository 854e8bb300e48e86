import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  divide,
  fromReal,
  fromU16,
  least,
  multiply,
  normalize,
  ONE,
  toReal,
  toU16,
} from './q32.ts';

/** Even over the range: near one, quotients are more often the next whole number too many. */
const fraction = fc.noBias(fc.integer({ min: 0, max: ONE }));

describe('fractions of 2^32', () => {
  it('multiply as big integers do, but for one unit in a million products', () => {
    const off = fc
      .sample(fc.tuple(fraction, fraction), { numRuns: 20_000, seed: 41 })
      .filter(([a, b]) => BigInt(multiply(a, toReal(b))) !== (BigInt(a) * BigInt(b)) >> 32n);
    expect(off).toEqual([]);
  });

  it('divide as big integers do, but for one unit in a million quotients', () => {
    const off = fc
      .sample(fc.tuple(fraction, fraction), { numRuns: 20_000, seed: 42 })
      .map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a + 1] as const)))
      .filter(([a, b]) => BigInt(divide(a, b)) !== (BigInt(a) << 32n) / BigInt(b));
    expect(off).toEqual([]);
  });

  it('come from u16 and go back floored', () => {
    expect(fromU16(65_535)).toBe(ONE);
    expect(fromU16(1)).toBe(65_537);
    expect(toU16(ONE)).toBe(65_535);
    expect(toU16(ONE - 1)).toBe(65_534);
    expect(toU16(fromU16(32_767))).toBe(32_766);
  });

  it('come from reals at the nearest and go back exactly', () => {
    expect(fromReal(0.51)).toBe(2_190_433_321);
    expect(toReal(fromReal(0.375))).toBe(0.375);
  });

  it('know the lesser of two', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(least(a, b)).toBe(Math.min(a, b));
      }),
      { seed: 43 },
    );
  });

  it('normalise the first entries to one, floored, and leave zeros alone', () => {
    const values = Float64Array.of(1, 2, 0, 9);
    normalize(values, 3);
    expect([...values]).toEqual([1_431_655_765, 2_863_311_530, 0, 9]);
    const zeros = new Float64Array(2);
    normalize(zeros, 2);
    expect([...zeros]).toEqual([0, 0]);
  });
});
