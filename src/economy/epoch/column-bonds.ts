/** The bonds of one column: gathered, moved towards the weights, paid for and stored. */
import { cappedEma, ema as emaOf } from './bond-ema.ts';
import { ABSENT } from './consensus.ts';
import { type LiquidRates, liquidAlpha } from './liquid-alpha.ts';
import { divide, fromU16, multiply, toReal } from './q32.ts';
import { withScratch } from './scratch.ts';
import type { ColumnLinks, StoredLinks } from './workspace.ts';

/** One column's entries: what makes new bonds and the stored bonds, side by side by row. */
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

/**
 * The EMA of shares of column `index`: fresh ones of weight times stake, held ones of stored bonds.
 * Returns its sum and its largest entry. `alpha` is a real number.
 */
export const classicEma = withScratch(
  ({ columnEma, targetBought, targetSum }) =>
    (column: Column, index: number, alpha: number): EmaSum => {
      const { weights, weightFirst, bonds, bondFirst, count } = column;
      const bought = toReal(Math.max(1, targetBought[index] as number));
      const held = toReal(Math.max(1, targetSum[index] as number));
      let total = 0;
      let largest = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const fresh = Math.floor((weights[weightFirst + entry] as number) / bought);
        const old = Math.floor((bonds[bondFirst + entry] as number) / held);
        const ema = emaOf(alpha, fresh, old);
        columnEma[entry] = ema;
        total += ema;
        if (ema > largest) largest = ema;
      }
      return { total, largest };
    },
);

/** The EMA of the weights themselves. Returns its sum. */
export const fixedEma = withScratch(({ columnEma }) => (column: Column, alpha: number): number => {
  const { weights, weightFirst, bonds, bondFirst, count } = column;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const weight = Math.max(0, weights[weightFirst + index] as number);
    const ema = emaOf(alpha, weight, fromU16(bonds[bondFirst + index] as number));
    columnEma[index] = ema;
    total += ema;
  }
  return total;
});

/**
 * The same at a rate of its own for every bond. A bond whose weight has no entry vanishes.
 * `consensus` is a fraction of 2^32.
 */
export const liquidEma = withScratch(
  ({ columnEma }) =>
    (column: Column, consensus: number, rates: LiquidRates): number => {
      const { weights, weightFirst, bonds, bondFirst, count } = column;
      let total = 0;
      for (let index = 0; index < count; index += 1) {
        const weight = weights[weightFirst + index] as number;
        let ema = 0;
        if (weight !== ABSENT) {
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
 * Credits every bond's share of the column's incentive to its row and appends the bond, unless it
 * is zero, to the row's new ones: as u16 of the largest, or of one when `largest` is not given.
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
        const stored = largest === undefined ? ema : Math.floor(share / largestShare);
        // The array of u16 drops the fraction.
        value[slot] = stored * 65_535 * 2 ** -32;
        rowBondNext[row] = slot + +(ema > 0);
      }
    },
);
