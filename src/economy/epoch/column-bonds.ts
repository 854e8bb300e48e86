/** The bonds of one column: gathered, moved towards the weights, paid for and stored. */
import { cappedEma, ema as emaOf, interpolate } from './bond-ema.ts';
import { type LiquidRates, liquidAlpha } from './liquid-alpha.ts';
import { divide, fromU16, least, multiply, toReal, toU16 } from './q32.ts';
import { withScratch } from './scratch.ts';
import type { ColumnLinks, StoredLinks } from './workspace.ts';

/** Marks a weight that has no entry, for the liquid rule. */
export const ABSENT = -1;

/** One column's entries: weights before the penalty and stored bonds, side by side by row. */
export type Column = {
  readonly rows: Uint16Array;
  readonly weights: Float64Array;
  readonly weightFirst: number;
  readonly bonds: Float64Array;
  readonly bondFirst: number;
  readonly count: number;
};

/** The sum of a column's new bonds and the largest of them. */
export type EmaSum = { readonly total: number; readonly largest: number };

/** Where a column's bonds go and what they earn. `total` is not zero. */
export type Settlement = {
  readonly stored: StoredLinks;
  readonly column: number;
  /** A real number. */
  readonly incentive: number;
  readonly total: number;
  readonly largest?: number;
};

/** How one column's bonds move: consensus as a fraction of 2^32, the others as real numbers. */
export type ColumnRule = {
  readonly consensus: number;
  readonly alpha: number;
  readonly penalty: number;
};

/**
 * Brings a column's weights and stored bonds side by side. Full ones already are; others are merged
 * by row into scratch, where a weight without an entry becomes `absent`.
 */
export const gatherColumn = withScratch(
  ({ everyNumber, columnRow, columnWeight, columnBond }) =>
    (
      weights: ColumnLinks,
      bonds: ColumnLinks,
      { column, rows, absent }: { column: number; rows: number; absent: number },
    ): Column => {
      const weightFirst = weights.first[column] as number;
      const bondFirst = bonds.first[column] as number;
      const fullWeights = (weights.end[column] as number) - weightFirst === rows;
      const fullBonds = (bonds.end[column] as number) - bondFirst === rows;
      return fullWeights && fullBonds
        ? {
            rows: everyNumber,
            weights: weights.value,
            weightFirst,
            bonds: bonds.value,
            bondFirst,
            count: rows,
          }
        : {
            rows: columnRow,
            weights: columnWeight,
            weightFirst: 0,
            bonds: columnBond,
            bondFirst: 0,
            count: mergeColumn(weights, bonds, column, absent),
          };
    },
);

/** Merges a column's weights and bonds by row; returns the number of rows with either. */
const mergeColumn = withScratch(
  ({ columnRow, columnWeight, columnBond }) =>
    (weights: ColumnLinks, bonds: ColumnLinks, column: number, absent: number): number => {
      const weightEnd = weights.end[column] as number;
      const bondEnd = bonds.end[column] as number;
      const beyond = columnRow.length;
      let weightAt = weights.first[column] as number;
      let bondAt = bonds.first[column] as number;
      let count = 0;
      while (weightAt < weightEnd || bondAt < bondEnd) {
        const weightRow = weightAt < weightEnd ? (weights.row[weightAt] as number) : beyond;
        const bondRow = bondAt < bondEnd ? (bonds.row[bondAt] as number) : beyond;
        const hasWeight = weightRow <= bondRow;
        const hasBond = bondRow <= weightRow;
        columnRow[count] = hasWeight ? weightRow : bondRow;
        columnWeight[count] = hasWeight ? (weights.value[weightAt] as number) : absent;
        columnBond[count] = hasBond ? (bonds.value[bondAt] as number) : 0;
        weightAt += +hasWeight;
        bondAt += +hasBond;
        count += 1;
      }
      return count;
    },
);

/** A weight after the bonds penalty: the clipped one at the full penalty, which is the usual one. */
function weightAfter(penalty: number, own: number, consensus: number): number {
  const clipped = least(own, consensus);
  return penalty === 1 ? clipped : interpolate(own, clipped, penalty);
}

