import { describe, expect, test } from 'vitest';
import { ALICE, BOB, flowOf, OTHER_VALIDATOR, VALIDATOR } from '../testing.ts';
import type { BlockStamp } from '../types.ts';
import type { RewardFacts } from './evidence.ts';
import { summarizeRewards } from './summarize-rewards.ts';
import { factsOf, HALF, stamp } from './testing.ts';

const HOUR_MS = 3_600_000;
const nowMs = stamp(1_900).timeMs ?? 0;
const take = (hotkey: string, netuid: number, takeU16: number, number = 1_000) => ({
  hotkey,
  netuid,
  takeU16,
  totalAlphaRao: 0n,
  totalShares: '',
  lastDividendRao: 0n,
  lastRootDividendRao: 0n,
  block: stamp(number),
});
const summaryOf = (
  facts: RewardFacts,
  changes: Partial<Parameters<typeof summarizeRewards>[0]> = {},
) => summarizeRewards({ facts, method: 'fifo', windows: [], nowMs, ...changes });

/** Earned 400 in 400 blocks and 800 more in 500; a fifth of it was kept by the validator. */
const grown: RewardFacts = {
  ...factsOf({
    samples: [
      [1_000, 1_000_000n, HALF],
      [1_400, 1_000_400n, HALF],
      [1_900, 1_001_200n, 3n * HALF],
    ],
  }),
  hotkeys: [take(VALIDATOR, 8, 13_107), take(VALIDATOR, 9, 60_000), take(OTHER_VALIDATOR, 8, 1)],
};

describe('a window', () => {
  const windows = [
    { name: 'all', lengthMs: 900 * 12_000 },
    { name: 'longer', lengthMs: 900 * 12_000 + 1 },
    { name: 'hour', lengthMs: HOUR_MS },
    { name: 'moment', lengthMs: 0 },
  ];
  const [position] = summaryOf(grown, { windows }).positions;

  test('has what was earned in it, the take of it, and what prices did', () => {
    expect(
      position?.windows.map((window) => [
        [window.name, window.from.number, window.to.number, window.isWhole],
        [window.earnedAlphaRao, window.earnedRao, window.priceGainRao],
        window.takePaid,
      ]),
    ).toEqual([
      [['all', 1_000, 1_900, true], [1_200n, 1_400n, 1_000_400n], { alphaRao: 300n, taoRao: 350n }],
      [
        ['longer', 1_000, 1_900, false],
        [1_200n, 1_400n, 1_000_400n],
        { alphaRao: 300n, taoRao: 350n },
      ],
      [['hour', 1_400, 1_900, true], [800n, 1_200n, 1_000_400n], { alphaRao: 200n, taoRao: 300n }],
      [['moment', 1_900, 1_900, true], [0n, 0n, 0n], { alphaRao: 0n, taoRao: 0n }],
    ]);
    expect(position?.takePaid).toEqual({ alphaRao: 300n, taoRao: 350n });
  });

  test('is whole where the position did not exist before, and not from a genesis of no time', () => {
    const isWhole = (alphaRao: bigint, timeMs: number | undefined) => {
      const block: BlockStamp = { ...stamp(1_000), timeMs };
      const facts = factsOf({
        samples: [
          [1_000, alphaRao, HALF],
          [1_900, alphaRao, HALF],
        ],
        flows: alphaRao === 0n ? [[1_800, { alphaRao: 5n, taoRao: 2n }]] : [],
      });
      const positions = facts.positions.map((one, at) => (at === 0 ? { ...one, block } : one));
      const long = [{ name: 'long', lengthMs: 1_000 * HOUR_MS }];
      const short = [{ name: 'short', lengthMs: HOUR_MS }];
      return [long, short].map(
        (windows) =>
          summaryOf({ ...facts, positions }, { windows }).positions[0]?.windows[0]?.isWhole,
      );
    };
    expect(isWhole(10n, stamp(1_000).timeMs)).toEqual([false, true]);
    expect(isWhole(10n, 0)).toEqual([false, false]);
    expect(isWhole(10n, undefined)).toEqual([false, false]);
    expect(isWhole(0n, 0)).toEqual([true, true]);
  });

  test('without a take of the validator on the subnet says nothing of takes', () => {
    const facts = { ...grown, hotkeys: grown.hotkeys?.slice(1) ?? [] };
    const [one] = summaryOf(facts, { windows }).positions;
    expect([one?.takePaid, one?.windows[0]?.takePaid]).toEqual([undefined, undefined]);
    expect(summaryOf(factsOf({ samples: [[1_000, 5n, HALF]] })).positions[0]?.takePaid).toBe(
      undefined,
    );
  });
});

