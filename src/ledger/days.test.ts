import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALICE,
  BOB,
  blockHash,
  flowOf,
  OTHER_VALIDATOR,
  observationOf,
  openTestLedger,
  poolOf,
  START_MS,
  VALIDATOR,
} from './testing.ts';
import type { Observation } from './types.ts';

const DAY_BLOCKS = 7_200;
const day = (index: number): number => START_MS + index * 86_400_000;
const at = (days: number): number => 1_000 + Math.round(days * DAY_BLOCKS);

const held = (alphaRao: bigint, hotkey = VALIDATOR) => ({
  coldkey: ALICE,
  hotkey,
  netuid: 8,
  alphaRao,
});

describe('days of a position', () => {
  test('keep gain, flows and price apart, each with the day of the later sample', async () => {
    const { facts } = await openTestLedger();
    facts.appendMany([
      observationOf(at(0), { pools: [poolOf(8, 10n)], positions: [held(100n)] }),
      observationOf(at(0.5), { pools: [poolOf(8, 20n)], positions: [held(110n)] }),
      observationOf(at(0.9), {
        blockFlows: { coldkeys: [ALICE], flows: [flowOf({ alphaRao: 50n, taoRao: 7n })] },
      }),
      observationOf(at(1.5), { pools: [poolOf(8, 30n)], positions: [held(165n)] }),
    ]);
    const days = facts.readDays({ coldkeys: [ALICE] });
    expect(days).toEqual([
      {
        coldkey: ALICE,
        hotkey: VALIDATOR,
        netuid: 8,
        dayMs: day(0),
        lastBlock: { number: at(0.5), hash: blockHash(at(0.5)), timeMs: day(0.5) },
        sampleCount: 2,
        alphaStartRao: 100n,
        alphaEndRao: 110n,
        addedRao: 0n,
        removedRao: 0n,
        paidRao: 0n,
        receivedRao: 0n,
        gainRao: 10n,
        gainProduct: 200n,
        priceProduct: 1_000n,
        priceRaoPerAlpha: 20n,
      },
      {
        coldkey: ALICE,
        hotkey: VALIDATOR,
        netuid: 8,
        dayMs: day(1),
        lastBlock: { number: at(1.5), hash: blockHash(at(1.5)), timeMs: day(1.5) },
        sampleCount: 1,
        alphaStartRao: 110n,
        alphaEndRao: 165n,
        addedRao: 50n,
        removedRao: 0n,
        paidRao: 7n,
        receivedRao: 0n,
        gainRao: 5n,
        gainProduct: 150n,
        priceProduct: 1_100n,
        priceRaoPerAlpha: 30n,
      },
    ]);
    expect(facts.readDays({ coldkeys: [ALICE], fromMs: day(1) })).toEqual(days.slice(1));
    expect(facts.readDays({ coldkeys: [ALICE], toMs: day(1) })).toEqual(days.slice(0, 1));
    expect(facts.readDays({ coldkeys: [BOB] })).toEqual([]);
  });

  test('end with a position that a whole listing no longer has', async () => {
    const { facts } = await openTestLedger();
    facts.append(observationOf(at(0), { positions: [held(100n)], completeFor: [ALICE] }));
    facts.append(observationOf(at(1), { completeFor: [ALICE] }));
    facts.append(observationOf(at(2), { completeFor: [ALICE] }));
    const found = facts.readDays({ coldkeys: [ALICE] });
    expect(found.map(({ alphaStartRao, alphaEndRao }) => [alphaStartRao, alphaEndRao])).toEqual([
      [100n, 100n],
      [100n, 0n],
    ]);
  });
});

const observations = fc.array(
  fc.record({
    slot: fc.integer({ min: 0, max: 40 }),
    fork: fc.integer({ min: 0, max: 1 }),
    alpha: fc.option(fc.bigInt({ min: 0n, max: 1_000n }), { nil: undefined }),
    other: fc.option(fc.bigInt({ min: 0n, max: 9n }), { nil: undefined }),
    price: fc.option(fc.bigInt({ min: 1n, max: 99n }), { nil: undefined }),
    flow: fc.option(fc.bigInt({ min: 0n, max: 50n }), { nil: undefined }),
    isWhole: fc.boolean(),
    asked: fc.boolean(),
    rejects: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

test('brought up to date in any order they equal a rebuild from facts', {
  timeout: 30_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(observations, async (steps) => {
      const ledger = await openTestLedger();
      for (const step of steps) {
        const number = at(step.slot / 6);
        const observation: Observation = observationOf(number, {
          block: {
            number,
            hash: blockHash(number, step.fork),
            timeMs: START_MS + (number - 1_000) * 12_000,
          },
          pools: step.price === undefined ? [] : [poolOf(8, step.price)],
          positions: [
            ...(step.alpha === undefined ? [] : [held(step.alpha)]),
            ...(step.other === undefined ? [] : [held(step.other, OTHER_VALIDATOR)]),
          ],
          ...(step.isWhole ? { completeFor: [ALICE] } : {}),
          ...(step.flow === undefined
            ? {}
            : { blockFlows: { coldkeys: [ALICE], flows: [flowOf({ alphaRao: step.flow })] } }),
        });
        try {
          ledger.facts.append(observation);
        } catch {
          // A contradiction of an earlier step: the first value stands, in both results.
        }
        if (step.rejects) ledger.facts.reject(blockHash(number, 1 - step.fork), 'test');
        if (step.asked) ledger.facts.readDays({ coldkeys: [ALICE] });
      }
      const incremental = ledger.facts.readDays({ coldkeys: [ALICE] });
      ledger.rebuild();
      expect(incremental).toEqual(ledger.facts.readDays({ coldkeys: [ALICE] }));
      ledger.close();
    }),
    { numRuns: 60 },
  );
});
