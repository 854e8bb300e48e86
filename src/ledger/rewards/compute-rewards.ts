/** From known facts to what each position earned: a replay from zero. Pure. */
import type {
  BlockStamp,
  InexactReason,
  Ledger,
  PositionRewards,
  PositionTao,
  RewardWindow,
} from '../types.ts';
import { divideFloor } from './divide.ts';
import { type RewardFacts, readRewardFacts } from './evidence.ts';
import { EMPTY_REPLAY, note, type ReplayState, replay } from './replay.ts';
import { buildTimelines, type Entry, type Timeline } from './timeline.ts';

/** Rewards of every position of `coldkeys`, by coldkey, netuid and hotkey. LEDGER_CORRUPT. */
export function readRewards(
  ledger: Ledger,
  query: { readonly coldkeys: readonly string[]; readonly window?: RewardWindow },
): readonly PositionRewards[] {
  return computeRewards(readRewardFacts(ledger, query.coldkeys), query.window ?? {});
}

/**
 * Rewards by replay. A window begins at the last sample at or before its start, so that nothing
 * earned between that sample and the next is lost, and ends with the last sample in it.
 */
export function computeRewards(
  facts: RewardFacts,
  window: RewardWindow = {},
): readonly PositionRewards[] {
  return buildTimelines(facts).flatMap((timeline) => {
    const known = cutAtEnd(timeline.entries, window);
    if (known.length === 0) return [];
    const whole = replay(EMPTY_REPLAY, known, timeline);
    const cut = cutAtStart(known, window);
    const state = cut === known ? whole : replay(EMPTY_REPLAY, cut, timeline);
    const hashes = new Set(cut.map((entry) => entry.block.hash));
    const isContradicted = facts.conflicts.some((conflict) => hashes.has(conflict.blockHash));
    const rewards = summarize({ timeline, state, whole, isContradicted });
    return rewards === undefined ? [] : [rewards];
  });
}

/** The entries up to the window's end. One without a time belongs with the dated ones around it. */
function cutAtEnd(entries: readonly Entry[], { toBlock, toMs }: RewardWindow): readonly Entry[] {
  if (toBlock === undefined && toMs === undefined) return entries;
  const isDatedWithin = ({ timeMs }: BlockStamp): boolean =>
    timeMs !== undefined && timeMs <= (toMs ?? timeMs);
  const lastBlock =
    toMs === undefined
      ? Number.POSITIVE_INFINITY
      : (entries.findLast((entry) => isDatedWithin(entry.block))?.block.number ?? -1);
  return entries.filter(({ block }) => block.number <= Math.min(lastBlock, toBlock ?? lastBlock));
}

function isBefore(block: BlockStamp, { fromBlock, fromMs }: RewardWindow): boolean {
  if (fromBlock !== undefined && block.number < fromBlock) return true;
  return fromMs !== undefined && block.timeMs !== undefined && block.timeMs < fromMs;
}

/** The entries from the last sample at or before the window's start; all when there is none. */
function cutAtStart(entries: readonly Entry[], window: RewardWindow): readonly Entry[] {
  const { fromBlock, fromMs } = window;
  if (fromBlock === undefined && fromMs === undefined) return entries;
  const isAtStart = ({ block }: Entry): boolean =>
    isBefore(block, window) || block.number === fromBlock || block.timeMs === fromMs;
  const last = entries.findLastIndex((entry) => entry.kind === 'sample' && isAtStart(entry));
  return last < 0 ? entries : entries.slice(last);
}

function summarize(parts: {
  readonly timeline: Timeline;
  readonly state: ReplayState;
  readonly whole: ReplayState;
  readonly isContradicted: boolean;
}): PositionRewards | undefined {
  const { timeline, whole, isContradicted } = parts;
  const { coldkey, hotkey, netuid } = timeline;
  const state = withLateFlows(parts.state);
  const { pending, last } = state;
  const start = state.start ?? pending.firstFlow;
  const end = last?.block ?? pending.lastFlow;
  if (start === undefined || end === undefined) return undefined;
  const flowed = pending.inRao - pending.outRao;
  const alphaNow = (last?.alphaRao ?? 0n) + flowed;
  const alphaNowRao = alphaNow < 0n ? 0n : alphaNow;
  // A position that was listed as empty all along never was one.
  const isEmpty = alphaNowRao === 0n && state.alphaStartRao === 0n && state.alphaAddedRao === 0n;
  if (isEmpty && state.alphaRemovedRao === 0n && state.unexplained.length === 0) return undefined;
  return {
    coldkey,
    hotkey,
    netuid,
    opened: whole.opened ?? { kind: 'opened', block: start },
    start,
    end,
    sampleCount: state.sampleCount,
    alphaStartRao: state.alphaStartRao,
    alphaNowRao,
    alphaAddedRao: state.alphaAddedRao,
    alphaRemovedRao: state.alphaRemovedRao,
    emissionAlphaRao: state.emissionAlphaRao,
    paidRao: state.paidRao,
    receivedRao: state.receivedRao,
    tao: taoFigures(state, alphaNowRao),
    unexplained: state.unexplained,
    claimable: timeline.claimable.flatMap((owed) => {
      const last = owed.findLast((claim) => claim.block.number <= end.number);
      return last === undefined || last.alphaRao === 0n ? [] : [last];
    }),
    inexact: reasons(state, whole, isContradicted),
  };
}

function withLateFlows(state: ReplayState): ReplayState {
  if (state.last === undefined) return note(state, 'never-sampled');
  return state.pending.firstFlow === undefined ? state : note(state, 'flows-after-last-sample');
}

function taoFigures(state: ReplayState, alphaNowRao: bigint): PositionTao | undefined {
  const price = state.last?.price?.raoPerAlpha;
  const startPrice = state.startPrice?.raoPerAlpha;
  if (price === undefined || startPrice === undefined) return undefined;
  const startValueRao = -divideFloor(-state.alphaStartRao * startPrice);
  const valueNowRao = divideFloor(alphaNowRao * price);
  const emissionRao = divideFloor(state.emissionProduct);
  const priceRao = divideFloor(state.priceProduct);
  const unexplainedRao = divideFloor(state.unexplainedProduct);
  const resultRao = valueNowRao + state.receivedRao - state.paidRao - startValueRao;
  return {
    startValueRao,
    valueNowRao,
    emissionRao,
    priceRao,
    unexplainedRao,
    tradeCostRao: emissionRao + priceRao + unexplainedRao - resultRao,
    resultRao,
  };
}

function reasons(
  state: ReplayState,
  whole: ReplayState,
  isContradicted: boolean,
): readonly InexactReason[] {
  const isCut = state.start !== whole.start;
  // What a window starts with is known by its sample, whoever opened the position.
  const own = state.inexact.filter((reason) => !isCut || reason !== 'opening-not-observed');
  return isContradicted ? [...own, 'conflicting-facts'] : own;
}