describe('a reconciliation', () => {
  test('is of what should be there with what is there', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 1_265n, HALF],
        [1_900, 1_065n, HALF],
      ],
      flows: [
        [1_100, { alphaRao: 300n, taoRao: 151n }],
        [1_200, { direction: 'out', alphaRao: 40n, taoRao: 19n }],
      ],
    });
    expect(summaryOf(facts).positions[0]?.reconciliation).toEqual({
      block: stamp(1_900),
      expectedAlphaRao: 1_265n,
      chainAlphaRao: 1_065n,
      unexplainedAlphaRao: -200n,
    });
  });

  test('has no basis beside it where no price is known', () => {
    const facts = factsOf({ samples: [[1_000, 5n]] });
    const { positions, costBasis } = summaryOf(facts);
    expect([positions.map(({ basis }) => basis), costBasis.positions]).toEqual([[undefined], []]);
    const priced = summaryOf(factsOf({ samples: [[1_000, 5n, HALF]] }), { method: 'lifo' });
    expect(priced.positions[0]?.basis).toMatchObject({ method: 'lifo', costRao: 3n, valueRao: 2n });
  });
});

describe('of one of several accounts', () => {
  /** Alice bought, and sent all to Bob, who sold half of it at twice the price. */
  const facts: RewardFacts = {
    ...factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_002, 0n, HALF],
      ],
      flows: [
        [1_001, { alphaRao: 1_000n, taoRao: 400n }],
        [1_002, { direction: 'out', alphaRao: 1_000n, taoRao: 500n }],
        [1_002, { coldkey: BOB, alphaRao: 1_000n, taoRao: 500n }],
        [1_900, { coldkey: BOB, direction: 'out', alphaRao: 500n, taoRao: 500n }],
      ],
    }),
    hotkeys: [take(VALIDATOR, 8, 13_107)],
  };
  const bobs = [1_002, 1_900].map((number) => ({
    ...flowOf({ coldkey: BOB, netuid: 8 }),
    alphaRao: number === 1_002 ? 1_000n : 500n,
    block: stamp(number),
  }));
  const both: RewardFacts = {
    ...facts,
    positions: [...facts.positions, ...bobs],
    complete: [{ coldkey: BOB, block: stamp(1_000) }],
  };

  test('the other ones only say where its stake came from', () => {
    const { positions, costBasis, steps } = summaryOf(both, { coldkey: BOB });
    expect(positions.map(({ rewards }) => rewards.coldkey)).toEqual([BOB]);
    expect(positions[0]?.basis).toMatchObject({ costRao: 200n, realisedRao: 300n });
    expect(costBasis.disposals).toMatchObject([
      { coldkey: BOB, acquired: stamp(1_001), costRao: 200n, proceedsRao: 500n },
    ]);
    expect(steps.map(({ coldkey, kind }) => [coldkey, kind])).toEqual([
      [ALICE, 'move'],
      [BOB, 'out'],
    ]);
  });

  test('what went to them is a move, not a sale', () => {
    const { positions, costBasis, steps } = summaryOf(both, { coldkey: ALICE });
    expect(positions.map(({ rewards }) => rewards.coldkey)).toEqual([ALICE]);
    expect(positions[0]?.basis).toMatchObject({ realisedRao: 0n, carriedRao: 100n });
    expect(costBasis.disposals).toEqual([]);
    expect(steps.map(({ coldkey, kind }) => [coldkey, kind])).toEqual([
      [ALICE, 'in'],
      [ALICE, 'move'],
    ]);
  });

  test('without a name all are summed up', () => {
    const { positions, steps } = summaryOf(both);
    expect(positions.map(({ rewards }) => rewards.coldkey)).toEqual([BOB, ALICE].sort());
    expect(steps).toHaveLength(3);
  });
});
