import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buyLimitFloor,
  parsePercentOf,
  sellLimitCeil,
  shareFloor,
  valueAtPriceFloor,
} from './price.ts';
import { formatTakePercent } from './take.ts';

const price = fc.bigInt({ min: 1n, max: 10n ** 15n });
const tolerance = fc
  .bigInt({ min: 0n, max: 50_000n })
  .map((numerator) => ({ numerator, denominator: 100_000n }));

describe('a price limit', () => {
  it('is never wider than the tolerance that was asked for', () => {
    fc.assert(
      fc.property(price, tolerance, (spot, ratio) => {
        const buy = buyLimitFloor(spot, ratio);
        const sell = sellLimitCeil(spot, ratio);
        expect(buy * ratio.denominator <= spot * (ratio.denominator + ratio.numerator)).toBe(true);
        expect(sell * ratio.denominator >= spot * (ratio.denominator - ratio.numerator)).toBe(true);
        expect(buy >= spot && sell <= spot).toBe(true);
        expect(buy + 1n > (spot * (ratio.denominator + ratio.numerator)) / ratio.denominator).toBe(
          true,
        );
      }),
    );
  });

  it('at 0.5 percent of 0.05 TAO is 0.05025 for a buy and 0.04975 for a sale', () => {
    const half = { numerator: 5n, denominator: 1_000n };
    expect(buyLimitFloor(50_000_000n, half)).toBe(50_250_000n);
    expect(sellLimitCeil(50_000_000n, half)).toBe(49_750_000n);
    expect(sellLimitCeil(1n, half)).toBe(1n);
  });
});

describe('a value at a price', () => {
  it('is floored', () => {
    expect(valueAtPriceFloor(3_000_000_001n, 333_333_333n)).toBe(999_999_999n);
    expect(valueAtPriceFloor(1n, 999_999_999n)).toBe(0n);
  });
});

describe('a take', () => {
  it('is shown in percent, never smaller than it is', () => {
    expect(formatTakePercent(11_796)).toBe('18.00');
    expect(formatTakePercent(0)).toBe('0.00');
    expect(formatTakePercent(65_535)).toBe('100.00');
    expect(formatTakePercent(1)).toBe('0.01');
  });
});

describe('a share in percent', () => {
  it('is read exactly, with or without the sign', () => {
    expect(parsePercentOf('12.5')).toEqual({ numerator: 125_000n, denominator: 1_000_000n });
    expect(parsePercentOf('100%')).toEqual({ numerator: 1_000_000n, denominator: 1_000_000n });
    expect(shareFloor(1_001n, parsePercentOf('50'))).toBe(500n);
  });

  it.each(['0', '100.0001', '101', '1.00001', '-5', 'half', '', '1e1'])('is not %j', (text) => {
    expect(() => parsePercentOf(text)).toThrow("Couldn't read the percentage");
  });
});
