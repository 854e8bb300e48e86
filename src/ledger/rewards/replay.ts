/**
 * The fold from a position's facts to what it earned. Pure and incremental: folding the first part,
 * keeping the state, and folding the rest gives the same state as folding everything.
 */
import type { BlockStamp, InexactReason, PositionRewards, UnexplainedChange } from '../types.ts';
import { growthOf, mostEarned, type PoolState } from './evidence.ts';
import { explainGain, type Pattern, ROUNDING_RAO } from './explain-gain.ts';
import type { PricePoint } from './prices.ts';
import type { Entry, Timeline } from './timeline.ts';

/** Plain data: it can be stored and taken up again. Products of alpha and price are not divided yet. */
export type ReplayState = {
  readonly opened: PositionRewards['opened'] | undefined;
  readonly start: BlockStamp | undefined;
  readonly alphaStartRao: bigint;
  readonly startPrice: PricePoint | undefined;
  readonly last: Sample | undefined;
  readonly sampleCount: number;
  readonly alphaAddedRao: bigint;
  readonly alphaRemovedRao: bigint;
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
  /** Since the last sample. */
  readonly pending: {
    readonly firstFlow: BlockStamp | undefined;
    readonly lastFlow: BlockStamp | undefined;
    readonly inRao: bigint;
    readonly outRao: bigint;
    readonly claimedRao: bigint;
  };
  readonly emissionAlphaRao: bigint;
  readonly emissionProduct: bigint;
  readonly priceProduct: bigint;
  readonly unexplainedProduct: bigint;
  readonly unexplained: readonly UnexplainedChange[];
  readonly pattern: Pattern;
  readonly inexact: readonly InexactReason[];
};

type Sample = {
  readonly block: BlockStamp;
  readonly alphaRao: bigint;
  readonly price: PricePoint | undefined;
  readonly pool?: PoolState | undefined;
};

const NOTHING_PENDING: ReplayState['pending'] = {
  firstFlow: undefined,
  lastFlow: undefined,
  inRao: 0n,
  outRao: 0n,
  claimedRao: 0n,
};

export const EMPTY_REPLAY: ReplayState = {
  opened: undefined,
  start: undefined,
  alphaStartRao: 0n,
  startPrice: undefined,
  last: undefined,
  sampleCount: 0,
  alphaAddedRao: 0n,
  alphaRemovedRao: 0n,
  paidRao: 0n,
  receivedRao: 0n,
  pending: NOTHING_PENDING,
  emissionAlphaRao: 0n,
  emissionProduct: 0n,
  priceProduct: 0n,
  unexplainedProduct: 0n,
  unexplained: [],
  pattern: { growths: 0, earnedRao: 0n, alphaBlocks: 0n, idleBlocks: 0 },
  inexact: [],
};

/** Whose entries they are, and what is known of it beside them. */
export type Replayed = Pick<Timeline, 'netuid'> & Partial<Pick<Timeline, 'mostClaimed'>>;

/** Folds entries, which must be in the order of a timeline. */
export function replay(
  state: ReplayState,
  entries: readonly Entry[],
  position: Replayed,
): ReplayState {
  let next = state;
  for (const entry of entries) next = applyEntry(next, entry, position);
  return next;
}

function applyEntry(state: ReplayState, entry: Entry, position: Replayed): ReplayState {
  if (entry.kind === 'flow') return applyFlow(state, entry);
  if (entry.kind === 'claim') {
    const claimedRao = state.pending.claimedRao + entry.rao;
    return { ...state, pending: { ...state.pending, claimedRao } };
  }
  const { block, alphaRao, price, pool } = entry;
  const sample = { block, alphaRao, price, pool };
  const { last, pending } = state;
  const next =
    last === undefined
      ? applyFirstSample(state, sample)
      : applyInterval(state, last, sample, position);
  // Where nothing was held or moved, no figure rests on the price.
  const isPriced =
    alphaRao !== 0n || (last?.alphaRao ?? 0n) !== 0n || pending.firstFlow !== undefined;
  return isPriced && price?.isOfBlock === false ? note(next, 'price-of-another-block') : next;
}

function applyFlow(state: ReplayState, { block, flow }: Entry & { kind: 'flow' }): ReplayState {
  const { direction, alphaRao, taoRao } = flow;
  const isIn = direction === 'in';
  const { pending } = state;
  const isOpening = isIn && state.last?.alphaRao === 0n && pending.inRao === 0n;
  return {
    ...state,
    opened: isOpening && state.opened === undefined ? { kind: 'opened', block } : state.opened,
    alphaAddedRao: state.alphaAddedRao + (isIn ? alphaRao : 0n),
    alphaRemovedRao: state.alphaRemovedRao + (isIn ? 0n : alphaRao),
    paidRao: state.paidRao + (isIn ? taoRao : 0n),
    receivedRao: state.receivedRao + (isIn ? 0n : taoRao),
    pending: {
      ...pending,
      firstFlow: pending.firstFlow ?? block,
      lastFlow: block,
      inRao: pending.inRao + (isIn ? alphaRao : 0n),
      outRao: pending.outRao + (isIn ? 0n : alphaRao),
    },
  };
}

