import { describe, expect, test } from 'vitest';
import {
  ALICE,
  BOB,
  blockHash,
  flowOf,
  intentOf,
  OTHER_VALIDATOR,
  observationOf,
  openTestLedger,
  outcomeOf,
  poolOf,
  START_MS,
  signedOf,
  VALIDATOR,
} from '../testing.ts';
import type { BlockStamp, KnownFacts, PositionRewards, RewardWindow, StakeFlow } from '../types.ts';
import { computeRewards, readRewards } from './compute-rewards.ts';

const stamp = (number: number): BlockStamp => ({
  number,
  hash: blockHash(number),
  timeMs: START_MS + (number - 1_000) * 12_000,
});

/** Rows of `[block, alpha, price?]` as facts of one position. */
function factsOf(parts: {
  readonly samples?: readonly (readonly [block: number, alpha: bigint, price?: bigint])[];
  readonly flows?: readonly (readonly [block: number, flow: Partial<StakeFlow>])[];
  readonly netuid?: number;
  readonly changes?: Partial<KnownFacts>;
}): KnownFacts {
  const { samples = [], flows = [], netuid = 8, changes = {} } = parts;
  return {
    positions: samples.map(([number, alphaRao]) => ({
      coldkey: ALICE,
      hotkey: VALIDATOR,
      netuid,
      alphaRao,
      block: stamp(number),
    })),
    pools: samples.flatMap(([number, , price]) =>
      price === undefined ? [] : [{ ...poolOf(netuid, price), block: stamp(number) }],
    ),
    claimable: [],
    flows: flows.map(([number, flow]) => ({
      ...flowOf({ netuid, ...flow }),
      block: stamp(number),
    })),
    complete: [],
    conflicts: [],
    ...changes,
  };
}

function only(facts: KnownFacts, window?: RewardWindow): PositionRewards {
  const found = computeRewards(facts, window);
  expect(found).toHaveLength(1);
  return found[0] as PositionRewards;
}

const HALF = 500_000_000n;

describe('a position opened, grown, and partly sold', () => {
  const rewards = only(
    factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_002, 1_000n, HALF],
        [1_400, 1_100n, 600_000_000n],
        [1_900, 1_015n, 800_000_000n],
      ],
      flows: [
        [1_001, { direction: 'in', alphaRao: 999n, taoRao: 510n }],
        [1_500, { direction: 'out', alphaRao: 200n, taoRao: 118n }],
      ],
    }),
  );

  test('counts alpha apart: added, removed, earned', () => {
    expect(rewards).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_001) },
      start: stamp(1_000),
      end: stamp(1_900),
      sampleCount: 4,
      alphaStartRao: 0n,
      alphaAddedRao: 999n,
      alphaRemovedRao: 200n,
      emissionAlphaRao: 1n + 100n + 115n,
      alphaNowRao: 1_015n,
      paidRao: 510n,
      receivedRao: 118n,
    });
  });

  test('values each gain at the later price and splits the result without a rest', () => {
    expect(rewards.tao).toEqual({
      startValueRao: 0n,
      valueNowRao: 812n,
      // 1 × 0.5 + 100 × 0.6 + 115 × 0.8 = 152.5
      emissionRao: 152n,
      // 1000 × 0.1 + 1100 × 0.2
      priceRao: 320n,
      unexplainedRao: 0n,
      // 510 paid for 499.5 of value, 160 of value sold for 118, and the rounding
      tradeCostRao: 52n,
      resultRao: 420n,
    });
  });

  test('is exact, and says so by giving no reason', () => {
    expect(rewards.inexact).toEqual([]);
    expect(rewards.unexplained).toEqual([]);
  });
});

