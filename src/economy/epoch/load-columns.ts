/** Turns the stored rows of weights and bonds into masked columns, the form the epoch works on. */
import type { EpochInput, Links, SparseLinks } from './epoch-types.ts';
import { toReal } from './q32.ts';
import { scratch, withScratch } from './scratch.ts';
import type { ColumnLinks, EpochWorkspace } from './workspace.ts';

/** How many rows an epoch computes and how many new bonds they can have. */
export type RowCount = { readonly rows: number; readonly room: number };

/**
 * Finds every uid's links, numbers the uids that have a permit or bonds, in uid order, and allots
 * room for their new bonds.
 */
export function numberRows(input: EpochInput, workspace: EpochWorkspace): RowCount {
  const { row, permits, activeStake } = workspace.byUid;
  const { weightFirst, weightCount, bondFirst, bondCount } = workspace.byUid;
  locateRows(input.weights, input.uids, weightFirst, weightCount);
  locateRows(input.bonds, input.uids, bondFirst, bondCount);
  const { registered, rowUid, rowActive, rowBondFirst, rowBondNext } = scratch;
  registered.set(input.registeredAt);
  let rows = 0;
  let room = 0;
  for (let uid = 0; uid < input.uids; uid += 1) {
    const counts = permits[uid] === 1 || (bondCount[uid] as number) > 0;
    row[uid] = counts ? rows : -1;
    if (!counts) continue;
    rowUid[rows] = uid;
    rowActive[rows] = toReal(activeStake[uid] as number);
    rowBondFirst[rows] = room;
    rowBondNext[rows] = room;
    room += (weightCount[uid] as number) + (bondCount[uid] as number);
    rows += 1;
  }
  return { rows, room };
}

