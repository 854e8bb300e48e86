import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALICE,
  blockHash,
  intentOf,
  observationOf,
  openTestLedger,
  outcomeOf,
  poolOf,
  signedOf,
  VALIDATOR,
} from '../testing.ts';
import type { KnownFacts, StakeFlow } from '../types.ts';
import { computeRewards, readRewards } from './compute-rewards.ts';
import { EMPTY_REPLAY, type ReplayState, replay } from './replay.ts';
import { buildTimelines } from './timeline.ts';

const NETUID = 8;

/** One block of a made-up life: a flow perhaps, an earning perhaps, a price, a sample perhaps. */
type Day = {
  readonly flow:
    | { readonly isIn: boolean; readonly alpha: bigint; readonly tao: bigint }
    | undefined;
  readonly earned: bigint;
  readonly price: bigint;
  readonly isSampled: boolean;
};

const day: fc.Arbitrary<Day> = fc.record({
  flow: fc.option(
    fc.record({
      isIn: fc.boolean(),
      alpha: fc.bigInt(1n, 10n ** 12n),
      tao: fc.bigInt(0n, 10n ** 12n),
    }),
    { nil: undefined },
  ),
  earned: fc.bigInt(0n, 10n),
  price: fc.bigInt(1n, 10n ** 10n),
  isSampled: fc.boolean(),
});
const life = fc.array(day, { minLength: 1, maxLength: 40 });

/** The facts a life leaves behind, and what truly happened. */
function live(days: readonly Day[]): { facts: KnownFacts; earned: bigint; alpha: bigint } {
  const block = (index: number) => ({
    number: 1_000 + index,
    hash: blockHash(1_000 + index),
    timeMs: index,
  });
  const position = { coldkey: ALICE, hotkey: VALIDATOR, netuid: NETUID };
  const opening = { ...position, alphaRao: 0n, block: block(0) };
  const facts = {
    positions: [opening],
    pools: [{ ...poolOf(NETUID, 1n), block: block(0) }],
    flows: [] as KnownFacts['flows'][number][],
    claimable: [],
    complete: [],
    conflicts: [],
  };
  let alpha = 0n;
  let earned = 0n;
  for (const [index, { flow, earned: gain, price, isSampled }] of days.entries()) {
    if (flow !== undefined && (flow.isIn || flow.alpha <= alpha)) {
      const direction: StakeFlow['direction'] = flow.isIn ? 'in' : 'out';
      const amounts = { alphaRao: flow.alpha, taoRao: flow.tao };
      facts.flows.push({ ...position, direction, ...amounts, block: block(index + 1) });
      alpha += flow.isIn ? flow.alpha : -flow.alpha;
    }
    if (alpha > 0n) {
      alpha += gain;
      earned += gain;
    }
    if (isSampled || index === days.length - 1) {
      facts.positions.push({ ...position, alphaRao: alpha, block: block(index + 1) });
      facts.pools.push({ ...poolOf(NETUID, price), block: block(index + 1) });
    }
  }
  return { facts, earned, alpha };
}

describe('any life of a position', () => {
  test('is accounted for to the last rao, in alpha and in TAO', () => {
    fc.assert(
      fc.property(life, (days) => {
        const { facts, earned, alpha } = live(days);
        const [rewards] = computeRewards(facts);
        if (rewards === undefined) {
          expect(alpha).toBe(0n);
          return;
        }
        const unexplained = rewards.unexplained.reduce((sum, change) => sum + change.alphaRao, 0n);
        expect(rewards.emissionAlphaRao + unexplained).toBe(earned);
        expect(rewards.alphaNowRao).toBe(alpha);
        expect(rewards.alphaStartRao + rewards.alphaAddedRao - rewards.alphaRemovedRao).toBe(
          alpha - earned,
        );
        const tao = rewards.tao;
        if (tao === undefined) throw new Error('every sample has a price');
        expect(tao.resultRao).toBe(
          tao.valueNowRao + rewards.receivedRao - rewards.paidRao - tao.startValueRao,
        );
        expect(tao.resultRao).toBe(
          tao.emissionRao + tao.priceRao + tao.unexplainedRao - tao.tradeCostRao,
        );
      }),
    );
  });

  test('folds to the same state whole or in parts, with the state stored between', () => {
    fc.assert(
      fc.property(life, fc.nat(), (days, cut) => {
        const [timeline] = buildTimelines(live(days).facts);
        const entries = timeline?.entries ?? [];
        const place = cut % (entries.length + 1);
        const first = replay(EMPTY_REPLAY, entries.slice(0, place), { netuid: NETUID });
        const stored = structuredClone(first) as ReplayState;
        expect(replay(stored, entries.slice(place), { netuid: NETUID })).toEqual(
          replay(EMPTY_REPLAY, entries, { netuid: NETUID }),
        );
      }),
    );
  });

  test('loses nothing at the seam of two windows', () => {
    fc.assert(
      fc.property(life, fc.nat(), (days, cut) => {
        const { facts } = live(days);
        const seam = facts.positions[cut % facts.positions.length]?.block.number ?? 0;
        const sum = (from?: number, to?: number): bigint =>
          computeRewards(facts, {
            ...(from === undefined ? {} : { fromBlock: from }),
            ...(to === undefined ? {} : { toBlock: to }),
          }).reduce(
            (total, { emissionAlphaRao, unexplained }) =>
              unexplained.reduce((t, change) => t + change.alphaRao, total + emissionAlphaRao),
            0n,
          );
        expect(sum(undefined, seam) + sum(seam)).toBe(sum());
      }),
    );
  });

  test('reads the same from a ledger that learned it in any order', async () => {
    await fc.assert(
      fc.asyncProperty(life, fc.infiniteStream(fc.nat()), async (days, order) => {
        const { facts } = live(days);
        const ledger = await openTestLedger();
        const shuffled = facts.positions
          .map((sample, index) => ({
            sample,
            pool: facts.pools[index],
            key: order.next().value as number,
          }))
          .sort((a, b) => a.key - b.key);
        for (const { sample, pool } of shuffled) {
          const { block, ...position } = sample;
          const { block: _, ...poolSample } = pool as KnownFacts['pools'][number];
          ledger.facts.append(
            observationOf(block.number, {
              block: { ...block, timeMs: block.timeMs ?? 0 },
              positions: [position],
              pools: [poolSample],
            }),
          );
        }
        for (const [index, { block, ...flow }] of facts.flows.entries()) {
          ledger.journal.begin(intentOf(`tx-${index}`));
          ledger.journal.recordSigned(`tx-${index}`, signedOf(`tx-${index}`));
          const place = {
            blockNumber: block.number,
            blockHash: block.hash,
            blockTimeMs: block.timeMs,
          };
          ledger.journal.recordOutcome(`tx-${index}`, outcomeOf({ ...place, flows: [flow] }));
        }
        expect(readRewards(ledger, { coldkeys: [ALICE] })).toEqual(computeRewards(facts));
        ledger.close();
      }),
      { numRuns: 15 },
    );
  });
});