describe('how a position begins', () => {
  test('flows that make up the first sample opened it, up to rounding', () => {
    const facts = factsOf({
      samples: [[1_002, 1_009n, HALF]],
      flows: [[1_001, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_001) },
      start: stamp(1_001),
      alphaStartRao: 0n,
      emissionAlphaRao: 10n,
      inexact: [],
    });
  });

  test('what exceeds them was there before: observed since, valued at the sample, not earned', () => {
    const facts = factsOf({
      samples: [[1_002, 1_010n, HALF]],
      flows: [[1_001, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'observed-since', block: stamp(1_001) },
      alphaStartRao: 11n,
      emissionAlphaRao: 0n,
      tao: { startValueRao: 6n, valueNowRao: 505n, resultRao: -11n },
      inexact: ['opening-not-observed'],
    });
  });

  test('less than they brought is missing', () => {
    const facts = factsOf({
      samples: [[1_002, 988n, HALF]],
      flows: [[1_001, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_001) },
      alphaStartRao: 0n,
      emissionAlphaRao: 0n,
      unexplained: [{ from: stamp(1_001), to: stamp(1_002), alphaRao: -11n, reason: 'shrank' }],
      inexact: ['unexplained-change'],
    });
  });

  test('without flows it is observed since the first sample', () => {
    expect(
      only(
        factsOf({
          samples: [
            [1_000, 700n, HALF],
            [1_400, 701n, HALF],
          ],
        }),
      ),
    ).toMatchObject({
      opened: { kind: 'observed-since', block: stamp(1_000) },
      alphaStartRao: 700n,
      emissionAlphaRao: 1n,
      tao: { startValueRao: 350n, valueNowRao: 350n, emissionRao: 0n, resultRao: 0n },
      inexact: ['opening-not-observed'],
    });
  });

  test('flows alone are all there is until a sample is taken', () => {
    const pool = { ...poolOf(8, HALF), block: stamp(1_001) };
    const facts = factsOf({
      flows: [
        [1_001, { alphaRao: 999n, taoRao: 510n }],
        [1_003, { direction: 'out', alphaRao: 99n, taoRao: 40n }],
      ],
      changes: { pools: [pool] },
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_001) },
      start: stamp(1_001),
      end: stamp(1_003),
      sampleCount: 0,
      alphaNowRao: 900n,
      tao: undefined,
      inexact: ['never-sampled'],
    });
  });

  test('a position that was always listed as empty is none', () => {
    expect(
      computeRewards(
        factsOf({
          samples: [
            [1_000, 0n, HALF],
            [1_400, 0n, HALF],
          ],
        }),
      ),
    ).toEqual([]);
  });
});

describe('what cannot have been earned', () => {
  const reasonsOf = (facts: KnownFacts): unknown =>
    only(facts).unexplained.map((change) => [change.reason, change.alphaRao]);

  test('alpha that left without a flow, beyond the rounding of share pools', () => {
    expect(
      reasonsOf(
        factsOf({
          samples: [
            [1_000, 1_000n, HALF],
            [1_400, 990n, HALF],
          ],
        }),
      ),
    ).toEqual([]);
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 989n, HALF],
      ],
    });
    expect(reasonsOf(facts)).toEqual([['shrank', -11n]]);
    expect(only(facts)).toMatchObject({
      emissionAlphaRao: 0n,
      tao: { unexplainedRao: -6n, emissionRao: 0n, resultRao: -6n, tradeCostRao: 0n },
    });
  });

  test('alpha in an empty position', () => {
    const facts = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_400, 11n, HALF],
      ],
    });
    expect(reasonsOf(facts)).toEqual([['from-nothing', 11n]]);
    expect(only(facts).opened).toEqual({ kind: 'observed-since', block: stamp(1_400) });
  });

  test('more than the subnet can have minted, pending emission included', () => {
    const minted = (400n + 50_400n) * 1_000_000_000n;
    const grown = (gain: bigint): KnownFacts =>
      factsOf({
        samples: [
          [1_000, minted, HALF],
          [1_400, minted + gain, HALF],
        ],
      });
    expect(reasonsOf(grown(minted))).toEqual([]);
    expect(reasonsOf(grown(minted + 1n))).toEqual([['more-than-minted', minted + 1n]]);
  });

  test('root has no such limit: its dividends come from every subnet', () => {
    const huge = 10n ** 17n;
    const samples = [
      [1_000, huge],
      [1_400, 2n * huge],
    ] as const;
    expect(only(factsOf({ samples, netuid: 0 })).emissionAlphaRao).toBe(huge);
  });

  test('over ten times the growth seen before, per alpha and block', () => {
    const steady = [
      [1_000, 100_000n, HALF],
      [1_360, 100_100n, HALF],
      [1_720, 100_200n, HALF],
      [2_080, 100_300n, HALF],
    ] as const;
    // Earned 300 over 108,108,000 alpha-blocks; ten times that over 720 blocks of 100,300 is 2,003.996.
    const grown = (gain: bigint): KnownFacts =>
      factsOf({ samples: [...steady, [2_440, 100_300n + gain, HALF]] });
    expect(reasonsOf(grown(2_003n))).toEqual([]);
    expect(reasonsOf(grown(2_004n))).toEqual([['out-of-pattern', 2_004n]]);
  });

  test('a payout after idle samples is in the pattern of the time it took', () => {
    const samples: [number, bigint, bigint][] = [[1_000, 1_000_000n, HALF]];
    for (let tempo = 1; tempo <= 6; tempo += 1) {
      for (let part = 1; part <= 23; part += 1) {
        samples.push([
          1_000 + (tempo - 1) * 7_200 + part * 300,
          1_000_000n + BigInt(tempo - 1) * 500n,
          HALF,
        ]);
      }
      samples.push([1_000 + tempo * 7_200, 1_000_000n + BigInt(tempo) * 500n, HALF]);
    }
    expect(only(factsOf({ samples }))).toMatchObject({ emissionAlphaRao: 3_000n, unexplained: [] });
  });

  test('a claim that was seen to be owed explains growth', () => {
    const samples = [
      [1_000, 0n, HALF],
      [1_400, 700n, HALF],
    ] as const;
    const claim = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8 };
    const changes = {
      claimable: [
        { ...claim, alphaRao: 400n, block: stamp(1_000) },
        { ...claim, alphaRao: 50n, block: stamp(1_400) },
      ],
    };
    expect(reasonsOf(factsOf({ samples, changes }))).toEqual([]);
    const more = [samples[0], [1_400, 701n, HALF]] as const;
    expect(reasonsOf(factsOf({ samples: more, changes }))).toEqual([['from-nothing', 701n]]);
  });
});

