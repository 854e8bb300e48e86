import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCKS_PER_YEAR, bestInterval, squareRootCeil, yearlyGain } from './claim-interval.ts';

const TAO = 1_000_000_000n;

/** 12,000 TAO that earn 1.72 TAO a day, and a fee of 0.0006 TAO. */
const position = {
  stakeRao: 12_000n * TAO,
  feeRao: 600_000n,
  earned: { numeratorRao: 1_720_000_000n, denominator: 7_200n },
};

describe('the interval that costs least', () => {
  test('is the root of twice fee and stake over what a block earns', () => {
    // sqrt(2 × 0.0006 × 12000) = 3.7947 TAO; ÷ (1.72 ÷ 7200) = 15,885 blocks
    expect(bestInterval(position)).toBe(15_885n);
  });

  test('gains more than one a little shorter or longer', () => {
    const best = bestInterval(position) ?? 0n;
    const gain = yearlyGain(position, best);
    expect(gain).toBeGreaterThan(0n);
    expect(gain).toBeGreaterThan(yearlyGain(position, best / 2n));
    expect(gain).toBeGreaterThan(yearlyGain(position, best * 2n));
  });

  test('is none for what earns nothing, and a block where claiming is free', () => {
    const idle = { ...position, earned: { numeratorRao: 0n, denominator: 1n } };
    expect(bestInterval(idle)).toBeUndefined();
    expect(yearlyGain(idle, 1n)).toBe(0n);
    expect(bestInterval({ ...position, stakeRao: 0n })).toBeUndefined();
    expect(bestInterval({ ...position, feeRao: 0n })).toBe(1n);
  });

  test('beyond a year gains nothing and still costs its fee', () => {
    expect(yearlyGain(position, 2n * BLOCKS_PER_YEAR)).toBe(-300_000n);
  });
});

test('a root is the smallest number whose square is not below', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 140n), (value) => {
      const root = squareRootCeil(value);
      expect(root * root).toBeGreaterThanOrEqual(value);
      if (root > 0n) expect((root - 1n) * (root - 1n)).toBeLessThan(value);
    }),
  );
});
