/** Turns the stored rows of weights and bonds into masked columns, the form the epoch works on. */
import type { DenseLinks, EpochInput, Links, SparseLinks } from './epoch-types.ts';
import { ONE } from './q32.ts';
import { refuse } from './validate-input.ts';
import {
  type ColumnLinks,
  type EpochWorkspace,
  type LinkBuffers,
  linkBuffers,
} from './workspace.ts';

/** The links as sparse rows of every uid; dense ones are copied into `buffers`, without zeros. */
export function sparseRows(
  links: Links,
  uids: number,
  buffers: LinkBuffers,
): { rows: SparseLinks; buffers: LinkBuffers } {
  if (links.kind === 'sparse') return { rows: links, buffers };
  const fits = buffers.start.length > uids && buffers.target.length >= links.values.length;
  const used = fits ? buffers : linkBuffers(uids, links.values.length);
  fillFromDense(links, uids, used);
  return { rows: { kind: 'sparse', ...used }, buffers: used };
}

function fillFromDense(links: DenseLinks, uids: number, buffers: LinkBuffers): void {
  const { start, target, value } = buffers;
  let filled = 0;
  let row = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    start[uid] = filled;
    if (links.rows[row] !== uid) continue;
    const offset = row * uids;
    for (let other = 0; other < uids; other += 1) {
      const link = links.values[offset + other] as number;
      target[filled] = other;
      value[filled] = link;
      filled += link === 0 ? 0 : 1;
    }
    row += 1;
  }
  start[uids] = filled;
}

/** Numbers the uids that have a permit or bonds, in uid order. Returns how many there are. */
export function numberRows(uids: number, bonds: SparseLinks, workspace: EpochWorkspace): number {
  const { row, permits, activeStake } = workspace.byUid;
  const { uid: uidOf, active } = workspace.byRow;
  let rows = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    const counts =
      permits[uid] === 1 || (bonds.start[uid + 1] as number) > (bonds.start[uid] as number);
    row[uid] = counts ? rows : -1;
    if (!counts) continue;
    uidOf[rows] = uid;
    active[rows] = activeStake[uid] as number;
    rows += 1;
  }
  return rows;
}

/** Which links of a row count: not to `own`, not to targets registered after `latest`. */
type RowMask = { readonly own: number; readonly latest: number };

/**
 * Fills the weight columns: links of permitted uids, not on oneself (the owner may), newer than the
 * target's registration; every row divided by its sum. Explicit zeros stay as entries.
 * Throws ECONOMY_INVALID_INPUT when a row names a target twice.
 */
export function loadWeights(
  input: EpochInput,
  links: SparseLinks,
  rows: number,
  workspace: EpochWorkspace,
): void {
  const { uid: uidOf, sum } = workspace.byRow;
  const { permits, fill } = workspace.byUid;
  const { start } = workspace.weights;
  start.fill(0, 0, input.uids + 1);
  for (let row = 0; row < rows; row += 1) {
    const uid = uidOf[row] as number;
    sum[row] = permits[uid] === 1 ? countRow(input, links, uid, weightMask(input, uid), start) : 0;
  }
  startColumns(start, fill, input.uids);
  for (let row = 0; row < rows; row += 1) {
    const uid = uidOf[row] as number;
    if (permits[uid] === 0) continue;
    const divisor = sum[row] === 0 ? 1 : (sum[row] as number);
    const mask = weightMask(input, uid);
    if (fillRow(input, links, { uid, row, mask, scale: ONE, divisor }, workspace.weights, fill)) {
      refuse('weights.target', `must not repeat for uid ${uid}`);
    }
  }
}

/** A uid's weights are older than a target registered at or after its update or after its commit. */
function weightMask(input: EpochInput, uid: number): RowMask {
  const update = (input.lastUpdate[uid] as number) - 1;
  const { commitBlock } = input;
  const latest = commitBlock === undefined ? update : Math.min(update, commitBlock[uid] as number);
  return { own: uid === input.ownerUid ? -1 : uid, latest };
}

/**
 * Fills the bond columns with the stored values, without targets registered since the last run.
 * Throws ECONOMY_INVALID_INPUT when a row names a target twice.
 */
export function loadBonds(
  input: EpochInput,
  links: SparseLinks,
  rows: number,
  workspace: EpochWorkspace,
): void {
  const { uid: uidOf } = workspace.byRow;
  const { fill } = workspace.byUid;
  const { start } = workspace.bonds;
  const { lastMechanismStepBlock, tempo } = input.settings;
  const lastRun = lastMechanismStepBlock === 0 ? input.block - tempo : lastMechanismStepBlock + 1;
  const mask = { own: -1, latest: Math.max(0, lastRun) - 1 };
  start.fill(0, 0, input.uids + 1);
  for (let row = 0; row < rows; row += 1) {
    countRow(input, links, uidOf[row] as number, mask, start);
  }
  startColumns(start, fill, input.uids);
  for (let row = 0; row < rows; row += 1) {
    const uid = uidOf[row] as number;
    if (fillRow(input, links, { uid, row, mask, scale: 1, divisor: 1 }, workspace.bonds, fill)) {
      refuse('bonds.target', `must not repeat for uid ${uid}`);
    }
  }
}

/** Counts a row's links that count into the columns after their own; returns their sum. */
function countRow(
  { registeredAt }: EpochInput,
  { start, target, value }: SparseLinks,
  uid: number,
  mask: RowMask,
  counts: Uint32Array,
): number {
  const end = start[uid + 1] as number;
  let sum = 0;
  for (let at = start[uid] as number; at < end; at += 1) {
    const column = target[at] as number;
    if (column === mask.own || (registeredAt[column] as number) > mask.latest) continue;
    counts[column + 1] = (counts[column + 1] as number) + 1;
    sum += value[at] as number;
  }
  return sum;
}

/** Appends a row's links that count to their columns. Returns whether a target came twice. */
function fillRow(
  { registeredAt }: EpochInput,
  { start, target, value }: SparseLinks,
  from: { uid: number; row: number; mask: RowMask; scale: number; divisor: number },
  columns: ColumnLinks,
  fill: Uint32Array,
): boolean {
  const { row, scale, divisor } = from;
  const { own, latest } = from.mask;
  const end = start[from.uid + 1] as number;
  let repeated = false;
  for (let at = start[from.uid] as number; at < end; at += 1) {
    const column = target[at] as number;
    if (column === own || (registeredAt[column] as number) > latest) continue;
    const slot = fill[column] as number;
    fill[column] = slot + 1;
    columns.row[slot] = row;
    columns.value[slot] = Math.floor(((value[at] as number) * scale) / divisor);
    if (slot > (columns.start[column] as number) && columns.row[slot - 1] === row) repeated = true;
  }
  return repeated;
}

/** Makes offsets of counts, and a copy of them to fill by. */
function startColumns(start: Uint32Array, fill: Uint32Array, columns: number): void {
  let offset = 0;
  for (let column = 0; column <= columns; column += 1) {
    offset += start[column] as number;
    start[column] = offset;
    fill[column] = offset;
  }
}
