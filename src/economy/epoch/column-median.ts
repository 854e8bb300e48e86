/**
 * Consensus of one column: the κ-weighted median of its weights, where rows without an entry count
 * as zero. Sorts the weights of a long column into a few ranges first, so that the selection sees
 * only one of them.
 */
import { least } from './q32.ts';
import { BUCKETS, withScratch } from './scratch.ts';
import { weightedMedian } from './weighted-median.ts';
import type { ColumnLinks } from './workspace.ts';

/** The stake that votes and how much of it may fall short, in one unit. */
export type Votes = { readonly total: number; readonly minority: number };

/** The links of one column. */
type Span = { readonly first: number; readonly end: number };

/** The scores a sample of the column lies between. */
type Range = { readonly from: number; readonly to: number };

/** Shorter columns are not worth sorting into ranges. */
const RANGES_FROM = 16;
const SAMPLES = 8;

/** The consensus of a column as a fraction of 2^32, from the votes of the rows in scratch. */
export function columnMedian(links: ColumnLinks, column: number, votes: Votes): number {
  const span = { first: links.first[column] as number, end: links.end[column] as number };
  const { total, minority } = votes;
  if (span.end - span.first >= RANGES_FROM) {
    const range = sampleRange(links, span);
    if (range.from < range.to) {
      const absent = total - sortIntoRanges(links, span, range);
      return isZero(absent, minority) ? 0 : medianOfRange(links, span, minority, absent);
    }
  }
  const { count, votes: present } = keepAll(links, span);
  const absent = total - present;
  if (isZero(absent, minority)) return 0;
  return weightedMedian(count, { minority, below: absent, reach: total });
}

/** Whether enough rows have no entry. With κ = 1 rounding makes the minority less than nothing. */
function isZero(absent: number, minority: number): boolean {
  return absent > 0 && minority < absent;
}

/** The least and the largest of a few evenly spaced scores of rows that vote. */
const sampleRange = withScratch(
  ({ rowVotes }) =>
    ({ row, value }: ColumnLinks, { first, end }: Span): Range => {
      const step = Math.floor((end - first) / SAMPLES);
      let from = Number.POSITIVE_INFINITY;
      let to = Number.NEGATIVE_INFINITY;
      for (let at = first; at < end; at += step) {
        if (rowVotes[row[at] as number] === 0) continue;
        const score = value[at] as number;
        if (score < from) from = score;
        if (score > to) to = score;
      }
      return { from, to };
    },
);

/**
 * Numbers the bucket of every link, outliers in the first and the last, and adds up the votes of
 * each bucket. Returns the votes of all.
 */
const sortIntoRanges = withScratch(
  ({ rowVotes, candidateBucket, bucketVotes }) =>
    ({ row, value }: ColumnLinks, { first, end }: Span, { from, to }: Range): number => {
      const scale = BUCKETS / (to - from);
      bucketVotes.fill(0);
      let votes = 0;
      for (let at = first; at < end; at += 1) {
        const own = rowVotes[row[at] as number] as number;
        const place = ((value[at] as number) - from) * scale;
        // Half a bucket of room: for a far outlier the lesser of the two is only nearly exact.
        const bucket = least((place + Math.abs(place)) / 2, BUCKETS - 0.5) | 0;
        candidateBucket[at - first] = bucket;
        bucketVotes[bucket] = (bucketVotes[bucket] as number) + own;
        votes += own;
      }
      return votes;
    },
);

/** Finds the bucket the median lies in, and the median among its links. */
const medianOfRange = withScratch(
  ({ rowVotes, candidateScore, candidateVotes, candidateBucket, bucketVotes }) =>
    ({ row, value }: ColumnLinks, { first, end }: Span, minority: number, absent: number) => {
      let below = absent;
      let chosen = 0;
      while (chosen < BUCKETS - 1 && below + (bucketVotes[chosen] as number) <= minority) {
        below += bucketVotes[chosen] as number;
        chosen += 1;
      }
      let count = 0;
      for (let at = first; at < end; at += 1) {
        if (candidateBucket[at - first] !== chosen) continue;
        const own = rowVotes[row[at] as number] as number;
        candidateScore[count] = value[at] as number;
        candidateVotes[count] = own;
        count += +(own > 0);
      }
      const reach = below + (bucketVotes[chosen] as number);
      return weightedMedian(count, { minority, below, reach });
    },
);

/** Makes every link of a row that votes a candidate. */
const keepAll = withScratch(
  ({ rowVotes, candidateScore, candidateVotes }) =>
    ({ row, value }: ColumnLinks, { first, end }: Span): { count: number; votes: number } => {
      let count = 0;
      let votes = 0;
      for (let at = first; at < end; at += 1) {
        const own = rowVotes[row[at] as number] as number;
        candidateScore[count] = value[at] as number;
        candidateVotes[count] = own;
        votes += own;
        count += +(own > 0);
      }
      return { count, votes };
    },
);