describe('prices', () => {
  test('of another block are used where there is no better one, and said', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 1_100n],
      ],
    });
    expect(only(facts)).toMatchObject({
      tao: { valueNowRao: 550n, emissionRao: 50n, priceRao: 0n },
      inexact: ['opening-not-observed', 'price-of-another-block'],
    });
  });

  test('are the nearest earlier one, or else a later one', () => {
    const pool = (number: number, price: bigint): KnownFacts['pools'][number] => ({
      ...poolOf(8, price),
      block: stamp(number),
    });
    const changes = { pools: [pool(1_100, 2n * HALF), pool(1_300, 3n * HALF), pool(1_500, HALF)] };
    const facts = factsOf({
      samples: [
        [1_000, 1_000n],
        [1_400, 1_000n],
      ],
      changes,
    });
    expect(only(facts).tao).toMatchObject({ startValueRao: 1_000n, valueNowRao: 1_500n });
  });

  test('that were never seen leave the TAO figures out', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_000n],
        [1_400, 1_100n],
      ],
    });
    expect(only(facts)).toMatchObject({ emissionAlphaRao: 100n, tao: undefined });
  });

  test('that fall make a negative price gain, rounded down', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_001n, HALF],
        [1_400, 1_001n, 499_999_999n],
      ],
    });
    expect(only(facts).tao).toMatchObject({
      startValueRao: 501n,
      valueNowRao: 500n,
      priceRao: -1n,
      resultRao: -1n,
    });
  });
});

