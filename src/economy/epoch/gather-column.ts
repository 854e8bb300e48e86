/** Brings one column into scratch: the weights that count, then the stored bonds beside them. */
import { withScratch } from './scratch.ts';
import type { ColumnLinks } from './workspace.ts';

/** The entries of a column and the sum of its stored bonds. */
export type Gathered = { readonly count: number; readonly held: number };

/** What bonds are gathered onto: the weights already there. */
export type WeightsThere = {
  readonly rows: number;
  /** How many entries have a weight; as many as rows: every row has, in order. */
  readonly count: number;
  /** The weight of an entry that has only a bond. */
  readonly absent: number;
};

/** Gathers transposed weights, divided by their row's sum. Returns their number. */
export const gatherSparseWeights = withScratch(
  ({ rowDivisor, columnRow, columnWeight }) =>
    ({ first, end, row, value }: ColumnLinks, column: number): number => {
      const from = first[column] as number;
      const count = (end[column] as number) - from;
      for (let entry = 0; entry < count; entry += 1) {
        const source = row[from + entry] as number;
        const link = value[from + entry] as number;
        columnRow[entry] = source;
        columnWeight[entry] = Math.floor(link / (rowDivisor[source] as number));
      }
      return count;
    },
);

/** The same from a dense matrix; a zero is no link. `allCount`: no registration masks any. */
export const gatherDenseWeights = withScratch(
  ({ registered, rowWeightFirst, rowOwn, rowLatest, rowDivisor, columnRow, columnWeight }) =>
    (
      links: Uint16Array,
      column: number,
      { rows, allCount }: { rows: number; allCount: boolean },
    ): number => {
      const since = registered[column] as number;
      let count = 0;
      for (let row = 0; row < rows; row += 1) {
        const link = links[(rowWeightFirst[row] as number) + column] as number;
        if (link === 0 || column === rowOwn[row]) continue;
        if (!allCount && since > (rowLatest[row] as number)) continue;
        columnRow[count] = row;
        columnWeight[count] = Math.floor(link / (rowDivisor[row] as number));
        count += 1;
      }
      return count;
    },
);

/** Gathers transposed bonds onto the weights. */
export const gatherSparseBonds = withScratch(
  ({ rowHeld, columnBond }) =>
    ({ first, end, row, value }: ColumnLinks, column: number, to: WeightsThere): Gathered => {
      const from = first[column] as number;
      const bonds = (end[column] as number) - from;
      const aligned = to.count === to.rows && bonds === to.rows;
      let held = 0;
      for (let entry = 0; entry < bonds; entry += 1) {
        const bond = value[from + entry] as number;
        held += bond;
        if (aligned) columnBond[entry] = bond;
        else rowHeld[row[from + entry] as number] = bond;
      }
      if (aligned) return { count: bonds, held };
      let count = takeHeld(to.count);
      for (let entry = 0; entry < bonds; entry += 1) {
        count += appendHeld(count, row[from + entry] as number, to.absent);
      }
      return { count, held };
    },
);

/** Gathers bonds of a dense matrix onto the weights. */
export const gatherDenseBonds = withScratch(
  ({ rowBondFirst, rowBondCount, rowHeld, columnBond }) =>
    (links: Uint16Array, column: number, to: WeightsThere): Gathered => {
      const { rows } = to;
      const aligned = to.count === rows;
      let held = 0;
      for (let row = 0; row < rows; row += 1) {
        const bond =
          rowBondCount[row] === 0 ? 0 : (links[(rowBondFirst[row] as number) + column] as number);
        held += bond;
        if (aligned) columnBond[row] = bond;
        else rowHeld[row] = bond;
      }
      if (aligned) return { count: rows, held };
      let count = takeHeld(to.count);
      for (let row = 0; row < rows; row += 1) count += appendHeld(count, row, to.absent);
      return { count, held };
    },
);

/** Gathers no bonds. */
export function gatherNoBonds({ count }: WeightsThere): Gathered {
  takeHeld(count);
  return { count, held: 0 };
}

/** Moves held bonds to the entries of their rows. Returns the number of entries. */
const takeHeld = withScratch(({ rowHeld, columnRow, columnBond }) => (count: number): number => {
  for (let entry = 0; entry < count; entry += 1) {
    const row = columnRow[entry] as number;
    columnBond[entry] = rowHeld[row] as number;
    rowHeld[row] = 0;
  }
  return count;
});

/** Makes an entry of a bond nobody took. Returns how many it made. */
const appendHeld = withScratch(
  ({ rowHeld, columnRow, columnWeight, columnBond }) =>
    (entry: number, row: number, absent: number): number => {
      const bond = rowHeld[row] as number;
      if (bond === 0) return 0;
      columnRow[entry] = row;
      columnWeight[entry] = absent;
      columnBond[entry] = bond;
      rowHeld[row] = 0;
      return 1;
    },
);
