import { describe, expect, it } from 'vitest';
import { drawsOf } from './draws.ts';

const DRAWS = 20_000;
const series = (make: () => number): readonly number[] => Array.from({ length: DRAWS }, make);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a stream of draws', () => {
  it('is decided by its numbers alone, and differs with each of them', () => {
    const first = (numbers: readonly number[]): string => {
      const draws = drawsOf(...numbers);
      return [draws.next(), draws.next(), draws.below(1_000_000)].join(' ');
    };
    expect(first([1, 2, 3])).toBe(first([1, 2, 3]));
    const others = [[1, 2, 3], [1, 2, 4], [2, 1, 3], [1, 2], [1, 2, 3 + 2 ** 32], [0], []];
    expect(new Set(others.map(first)).size).toBe(others.length);
  });

  // The saved chains and backtests of every machine depend on these very numbers.
  it('is the same on every machine, for ever', () => {
    const draws = drawsOf(7, 8, 9);
    const words = [draws.next(), draws.next(), draws.next()].map((value) => value * 2 ** 32);
    expect(words).toEqual([522_822_210, 3_195_901_969, 2_167_041_030]);
    expect(draws.below(1_000)).toBe(200);
  });

  it('is even: mean one half, every tenth about as often', () => {
    const draws = drawsOf(42);
    const values = series(draws.next);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.01);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const count = values.filter((value) => Math.floor(value * 10) === tenth).length;
      expect(Math.abs(count / DRAWS - 0.1)).toBeLessThan(0.01);
    }
  });

  it('has every whole number below a limit, and no other', () => {
    const draws = drawsOf(43);
    expect([...new Set(series(() => draws.below(6)))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has draws of mean 0 and deviation 1', () => {
    const draws = drawsOf(44);
    const values = series(draws.normal);
    expect(Math.abs(mean(values))).toBeLessThan(0.03);
    expect(Math.abs(mean(values.map((value) => value * value)) - 1)).toBeLessThan(0.03);
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(4.3);
  });
});
