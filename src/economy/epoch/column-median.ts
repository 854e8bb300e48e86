/**
 * Consensus of one column: the κ-weighted median of its weights, where rows without an entry count
 * as zero. Sorts the weights of a long column into a few ranges first, so that the selection sees
 * only one of them.
 */
import { least } from './q32.ts';
import { BUCKETS, withScratch } from './scratch.ts';
import { weightedMedian } from './weighted-median.ts';

/** The stake that votes and how much of it may fall short, in one unit. */
export type Votes = { readonly total: number; readonly minority: number };

/** The scores a sample of the column lies between. */
type Range = { readonly from: number; readonly to: number };

/** Shorter columns are not worth sorting into ranges. */
const RANGES_FROM = 16;
const SAMPLES = 8;

/** The consensus of the column's first `count` weights, a fraction of 2^32. */
export function columnMedian(count: number, { total, minority }: Votes): number {
  if (count >= RANGES_FROM) {
    const range = sampleRange(count);
    if (range.from < range.to) {
      const absent = total - sortIntoRanges(count, range);
      return isZero(absent, minority) ? 0 : medianOfRange(count, minority, absent);
    }
  }
  const voting = keepVoters(count);
  const absent = total - voting.votes;
  if (isZero(absent, minority)) return 0;
  return weightedMedian(voting.count, { minority, below: absent, reach: total });
}

/** Whether enough rows have no entry. With κ = 1 rounding makes the minority less than nothing. */
function isZero(absent: number, minority: number): boolean {
  return absent > 0 && minority < absent;
}

/** The least and the largest of a few evenly spaced weights of rows that vote. */
const sampleRange = withScratch(
  ({ rowVotes, columnRow, columnWeight }) =>
    (count: number): Range => {
      const step = Math.floor(count / SAMPLES);
      let from = Number.POSITIVE_INFINITY;
      let to = Number.NEGATIVE_INFINITY;
      for (let entry = 0; entry < count; entry += step) {
        if (rowVotes[columnRow[entry] as number] === 0) continue;
        const score = columnWeight[entry] as number;
        if (score < from) from = score;
        if (score > to) to = score;
      }
      return { from, to };
    },
);

/**
 * Numbers the bucket of every weight, outliers in the first and the last, and adds up the votes of
 * each bucket. Returns the votes of all.
 */
const sortIntoRanges = withScratch(
  ({ rowVotes, columnRow, columnWeight, columnBucket, bucketVotes }) =>
    (count: number, { from, to }: Range): number => {
      const scale = BUCKETS / (to - from);
      bucketVotes.fill(0);
      let votes = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const own = rowVotes[columnRow[entry] as number] as number;
        const place = ((columnWeight[entry] as number) - from) * scale;
        // Half a bucket of room: for a far outlier the lesser of the two is only nearly exact.
        const bucket = least((place + Math.abs(place)) / 2, BUCKETS - 0.5) | 0;
        columnBucket[entry] = bucket;
        bucketVotes[bucket] = (bucketVotes[bucket] as number) + own;
        votes += own;
      }
      return votes;
    },
);

/** Finds the bucket the median lies in, and the median among its weights. */
const medianOfRange = withScratch(
  (scratch) =>
    (count: number, minority: number, absent: number): number => {
      const { rowVotes, columnRow, columnWeight, columnBucket, bucketVotes } = scratch;
      const { candidateScore, candidateVotes } = scratch;
      let below = absent;
      let chosen = 0;
      while (chosen < BUCKETS - 1 && below + (bucketVotes[chosen] as number) <= minority) {
        below += bucketVotes[chosen] as number;
        chosen += 1;
      }
      let candidates = 0;
      for (let entry = 0; entry < count; entry += 1) {
        if (columnBucket[entry] !== chosen) continue;
        const own = rowVotes[columnRow[entry] as number] as number;
        candidateScore[candidates] = columnWeight[entry] as number;
        candidateVotes[candidates] = own;
        candidates += +(own > 0);
      }
      const reach = below + (bucketVotes[chosen] as number);
      return weightedMedian(candidates, { minority, below, reach });
    },
);

/** Makes every weight of a row that votes a candidate. */
const keepVoters = withScratch(
  ({ rowVotes, columnRow, columnWeight, candidateScore, candidateVotes }) =>
    (count: number): { count: number; votes: number } => {
      let candidates = 0;
      let votes = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const own = rowVotes[columnRow[entry] as number] as number;
        candidateScore[candidates] = columnWeight[entry] as number;
        candidateVotes[candidates] = own;
        votes += own;
        candidates += +(own > 0);
      }
      return { count: candidates, votes };
    },
);
