import { expect, test } from 'vitest';
import type { RunsRequest } from '../ledger/estimate/random-runs.ts';
import { splitRuns } from './simulate.ts';

const request = (count: number): RunsRequest => ({
  estimate: {} as RunsRequest['estimate'],
  variances: [],
  seed: 1,
  first: 10,
  count,
});

test('runs are spread evenly, none twice and none left out', () => {
  const parts = splitRuns(request(1_000), 3);
  expect(parts.map(({ first, count }) => [first, count])).toEqual([
    [10, 333],
    [343, 333],
    [676, 334],
  ]);
});

test('few runs stay on one thread', () => {
  expect(splitRuns(request(49), 8).length).toBe(1);
  expect(splitRuns(request(50), 8).length).toBe(2);
  expect(splitRuns(request(1), 8)).toEqual([request(1)]);
});
