import { expect, test } from 'vitest';
import { sparkline, thin } from './sparkline.ts';

test('figures become heights between the least and the most', () => {
  expect(sparkline([0n, 7n, 14n])).toBe('▁▄█');
  expect(sparkline([10n ** 18n, 0n])).toBe('█▁');
});

test('equal figures are a level line, and none is no line', () => {
  expect(sparkline([5n, 5n])).toBe('▄▄');
  expect(sparkline([])).toBe('');
});

test('a long row is thinned to its ends and evenly between', () => {
  expect(thin([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
  expect(thin([1, 2], 5)).toEqual([1, 2]);
  expect(thin([1, 2, 3], 1)).toEqual([3]);
});
