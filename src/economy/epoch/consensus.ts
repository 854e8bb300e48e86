/** Consensus, clipping, validator trust and incentive, column by column. */
import { columnMedian, type Votes } from './column-median.ts';
import { divide, least, multiply, normalize, sumOf } from './q32.ts';
import { scratch, withScratch } from './scratch.ts';
import type { ColumnLinks, EpochWorkspace } from './workspace.ts';

/**
 * Fills consensus and incentive by uid and trust by row from the weight columns and the active stake
 * of the rows. `kappa` is a fraction of 2^32.
 */
export function findConsensus(
  workspace: EpochWorkspace,
  { uids, rows, kappa }: { uids: number; rows: number; kappa: number },
): void {
  const total = castVotes(rows);
  scratch.rowTrust.fill(0, 0, rows);
  agreeOnColumns(workspace, uids, { total, minority: total - kappa });
  normalize(workspace.byUid.incentive, uids);
}

/** The median's weights: active stake, normalised among those who have some. Returns their sum. */
function castVotes(rows: number): number {
  const { rowActive, rowVotes } = scratch;
  const sum = sumOf(rowActive, rows);
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const votes = sum === 0 ? 0 : divide(rowActive[row] as number, sum);
    rowVotes[row] = votes;
    total += votes;
  }
  return total;
}

function agreeOnColumns(workspace: EpochWorkspace, uids: number, votes: Votes): void {
  const { consensus, incentive } = workspace.byUid;
  for (let column = 0; column < uids; column += 1) {
    const agreed = columnMedian(workspace.weights, column, votes);
    consensus[column] = agreed;
    incentive[column] = agreed > 0 ? clipColumn(workspace.weights, column, agreed) : 0;
  }
}

/** Adds a column's clipped weights to the trust of their rows; returns the column's rank. */
const clipColumn = withScratch(
  ({ rowActive, rowTrust }) =>
    ({ first, end, row, value }: ColumnLinks, column: number, agreed: number): number => {
      const beyond = end[column] as number;
      let rank = 0;
      for (let at = first[column] as number; at < beyond; at += 1) {
        const from = row[at] as number;
        const clipped = least(value[at] as number, agreed);
        rowTrust[from] = (rowTrust[from] as number) + clipped;
        rank += multiply(clipped, rowActive[from] as number);
      }
      return rank;
    },
);
