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
import type { KnownFacts } from '../types.ts';
import { computeRewards, readRewards } from './compute-rewards.ts';
import { factsOf, HALF, only, stamp } from './testing.ts';

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

  test('rest on nothing where nothing was held', () => {
    const facts = factsOf({
      samples: [
        [1_000, 0n],
        [1_001, 0n],
        [1_400, 1_000n, HALF],
      ],
      flows: [[1_400, { alphaRao: 1_000n, taoRao: 501n }]],
    });
    expect(only(facts).inexact).toEqual([]);
    const closed = factsOf({
      samples: [
        [1_400, 1_000n, HALF],
        [1_500, 0n],
      ],
      flows: [[1_500, { direction: 'out', alphaRao: 1_000n, taoRao: 499n }]],
    });
    expect(only(closed).inexact).toContain('price-of-another-block');
    const gone = factsOf({
      samples: [
        [1_400, 1_000n, HALF],
        [1_500, 0n],
      ],
    });
    expect(only(gone).inexact).toContain('price-of-another-block');
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
  test('in a window shows what was owed at its end', () => {
    const claim = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8 };
    const facts = factsOf({
      netuid: 0,
      samples: [
        [1_000, 5_000n],
        [1_400, 5_040n],
        [1_800, 5_080n],
      ],
      changes: {
        pools: [{ ...poolOf(8, HALF), block: stamp(1_000) }],
        claimable: [
          { ...claim, alphaRao: 6n, block: stamp(1_000) },
          { ...claim, alphaRao: 8n, block: stamp(1_800) },
        ],
        complete: [{ coldkey: ALICE, block: stamp(1_400) }],
      },
    });
    const owed = (toBlock: number): unknown =>
      only(facts, { toBlock }).claimable.map(({ alphaRao, taoRao, block }) => [
        alphaRao,
        taoRao,
        block.number,
      ]);
    expect(owed(1_399)).toEqual([[6n, 3n, 1_000]]);
    expect(owed(1_799)).toEqual([]);
    expect(owed(1_800)).toEqual([[8n, 4n, 1_800]]);
  });

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
    expect(rewards.inexact).toEqual(['opening-not-observed']);
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

describe('several positions', () => {
  test('come out the same in whatever order the facts are given', () => {
    const claim = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8 };
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 1_010n, 3n * HALF],
        [1_800, 2_031n, 2n * HALF],
      ],
      flows: [
        [1_500, { alphaRao: 500n, taoRao: 502n }],
        [1_600, { alphaRao: 500n, taoRao: 503n }],
      ],
      changes: {
        claimable: [
          { ...claim, alphaRao: 9n, block: stamp(1_000) },
          { ...claim, alphaRao: 4n, block: stamp(1_400) },
          { ...claim, alphaRao: 6n, block: stamp(1_800) },
        ],
        complete: [
          { coldkey: ALICE, block: stamp(1_000) },
          { coldkey: ALICE, block: stamp(2_000) },
        ],
      },
    });
    const reversed = Object.fromEntries(
      Object.entries(facts).map(([name, list]) => [name, [...list].reverse()]),
    ) as unknown as KnownFacts;
    expect(computeRewards(reversed)).toEqual(computeRewards(facts));
  });

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
