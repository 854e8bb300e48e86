/**
 * What positions earned per day, week, month or look: sums of rows that the ledger derives day by
 * day, so that years of facts take milliseconds. Pure.
 */

import type { PositionKey } from '../cost-basis/types.ts';
import type { PositionDay } from '../fact-types.ts';
import { DAY_MS } from '../fold-days.ts';
import type { BlockStamp } from '../types.ts';
import { divideFloor } from './divide.ts';

export const HISTORY_UNITS = ['epoch', 'day', 'week', 'month'] as const;
export type HistoryUnit = (typeof HISTORY_UNITS)[number];

/** 1970-01-01 was a Thursday: weeks begin on Monday, three days before. */
const MONDAY_OFFSET_MS = 3 * DAY_MS;

/** One position over one stretch of time. Amounts are rao; products are rao × rao. */
export type HistoryRow = PositionKey & {
  /** Start of the stretch, ms since 1970. */
  readonly fromMs: number;
  readonly lastBlock: BlockStamp;
  readonly sampleCount: number;
  readonly alphaStartRao: bigint;
  readonly alphaEndRao: bigint;
  readonly addedRao: bigint;
  readonly removedRao: bigint;
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
  readonly earnedRao: bigint;
  readonly earnedProduct: bigint;
  readonly priceProduct: bigint;
  /** What neither flows nor earning explain: in no other figure. */
  readonly unexplainedRao: bigint;
  readonly hasPrice: boolean;
};

export type HistoryBucket = {
  readonly fromMs: number;
  /** First moment after it; undefined where the bucket is one look. */
  readonly untilMs: number | undefined;
  readonly rows: readonly HistoryRow[];
  /** In TAO, over rows that have a price. */
  readonly earnedRao: bigint;
  readonly priceGainRao: bigint;
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
};

/** Days as rows; `unexplained` names what a closer look found, by position and day. */
export function rowsOfDays(
  days: readonly PositionDay[],
  unexplained: ReadonlyMap<string, { readonly alphaRao: bigint; readonly product: bigint }>,
): readonly HistoryRow[] {
  return days.map((day) => {
    const found = unexplained.get(dayKey(day)) ?? { alphaRao: 0n, product: 0n };
    return {
      coldkey: day.coldkey,
      hotkey: day.hotkey,
      netuid: day.netuid,
      fromMs: day.dayMs,
      lastBlock: day.lastBlock,
      sampleCount: day.sampleCount,
      alphaStartRao: day.alphaStartRao,
      alphaEndRao: day.alphaEndRao,
      addedRao: day.addedRao,
      removedRao: day.removedRao,
      paidRao: day.paidRao,
      receivedRao: day.receivedRao,
      earnedRao: day.gainRao - found.alphaRao,
      earnedProduct: day.gainProduct - found.product,
      priceProduct: day.priceProduct,
      unexplainedRao: found.alphaRao,
      hasPrice: day.priceRaoPerAlpha !== undefined,
    };
  });
}

/** One text a position and day. */
export function dayKey(row: PositionKey & { readonly dayMs: number }): string {
  return `${row.coldkey}/${row.hotkey}/${row.netuid}/${row.dayMs}`;
}

/** Rows of one bucket and position added up, by bucket and then in the order of positions. */
export function bucketsOf(
  rows: readonly HistoryRow[],
  unit: HistoryUnit,
): readonly HistoryBucket[] {
  const starts = new Map<number, Map<string, HistoryRow>>();
  for (const row of rows) {
    const start = bucketStart(row.fromMs, unit);
    const positions = starts.get(start) ?? new Map<string, HistoryRow>();
    starts.set(start, positions);
    const name = `${row.coldkey}/${row.hotkey}/${row.netuid}`;
    const known = positions.get(name);
    positions.set(name, known === undefined ? { ...row, fromMs: start } : mergeRows(known, row));
  }
  return [...starts]
    .sort(([a], [b]) => a - b)
    .map(([fromMs, positions]) => bucketOf(fromMs, unit, [...positions.values()]));
}

function bucketOf(fromMs: number, unit: HistoryUnit, rows: readonly HistoryRow[]): HistoryBucket {
  const sum = (of: (row: HistoryRow) => bigint): bigint =>
    rows.reduce((total, row) => total + of(row), 0n);
  return {
    fromMs,
    untilMs: unit === 'epoch' ? undefined : bucketEnd(fromMs, unit),
    rows,
    earnedRao: sum((row) => divideFloor(row.earnedProduct)),
    priceGainRao: sum((row) => divideFloor(row.priceProduct)),
    paidRao: sum((row) => row.paidRao),
    receivedRao: sum((row) => row.receivedRao),
  };
}

/** `later` continues `earlier`. */
function mergeRows(earlier: HistoryRow, later: HistoryRow): HistoryRow {
  return {
    ...earlier,
    lastBlock: later.lastBlock,
    sampleCount: earlier.sampleCount + later.sampleCount,
    alphaEndRao: later.alphaEndRao,
    addedRao: earlier.addedRao + later.addedRao,
    removedRao: earlier.removedRao + later.removedRao,
    paidRao: earlier.paidRao + later.paidRao,
    receivedRao: earlier.receivedRao + later.receivedRao,
    earnedRao: earlier.earnedRao + later.earnedRao,
    earnedProduct: earlier.earnedProduct + later.earnedProduct,
    priceProduct: earlier.priceProduct + later.priceProduct,
    unexplainedRao: earlier.unexplainedRao + later.unexplainedRao,
    hasPrice: earlier.hasPrice && later.hasPrice,
  };
}

/** Start of the UTC day, of the week from Monday, or of the month that a moment is in. */
export function bucketStart(ms: number, unit: HistoryUnit): number {
  if (unit === 'epoch') return ms;
  const dayMs = Math.floor(ms / DAY_MS) * DAY_MS;
  if (unit === 'day') return dayMs;
  if (unit === 'week') {
    return Math.floor((dayMs + MONDAY_OFFSET_MS) / (7 * DAY_MS)) * 7 * DAY_MS - MONDAY_OFFSET_MS;
  }
  const [year, month] = monthOf(ms);
  return Date.UTC(year, month, 1);
}

function bucketEnd(startMs: number, unit: 'day' | 'week' | 'month'): number {
  if (unit === 'day') return startMs + DAY_MS;
  if (unit === 'week') return startMs + 7 * DAY_MS;
  const [year, month] = monthOf(startMs);
  return Date.UTC(year, month + 1, 1);
}

function monthOf(ms: number): readonly [year: number, month: number] {
  const date = new Date(ms);
  return [date.getUTCFullYear(), date.getUTCMonth()];
}

/** The start of the bucket that lies `count` − 1 before the one `ms` is in. */
export function startOfLast(ms: number, unit: 'day' | 'week' | 'month', count: number): number {
  if (unit !== 'month') {
    return bucketStart(ms, unit) - (count - 1) * (unit === 'day' ? 1 : 7) * DAY_MS;
  }
  const [year, month] = monthOf(ms);
  return Date.UTC(year, month - count + 1, 1);
}