describe('root', () => {
  test('is TAO one to one, its growth is earned, and unclaimed dividends are listed apart', () => {
    const claim = { coldkey: ALICE, hotkey: VALIDATOR };
    const rewards = only(
      factsOf({
        netuid: 0,
        samples: [
          [1_000, 5_000n],
          [1_400, 5_040n],
        ],
        changes: {
          pools: [{ ...poolOf(8, HALF), block: stamp(1_400) }],
          claimable: [
            { ...claim, netuid: 8, alphaRao: 31n, block: stamp(1_400) },
            { ...claim, netuid: 9, alphaRao: 7n, block: stamp(1_400) },
            { ...claim, netuid: 10, alphaRao: 7n, block: stamp(1_000) },
            { ...claim, netuid: 10, alphaRao: 0n, block: stamp(1_400) },
          ],
        },
      }),
    );
    expect(rewards.emissionAlphaRao).toBe(40n);
    expect(rewards.tao).toEqual({
      startValueRao: 5_000n,
      valueNowRao: 5_040n,
      emissionRao: 40n,
      priceRao: 0n,
      unexplainedRao: 0n,
      tradeCostRao: 0n,
      resultRao: 40n,
    });
    expect(rewards.claimable).toEqual([
      { netuid: 8, alphaRao: 31n, taoRao: 15n, block: stamp(1_400) },
      { netuid: 9, alphaRao: 7n, taoRao: undefined, block: stamp(1_400) },
    ]);
  });
});

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

  test('by time take in flows whose block has no time by the samples around them', () => {
    const undated = {
      ...facts,
      flows: facts.flows.map((flow) => ({ ...flow, block: { ...flow.block, timeMs: undefined } })),
    };
    const { timeMs: late = 0 } = stamp(2_200);
    expect(only(undated, { toMs: late })).toMatchObject({ paidRao: 1_002n, alphaNowRao: 2_060n });
    expect(only(undated, { toMs: late - 1 })).toMatchObject({ paidRao: 0n, alphaNowRao: 1_030n });
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

  test('stake moved after the last sample shows in alpha now, and is said', () => {
    expect(only(facts, { toBlock: 2_100 })).toMatchObject({
      end: stamp(1_800),
      alphaNowRao: 2_030n,
      inexact: ['opening-not-observed', 'flows-after-last-sample'],
    });
  });
});

describe('several positions', () => {
  test('a move between validators is two positions with flows, and no result of its own', async () => {
    const ledger = await openTestLedger();
    const at = (hotkey: string, alphaRao: bigint) => ({
      coldkey: ALICE,
      hotkey,
      netuid: 8,
      alphaRao,
    });
    const pools = [poolOf(8, HALF)];
    ledger.facts.append(
      observationOf(1_000, { pools, positions: [at(VALIDATOR, 4_000n)], completeFor: [ALICE] }),
    );
    ledger.journal.begin(intentOf('tx-one'));
    ledger.journal.recordSigned('tx-one', signedOf('one'));
    const flows = [
      flowOf({ direction: 'out', alphaRao: 4_000n, taoRao: 2_000n }),
      flowOf({ hotkey: OTHER_VALIDATOR, alphaRao: 4_000n, taoRao: 2_000n }),
    ];
    ledger.journal.recordOutcome('tx-one', outcomeOf({ flows, finalized: true }));
    ledger.facts.append(
      observationOf(1_001, {
        pools,
        positions: [at(OTHER_VALIDATOR, 4_000n)],
        completeFor: [ALICE],
      }),
    );
    const found = readRewards(ledger, { coldkeys: [ALICE] });
    expect(found.map((r) => [r.hotkey, r.opened.kind, r.alphaNowRao, r.tao?.resultRao])).toEqual([
      [OTHER_VALIDATOR, 'opened', 4_000n, 0n],
      [VALIDATOR, 'observed-since', 0n, 0n],
    ]);
    expect(found.flatMap((rewards) => rewards.unexplained)).toEqual([]);
    expect(readRewards(ledger, { coldkeys: [BOB] })).toEqual([]);
  });

  test('a contradiction marks the positions whose blocks it is about', () => {
    const conflict = {
      blockHash: blockHash(1_400),
      source: 'archive',
      fact: 'pool of subnet 8',
      known: '1',
      offered: '2',
      atMs: START_MS,
    };
    const samples = [
      [1_000, 10n, HALF],
      [1_400, 11n, HALF],
    ] as const;
    const facts = factsOf({ samples, changes: { conflicts: [conflict] } });
    expect(only(facts).inexact).toContain('conflicting-facts');
    expect(only(facts, { toBlock: 1_399 }).inexact).not.toContain('conflicting-facts');
  });

  test('a position missing where everything was listed is gone', () => {
    const facts = factsOf({
      samples: [[1_000, 500n, HALF]],
      flows: [[1_100, { direction: 'out', alphaRao: 500n, taoRao: 249n }]],
      changes: {
        complete: [
          { coldkey: ALICE, block: stamp(1_200) },
          { coldkey: BOB, block: stamp(1_300) },
        ],
      },
    });
    expect(only(facts)).toMatchObject({
      end: stamp(1_200),
      alphaNowRao: 0n,
      tao: { valueNowRao: 0n, resultRao: -1n, tradeCostRao: 1n },
      unexplained: [],
    });
  });
});
