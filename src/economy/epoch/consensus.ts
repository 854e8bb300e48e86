/** Consensus, clipping, validator trust and incentive, column by column. */
import { divideBySum, multiply, ONE, sumOf } from './q32.ts';
import { weightedMedian } from './weighted-median.ts';
import type { EpochWorkspace } from './workspace.ts';

/**
 * Fills consensus and incentive by uid and trust by row from the weight columns and the active stake
 * of the rows. `kappa` is a fraction of 2^32.
 */
export function findConsensus(
  workspace: EpochWorkspace,
  { uids, rows, kappa }: { uids: number; rows: number; kappa: number },
): void {
  const { consensus, incentive } = workspace.byUid;
  const { active, voting, trust } = workspace.byRow;
  const { start, row: rowOf, value } = workspace.weights;
  const votes = castVotes(active, voting, rows);
  trust.fill(0, 0, rows);
  for (let column = 0; column < uids; column += 1) {
    const first = start[column] as number;
    const end = start[column + 1] as number;
    const agreed = columnConsensus(workspace, { first, end, votes, minority: votes - kappa });
    let rank = 0;
    if (agreed > 0) {
      for (let at = first; at < end; at += 1) {
        const row = rowOf[at] as number;
        const clipped = Math.min(value[at] as number, agreed);
        trust[row] = (trust[row] as number) + clipped;
        rank += multiply(clipped, active[row] as number);
      }
    }
    consensus[column] = agreed;
    incentive[column] = rank;
  }
  divideBySum(incentive, uids, sumOf(incentive, uids));
}

/** The median's weights: active stake, normalised among those who have some. Returns their sum. */
function castVotes(active: Float64Array, voting: Float64Array, rows: number): number {
  const sum = sumOf(active, rows);
  if (sum === 0) {
    voting.fill(0, 0, rows);
    return 0;
  }
  let votes = 0;
  for (let row = 0; row < rows; row += 1) {
    const vote = Math.floor(((active[row] as number) * ONE) / sum);
    voting[row] = vote;
    votes += vote;
  }
  return votes;
}

/** The κ-weighted median of one column; rows without an entry count as zero. */
function columnConsensus(
  workspace: EpochWorkspace,
  column: { first: number; end: number; votes: number; minority: number },
): number {
  const { voting, score, vote } = workspace.byRow;
  const { row: rowOf, value } = workspace.weights;
  let count = 0;
  let absent = column.votes;
  for (let at = column.first; at < column.end; at += 1) {
    const votes = voting[rowOf[at] as number] as number;
    score[count] = value[at] as number;
    vote[count] = votes;
    absent -= votes;
    count += votes > 0 ? 1 : 0;
  }
  if (column.minority < absent) return 0;
  return weightedMedian(score, vote, count, column.minority, absent);
}
