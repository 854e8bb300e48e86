/**
 * Whether a position can have earned what it gained between two samples. What it cannot have
 * earned is left unexplained: a stake made with another tool must never pass for a reward.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { UnexplainedChange } from '../types.ts';

/** What a position's earning looked like so far. Plain data. */
export type Pattern = {
  /** Intervals in which it grew. */
  readonly growths: number;
  readonly earnedRao: bigint;
  /** Alpha held times blocks held. */
  readonly alphaBlocks: bigint;
  /** Blocks since it last grew. */
  readonly idleBlocks: number;
};

/** Share pools round down: a position may lose this many rao without anything having left. */
export const ROUNDING_RAO = 10n;

/** Chain rule: at most one alpha is emitted per block. Pinned by `emission-curve.test.ts`. */
const MINTED_PER_BLOCK_RAO = 1_000_000_000n;
/** Chain rule: pending emission waits for an epoch, at most this long, in blocks. */
const LONGEST_TEMPO = 50_400;
/** The usual tempo: earning of so many blocks may fall into a shorter interval. */
const USUAL_TEMPO = 360;
/** Earning this many times faster than before, per alpha and block, is out of pattern. */
const PATTERN_FACTOR = 10n;
/** Intervals with growth that a pattern needs. */
const PATTERN_GROWTHS = 3;
/** Dividends accrue while they are claimed: a claim may bring more than was seen to be owed. */
const CLAIM_FACTOR = 2n;

export function explainGain(interval: {
  readonly gainRao: bigint;
  /** Alpha at the earlier sample and all that was added since. */
  readonly beforeRao: bigint;
  readonly blocks: number;
  readonly netuid: number;
  /** Unclaimed dividends that were seen to go down. */
  readonly claimedRao: bigint;
  readonly pattern: Pattern;
  /** The most that claims can have brought, by the validator's rates; asked only when it matters. */
  readonly mostClaimed: () => bigint;
  /** The most that the growth of the validator's pool gave; undefined where it is not known. */
  readonly mostEarned: { readonly stakerRao: bigint; readonly ownerRao: bigint } | undefined;
}): { readonly reason: UnexplainedChange['reason'] | undefined; readonly pattern: Pattern } {
  const { gainRao, beforeRao, blocks, netuid, claimedRao, pattern } = interval;
  const idleBlocks = pattern.idleBlocks + blocks;
  const idle = { ...pattern, idleBlocks };
  if (gainRao < -ROUNDING_RAO) return { reason: 'shrank', pattern: idle };
  if (gainRao <= ROUNDING_RAO) {
    const alphaBlocks = pattern.alphaBlocks + beforeRao * BigInt(blocks);
    return { reason: undefined, pattern: { ...idle, alphaBlocks } };
  }
  const earned: Pattern = {
    growths: pattern.growths + 1,
    earnedRao: pattern.earnedRao + gainRao,
    alphaBlocks: pattern.alphaBlocks + beforeRao * BigInt(blocks),
    idleBlocks: 0,
  };
  const { mostEarned } = interval;
  if (mostEarned !== undefined && gainRao <= mostEarned.ownerRao + ROUNDING_RAO) {
    return { reason: undefined, pattern: earned };
  }
  const rated = interval.mostClaimed();
  const unclaimedGain = gainRao - CLAIM_FACTOR * (rated > claimedRao ? rated : claimedRao);
  if (unclaimedGain <= (mostEarned?.ownerRao ?? 0n)) return { reason: undefined, pattern: idle };
  if (beforeRao === 0n) return { reason: 'from-nothing', pattern: idle };
  const minted = MINTED_PER_BLOCK_RAO * BigInt(blocks + LONGEST_TEMPO);
  if (netuid !== ROOT_NETUID && unclaimedGain > minted) {
    return { reason: 'more-than-minted', pattern: idle };
  }
  const isSurprising =
    pattern.growths < PATTERN_GROWTHS
      ? isBeyondPool(unclaimedGain, mostEarned?.stakerRao ?? 0n)
      : isOutOfPattern({ gainRao: unclaimedGain, beforeRao, blocks: idleBlocks, pattern });
  if (isSurprising) return { reason: 'out-of-pattern', pattern: idle };
  return { reason: undefined, pattern: earned };
}

/** Without a pattern, the pool's own growth is one; a pool that paid nothing says nothing. */
function isBeyondPool(gainRao: bigint, stakerRao: bigint): boolean {
  return stakerRao > ROUNDING_RAO && gainRao > stakerRao * PATTERN_FACTOR;
}

/** gain ÷ (alpha × blocks) > factor × (earned ÷ alpha-blocks so far), without dividing. */
function isOutOfPattern(interval: {
  readonly gainRao: bigint;
  readonly beforeRao: bigint;
  readonly blocks: number;
  readonly pattern: Pattern;
}): boolean {
  const { gainRao, beforeRao, blocks, pattern } = interval;
  const possible = beforeRao * BigInt(blocks + USUAL_TEMPO) * pattern.earnedRao * PATTERN_FACTOR;
  return gainRao * pattern.alphaBlocks > possible;
}
