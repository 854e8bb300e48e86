import { describe, expect, test } from 'vitest';
import { aprHundredths, formatHundredths, shareHundredths } from './observed-yield.ts';

describe('a yearly rate from one window', () => {
  test('one thousandth in 360 blocks is 730 % a year without compounding', () => {
    const seen = { gainRao: 1_000_000n, baseRao: 1_000_000_000n, windowBlocks: 360 };
    expect(aprHundredths(seen)).toBe(73_000n);
  });

  test('is rounded down, and nothing without a base or a window', () => {
    expect(aprHundredths({ gainRao: 1n, baseRao: 3n, windowBlocks: 2_628_000 })).toBe(3_333n);
    expect(aprHundredths({ gainRao: 1n, baseRao: 0n, windowBlocks: 360 })).toBeUndefined();
    expect(aprHundredths({ gainRao: 1n, baseRao: 1n, windowBlocks: 0 })).toBeUndefined();
  });
});

test('hundredths of a percent are written with two decimals', () => {
  expect(formatHundredths(73_000n)).toBe('730.00');
  expect(formatHundredths(5n)).toBe('0.05');
  expect(formatHundredths(-125n)).toBe('-1.25');
});

test('a share of nothing is nothing', () => {
  expect(shareHundredths(1n, 4n)).toBe(2_500n);
  expect(shareHundredths(1n, 0n)).toBe(0n);
});