/**
 * Where nothing was sampled before, flows that make up the whole sample opened the position; what
 * exceeds them was there already and is never taken for earned.
 */
function applyFirstSample(state: ReplayState, sample: Sample): ReplayState {
  const { pending } = state;
  const flowed = pending.inRao - pending.outRao;
  const excess = sample.alphaRao - flowed;
  const opening = pending.firstFlow;
  const base: ReplayState = {
    ...state,
    last: sample,
    sampleCount: 1,
    startPrice: sample.price,
    pending: NOTHING_PENDING,
  };
  const isRounding = excess >= -ROUNDING_RAO && excess <= ROUNDING_RAO;
  if (opening !== undefined && isRounding) {
    const opened = state.opened ?? { kind: 'opened' as const, block: opening };
    return addEmission({ ...base, opened, start: opening }, excess, sample.price);
  }
  const start = opening ?? sample.block;
  if (excess < 0n) {
    const change = { from: start, to: sample.block, alphaRao: excess, reason: 'shrank' as const };
    const opened = { kind: 'opened' as const, block: start };
    return addUnexplained({ ...base, opened, start }, change, sample.price);
  }
  if (excess === 0n) return { ...base, start };
  const opened = { kind: 'observed-since' as const, block: start };
  return note({ ...base, opened, start, alphaStartRao: excess }, 'opening-not-observed');
}

function applyInterval(
  state: ReplayState,
  last: Sample,
  sample: Sample,
  { netuid, mostClaimed }: Replayed,
): ReplayState {
  const { pending } = state;
  const gain = sample.alphaRao - last.alphaRao - pending.inRao + pending.outRao;
  const priceChange = (sample.price?.raoPerAlpha ?? 0n) - (last.price?.raoPerAlpha ?? 0n);
  const blocks = sample.block.number - last.block.number;
  const beforeRao = last.alphaRao + pending.inRao;
  const explained = explainGain({
    gainRao: gain,
    beforeRao,
    blocks,
    netuid,
    claimedRao: pending.claimedRao,
    pattern: state.pattern,
    mostClaimed: () => mostClaimed?.(last.block.number, sample.block.number) ?? 0n,
    mostEarned: mostOf(last.pool, sample.pool, beforeRao),
  });
  const opened =
    state.opened ??
    (sample.alphaRao > 0n ? { kind: 'observed-since' as const, block: sample.block } : undefined);
  const next: ReplayState = {
    ...state,
    opened,
    last: sample,
    sampleCount: state.sampleCount + 1,
    pending: NOTHING_PENDING,
    priceProduct: state.priceProduct + last.alphaRao * priceChange,
    pattern: explained.pattern,
  };
  if (explained.reason === undefined) return addEmission(next, gain, sample.price);
  const change = { from: last.block, to: sample.block, alphaRao: gain, reason: explained.reason };
  return addUnexplained(next, change, sample.price);
}

/** What the pool's growth allows; undefined where it was not seen at both ends. */
function mostOf(
  before: PoolState | undefined,
  after: PoolState | undefined,
  stakeRao: bigint,
): ReturnType<typeof mostEarned> | undefined {
  if (before === undefined || after === undefined) return undefined;
  const growth = growthOf(before, after);
  if (growth === undefined) return undefined;
  const { totalAlphaRao } = after;
  const poolRao = totalAlphaRao > before.totalAlphaRao ? totalAlphaRao : before.totalAlphaRao;
  return mostEarned(growth, { stakeRao, poolRao });
}

function addEmission(state: ReplayState, gain: bigint, price: PricePoint | undefined): ReplayState {
  return {
    ...state,
    emissionAlphaRao: state.emissionAlphaRao + gain,
    emissionProduct: state.emissionProduct + gain * (price?.raoPerAlpha ?? 0n),
  };
}

function addUnexplained(
  state: ReplayState,
  change: UnexplainedChange,
  price: PricePoint | undefined,
): ReplayState {
  const product = change.alphaRao * (price?.raoPerAlpha ?? 0n);
  return note(
    {
      ...state,
      unexplained: [...state.unexplained, change],
      unexplainedProduct: state.unexplainedProduct + product,
    },
    'unexplained-change',
  );
}

/** Adds a reason once. */
export function note(state: ReplayState, reason: InexactReason): ReplayState {
  if (state.inexact.includes(reason)) return state;
  return { ...state, inexact: [...state.inexact, reason] };
}
