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

test('every height is used, and a figure between two has the lower one', () => {
  expect(sparkline([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([0n, 99n, 100n])).toBe('▁▇█');
  expect(sparkline([3n, 1n, 2n])).toBe('█▁▄');
});

test('a row that is not longer than wanted stays', () => {
  expect(thin([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(thin([1, 2, 3], 2)).toEqual([1, 3]);
  expect(thin([0, 1, 2, 3, 4, 5], 4)).toEqual([0, 2, 3, 5]);
});