/**
 * The EMA of shares: fresh ones by weight times stake, held ones by stored bond. Returns its sum and
 * its largest entry.
 */
export const classicEma = withScratch(
  ({ rowActive, columnEma }) =>
    (column: Column, { consensus, alpha, penalty }: ColumnRule): EmaSum => {
      const { rows, weights, weightFirst, bonds, bondFirst, count } = column;
      let bought = 0;
      let held = 0;
      for (let index = 0; index < count; index += 1) {
        const weight = weightAfter(penalty, weights[weightFirst + index] as number, consensus);
        const purchase = multiply(weight, rowActive[rows[index] as number] as number);
        columnEma[index] = purchase;
        bought += purchase;
        held += bonds[bondFirst + index] as number;
      }
      const boughtOrOne = bought === 0 ? 1 : toReal(bought);
      const heldOrOne = held === 0 ? 1 : toReal(held);
      let total = 0;
      let largest = 0;
      for (let index = 0; index < count; index += 1) {
        const fresh = Math.floor((columnEma[index] as number) / boughtOrOne);
        const old = Math.floor((bonds[bondFirst + index] as number) / heldOrOne);
        const ema = emaOf(alpha, fresh, old);
        columnEma[index] = ema;
        total += ema;
        if (ema > largest) largest = ema;
      }
      return { total, largest };
    },
);

/** The EMA of the weights themselves. Returns its sum. */
export const fixedEma = withScratch(
  ({ columnEma }) =>
    (column: Column, { consensus, alpha, penalty }: ColumnRule): number => {
      const { weights, weightFirst, bonds, bondFirst, count } = column;
      let total = 0;
      for (let index = 0; index < count; index += 1) {
        const weight = weightAfter(penalty, weights[weightFirst + index] as number, consensus);
        const ema = emaOf(alpha, weight, fromU16(bonds[bondFirst + index] as number));
        columnEma[index] = ema;
        total += ema;
      }
      return total;
    },
);

/**
 * The same at a rate of its own for every bond. A bond without a weight entry vanishes, and the
 * penalty drops the entries it makes zero, unless it is nothing or all and the weight is a zero.
 */
export const liquidEma = withScratch(
  ({ columnEma }) =>
    (column: Column, { consensus, penalty }: ColumnRule, rates: LiquidRates): number => {
      const { weights, weightFirst, bonds, bondFirst, count } = column;
      const keepsZeros = penalty === 0 || penalty === 1;
      let total = 0;
      for (let index = 0; index < count; index += 1) {
        const own = weights[weightFirst + index] as number;
        const weight = weightAfter(penalty, own, consensus);
        let ema = 0;
        if (weight > 0 || (own === 0 && keepsZeros)) {
          const bond = fromU16(bonds[bondFirst + index] as number);
          ema = cappedEma(toReal(liquidAlpha(rates, consensus, weight, bond)), weight, bond);
        }
        columnEma[index] = ema;
        total += ema;
      }
      return total;
    },
);

/**
 * Credits every bond's share of the column's incentive to its row and appends the bond, unless zero,
 * to the row's new ones: as u16 of the largest, or of one when `largest` is not given.
 */
export const settleColumn = withScratch(
  ({ columnEma, rowDividends, rowBondNext }) =>
    ({ rows, count }: Column, to: Settlement): void => {
      const { target, value } = to.stored;
      const { column, incentive, total, largest } = to;
      const realTotal = toReal(total);
      const largestShare = largest === undefined ? 1 : toReal(divide(largest, total));
      for (let index = 0; index < count; index += 1) {
        const row = rows[index] as number;
        const ema = columnEma[index] as number;
        const share = Math.floor(ema / realTotal);
        rowDividends[row] = (rowDividends[row] as number) + multiply(share, incentive);
        const slot = rowBondNext[row] as number;
        target[slot] = column;
        value[slot] = toU16(largest === undefined ? ema : Math.floor(share / largestShare));
        rowBondNext[row] = slot + +(ema > 0);
      }
    },
);
