import { describe, expect, test } from 'vitest';
import { distributionOf } from './distribution.ts';
import { estimateRewards } from './estimate-rewards.ts';
import { type RunsRequest, randomRuns } from './random-runs.ts';
import { advance, createTestEconomy, inputsOf, TAO } from './testing.ts';
import { givenVolatility, percentPerDay, recordedVolatility } from './volatility.ts';

const settled = createTestEconomy();
advance(settled, 1_000);
const estimate = { inputs: inputsOf(settled, 8, 'v1'), amountRao: 100n * TAO, days: 20 };
const request = (percent: number, more: Partial<RunsRequest> = {}): RunsRequest => ({
  estimate,
  variances: [[8, givenVolatility(percent).variancePerBlock]],
  seed: 3,
  first: 0,
  count: 60,
  ...more,
});

describe('random runs', () => {
  test('are the same however they are split, and others with another seed', () => {
    const whole = randomRuns(request(5));
    const later = randomRuns(request(5, { first: 40, count: 20 }));
    expect([...later.taoGains]).toEqual([...whole.taoGains.slice(40)]);
    expect([...randomRuns(request(5, { seed: 4 })).taoGains]).not.toEqual([...whole.taoGains]);
  });

  test('without movement of the price lie around the scenario in which nobody trades', () => {
    const quiet = estimateRewards(estimate).scenarios.find((s) => s.name === 'nobody-else-trades');
    const { quantiles } = distributionOf([randomRuns(request(0, { count: 400 }))]);
    const median = quantiles.find(({ percent }) => percent === 50);
    const expected = Number(quiet?.taoGainRao ?? 0n);
    expect(Number(median?.taoGainRao ?? 0n) / expected).toBeCloseTo(1, 1);
  });

  test('spread as the price is said to move, and lose about half the time when it moves much', () => {
    const spread = (percent: number): number => {
      const found = distributionOf([randomRuns(request(percent, { count: 300 }))]);
      const of = (q: number) =>
        found.quantiles.find((each) => each.percent === q)?.taoGainRao ?? 0n;
      return Number(of(95) - of(5)) / Number(estimate.amountRao);
    };
    // 90 % of a normal lie within ±1.645 deviations; 20 days at 2 % a day deviate 8.9 %.
    expect(spread(2)).toBeGreaterThan(0.22);
    expect(spread(2)).toBeLessThan(0.38);
    expect(spread(8)).toBeGreaterThan(3 * spread(2));
    const wild = distributionOf([randomRuns(request(20, { count: 300 }))]);
    expect(wild.losses / wild.runs).toBeGreaterThan(0.4);
  });

  test('of a position that is there buy nothing and start at what it sells for', () => {
    const heldRao = 500n * TAO;
    const held = { ...estimate, heldRao, amountRao: 0n };
    const found = estimateRewards(held);
    expect(found.entry).toMatchObject({ alphaRao: heldRao, feeRao: 0n, impactRao: 0n });
    expect(found.method).toBe('tempo-by-tempo');
    expect(found.expected.alphaGainRao).toBeGreaterThan(0n);
  });
});

describe('recorded volatility', () => {
  const points = (factors: readonly number[], step = 360) => {
    let price = 1_000_000_000;
    return factors.map((factor, index) => {
      price *= factor;
      return { block: index * step, priceRaoPerAlpha: BigInt(Math.round(price)) };
    });
  };

  test('is what the price moved, scaled to a day, whatever the spacing of samples', () => {
    const zigzag = Array.from({ length: 41 }, (_, i) => (i % 2 === 0 ? 1.01 : 1 / 1.01));
    const hourly = recordedVolatility(points(zigzag));
    // 20 steps a day of about 1 % each.
    expect(percentPerDay(hourly ?? givenVolatility(0))).toBeCloseTo(Math.sqrt(20) * 0.995, 1);
    expect(hourly).toMatchObject({ source: 'recorded', intervals: 40, fromBlock: 0 });
    const daily = recordedVolatility(points(zigzag, 7_200));
    expect(percentPerDay(daily ?? givenVolatility(0))).toBeCloseTo(0.995, 1);
  });

  test('is not told from a handful of samples, nor from prices of nothing', () => {
    expect(recordedVolatility(points([1, 1.1, 0.9]))).toBeUndefined();
    const none = Array.from({ length: 30 }, (_, i) => ({ block: i, priceRaoPerAlpha: 0n }));
    expect(recordedVolatility(none)).toBeUndefined();
  });

  test('given by the day comes back by the day', () => {
    expect(percentPerDay(givenVolatility(4))).toBeCloseTo(4, 9);
  });
});

test('quantiles lie between the runs around them, and losses are counted', () => {
  const taoGains = Float64Array.from([-10, 0, 10, 20, 30]);
  const found = distributionOf([
    { alphaGains: taoGains.slice(0, 2), taoGains: taoGains.slice(0, 2) },
    { alphaGains: taoGains.slice(2), taoGains: taoGains.slice(2) },
  ]);
  expect(found.runs).toBe(5);
  expect(found.losses).toBe(1);
  expect(found.meanTaoGainRao).toBe(10n);
  expect(found.quantiles.map(({ taoGainRao }) => taoGainRao)).toEqual([-8n, 0n, 10n, 20n, 28n]);
});