/** The slots a matrix needs as columns. */
export function slotCount(links: Links, uids: number, rows: number): number {
  return links.kind === 'dense' ? rows * uids : (links.start[uids] as number);
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

/**
 * Fills the weight columns: links of permitted uids, not on oneself (the owner may), newer than the
 * target's registration; every row divided by its sum. Explicit zeros stay as entries.
 */
export function loadWeights(input: EpochInput, rows: number, workspace: EpochWorkspace): void {
  const { permits, weightFirst, weightCount } = workspace.byUid;
  const { rowUid, rowFirst, rowCount, rowOwn, rowLatest, rowDivisor } = scratch;
  for (let row = 0; row < rows; row += 1) {
    const uid = rowUid[row] as number;
    rowFirst[row] = weightFirst[uid] as number;
    rowCount[row] = permits[uid] === 1 ? (weightCount[uid] as number) : 0;
    rowOwn[row] = uid === input.ownerUid ? -1 : uid;
    rowLatest[row] = rowCount[row] === 0 ? -1 : latestTarget(input, uid);
    const sum = sumRow(input.weights, row);
    rowDivisor[row] = sum === 0 ? 1 : toReal(sum);
  }
  fillColumns(workspace.weights, input.weights, { uids: input.uids, rows });
}

/** The latest registration a uid's weights can mean: before its update, not after its commit. */
function latestTarget(input: EpochInput, uid: number): number {
  const update = (input.lastUpdate[uid] as number) - 1;
  const { commitBlock } = input;
  return commitBlock === undefined ? update : Math.min(update, commitBlock[uid] as number);
}

/** Fills the bond columns with the stored values, without targets registered since the last run. */
export function loadBonds(input: EpochInput, rows: number, workspace: EpochWorkspace): void {
  const { bondFirst, bondCount } = workspace.byUid;
  const { rowUid, rowFirst, rowCount, rowOwn, rowLatest, rowDivisor } = scratch;
  const { settings, block } = input;
  const lastRun =
    settings.lastMechanismStepBlock === 0
      ? Math.max(0, block - settings.tempo)
      : settings.lastMechanismStepBlock + 1;
  for (let row = 0; row < rows; row += 1) {
    const uid = rowUid[row] as number;
    rowFirst[row] = bondFirst[uid] as number;
    rowCount[row] = bondCount[uid] as number;
    rowLatest[row] = rowCount[row] === 0 ? -1 : lastRun - 1;
  }
  rowOwn.fill(-1, 0, rows);
  rowDivisor.fill(1, 0, rows);
  fillColumns(workspace.bonds, input.bonds, { uids: input.uids, rows });
}

/** The sum of a row's links that count. */
function sumRow(links: Links, row: number): number {
  return links.kind === 'sparse'
    ? sumSparseRow(links.target, links.value, row)
    : sumDenseRow(links.values, row);
}

const sumSparseRow = withScratch(
  ({ registered, rowFirst, rowCount, rowOwn, rowLatest }) =>
    (target: Uint16Array, value: Uint16Array, row: number): number => {
      const first = rowFirst[row] as number;
      const beyond = first + (rowCount[row] as number);
      const own = rowOwn[row] as number;
      const latest = rowLatest[row] as number;
      let sum = 0;
      for (let at = first; at < beyond; at += 1) {
        const column = target[at] as number;
        if (column === own || (registered[column] as number) > latest) continue;
        sum += value[at] as number;
      }
      return sum;
    },
);

const sumDenseRow = withScratch(
  ({ registered, rowFirst, rowCount, rowOwn, rowLatest }) =>
    (value: Uint16Array, row: number): number => {
      const first = rowFirst[row] as number;
      const count = rowCount[row] as number;
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

function fillColumns(
  columns: ColumnLinks,
  links: Links,
  { uids, rows }: { uids: number; rows: number },
): void {
  if (links.kind === 'dense' || uids * rows <= columns.value.length) {
    for (let column = 0; column < uids; column += 1) columns.first[column] = column * rows;
  } else countTargets(columns.first, links, uids);
  columns.end.set(columns.first);
  if (links.kind === 'dense') {
    const allCount = newestTarget(uids) <= oldestLimit(rows);
    for (let column = 0; column < uids; column += 1) {
      fillDenseColumn(columns, links.values, { column, rows, allCount });
    }
  } else {
    scratch.targetSum.fill(0, 0, uids);
    for (let row = 0; row < rows; row += 1) fillSparseRow(columns, links, row);
  }
}

/** Gives every column as many slots as links name it. */
function countTargets(first: Int32Array, { start, target }: SparseLinks, uids: number): void {
  const total = start[uids] as number;
  first.fill(0);
  for (let at = 0; at < total; at += 1) {
    const column = target[at] as number;
    first[column] = (first[column] as number) + 1;
  }
  let offset = 0;
  for (let column = 0; column < uids; column += 1) {
    const count = first[column] as number;
    first[column] = offset;
    offset += count;
  }
}

/** Appends a row's links that count to their columns. */
const fillSparseRow = withScratch(
  ({ registered, targetSum, rowFirst, rowCount, rowOwn, rowLatest, rowDivisor }) =>
    (columns: ColumnLinks, links: SparseLinks, row: number): void => {
      const { end, row: rowOf, value } = columns;
      const beyond = (rowFirst[row] as number) + (rowCount[row] as number);
      const own = rowOwn[row] as number;
      const latest = rowLatest[row] as number;
      const divisor = rowDivisor[row] as number;
      for (let at = rowFirst[row] as number; at < beyond; at += 1) {
        const column = links.target[at] as number;
        if (column === own || (registered[column] as number) > latest) continue;
        const slot = end[column] as number;
        end[column] = slot + 1;
        rowOf[slot] = row;
        const link = links.value[at] as number;
        value[slot] = Math.floor(link / divisor);
        targetSum[column] = ((targetSum[column] as number) + link) | 0;
      }
    },
);

function newestTarget(uids: number): number {
  let newest = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    newest = Math.max(newest, scratch.registered[uid] as number);
  }
  return newest;
}

function oldestLimit(rows: number): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row += 1) {
    oldest = Math.min(oldest, scratch.rowLatest[row] as number);
  }
  return oldest;
}

/** Appends one column of a dense matrix; a zero is no link. */
const fillDenseColumn = withScratch(
  ({ registered, targetSum, rowFirst, rowOwn, rowLatest, rowDivisor }) =>
    (
      columns: ColumnLinks,
      links: Uint16Array,
      { column, rows, allCount }: { column: number; rows: number; allCount: boolean },
    ): void => {
      const { end, row: rowOf, value } = columns;
      const since = registered[column] as number;
      let slot = end[column] as number;
      let sum = 0;
      for (let row = 0; row < rows; row += 1) {
        const link = links[(rowFirst[row] as number) + column] as number;
        if (link === 0 || column === rowOwn[row]) continue;
        if (!allCount && since > (rowLatest[row] as number)) continue;
        rowOf[slot] = row;
        value[slot] = Math.floor(link / (rowDivisor[row] as number));
        sum = (sum + link) | 0;
        slot += 1;
      }
      end[column] = slot;
      targetSum[column] = sum;
    },
);
