/** The rows of an epoch: which uids take part, where their links lie and which of them count. */
import type { EpochInput, Links } from './epoch-types.ts';
import { divide, sumOf, toReal } from './q32.ts';
import { scratch, withScratch } from './scratch.ts';
import type { EpochWorkspace } from './workspace.ts';

/** How many rows an epoch computes and how many new bonds they can have. */
export type RowCount = { readonly rows: number; readonly room: number };

/**
 * Numbers the uids that have a permit or bonds, in uid order, allots room for their new bonds and
 * notes which of their weights count: those of permitted uids, not on oneself (the owner may),
 * newer than the target's registration.
 */
export function numberRows(input: EpochInput, workspace: EpochWorkspace): RowCount {
  const { row: rowOf, permits, activeStake } = workspace.byUid;
  const { weightFirst, weightCount, bondFirst, bondCount } = workspace.byUid;
  const { rowUid, rowActive, rowBondFirst, rowBondCount, rowNewFirst } = scratch;
  locateRows(input.weights, input.uids, weightFirst, weightCount);
  locateRows(input.bonds, input.uids, bondFirst, bondCount);
  scratch.registered.set(input.registeredAt);
  let rows = 0;
  let room = 0;
  for (let uid = 0; uid < input.uids; uid += 1) {
    const counts = permits[uid] === 1 || (bondCount[uid] as number) > 0;
    rowOf[uid] = counts ? rows : -1;
    if (!counts) continue;
    rowUid[rows] = uid;
    rowActive[rows] = toReal(activeStake[uid] as number);
    rowBondFirst[rows] = bondFirst[uid] as number;
    rowBondCount[rows] = bondCount[uid] as number;
    rowNewFirst[rows] = room;
    limitWeights(input, workspace, rows);
    room += (weightCount[uid] as number) + (bondCount[uid] as number);
    rows += 1;
  }
  return { rows, room };
}

function locateRows(links: Links, uids: number, first: Int32Array, count: Int32Array): void {
  let row = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    if (links.kind === 'sparse') {
      first[uid] = links.start[uid] as number;
      count[uid] = (links.start[uid + 1] as number) - (links.start[uid] as number);
    } else {
      const given = links.rows[row] === uid;
      first[uid] = given ? row * uids : 0;
      count[uid] = given ? uids : 0;
      if (given) row += 1;
    }
  }
}

/** Notes where a row's weights lie, which targets count, and the sum of those that do. */
function limitWeights(input: EpochInput, workspace: EpochWorkspace, row: number): void {
  const { weightFirst, weightCount, permits } = workspace.byUid;
  const { rowWeightFirst, rowWeightCount, rowOwn, rowLatest, rowDivisor } = scratch;
  const uid = scratch.rowUid[row] as number;
  const count = permits[uid] === 1 ? (weightCount[uid] as number) : 0;
  rowWeightFirst[row] = weightFirst[uid] as number;
  rowWeightCount[row] = count;
  rowOwn[row] = uid === input.ownerUid ? -1 : uid;
  rowLatest[row] = count === 0 ? -1 : latestTarget(input, uid);
  const { weights } = input;
  const sum =
    weights.kind === 'sparse'
      ? sumSparseRow(weights.target, weights.value, row)
      : sumDenseRow(weights.values, row);
  rowDivisor[row] = sum === 0 ? 1 : toReal(sum);
}

/** The latest registration a uid's weights can mean: before its update, not after its commit. */
function latestTarget(input: EpochInput, uid: number): number {
  const update = (input.lastUpdate[uid] as number) - 1;
  const { commitBlock } = input;
  return commitBlock === undefined ? update : Math.min(update, commitBlock[uid] as number);
}

const sumSparseRow = withScratch(
  ({ registered, rowWeightFirst, rowWeightCount, rowOwn, rowLatest }) =>
    (target: Uint16Array, value: Uint16Array, row: number): number => {
      const first = rowWeightFirst[row] as number;
      const end = first + (rowWeightCount[row] as number);
      const own = rowOwn[row] as number;
      const latest = rowLatest[row] as number;
      let sum = 0;
      for (let at = first; at < end; at += 1) {
        const column = target[at] as number;
        if (column === own || (registered[column] as number) > latest) continue;
        sum += value[at] as number;
      }
      return sum;
    },
);

const sumDenseRow = withScratch(
  ({ registered, rowWeightFirst, rowWeightCount, rowOwn, rowLatest }) =>
    (value: Uint16Array, row: number): number => {
      const first = rowWeightFirst[row] as number;
      const count = rowWeightCount[row] as number;
      const own = rowOwn[row] as number;
      const latest = rowLatest[row] as number;
      let sum = 0;
      for (let column = 0; column < count; column += 1) {
        const counts = column !== own && (registered[column] as number) <= latest;
        sum = (sum + (counts ? (value[first + column] as number) : 0)) | 0;
      }
      return sum;
    },
);

/** Fills the votes of the rows for the median; returns their sum, a fraction of 2^32. */
export function castVotes(rows: number): number {
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
