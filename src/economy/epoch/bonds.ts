/** New bonds and the dividends they earn, column by column: the classic rule and Yuma3. */
import { cappedEma, ema as emaOf, interpolate } from './bond-ema.ts';
import { type LiquidRates, liquidAlpha } from './liquid-alpha.ts';
import { divide, divideBySum, fromU16, multiply, ONE, sumOf, toU16 } from './q32.ts';
import type { EpochWorkspace } from './workspace.ts';

/** How bonds follow weights; fractions of 2^32. */
export type BondRule = {
  readonly yuma3: boolean;
  /** The fixed rate a. */
  readonly alpha: number;
  /** Set when liquid alpha is on (Yuma3 only). */
  readonly liquid: LiquidRates | undefined;
  /** 0: a validator's own weights make bonds; one: the clipped ones. */
  readonly penalty: number;
};

/** Marks a weight without an entry: it is zero, and the liquid rule drops its bond. */
const ABSENT = -1;

/** Fills the columns of new bonds, counts per row, and the dividends by row, normalised. */
export function growBonds(
  workspace: EpochWorkspace,
  { uids, rows, rule }: { uids: number; rows: number; rule: BondRule },
): void {
  const { dividends, bondCount, active } = workspace.byRow;
  const { start } = workspace.ema;
  dividends.fill(0, 0, rows);
  bondCount.fill(0, 0, rows);
  const liquid = sumOf(workspace.byUid.consensus, uids) > 0 ? rule.liquid : undefined;
  let filled = 0;
  for (let column = 0; column < uids; column += 1) {
    start[column] = filled;
    const count = gatherColumn(workspace, column, rule.penalty);
    if (count === 0) continue;
    filled = rule.yuma3
      ? yuma3Column(workspace, { column, count, filled, alpha: rule.alpha, liquid })
      : classicColumn(workspace, { column, count, filled, alpha: rule.alpha });
  }
  start[uids] = filled;
  if (rule.yuma3) {
    for (let row = 0; row < rows; row += 1) {
      dividends[row] = multiply(dividends[row] as number, active[row] as number);
    }
  }
  divideBySum(dividends, rows, sumOf(dividends, rows));
}

/** Merges a column's weights (after the penalty) and stored bonds by row into the row scratch. */
function gatherColumn(workspace: EpochWorkspace, column: number, penalty: number): number {
  const { columnRow, columnWeight, columnBond } = workspace.byRow;
  const { weights, bonds } = workspace;
  const agreed = workspace.byUid.consensus[column] as number;
  const keepsZeros = penalty === 0 || penalty === ONE;
  const weightEnd = weights.start[column + 1] as number;
  const bondEnd = bonds.start[column + 1] as number;
  let weightAt = weights.start[column] as number;
  let bondAt = bonds.start[column] as number;
  let count = 0;
  while (weightAt < weightEnd || bondAt < bondEnd) {
    const weightRow = weightAt < weightEnd ? (weights.row[weightAt] as number) : columnRow.length;
    const bondRow = bondAt < bondEnd ? (bonds.row[bondAt] as number) : columnRow.length;
    let weight = ABSENT;
    let bond = 0;
    if (weightRow <= bondRow) {
      const own = weights.value[weightAt] as number;
      const mixed = interpolate(own, Math.min(own, agreed), penalty);
      weight = mixed > 0 || (own === 0 && keepsZeros) ? mixed : ABSENT;
      weightAt += 1;
    }
    if (bondRow <= weightRow) {
      bond = bonds.value[bondAt] as number;
      bondAt += 1;
    }
    columnRow[count] = Math.min(weightRow, bondRow);
    columnWeight[count] = weight;
    columnBond[count] = bond;
    count += 1;
  }
  return count;
}

type Column = { column: number; count: number; filled: number; alpha: number };

/** Classic: the EMA of stake-weighted shares of a column, stored relative to the largest. */
function classicColumn(workspace: EpochWorkspace, at: Column): number {
  const { active, dividends } = workspace.byRow;
  const { columnRow, columnWeight, columnBond, columnEma } = workspace.byRow;
  const { count, alpha } = at;
  let bought = 0;
  let held = 0;
  for (let index = 0; index < count; index += 1) {
    const weight = Math.max(0, columnWeight[index] as number);
    const purchase = multiply(weight, active[columnRow[index] as number] as number);
    columnWeight[index] = purchase;
    bought += purchase;
    held += columnBond[index] as number;
  }
  if (bought === 0) bought = 1;
  if (held === 0) held = 1;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const fresh = divide(columnWeight[index] as number, bought);
    const ema = emaOf(alpha, fresh, divide(columnBond[index] as number, held));
    columnEma[index] = ema;
    total += ema;
  }
  if (total === 0) return at.filled;
  const incentive = workspace.byUid.incentive[at.column] as number;
  let largest = 0;
  for (let index = 0; index < count; index += 1) {
    const row = columnRow[index] as number;
    const ema = columnEma[index] as number;
    const share = ema > 0 ? divide(ema, total) : ABSENT;
    columnEma[index] = share;
    largest = Math.max(largest, share);
    if (ema > 0) dividends[row] = (dividends[row] as number) + multiply(share, incentive);
  }
  return storeColumn(workspace, at, largest);
}

/** Yuma3: the EMA of the weights themselves, stored as it is. */
function yuma3Column(
  workspace: EpochWorkspace,
  at: Column & { liquid: LiquidRates | undefined },
): number {
  const { columnRow, columnWeight, columnBond, columnEma, dividends } = workspace.byRow;
  const { count, alpha, liquid } = at;
  const agreed = workspace.byUid.consensus[at.column] as number;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const weight = Math.max(0, columnWeight[index] as number);
    const bond = fromU16(columnBond[index] as number);
    let ema = 0;
    if (liquid === undefined) {
      ema = emaOf(alpha, weight, bond);
    } else if (columnWeight[index] !== ABSENT) {
      const rate = liquidAlpha(liquid, agreed, weight, bond);
      ema = cappedEma(rate, weight, bond);
    }
    columnEma[index] = ema > 0 ? ema : ABSENT;
    total += ema;
  }
  if (total === 0) return at.filled;
  const incentive = workspace.byUid.incentive[at.column] as number;
  for (let index = 0; index < count; index += 1) {
    const row = columnRow[index] as number;
    const ema = columnEma[index] as number;
    if (ema === ABSENT) continue;
    dividends[row] = (dividends[row] as number) + multiply(divide(ema, total), incentive);
  }
  return storeColumn(workspace, at, ONE);
}

/** Appends a column of new bonds as u16 of their ratio to `unit`. Returns the new end. */
function storeColumn(workspace: EpochWorkspace, at: Column, unit: number): number {
  const { columnRow, columnEma, bondCount } = workspace.byRow;
  const { row: rowOf, value } = workspace.ema;
  let filled = at.filled;
  for (let index = 0; index < at.count; index += 1) {
    const ema = columnEma[index] as number;
    if (ema === ABSENT) continue;
    const row = columnRow[index] as number;
    rowOf[filled] = row;
    value[filled] = toU16(unit === ONE ? ema : divide(ema, unit));
    bondCount[row] = (bondCount[row] as number) + 1;
    filled += 1;
  }
  return filled;
}
