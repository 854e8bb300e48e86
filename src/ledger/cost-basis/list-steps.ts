/**
 * From known facts to the steps that lots are made of: the same replay as the rewards, taken apart.
 * What an interval earned comes before what left in it, so that it can leave too.
 */

import { divideFloor } from '../rewards/divide.ts';
import type { RewardFacts } from '../rewards/evidence.ts';
import { EMPTY_REPLAY, type ReplayState, replay } from '../rewards/replay.ts';
import { buildTimelines, type Entry, type Timeline } from '../rewards/timeline.ts';
import type { StakeFlow } from '../types.ts';
import { findMoves, type Move } from './find-moves.ts';
import { rankFlows } from './rank-flows.ts';
import type { BasisStep, PositionKey } from './types.ts';

/** A step and its place: by block, then phase, then rank, then the order of the facts. */
type Placed = {
  readonly step: BasisStep;
  readonly number: number;
  readonly phase: number;
  /** Of a flow beside moves. */
  readonly rank?: number | undefined;
};

/** What an interval gave stands before all that follows its first sample. */
const GAINED = 3;
const FLOWED = 1;
const LOST = 2;

/** Steps of every position with a price, in the order lots come and go. */
export function listSteps(facts: RewardFacts): readonly BasisStep[] {
  const moves = findMoves(facts.flows);
  const ranks = rankFlows(facts.flows, moves);
  const placed = buildTimelines(facts).flatMap((timeline) => stepsOf(timeline, { moves, ranks }));
  return placed
    .map((item, order) => ({ item, order }))
    .sort((a, b) => byPlace(a.item, b.item) || a.order - b.order)
    .map(({ item }) => item.step);
}

function byPlace(a: Placed, b: Placed): number {
  return a.number - b.number || a.phase - b.phase || (a.rank ?? 0) - (b.rank ?? 0);
}

type Moved = {
  readonly moves: ReadonlyMap<unknown, Move>;
  readonly ranks: ReadonlyMap<unknown, number>;
};

function stepsOf(timeline: Timeline, moved: Moved): readonly Placed[] {
  const { coldkey, hotkey, netuid } = timeline;
  const key = { coldkey, hotkey, netuid };
  const steps: Placed[] = [];
  let state = EMPTY_REPLAY;
  for (const entry of timeline.entries) {
    const before = state;
    state = replay(state, [entry], timeline);
    if (entry.kind === 'flow') pushFlow(steps, { key, entry, moved });
    if (entry.kind === 'sample') pushSample(steps, { key, entry, before, after: state });
  }
  return steps;
}

function pushFlow(
  steps: Placed[],
  flow: {
    readonly key: PositionKey;
    readonly entry: Entry & { kind: 'flow' };
    readonly moved: Moved;
  },
): void {
  const { key, entry, moved } = flow;
  const { block } = entry;
  const { direction, alphaRao, taoRao } = entry.flow as StakeFlow;
  const move = moved.moves.get(entry.flow);
  const place = { number: block.number, phase: FLOWED, rank: moved.ranks.get(entry.flow) };
  if (move?.part === 'in') return;
  if (move?.part === 'out') {
    const { coldkey, hotkey, netuid } = move.other;
    const to = { coldkey, hotkey, netuid };
    steps.push({ ...place, step: { ...key, block, kind: 'move', to, alphaRao, taoRao } });
  } else if (direction === 'in') {
    const bought = { kind: 'in', origin: 'bought', alphaRao, costRao: taoRao } as const;
    steps.push({ ...place, step: { ...key, block, ...bought } });
  } else {
    const sold = { kind: 'out', exit: 'sold', alphaRao, proceedsRao: taoRao } as const;
    steps.push({ ...place, step: { ...key, block, ...sold } });
  }
}

function pushSample(
  steps: Placed[],
  sample: {
    readonly key: PositionKey;
    readonly entry: Entry & { kind: 'sample' };
    readonly before: ReplayState;
    readonly after: ReplayState;
  },
): void {
  const { key, entry, before, after } = sample;
  const { block } = entry;
  const since = before.last?.block.number ?? (before.pending.firstFlow?.number ?? block.number) - 1;
  const push = (
    what: {
      readonly origin: 'held' | 'earned' | 'unexplained';
      readonly lost: 'rounding' | 'unexplained';
    },
    alphaRao: bigint,
    valueRao: bigint,
  ): void => {
    if (alphaRao > 0n) {
      const gained = { kind: 'in', origin: what.origin, alphaRao, costRao: valueRao } as const;
      steps.push({ number: since, phase: GAINED, step: { ...key, block, ...gained } });
    } else if (alphaRao < 0n) {
      const out = {
        kind: 'out',
        exit: what.lost,
        alphaRao: -alphaRao,
        proceedsRao: -valueRao,
      } as const;
      steps.push({ number: block.number, phase: LOST, step: { ...key, block, ...out } });
    }
  };
  const startRao = after.alphaStartRao - before.alphaStartRao;
  const startValue = -divideFloor(-startRao * (entry.price?.raoPerAlpha ?? 0n));
  push({ origin: 'held', lost: 'unexplained' }, startRao, startValue);
  push(
    { origin: 'earned', lost: 'rounding' },
    after.emissionAlphaRao - before.emissionAlphaRao,
    divideFloor(after.emissionProduct) - divideFloor(before.emissionProduct),
  );
  const surprise = after.unexplained.at(-1);
  if (after.unexplained.length > before.unexplained.length && surprise !== undefined) {
    push(
      { origin: 'unexplained', lost: 'unexplained' },
      surprise.alphaRao,
      divideFloor(after.unexplainedProduct) - divideFloor(before.unexplainedProduct),
    );
  }
}
