import { describe, expect, test } from 'vitest';
import {
  ALICE,
  BOB,
  OTHER_VALIDATOR,
  observationOf,
  openTestLedger,
  VALIDATOR,
} from '../testing.ts';
import type { BlockStamp } from '../types.ts';
import { computeRewards } from './compute-rewards.ts';
import {
  growthOf,
  mostEarned,
  parseShares,
  type RewardFacts,
  readRewardFacts,
} from './evidence.ts';
import { createSeries } from './series.ts';
import { summarizeRewards } from './summarize-rewards.ts';
import { factsOf, HALF, stamp } from './testing.ts';

const pool = (totalAlphaRao: bigint, shares: string, takeU16 = 11_796) => ({
  totalAlphaRao,
  shares: parseShares(shares) ?? { form: '?', mantissa: 0n, exponent: 0 },
  takeU16,
});

/** A validator's pool at looks, with as many shares as it had rao at first. */
function withPool(
  facts: RewardFacts,
  states: readonly (readonly [
    block: number,
    totalAlphaRao: bigint,
    shares: string,
    takeU16?: number,
  ])[],
): RewardFacts {
  return {
    ...facts,
    hotkeys: states.map(([number, totalAlphaRao, totalShares, takeU16 = 11_796]) => ({
      hotkey: VALIDATOR,
      netuid: 8,
      totalAlphaRao,
      totalShares,
      takeU16,
      lastDividendRao: 0n,
      lastRootDividendRao: 0n,
      block: stamp(number),
    })),
  };
}

describe('shares of a pool', () => {
  test('are compared whatever their exponents', () => {
    const growth = growthOf(pool(1_000n, '10'), pool(1_100n, '100e-1'));
    expect(growth?.denominator).toBe((growth?.numerator ?? 0n) * 10n);
    expect(growthOf(pool(1_000n, '1e1'), pool(1_100n, '10'))?.numerator).toBeGreaterThan(0n);
  });

  test('of two forms, or of an empty pool, are not', () => {
    expect(growthOf(pool(1_000n, '10'), pool(1_100n, 'v1:10'))).toBeUndefined();
    expect(growthOf(pool(0n, '10'), pool(1_100n, '10'))).toBeUndefined();
    expect(parseShares('')).toBeUndefined();
    expect(parseShares('0')).toBeUndefined();
    expect(parseShares('1e+3')).toBeUndefined();
  });

  test('grow by what one share gained, whichever state counts in finer ones', () => {
    const ratio = (after: ReturnType<typeof pool>, before = pool(1_000n, '10')) => {
      const growth = growthOf(before, after);
      return growth && [growth.numerator * 1_000n, growth.denominator].join('/');
    };
    // 1,000 on 10 shares, then 3,300 on 30: a tenth more each
    expect(ratio(pool(3_300n, '30'))).toBe('3000000/30000');
    expect(ratio(pool(3_300n, '3e1'))).toBe('3000000/30000');
    expect(ratio(pool(3_300n, '3000e-2'))).toBe('300000000/3000000');
    expect(ratio(pool(3_300n, '30'), pool(1_000n, '1000e-2'))).toBe('300000000/3000000');
    expect(ratio(pool(3_300n, 'v1:30e-3'), pool(1_000n, 'v1:10e-3'))).toBe('3000000/30000');
    expect(parseShares('v1:12e-24')).toEqual({ form: 'v1:', mantissa: 12n, exponent: -24 });
    expect(parseShares('12')).toEqual({ form: '', mantissa: 12n, exponent: 0 });
  });

  test('that lost value earned nothing', () => {
    expect(growthOf(pool(1_000n, '10'), pool(900n, '10'))?.numerator).toBe(0n);
  });

  test('bound what a staker and an owner can have earned, rounded up', () => {
    const growth = { numerator: 1n, denominator: 100n };
    const most = mostEarned(growth, { stakeRao: 1_001n, poolRao: 10_000n });
    // 100 rao for everybody is 100 × 18 ÷ 82 of take, rounded up
    expect(most).toEqual({ stakerRao: 11n, ownerRao: 11n + 22n });
  });
});

describe('a gain', () => {
  const grown = (gainRao: bigint) =>
    factsOf({
      samples: [
        [1_000, 1_000_000n, HALF],
        [1_400, 1_000_000n + gainRao, HALF],
      ],
    });

  test('that the pool earned is earned, also without a pattern', () => {
    const facts = withPool(grown(10_000n), [
      [1_000, 50_000_000n, '50000000'],
      [1_400, 50_500_000n, '50000000'],
    ]);
    expect(computeRewards(facts)[0]).toMatchObject({ emissionAlphaRao: 10_000n, unexplained: [] });
  });

  test('far beyond what the pool earned is unexplained, also without a pattern', () => {
    const facts = withPool(grown(900_000n), [
      [1_000, 50_000_000n, '50000000'],
      [1_400, 51_400_000n, '50891089'],
    ]);
    expect(computeRewards(facts)[0]).toMatchObject({
      emissionAlphaRao: 0n,
      unexplained: [{ alphaRao: 900_000n, reason: 'out-of-pattern' }],
    });
  });

  test('into an empty position can be a claim that root dividends allow', () => {
    const kept = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_400, 5_000n, HALF],
      ],
    });
    const root = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 0, alphaRao: 1_000_000n };
    const rates = (later: bigint): RewardFacts => ({
      ...kept,
      positions: [
        ...kept.positions,
        { ...root, block: stamp(1_000) },
        { ...root, block: stamp(1_400) },
      ],
      rootRates: [
        { hotkey: VALIDATOR, netuid: 8, rateBits: 1n << 20n, block: stamp(1_000) },
        { hotkey: VALIDATOR, netuid: 8, rateBits: (1n << 20n) + later, block: stamp(1_400) },
      ],
    });
    const subnet = (facts: RewardFacts) => computeRewards(facts).find(({ netuid }) => netuid === 8);
    // 5,000 of a million is a rate of 0.005
    expect(subnet(rates(21_474_837n))).toMatchObject({ emissionAlphaRao: 5_000n, unexplained: [] });
    expect(subnet(rates(1_000n))).toMatchObject({ unexplained: [{ reason: 'from-nothing' }] });
  });
});

