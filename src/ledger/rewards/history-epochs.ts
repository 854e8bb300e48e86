/** A history look by look: what each position did between two samples. Pure. */
import type { RewardFacts } from './evidence.ts';
import type { HistoryRow } from './history-rows.ts';
import { EMPTY_REPLAY, type ReplayState, replay } from './replay.ts';
import { buildTimelines, type Timeline } from './timeline.ts';

/** One row a position and sample, but for samples between which nothing happened. */
export function epochRows(facts: RewardFacts): readonly HistoryRow[] {
  return buildTimelines(facts)
    .flatMap(rowsOf)
    .sort((a, b) => a.lastBlock.number - b.lastBlock.number);
}

function rowsOf(timeline: Timeline): readonly HistoryRow[] {
  const rows: HistoryRow[] = [];
  let state = EMPTY_REPLAY;
  let atSample = EMPTY_REPLAY;
  for (const entry of timeline.entries) {
    state = replay(state, [entry], timeline);
    if (entry.kind !== 'sample') continue;
    const row = rowBetween(timeline, atSample, state);
    if (row !== undefined) rows.push(row);
    atSample = state;
  }
  return rows;
}

function rowBetween(
  { coldkey, hotkey, netuid }: Timeline,
  before: ReplayState,
  after: ReplayState,
): HistoryRow | undefined {
  const { last } = after;
  if (last === undefined || before.last === undefined) return undefined;
  const earnedRao = after.emissionAlphaRao - before.emissionAlphaRao;
  const addedRao = after.alphaAddedRao - before.alphaAddedRao;
  const removedRao = after.alphaRemovedRao - before.alphaRemovedRao;
  const unexplainedRao = last.alphaRao - before.last.alphaRao - addedRao + removedRao - earnedRao;
  const isIdle = earnedRao === 0n && addedRao === 0n && removedRao === 0n && unexplainedRao === 0n;
  if (isIdle) return undefined;
  return {
    coldkey,
    hotkey,
    netuid,
    fromMs: last.block.timeMs ?? 0,
    lastBlock: last.block,
    sampleCount: 1,
    alphaStartRao: before.last.alphaRao,
    alphaEndRao: last.alphaRao,
    addedRao,
    removedRao,
    paidRao: after.paidRao - before.paidRao,
    receivedRao: after.receivedRao - before.receivedRao,
    earnedRao,
    earnedProduct: after.emissionProduct - before.emissionProduct,
    priceProduct: after.priceProduct - before.priceProduct,
    unexplainedRao,
    hasPrice: last.price !== undefined,
  };
}
