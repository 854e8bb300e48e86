/**
 * Finds the blocks in which a coldkey's stake was moved, by bisection: two blocks that hold the
 * same have nothing between them that has to be looked for.
 */
import type { SyncReader } from './sync-reader.ts';
import { comparesShares, type Holdings, isSame, readHoldings } from './sync-state.ts';

export type FindChanges = {
  readonly reader: SyncReader;
  readonly coldkey: string;
};

/** Blocks after `from` and up to `to` in which something moved, ascending; rewards do not count. */
export async function findChanges(
  finding: FindChanges,
  from: Holdings,
  to: Holdings,
): Promise<readonly number[]> {
  if (comparesShares(from, to) && isSame(from, to)) return [];
  // A block that pays an epoch is looked at apart: where shares are hidden it always differs.
  const beforeNumber = to.view.number - 1;
  if (beforeNumber <= from.view.number) return [to.view.number];
  const before = await readHoldings(finding.reader, finding.coldkey, beforeNumber);
  const inside = await bisect(finding, from, before);
  return isSame(before, to) ? inside : [...inside, to.view.number];
}

async function bisect(
  finding: FindChanges,
  from: Holdings,
  to: Holdings,
): Promise<readonly number[]> {
  if (isSame(from, to)) return [];
  const [first, last] = [from.view.number, to.view.number];
  if (last - first <= 1) return [last];
  const number = first + ((last - first) >> 1);
  const middle = await readHoldings(finding.reader, finding.coldkey, number);
  const [left, right] = await Promise.all([
    bisect(finding, from, middle),
    bisect(finding, middle, to),
  ]);
  return [...left, ...right];
}
