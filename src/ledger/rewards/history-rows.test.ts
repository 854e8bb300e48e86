import { describe, expect, test } from 'vitest';
import { ALICE, OTHER_VALIDATOR, openTestLedger, VALIDATOR } from '../testing.ts';
import type { Observation } from '../types.ts';
import { computeRewards } from './compute-rewards.ts';
import { readRewardFacts } from './evidence.ts';
import {
  bucketStart,
  bucketsOf,
  dayKey,
  type HistoryRow,
  rowsOfDays,
  startOfLast,
} from './history-rows.ts';
import { readHistory } from './read-history.ts';
import { HALF } from './testing.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 30);

/** One look every six hours: it earns 10 rao each, and at look 13 another tool adds 5,000. */
function looks(count: number, addedAt = -1): readonly Observation[] {
  let alphaRao = 100_000n;
  return Array.from({ length: count }, (_, index) => {
    if (index > 0) alphaRao += index === addedAt ? 5_010n : 10n + ROUNDING;
    const number = 1_000 + index * 1_800;
    return {
      block: {
        number,
        hash: `0x${number.toString(16).padStart(64, '0')}`,
        timeMs: START_MS + (index * DAY_MS) / 4,
      },
      source: 'archive',
      pools: [
        { netuid: 8, priceRaoPerAlpha: HALF, taoReserveRao: 1n, alphaInRao: 1n, alphaOutRao: 1n },
      ],
      positions: [{ coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, alphaRao }],
      claimable: [],
      completeFor: [ALICE],
    };
  });
}

const RAO = 1_000_000_000n;
const rowOf = (changes: Partial<HistoryRow>): HistoryRow => ({
  coldkey: ALICE,
  hotkey: VALIDATOR,
  netuid: 8,
  fromMs: START_MS,
  lastBlock: { number: 1, hash: '0x1', timeMs: START_MS },
  sampleCount: 2,
  alphaStartRao: 100n,
  alphaEndRao: 200n,
  addedRao: 7n,
  removedRao: 2n,
  paidRao: 4n,
  receivedRao: 1n,
  earnedRao: 5n,
  earnedProduct: (3n * RAO) / 2n,
  priceProduct: (-3n * RAO) / 2n,
  unexplainedRao: 90n,
  hasPrice: true,
  ...changes,
});

/** More than what share pools may round. */
const ROUNDING = 10n;

const nowOf = (observations: readonly Observation[]) =>
  observations.at(-1)?.block as Observation['block'];

describe('a history', () => {
  test('by day, week and month adds up to the rewards', async () => {
    const ledger = await openTestLedger();
    const observations = looks(60);
    ledger.facts.appendMany(observations);
    const [rewards] = computeRewards(readRewardFacts(ledger, [ALICE]));
    for (const unit of ['day', 'week', 'month', 'epoch'] as const) {
      const buckets = readHistory(ledger, {
        coldkey: ALICE,
        unit,
        last: 100,
        now: nowOf(observations),
      });
      const rows = buckets.flatMap((bucket) => bucket.rows);
      expect(rows.reduce((sum, row) => sum + row.earnedRao, 0n)).toBe(rewards?.emissionAlphaRao);
      expect(rows.at(-1)?.alphaEndRao).toBe(rewards?.alphaNowRao);
      const starts = buckets.map(({ fromMs }) => fromMs);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
    }
  });

  test('keeps apart what nothing explains, on the day it appeared', async () => {
    const ledger = await openTestLedger();
    const observations = looks(40, 30);
    ledger.facts.appendMany(observations);
    const [rewards] = computeRewards(readRewardFacts(ledger, [ALICE]));
    expect(rewards?.unexplained).toHaveLength(1);
    const query = { coldkey: ALICE, last: 30, now: nowOf(observations) };
    for (const unit of ['day', 'month'] as const) {
      const rows = readHistory(ledger, { ...query, unit }).flatMap((bucket) => bucket.rows);
      const odd = rows.filter((row) => row.unexplainedRao !== 0n);
      expect(odd.map((row) => row.unexplainedRao)).toEqual([5_010n]);
      expect(rows.reduce((sum, row) => sum + row.earnedRao, 0n)).toBe(rewards?.emissionAlphaRao);
      const changedMs = rewards?.unexplained[0]?.to.timeMs ?? 0;
      expect(odd[0]?.fromMs).toBe(bucketStart(changedMs, unit));
    }
  });

  test('shows the newest buckets only', async () => {
    const ledger = await openTestLedger();
    const observations = looks(60);
    ledger.facts.appendMany(observations);
    const last = readHistory(ledger, {
      coldkey: ALICE,
      unit: 'day',
      last: 3,
      now: nowOf(observations),
    });
    expect(last.map(({ fromMs }) => fromMs)).toEqual(
      [12, 13, 14].map((day) => START_MS + day * DAY_MS),
    );
    expect(last[0]?.untilMs).toBe(START_MS + 13 * DAY_MS);
  });
});

