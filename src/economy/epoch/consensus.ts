/** Consensus, clipping, validator trust and incentive, column by column. */
import { interpolate } from './bond-ema.ts';
import { columnMedian, type Votes } from './column-median.ts';
import { divide, least, multiply, normalize, sumOf } from './q32.ts';
import { scratch, withScratch } from './scratch.ts';
import type { ColumnLinks, EpochWorkspace } from './workspace.ts';

/** How clipped weights turn into what makes bonds. */
export type ClipRule = {
  /** A fraction of 2^32. */
  readonly kappa: number;
  /** A real number; 0: a validator's own weights make bonds; one: the clipped ones. */
  readonly penalty: number;
  readonly yuma3: boolean;
};

/** Marks a weight that has no entry once it is clipped. */
export const ABSENT = -1;

/**
 * Fills consensus and incentive by uid and trust by row from the weight columns and the active
 * stake of the rows. Each weight becomes what makes its bond: for Yuma3 the weight after the
 * penalty, or ABSENT; for the classic rule that weight times the row's stake.
 */
export function findConsensus(
  workspace: EpochWorkspace,
  { uids, rows }: { uids: number; rows: number },
  rule: ClipRule,
): void {
  const total = castVotes(rows);
  scratch.rowTrust.fill(0, 0, rows);
  agreeOnColumns(workspace, uids, { total, minority: total - rule.kappa }, rule);
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

function agreeOnColumns(
  workspace: EpochWorkspace,
  uids: number,
  votes: Votes,
  rule: ClipRule,
): void {
  const { consensus, incentive } = workspace.byUid;
  for (let column = 0; column < uids; column += 1) {
    const agreed = columnMedian(workspace.weights, column, votes);
    consensus[column] = agreed;
    incentive[column] = clipColumn(workspace.weights, column, agreed, rule);
  }
}

/** Adds a column's clipped weights to the trust of their rows; returns the column's rank. */
const clipColumn = withScratch(
  ({ rowActive, rowTrust, targetBought }) =>
    (links: ColumnLinks, column: number, agreed: number, { penalty, yuma3 }: ClipRule): number => {
      const { first, end, row, value } = links;
      const keepsZeros = penalty === 0 || penalty === 1;
      const beyond = end[column] as number;
      let rank = 0;
      let bought = 0;
      for (let at = first[column] as number; at < beyond; at += 1) {
        const from = row[at] as number;
        const own = value[at] as number;
        const stake = rowActive[from] as number;
        const clipped = least(own, agreed);
        const share = multiply(clipped, stake);
        rowTrust[from] = (rowTrust[from] as number) + clipped;
        rank += share;
        const weight = penalty === 1 ? clipped : interpolate(own, clipped, penalty);
        if (yuma3) {
          value[at] = weight > 0 || (own === 0 && keepsZeros) ? weight : ABSENT;
        } else {
          const purchase = penalty === 1 ? share : multiply(weight, stake);
          value[at] = purchase;
          bought += purchase;
        }
      }
      targetBought[column] = bought;
      return rank;
    },
);
