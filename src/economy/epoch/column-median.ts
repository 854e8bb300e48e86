/**
 * Consensus of one column: the κ-weighted median of its weights, where rows without an entry count
 * as zero. Sorts the weights into a few ranges first, so that the selection sees only one of them.
 */
import { BUCKETS, withScratch } from './scratch.ts';
import { weightedMedian } from './weighted-median.ts';
import type { ColumnLinks } from './workspace.ts';

/** The stake that votes and how much of it may fall short, in one unit. */
export type Votes = { readonly total: number; readonly minority: number };

/** The links of one column. */
type Span = { readonly first: number; readonly end: number };

/** What a first look at a column finds among rows that vote. */
type Range = { readonly votes: number; readonly least: number; readonly most: number };

/** Shorter columns are not worth sorting into ranges. */
const RANGES_FROM = 16;

/** The consensus of a column as a fraction of 2^32, from the votes of the rows in scratch. */
export function columnMedian(links: ColumnLinks, column: number, votes: Votes): number {
  const span = { first: links.first[column] as number, end: links.end[column] as number };
  const { total, minority } = votes;
  const range = measure(links, span);
  const absent = total - range.votes;
  if (minority < absent) return 0;
  if (range.least >= range.most) return Math.max(0, range.most);
  if (span.end - span.first < RANGES_FROM) {
    const count = keepAll(links, span);
    return weightedMedian(count, { minority, below: absent, reach: total });
  }
  sortIntoRanges(links, span, range);
  return medianOfRange(links, span, minority, absent);
}

const measure = withScratch(
  ({ rowVotes }) =>
    ({ row, value }: ColumnLinks, { first, end }: Span): Range => {
      let votes = 0;
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let at = first; at < end; at += 1) {
        const own = rowVotes[row[at] as number] as number;
        if (own === 0) continue;
        const score = value[at] as number;
        votes += own;
        if (score < least) least = score;
        if (score > most) most = score;
      }
      return { votes, least, most };
    },
);

/** Numbers the range of every voting link and adds up the votes of each range. */
const sortIntoRanges = withScratch(
  ({ rowVotes, candidateBucket, bucketVotes }) =>
    ({ row, value }: ColumnLinks, { first, end }: Span, { least, most }: Range): void => {
      const scale = (BUCKETS - 0.5) / (most - least);
      bucketVotes.fill(0);
      for (let at = first; at < end; at += 1) {
        const own = rowVotes[row[at] as number] as number;
        if (own === 0) continue;
        const bucket = (((value[at] as number) - least) * scale) | 0;
        candidateBucket[at - first] = bucket;
        bucketVotes[bucket] = (bucketVotes[bucket] as number) + own;
      }
    },
);

/** Finds the range the median lies in, and the median among its links. */
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
        if (own === 0) continue;
        candidateScore[count] = value[at] as number;
        candidateVotes[count] = own;
        count += 1;
      }
      return weightedMedian(count, {
        minority,
        below,
        reach: below + (bucketVotes[chosen] as number),
      });
    },
);

/** Makes every voting link of a column a candidate; returns their number. */
const keepAll = withScratch(
  ({ rowVotes, candidateScore, candidateVotes }) =>
    ({ row, value }: ColumnLinks, { first, end }: Span): number => {
      let count = 0;
      for (let at = first; at < end; at += 1) {
        const own = rowVotes[row[at] as number] as number;
        candidateScore[count] = value[at] as number;
        candidateVotes[count] = own;
        count += +(own > 0);
      }
      return count;
    },
);
