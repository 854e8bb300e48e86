import { expect, test } from 'vitest';
import {
  ALICE,
  BOB,
  OTHER_VALIDATOR,
  observationOf,
  openTestLedger,
  poolOf,
  VALIDATOR,
} from '../testing.ts';
import type { Ledger, Observation } from '../types.ts';
import type { HistoryUnit } from './history-rows.ts';
import { readHistory } from './read-history.ts';
import { HALF } from './testing.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 5);
const BLOCKS_PER_DAY = 7_200;

/** Two looks a day: `first` and `second` are what two positions hold at each. */
async function ledgerOf(
  first: readonly bigint[],
  second: readonly bigint[] = [],
  price: (index: number) => bigint = () => HALF,
): Promise<Ledger> {
  const ledger = await openTestLedger();
  const at = (hotkey: string, alphaRao: bigint) => ({
    coldkey: ALICE,
    hotkey,
    netuid: 8,
    alphaRao,
  });
  ledger.facts.appendMany(
    first.map((alphaRao, index): Observation => {
      const other = second[index];
      const block = observationOf(1_000 + (index * BLOCKS_PER_DAY) / 2).block;
      return observationOf(block.number, {
        block: { ...block, timeMs: START_MS + (index * DAY_MS) / 2 },
        pools: [poolOf(8, price(index))],
        positions: [
          at(VALIDATOR, alphaRao),
          ...(other === undefined ? [] : [at(OTHER_VALIDATOR, other)]),
        ],
      });
    }),
  );
  return ledger;
}

function history(ledger: Ledger, unit: HistoryUnit, last: number, looks: number) {
  const now = {
    number: 1_000 + ((looks - 1) * BLOCKS_PER_DAY) / 2,
    timeMs: START_MS + ((looks - 1) * DAY_MS) / 2,
  };
  return readHistory(ledger, { coldkey: ALICE, unit, last, now });
}

/** What is held after so many looks that each earn `step`, beginning with `start`. */
const steady = (looks: number, step: bigint, start = 1_000_000n) =>
  Array.from({ length: looks }, (_, index) => start + BigInt(index) * step);
/** The same, with `extra` more from one look on. */
const jumping = (looks: number, step: bigint, at: number, extra: bigint) =>
  steady(looks, step).map((alpha, index) => (index < at ? alpha : alpha + extra));

const surprises = (buckets: ReturnType<typeof history>) =>
  buckets.flatMap(({ fromMs, rows }) =>
    rows
      .filter(({ unexplainedRao }) => unexplainedRao !== 0n)
      .map(({ hotkey, unexplainedRao }) => [
        (fromMs - START_MS) / DAY_MS,
        hotkey === VALIDATOR ? 'first' : 'second',
        unexplainedRao,
      ]),
  );

test('a jump is unexplained on its day, in its position, and at the price of its look', async () => {
  const price = (index: number) => (index < 17 ? HALF : 2n * HALF);
  const ledger = await ledgerOf(jumping(24, 100n, 17, 90_000n), steady(24, 100n), price);
  const days = history(ledger, 'day', 30, 24);
  expect(surprises(days)).toEqual([[8, 'first', 90_100n]]);
  const row = days[8]?.rows.find(({ hotkey }) => hotkey === VALIDATOR);
  // The look before it earned 100 at the old price, and is no part of the jump.
  expect([row?.earnedRao, row?.earnedProduct]).toEqual([100n, 100n * HALF]);
  const sum = days.flatMap(({ rows }) => rows).reduce((total, one) => total + one.earnedRao, 0n);
  expect(sum).toBe(22n * 100n + 23n * 100n);
});

test('what is missing is unexplained, also on the first days', async () => {
  expect(surprises(history(await ledgerOf(jumping(10, 100n, 3, -5_000n)), 'day', 30, 10))).toEqual([
    [1, 'first', -4_900n],
  ]);
});

test('a jump is found as well where only its own day is asked for', async () => {
  const ledger = await ledgerOf(jumping(24, 100n, 22, 90_000n));
  const days = history(ledger, 'day', 1, 24);
  expect(days.map(({ fromMs }) => (fromMs - START_MS) / DAY_MS)).toEqual([11]);
  expect(surprises(days)).toEqual([[11, 'first', 90_100n]]);
});

test('days of steady earning are earned, however many looks a day has', async () => {
  const ledger = await ledgerOf(steady(30, 100n), steady(30, 7_000n, 70_000_000n));
  const days = history(ledger, 'day', 30, 30);
  expect(surprises(days)).toEqual([]);
  expect(days.map(({ rows }) => rows.map(({ earnedRao }) => earnedRao))).toEqual([
    // The first look earns nothing.
    expect.arrayContaining([100n, 7_000n]),
    ...Array.from({ length: 14 }, () => expect.arrayContaining([200n, 14_000n])),
  ]);
});

test('by look the newest ones are there, with what lies between them and the one before', async () => {
  const ledger = await ledgerOf(steady(12, 100n));
  const looks = history(ledger, 'epoch', 3, 12);
  expect(looks.map(({ fromMs, untilMs, rows }) => [fromMs, untilMs, rows[0]?.earnedRao])).toEqual(
    [9, 10, 11].map((index) => [START_MS + (index * DAY_MS) / 2, undefined, 100n]),
  );
  expect(history(ledger, 'epoch', 99, 12)).toHaveLength(11);
});

test('of an account that nothing is known of is empty', async () => {
  const ledger = await ledgerOf(steady(4, 100n));
  const now = { number: 99_999, timeMs: START_MS + DAY_MS };
  for (const unit of ['day', 'epoch'] as const) {
    expect(readHistory(ledger, { coldkey: BOB, unit, last: 5, now })).toEqual([]);
  }
});