test('the take paid is what the validator kept of each gain, by the take of its time', () => {
  const facts = withPool(
    factsOf({
      samples: [
        [1_000, 1_000_000n, HALF],
        [1_400, 1_008_200n, HALF],
        [1_800, 1_018_200n, 2n * HALF],
      ],
    }),
    [
      [1_000, 50_000_000n, '50000000', 11_796],
      [1_400, 50_410_000n, '50000000', 11_796],
      [1_800, 50_910_000n, '50000000', 0],
    ],
  );
  const nowMs = stamp(1_800).timeMs ?? 0;
  const windows = [{ name: '1h', lengthMs: 3_600_000 }];
  const [position] = summarizeRewards({ facts, method: 'fifo', windows, nowMs }).positions;
  // 8,200 × 18 ÷ 82 = 1,800, at half a TAO
  expect(position?.takePaid).toEqual({ alphaRao: 1_799n, taoRao: 899n });
  expect(position?.windows).toMatchObject([
    {
      name: '1h',
      from: stamp(1_400),
      isWhole: true,
      earnedAlphaRao: 10_000n,
      takePaid: { alphaRao: 0n },
    },
  ]);
  expect(position?.reconciliation).toEqual({
    block: stamp(1_800),
    expectedAlphaRao: 1_018_200n,
    chainAlphaRao: 1_018_200n,
    unexplainedAlphaRao: 0n,
  });
});

test('a series finds the nearest value on either side', () => {
  const series = createSeries();
  expect([series.upTo(9), series.from(1)]).toEqual([undefined, undefined]);
  series.add(20, 2n);
  series.add(10, 1n);
  expect([9, 10, 19, 20, 99].map(series.upTo)).toEqual([undefined, 1n, 1n, 2n, 2n]);
  expect([9, 10, 11, 20, 21].map(series.from)).toEqual([1n, 1n, 2n, 2n, undefined]);
});

test('a series takes values in any order, also after it was asked', () => {
  const series = createSeries();
  for (const number of [30, 10, 20]) series.add(number, BigInt(number));
  expect([10, 20, 30].map(series.upTo)).toEqual([10n, 20n, 30n]);
  series.add(5, 5n);
  series.add(25, 25n);
  series.add(25, 26n);
  expect([5, 9, 24, 25, 40].map(series.upTo)).toEqual([5n, 5n, 20n, 26n, 30n]);
  expect([1, 6, 25, 26].map(series.from)).toEqual([5n, 10n, 26n, 30n]);
});

describe('facts for the replay', () => {
  const hotkeyOf = (hotkey: string, netuid: number) => ({
    hotkey,
    netuid,
    totalAlphaRao: 9n,
    totalShares: '5',
    takeU16: 11_796,
    lastDividendRao: 0n,
    lastRootDividendRao: 0n,
  });
  const all = [VALIDATOR, OTHER_VALIDATOR].flatMap((hotkey) =>
    [0, 8, 9].map((netuid) => hotkeyOf(hotkey, netuid)),
  );
  const rootRates = all.map(({ hotkey, netuid }) => ({ hotkey, netuid, rateBits: 7n }));
  const at = (netuid: number, hotkey = VALIDATOR) => ({
    coldkey: ALICE,
    hotkey,
    netuid,
    alphaRao: 5n,
  });
  const names = (list: readonly { hotkey: string; netuid: number; block: BlockStamp }[] = []) =>
    list
      .map(
        ({ hotkey, netuid, block }) =>
          `${hotkey === VALIDATOR ? 'own' : 'other'}/${netuid}/${block.number}`,
      )
      .sort();

  test('are those of the own validators, with the rates of those that hold root stake', async () => {
    const ledger = await openTestLedger();
    const parts = { hotkeys: all, rootRates };
    ledger.facts.append(
      observationOf(1_000, { ...parts, positions: [at(0), at(8, OTHER_VALIDATOR)] }),
    );
    ledger.facts.append(observationOf(1_010, { ...parts, claimable: [at(9)] }));
    const facts = readRewardFacts(ledger, [ALICE]);
    const both = (names: readonly string[]) =>
      names.flatMap((name) => [`${name}/1000`, `${name}/1010`]);
    expect(names(facts.hotkeys)).toEqual(both(['other/8', 'own/0', 'own/9']));
    expect(names(facts.rootRates)).toEqual(both(['own/0', 'own/8', 'own/9']));
    const late = readRewardFacts(ledger, [ALICE], { from: 1_001 });
    expect([names(late.hotkeys), late.rootRates]).toEqual([['own/9/1010'], []]);
    const early = readRewardFacts(ledger, [ALICE], { to: 1_009 });
    expect(names(early.rootRates)).toEqual(['own/0/1000', 'own/8/1000', 'own/9/1000']);
    const nobody = readRewardFacts(ledger, [BOB]);
    expect([nobody.hotkeys, nobody.rootRates, nobody.positions]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });
});
