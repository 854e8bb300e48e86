import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitOverMechanisms } from './mechanisms.ts';

describe('splitOverMechanisms', () => {
  it('splits evenly and gives the remainder to mechanism 0', () => {
    expect(splitOverMechanisms(11n, 3)).toEqual([5n, 3n, 3n]);
    expect(splitOverMechanisms(11n, 1)).toEqual([11n]);
    expect(splitOverMechanisms(11n, 0)).toEqual([]);
  });

  it('splits by u16 parts, floored', () => {
    expect(splitOverMechanisms(100n, 2, [32_768, 32_767])).toEqual([51n, 49n]);
    expect(splitOverMechanisms(1_000n, 2, [0, 65_535])).toEqual([0n, 1_000n]);
    expect(splitOverMechanisms(100n, 3, [65_535])).toEqual([100n, 0n, 0n]);
  });

  it('never gives more than there is, even for parts above one in sum', () => {
    expect(splitOverMechanisms(100n, 3, [65_535, 65_535, 65_535])).toEqual([100n, 0n, 0n]);
  });

  it('always gives everything', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.array(fc.nat({ max: 65_535 }), { minLength: 1, maxLength: 5 }),
        (rao, parts) => {
          const split = splitOverMechanisms(rao, parts.length, parts);
          expect(split.reduce((a, b) => a + b, 0n)).toBe(rao);
          expect(split.every((part) => part >= 0n)).toBe(true);
        },
      ),
      { seed: 31 },
    );
  });
});
