/**
 * Reads a history out of a ledger: rows that are derived day by day, and a close look only at days
 * that stand out, so that nothing unexplained passes for earned and a million facts stay quick.
 */

import type { PositionDay } from '../fact-types.ts';
import { DAY_MS } from '../fold-days.ts';
import type { Ledger } from '../types.ts';
import { computeRewards } from './compute-rewards.ts';
import { type RewardFacts, readRewardFacts } from './evidence.ts';
import { ROUNDING_RAO } from './explain-gain.ts';
import { epochRows } from './history-epochs.ts';
import {
  bucketsOf,
  dayKey,
  type HistoryBucket,
  type HistoryUnit,
  rowsOfDays,
  startOfLast,
} from './history-rows.ts';

/** Blocks that a look back by epochs spans for each of them: a usual tempo, and some. */
const BLOCKS_PER_EPOCH = 400;
/**
 * A day that earned this much more than those before stands out, in tenths. Any gain that the
 * replay finds unexplained is worth a day's earning at least, and so stands out here.
 */
const USUAL_TENTHS = 15n;
const TENTHS = 10n;
/** Days that earned before a day can be usual. */
const USUAL_DAYS = 3;
/** Days before a closer look from which it learns what is usual. */
const LEAD_DAYS = 5;

export type HistoryQuery = {
  readonly coldkey: string;
  readonly unit: HistoryUnit;
  /** How many buckets, the newest ones. */
  readonly last: number;
  /** The newest block that was seen. */
  readonly now: { readonly number: number; readonly timeMs: number };
};

/** Oldest first. LEDGER_CORRUPT. */
export function readHistory(ledger: Ledger, query: HistoryQuery): readonly HistoryBucket[] {
  const { coldkey, unit, last, now } = query;
  if (unit === 'epoch') {
    const facts = readRewardFacts(ledger, [coldkey], {
      from: firstBlock(ledger, last, now.number),
    });
    return bucketsOf(epochRows(facts), unit).slice(-last);
  }
  const fromMs = startOfLast(now.timeMs, unit, last);
  const known = ledger.facts.readDays({
    coldkeys: [coldkey],
    fromMs: fromMs - (USUAL_DAYS + LEAD_DAYS) * DAY_MS,
  });
  const standing = standingOut(known).filter(({ dayMs }) => dayMs >= fromMs);
  const days = known.filter(({ dayMs }) => dayMs >= fromMs);
  const rows = rowsOfDays(days, findUnexplained(ledger, coldkey, standing));
  return bucketsOf(rows, unit).slice(-last);
}

/** A block with as many looks after it as there are to be buckets, and one before them. */
function firstBlock(ledger: Ledger, last: number, newest: number): number {
  const usual = Math.max(0, newest - (last + 2) * BLOCKS_PER_EPOCH);
  if (ledger.facts.readBlocks({ from: usual }).length > last) return usual;
  return ledger.facts.readBlocks().at(-(last + 1))?.number ?? 0;
}

type Unexplained = { readonly alphaRao: bigint; readonly product: bigint };

/** By position and day, from the facts of the days that stand out alone. */
function findUnexplained(
  ledger: Ledger,
  coldkey: string,
  standing: readonly Standing[],
): ReadonlyMap<string, Unexplained> {
  const found = new Map<string, Unexplained>();
  for (const [from, to] of spansOf(standing)) {
    const facts: RewardFacts = readRewardFacts(ledger, [coldkey], { from, to });
    for (const rewards of computeRewards(facts)) {
      for (const change of rewards.unexplained) {
        const dayMs = Math.floor((change.to.timeMs ?? 0) / DAY_MS) * DAY_MS;
        const key = dayKey({ ...rewards, dayMs });
        const before = found.get(key) ?? { alphaRao: 0n, product: 0n };
        const price = facts.pools.findLast(
          (pool) => pool.netuid === rewards.netuid && pool.block.number <= change.to.number,
        );
        const product = change.alphaRao * (price?.priceRaoPerAlpha ?? 0n);
        found.set(key, {
          alphaRao: before.alphaRao + change.alphaRao,
          product: before.product + product,
        });
      }
    }
  }
  return found;
}

type Standing = { readonly dayMs: number; readonly from: number; readonly to: number };

/** Blocks of the days that need a closer look, oldest first. */
function standingOut(days: readonly PositionDay[]): readonly Standing[] {
  const ends = endsOfDays(days);
  const standing: Standing[] = [];
  let before: PositionDay | undefined;
  let usual = NOTHING_USUAL;
  for (const day of days) {
    if (before !== undefined && !isOfSamePosition(before, day)) usual = NOTHING_USUAL;
    const slackRao = ROUNDING_RAO * BigInt(day.sampleCount);
    const held = (day.alphaStartRao + day.addedRao) * BigInt(day.sampleCount);
    const isQuiet = day.gainRao >= -slackRao && day.gainRao <= slackRao;
    const isUsual =
      usual.days >= USUAL_DAYS &&
      day.gainRao >= -slackRao &&
      day.gainRao * usual.alphaSamples * TENTHS <= held * usual.earned * USUAL_TENTHS;
    if (!isQuiet && !isUsual) {
      const at = ends.findIndex(({ dayMs }) => dayMs === day.dayMs);
      const from = ends[at - LEAD_DAYS]?.number ?? 0;
      standing.push({ dayMs: day.dayMs, from, to: day.lastBlock.number });
    }
    if (day.gainRao > slackRao) {
      usual = {
        days: usual.days + 1,
        earned: usual.earned + day.gainRao,
        alphaSamples: usual.alphaSamples + held,
      };
    }
    before = day;
  }
  return standing.sort((a, b) => a.from - b.from);
}

const NOTHING_USUAL = { days: 0, earned: 0n, alphaSamples: 0n };

/** The last block of each day that was seen, oldest first, whatever the position. */
function endsOfDays(
  days: readonly PositionDay[],
): readonly { readonly dayMs: number; readonly number: number }[] {
  const ends = new Map<number, number>();
  for (const { dayMs, lastBlock } of days) {
    ends.set(dayMs, Math.max(ends.get(dayMs) ?? 0, lastBlock.number));
  }
  return [...ends].map(([dayMs, number]) => ({ dayMs, number })).sort((a, b) => a.dayMs - b.dayMs);
}

function isOfSamePosition(a: PositionDay, b: PositionDay): boolean {
  return a.coldkey === b.coldkey && a.hotkey === b.hotkey && a.netuid === b.netuid;
}

/** Overlapping or touching stretches as one. */
function spansOf(standing: readonly Standing[]): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (const { from, to } of standing) {
    const open = spans.at(-1);
    if (open !== undefined && from <= open[1]) open[1] = Math.max(open[1], to);
    else spans.push([from, to]);
  }
  return spans;
}
