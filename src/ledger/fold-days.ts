/**
 * One position's samples and flows as a row per UTC day. Pure and incremental: a fold that begins
 * with the last row of a finished day gives the same rows as one from zero.
 */
import type { KnownBlock } from './standing-blocks.ts';

export const DAY_MS = 86_400_000;

/** A sample with the flows since the one before it. */
export type Interval = {
  readonly block: KnownBlock['stamp'];
  /** The block's number in the table of blocks. */
  readonly blockId: number;
  readonly alphaRao: bigint;
  readonly price: bigint | undefined;
  readonly addedRao: bigint;
  readonly removedRao: bigint;
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
};

/** What the next interval begins with. */
export type DayStart = { readonly alphaRao: bigint; readonly price: bigint | undefined };

export type DayRow = {
  readonly dayMs: number;
  readonly blockId: number;
  readonly number: number;
  readonly samples: number;
  readonly alphaStart: bigint;
  readonly alphaEnd: bigint;
  readonly added: bigint;
  readonly removed: bigint;
  readonly paid: bigint;
  readonly received: bigint;
  readonly gainProduct: bigint;
  readonly priceProduct: bigint;
  readonly price: bigint | undefined;
};

/** Rows by day. Days on which nothing was held and nothing moved are left out. */
export function foldDays(start: DayStart | undefined, intervals: Iterable<Interval>): DayRow[] {
  const rows: DayRow[] = [];
  let last = start;
  let open: { -readonly [Key in keyof DayRow]: DayRow[Key] } | undefined;
  for (const interval of intervals) {
    const dayMs = Math.floor(interval.block.timeMs / DAY_MS) * DAY_MS;
    const { addedRao, removedRao, alphaRao, price } = interval;
    const before = last ?? firstStart(interval);
    const gain = alphaRao - before.alphaRao - addedRao + removedRao;
    if (open !== undefined && open.dayMs < dayMs) {
      if (!isIdle(open)) rows.push(open);
      open = undefined;
    }
    open ??= emptyRow(dayMs, before.alphaRao);
    open.blockId = interval.blockId;
    open.number = interval.block.number;
    open.samples += 1;
    open.alphaEnd = alphaRao;
    open.added += addedRao;
    open.removed += removedRao;
    open.paid += interval.paidRao;
    open.received += interval.receivedRao;
    if (price !== undefined) {
      open.gainProduct += gain * price;
      if (before.price !== undefined) {
        open.priceProduct += before.alphaRao * (price - before.price);
      }
    }
    open.price = price;
    last = { alphaRao, price };
  }
  if (open !== undefined && !isIdle(open)) rows.push(open);
  return rows;
}

/** At the first sample ever: what flows do not account for was there before. */
function firstStart({ alphaRao, addedRao, removedRao, price }: Interval): DayStart {
  const before = alphaRao - addedRao + removedRao;
  return { alphaRao: before > 0n ? before : 0n, price };
}

function emptyRow(dayMs: number, alphaStart: bigint): DayRow {
  return {
    dayMs,
    blockId: 0,
    number: 0,
    samples: 0,
    alphaStart,
    alphaEnd: 0n,
    added: 0n,
    removed: 0n,
    paid: 0n,
    received: 0n,
    gainProduct: 0n,
    priceProduct: 0n,
    price: undefined,
  };
}

function isIdle(row: DayRow): boolean {
  return row.alphaStart === 0n && row.alphaEnd === 0n && row.added === 0n && row.removed === 0n;
}
