/** The stake-weighted median of one column, by selection on reused buffers. Never sorts. */

/**
 * The smallest score v with stake(score ≤ v) > minority, or the largest score when there is none.
 * With minority = total − κ that is the largest score supported by at least κ of the stake.
 *
 * Works on the first `count` entries of `scores` and `stakes` and leaves them in disorder.
 * `below` is stake whose score is less than all of them. No entries: 0.
 */
export function weightedMedian(
  scores: Float64Array,
  stakes: Float64Array,
  count: number,
  minority: number,
  below: number,
): number {
  let candidates = count;
  let under = below;
  while (candidates > 0) {
    const pivot = scores[candidates >> 1] as number;
    let less = 0;
    let equal = 0;
    for (let index = 0; index < candidates; index += 1) {
      const score = scores[index] as number;
      const stake = stakes[index] as number;
      less += score < pivot ? stake : 0;
      equal += score === pivot ? stake : 0;
    }
    if (minority < under + less) {
      candidates = keepLess(scores, stakes, candidates, pivot);
      continue;
    }
    under += less + equal;
    if (minority < under) return pivot;
    candidates = keepGreater(scores, stakes, candidates, pivot);
    if (candidates === 0) return pivot;
  }
  return 0;
}

function keepLess(
  scores: Float64Array,
  stakes: Float64Array,
  count: number,
  pivot: number,
): number {
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const score = scores[index] as number;
    scores[kept] = score;
    stakes[kept] = stakes[index] as number;
    kept += score < pivot ? 1 : 0;
  }
  return kept;
}

function keepGreater(
  scores: Float64Array,
  stakes: Float64Array,
  count: number,
  pivot: number,
): number {
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const score = scores[index] as number;
    scores[kept] = score;
    stakes[kept] = stakes[index] as number;
    kept += score > pivot ? 1 : 0;
  }
  return kept;
}
