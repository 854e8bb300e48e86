import { describe, expect, test } from 'vitest';
import { ALICE, BOB, blockHash, OTHER_VALIDATOR, poolOf, VALIDATOR } from '../testing.ts';
import type { RewardFacts } from './evidence.ts';
import { factsOf, HALF, stamp } from './testing.ts';
import { buildTimelines, type Entry } from './timeline.ts';

/** `[block, kind, rao]` of each entry. */
const rows = (entries: readonly Entry[] | undefined) =>
  entries?.map((entry) => [
    entry.block.number,
    entry.kind,
    entry.kind === 'claim' ? entry.rao : (entry.kind === 'flow' ? entry.flow : entry).alphaRao,
  ]);
const only = (facts: RewardFacts) => {
  const timelines = buildTimelines(facts);
  expect(timelines).toHaveLength(1);
  return timelines[0];
};
const owed = (number: number, alphaRao: bigint, changes: { netuid?: number } = {}) => ({
  coldkey: ALICE,
  hotkey: VALIDATOR,
  netuid: 8,
  alphaRao,
  block: stamp(number),
  ...changes,
});

describe('the entries of a position', () => {
  test('come by block: within one the flows in their order, claims, then what was seen', () => {
    const facts = factsOf({
      samples: [
        [1_400, 9n, HALF],
        [1_000, 5n, HALF],
      ],
      flows: [
        [1_400, { alphaRao: 3n }],
        [1_400, { alphaRao: 1n }],
        [1_000, { alphaRao: 2n }],
      ],
      changes: { claimable: [owed(1_000, 7n), owed(1_400, 3n)] },
    });
    expect(rows(only(facts)?.entries)).toEqual([
      [1_000, 'flow', 2n],
      [1_000, 'sample', 5n],
      [1_400, 'flow', 3n],
      [1_400, 'flow', 1n],
      [1_400, 'claim', 4n],
      [1_400, 'sample', 9n],
    ]);
  });

  test('say it held nothing where all of its coldkey was listed without it', () => {
    const fork = { ...stamp(1_000), hash: blockHash(1_000, 1) };
    const facts = factsOf({
      samples: [[1_000, 5n, HALF]],
      changes: {
        complete: [
          { coldkey: ALICE, block: stamp(1_000) },
          { coldkey: ALICE, block: stamp(1_400) },
          { coldkey: BOB, block: stamp(1_300) },
          { coldkey: ALICE, block: fork },
        ],
      },
    });
    expect(rows(only(facts)?.entries)).toEqual([
      [1_000, 'sample', 5n],
      [1_000, 'sample', 0n],
      [1_400, 'sample', 0n],
    ]);
  });

  test('have the price of their subnet, and the pool of their validator at their block', () => {
    const facts: RewardFacts = {
      ...factsOf({
        samples: [
          [1_000, 5n, HALF],
          [1_400, 6n],
          [1_500, 6n],
        ],
      }),
      hotkeys: [
        [1_000, 8, VALIDATOR, '50'],
        [1_000, 9, VALIDATOR, '51'],
        [1_400, 8, OTHER_VALIDATOR, '52'],
        [1_500, 8, VALIDATOR, ''],
      ].map(([number, netuid, hotkey, totalShares]) => ({
        hotkey: hotkey as string,
        netuid: netuid as number,
        totalShares: totalShares as string,
        totalAlphaRao: 77n,
        takeU16: 3,
        lastDividendRao: 0n,
        lastRootDividendRao: 0n,
        block: stamp(number as number),
      })),
    };
    expect(only(facts)?.entries).toMatchObject([
      {
        price: { raoPerAlpha: HALF, isOfBlock: true },
        pool: { totalAlphaRao: 77n, takeU16: 3, shares: { mantissa: 50n } },
      },
      { price: { raoPerAlpha: HALF, isOfBlock: false }, pool: undefined },
      { pool: undefined },
    ]);
  });
});

describe('what was owed and is no more', () => {
  const root = (number: number, alphaRao: bigint) => ({
    coldkey: ALICE,
    hotkey: VALIDATOR,
    netuid: 0,
    alphaRao,
    block: stamp(number),
  });

  test('may have come into root at its price, or into the subnet as it was', () => {
    const facts: RewardFacts = {
      ...factsOf({ samples: [[1_000, 5n, HALF]] }),
      positions: [...factsOf({ samples: [[1_000, 5n]] }).positions, root(1_000, 50n)],
      claimable: [
        owed(1_300, 4n),
        owed(1_000, 9n),
        owed(1_100, 9n),
        owed(1_200, 12n),
        owed(1_000, 5n, { netuid: 9 }),
        owed(1_300, 1n, { netuid: 9 }),
      ],
    };
    const [onRoot, onSubnet] = buildTimelines(facts);
    expect([onRoot?.netuid, onSubnet?.netuid]).toEqual([0, 8]);
    expect(rows(onRoot?.entries)).toEqual([
      [1_000, 'sample', 50n],
      [1_300, 'claim', 4n],
      // Without a price one to one: too much rather than too little
      [1_300, 'claim', 4n],
    ]);
    expect(rows(onSubnet?.entries)).toEqual([
      [1_000, 'sample', 5n],
      [1_300, 'claim', 8n],
    ]);
    expect(onSubnet?.claimable).toEqual([]);
    expect(
      onRoot?.claimable.map((list) =>
        list.map(({ netuid, alphaRao, taoRao, block }) => [netuid, block.number, alphaRao, taoRao]),
      ),
    ).toEqual([
      [
        [8, 1_000, 9n, 4n],
        [8, 1_100, 9n, 4n],
        [8, 1_200, 12n, 6n],
        [8, 1_300, 4n, 2n],
      ],
      [
        [9, 1_000, 5n, undefined],
        [9, 1_300, 1n, undefined],
      ],
    ]);
  });

  test('was all claimed where the coldkey was listed without it, and only there', () => {
    const facts = factsOf({
      samples: [[1_000, 5n, HALF]],
      changes: {
        claimable: [owed(1_000, 9n), owed(1_500, 2n)],
        complete: [
          { coldkey: BOB, block: stamp(1_200) },
          { coldkey: ALICE, block: stamp(1_300) },
          { coldkey: ALICE, block: stamp(1_500) },
        ],
      },
    });
    expect(rows(only(facts)?.entries)?.filter(([, kind]) => kind === 'claim')).toEqual([
      [1_300, 'claim', 9n],
    ]);
  });
});

test('positions come by coldkey, subnet and validator, and only those that were held', () => {
  const at = (coldkey: string, hotkey: string, netuid: number) => ({
    coldkey,
    hotkey,
    netuid,
    alphaRao: 1n,
    block: stamp(1_000),
  });
  const positions = [
    at(ALICE, VALIDATOR, 9),
    at(ALICE, VALIDATOR, 10),
    at(ALICE, OTHER_VALIDATOR, 9),
    at(BOB, VALIDATOR, 64),
    at(ALICE, VALIDATOR, 9),
  ];
  const facts = { ...factsOf({}), positions, claimable: [owed(1_000, 5n)] };
  expect(
    buildTimelines({ ...facts, pools: [{ ...poolOf(9, HALF), block: stamp(1) }] }).map(
      ({ coldkey, hotkey, netuid, entries }) => [coldkey, netuid, hotkey, entries.length],
    ),
  ).toEqual([
    [BOB, 64, VALIDATOR, 1],
    [ALICE, 9, OTHER_VALIDATOR, 1],
    [ALICE, 9, VALIDATOR, 2],
    [ALICE, 10, VALIDATOR, 1],
  ]);
});
