/**
 * The stake-weighted median of the candidates in scratch, by selection. Never sorts. Comparisons
 * become numbers instead of branches, because scores in random order defeat branch prediction.
 */
import { withScratch } from './scratch.ts';

/** What surrounds the candidates of a median, in their unit of stake. */
export type MedianBounds = {
  /** The median is the first score with more stake than this at or below it. */
  readonly minority: number;
  /** Stake whose score is less than every candidate's; at most the minority. */
  readonly below: number;
  /** `below` plus the stake of the candidates. */
  readonly reach: number;
};

/**
 * The smallest score v with stake(score ≤ v) > minority, or the largest score when there is none.
 * With minority = total − κ that is the largest score supported by at least κ of the stake. Halves
 * the first `count` candidates around a pivot and leaves them in disorder. No candidates: 0.
 */
export const weightedMedian = withScratch(
  ({ candidateScore, candidateVotes }) =>
    (count: number, bounds: MedianBounds): number => {
      const { minority } = bounds;
      let { below, reach } = bounds;
      let candidates = count;
      let pivot = 0;
      while (candidates > 0) {
        pivot = candidateScore[candidates >> 1] as number;
        let less = 0;
        let more = 0;
        for (let index = 0; index < candidates; index += 1) {
          const score = candidateScore[index] as number;
          const votes = candidateVotes[index] as number;
          less += +(score < pivot) * votes;
          more += +(score > pivot) * votes;
        }
        if (minority < below + less) {
          reach = below + less;
          candidates = keepBelow(candidates, pivot);
        } else if (minority < reach - more) {
          return pivot;
        } else {
          below = reach - more;
          candidates = keepAbove(candidates, pivot);
        }
      }
      return pivot;
    },
);

/** Moves the candidates with a score below `pivot` to the front; returns their number. */
const keepBelow = withScratch(
  ({ candidateScore, candidateVotes }) =>
    (count: number, pivot: number): number => {
      let kept = 0;
      for (let index = 0; index < count; index += 1) {
        const score = candidateScore[index] as number;
        candidateScore[kept] = score;
        candidateVotes[kept] = candidateVotes[index] as number;
        kept += +(score < pivot);
      }
      return kept;
    },
);

/** Moves the candidates with a score above `pivot` to the front; returns their number. */
const keepAbove = withScratch(
  ({ candidateScore, candidateVotes }) =>
    (count: number, pivot: number): number => {
      let kept = 0;
      for (let index = 0; index < count; index += 1) {
        const score = candidateScore[index] as number;
        candidateScore[kept] = score;
        candidateVotes[kept] = candidateVotes[index] as number;
        kept += +(score > pivot);
      }
      return kept;
    },
);