describe('buckets', () => {
  test('begin at midnight, on Monday and on the first, UTC', () => {
    const moment = Date.UTC(2026, 1, 4, 15, 30);
    expect(bucketStart(moment, 'epoch')).toBe(moment);
    expect(new Date(bucketStart(moment, 'day')).toISOString()).toBe('2026-02-04T00:00:00.000Z');
    expect(new Date(bucketStart(moment, 'week')).toISOString()).toBe('2026-02-02T00:00:00.000Z');
    expect(new Date(bucketStart(moment, 'month')).toISOString()).toBe('2026-02-01T00:00:00.000Z');
    expect(bucketStart(Date.UTC(2026, 1, 2), 'week')).toBe(Date.UTC(2026, 1, 2));
  });

  test('reach back over the ends of months and years', () => {
    const moment = Date.UTC(2026, 0, 31);
    expect(startOfLast(moment, 'month', 3)).toBe(Date.UTC(2025, 10, 1));
    expect(startOfLast(moment, 'day', 31)).toBe(Date.UTC(2026, 0, 1));
    expect(startOfLast(moment, 'week', 2)).toBe(Date.UTC(2026, 0, 19));
  });

  test('end where the next one begins, over ends of months, years and weeks', () => {
    const ends = (ms: number) =>
      (['day', 'week', 'month', 'epoch'] as const).map((unit) => {
        const [bucket] = bucketsOf([rowOf({ fromMs: ms })], unit);
        const text = (at: number | undefined) =>
          at === undefined ? at : new Date(at).toISOString().slice(0, 10);
        return [text(bucket?.fromMs), text(bucket?.untilMs)];
      });
    expect(ends(Date.UTC(2025, 11, 31, 23))).toEqual([
      ['2025-12-31', '2026-01-01'],
      ['2025-12-29', '2026-01-05'],
      ['2025-12-01', '2026-01-01'],
      ['2025-12-31', undefined],
    ]);
    // A Sunday, the last day of its week
    expect(ends(Date.UTC(2026, 2, 1))[1]).toEqual(['2026-02-23', '2026-03-02']);
  });

  test('add up the rows of a position, from the start of its first to the end of its last', () => {
    const later = rowOf({
      fromMs: START_MS + DAY_MS,
      lastBlock: { number: 2, hash: '0x2', timeMs: START_MS + DAY_MS },
      sampleCount: 3,
      alphaStartRao: 200n,
      alphaEndRao: 300n,
      hasPrice: false,
    });
    const other = rowOf({ hotkey: OTHER_VALIDATOR, earnedProduct: RAO });
    const [bucket, ...rest] = bucketsOf([rowOf({}), other, later], 'month');
    expect(rest).toEqual([]);
    expect(bucket?.rows).toEqual([
      {
        ...later,
        fromMs: Date.UTC(2026, 0, 1),
        sampleCount: 5,
        alphaStartRao: 100n,
        addedRao: 14n,
        removedRao: 4n,
        paidRao: 8n,
        receivedRao: 2n,
        earnedRao: 10n,
        earnedProduct: 3n * RAO,
        priceProduct: -3n * RAO,
        unexplainedRao: 180n,
      },
      { ...other, fromMs: Date.UTC(2026, 0, 1) },
    ]);
    expect(bucket).toMatchObject({
      earnedRao: 4n,
      // Each position is rounded down on its own
      priceGainRao: -5n,
      paidRao: 12n,
      receivedRao: 3n,
    });
    const [odd] = bucketsOf([rowOf({ earnedProduct: -1n, hasPrice: false })], 'day');
    expect(odd).toMatchObject({ earnedRao: -1n, rows: [{ hasPrice: false }] });
  });

  test('come oldest first, however the rows come', () => {
    const days = [3, 0, 2].map((day) => rowOf({ fromMs: START_MS + day * DAY_MS }));
    expect(bucketsOf(days, 'day').map(({ fromMs }) => (fromMs - START_MS) / DAY_MS)).toEqual([
      0, 2, 3,
    ]);
  });

  test('hold what a closer look found apart from what was earned', () => {
    const day = {
      ...rowOf({}),
      dayMs: START_MS,
      lastBlock: { number: 1, hash: '0x1', timeMs: START_MS },
      gainRao: 95n,
      gainProduct: 95n * HALF,
      priceProduct: 7n,
      priceRaoPerAlpha: HALF,
    };
    const found = new Map([[dayKey(day), { alphaRao: 90n, product: 90n * HALF }]]);
    const elsewhere = { ...day, netuid: 9 };
    expect(rowsOfDays([day, elsewhere], found)).toEqual([
      rowOf({ earnedProduct: 5n * HALF, priceProduct: 7n }),
      rowOf({
        netuid: 9,
        earnedRao: 95n,
        earnedProduct: 95n * HALF,
        priceProduct: 7n,
        unexplainedRao: 0n,
      }),
    ]);
    const keys = [{ dayMs: 1 }, { netuid: 9 }, { hotkey: '' }, { coldkey: '' }].map((changes) =>
      dayKey({ ...day, ...changes }),
    );
    expect(new Set([dayKey(day), ...keys]).size).toBe(5);
  });

  test('leave positions without a price out of TAO, and say so', () => {
    const day = {
      coldkey: ALICE,
      hotkey: VALIDATOR,
      netuid: 8,
      dayMs: START_MS,
      lastBlock: { number: 1, hash: '0x1', timeMs: START_MS },
      sampleCount: 1,
      alphaStartRao: 1n,
      alphaEndRao: 2n,
      addedRao: 0n,
      removedRao: 0n,
      paidRao: 0n,
      receivedRao: 0n,
      gainRao: 1n,
      gainProduct: 0n,
      priceProduct: 0n,
      priceRaoPerAlpha: undefined,
    };
    const [bucket] = bucketsOf(rowsOfDays([day], new Map()), 'day');
    expect(bucket).toMatchObject({ earnedRao: 0n, rows: [{ hasPrice: false, earnedRao: 1n }] });
  });
});
