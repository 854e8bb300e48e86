import { describe, expect, test } from 'vitest';
import { computeRewards } from './compute-rewards.ts';
import { factsOf, HALF, only, stamp } from './testing.ts';

describe('windows', () => {
  const facts = factsOf({
    samples: [
      [1_000, 1_000n, HALF],
      [1_400, 1_010n, HALF],
      [1_800, 1_030n, 2n * HALF],
      [2_200, 2_060n, 2n * HALF],
    ],
    flows: [[2_000, { alphaRao: 1_000n, taoRao: 1_002n }]],
  });

  test('begin at the last sample before them and end with the last one inside', () => {
    expect(only(facts, { fromBlock: 1_500, toBlock: 1_999 })).toMatchObject({
      opened: { kind: 'observed-since', block: stamp(1_000) },
      start: stamp(1_400),
      end: stamp(1_800),
      sampleCount: 2,
      alphaStartRao: 1_010n,
      alphaAddedRao: 0n,
      emissionAlphaRao: 20n,
      tao: {
        startValueRao: 505n,
        valueNowRao: 1_030n,
        emissionRao: 20n,
        priceRao: 505n,
        resultRao: 525n,
      },
      inexact: [],
    });
  });

  test('include their limits', () => {
    expect(only(facts, { fromBlock: 1_400, toBlock: 1_800 })).toMatchObject({
      start: stamp(1_400),
      end: stamp(1_800),
    });
    const { timeMs: fromMs = 0 } = stamp(1_400);
    const { timeMs: toMs = 0 } = stamp(1_800);
    expect(only(facts, { fromMs, toMs })).toMatchObject({ start: stamp(1_400), end: stamp(1_800) });
    expect(only(facts, { fromMs: fromMs - 1, toMs: toMs - 1 })).toMatchObject({
      start: stamp(1_000),
      end: stamp(1_400),
    });
  });

  test('that begin between two samples begin at the earlier one', () => {
    const { timeMs = 0 } = stamp(1_500);
    expect(only(facts, { fromMs: timeMs })).toMatchObject({ start: stamp(1_400) });
    expect(only(facts, { fromBlock: 1_799 })).toMatchObject({ start: stamp(1_400) });
  });

  test('by time take in flows whose block has no time by the samples around them', () => {
    const undated = {
      ...facts,
      flows: facts.flows.map((flow) => ({ ...flow, block: { ...flow.block, timeMs: undefined } })),
    };
    const { timeMs: late = 0 } = stamp(2_200);
    expect(only(undated, { toMs: late })).toMatchObject({ paidRao: 1_002n, alphaNowRao: 2_060n });
    expect(only(undated, { toMs: late - 1 })).toMatchObject({ paidRao: 0n, alphaNowRao: 1_030n });
  });

  test('with two ends take the earlier one, and with two beginnings the later one', () => {
    const msOf = (number: number) => stamp(number).timeMs ?? 0;
    const endOf = (toBlock: number, toMs: number) => only(facts, { toBlock, toMs }).end.number;
    expect(endOf(1_400, msOf(2_200))).toBe(1_400);
    expect(endOf(2_200, msOf(1_400))).toBe(1_400);
    const startOf = (fromBlock: number, fromMs: number) =>
      only(facts, { fromBlock, fromMs }).start.number;
    expect([startOf(1_400, msOf(1_800)), startOf(1_800, msOf(1_400))]).toEqual([1_800, 1_800]);
    expect(startOf(1_399, msOf(1_399))).toBe(1_000);
    expect(startOf(999, msOf(999))).toBe(1_000);
  });

  test('by time that end before every dated entry hold nothing', () => {
    expect(computeRewards(facts, { toMs: (stamp(1_000).timeMs ?? 0) - 1 })).toEqual([]);
    const undated = factsOf({
      flows: [[1_000, { alphaRao: 5n, taoRao: 2n }]],
    });
    const flows = undated.flows.map((flow) => ({
      ...flow,
      block: { ...flow.block, timeMs: undefined },
    }));
    expect(computeRewards({ ...undated, flows }, { toMs: 9e12 })).toEqual([]);
    expect(only({ ...undated, flows }, { toBlock: 1_000 }).alphaNowRao).toBe(5n);
  });

  test('know who opened the position, though its beginning is not in them', () => {
    const opened = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_010, 500n, HALF],
        [1_400, 510n, HALF],
        [1_800, 520n, HALF],
      ],
      flows: [[1_005, { alphaRao: 500n, taoRao: 251n }]],
    });
    expect(only(opened, { fromBlock: 1_400 })).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_005) },
      start: stamp(1_400),
      alphaStartRao: 510n,
      paidRao: 0n,
      emissionAlphaRao: 10n,
      inexact: [],
    });
    expect(only(opened, { fromBlock: 1_005 })).toMatchObject({
      start: stamp(1_000),
      paidRao: 251n,
    });
  });

  test('name contradictions of their own blocks alone', () => {
    const conflicts = [
      { blockHash: stamp(1_000).hash, source: 'a', fact: 'b', known: '1', offered: '2', atMs: 0 },
    ] as const;
    const contradicted = { ...facts, conflicts };
    expect(only(contradicted, { fromBlock: 1_000 }).inexact).toContain('conflicting-facts');
    expect(only(contradicted, { fromBlock: 1_400 }).inexact).toEqual([]);
  });

  test('before anything is known hold nothing', () => {
    expect(computeRewards(facts, { toBlock: 999 })).toEqual([]);
  });

  test('after the last sample hold it alone', () => {
    expect(only(facts, { fromBlock: 9_000 })).toMatchObject({
      start: stamp(2_200),
      end: stamp(2_200),
      emissionAlphaRao: 0n,
      tao: { resultRao: 0n },
    });
  });

  test('that end in a sale of more than was sampled hold nothing, never less', () => {
    const sold = factsOf({
      samples: [[1_000, 1_000n, HALF]],
      flows: [[1_400, { direction: 'out', alphaRao: 1_007n, taoRao: 502n }]],
    });
    expect(only(sold)).toMatchObject({ alphaNowRao: 0n, tao: { valueNowRao: 0n, resultRao: 2n } });
  });

  test('stake moved after the last sample shows in alpha now, and is said', () => {
    expect(only(facts, { toBlock: 2_100 })).toMatchObject({
      end: stamp(1_800),
      alphaNowRao: 2_030n,
      inexact: ['opening-not-observed', 'flows-after-last-sample'],
    });
  });
});
