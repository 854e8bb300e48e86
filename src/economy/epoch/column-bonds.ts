/** The new bonds of one column: moved towards what makes them, then stored. */
import { cappedEma, ema as emaOf } from './bond-ema.ts';
import { type LiquidRates, liquidAlpha } from './liquid-alpha.ts';
import { divide, fromU16, toReal } from './q32.ts';
import { ABSENT, withScratch } from './scratch.ts';
import type { StoredLinks } from './workspace.ts';

/** The sum of a column's new bonds, and the largest when they are stored relative to it. */
export type EmaSum = { readonly total: number; readonly largest?: number };

/**
 * The EMA of shares: fresh ones of what was bought, held ones of stored bonds. `bought` and `held`
 * are the sums of the column, `alpha` is a real number.
 */
export const classicEma = withScratch(
  ({ columnWeight, columnBond, columnEma }) =>
    (count: number, sums: { bought: number; held: number }, alpha: number): EmaSum => {
      const bought = toReal(Math.max(1, sums.bought));
      const held = toReal(Math.max(1, sums.held));
      let total = 0;
      let largest = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const fresh = Math.floor((columnWeight[entry] as number) / bought);
        const old = Math.floor((columnBond[entry] as number) / held);
        const ema = emaOf(alpha, fresh, old);
        columnEma[entry] = ema;
        total += ema;
        if (ema > largest) largest = ema;
      }
      return { total, largest };
    },
);

/** The EMA of the weights themselves. */
export const fixedEma = withScratch(
  ({ columnWeight, columnBond, columnEma }) =>
    (count: number, alpha: number): EmaSum => {
      let total = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const weight = Math.max(0, columnWeight[entry] as number);
        const ema = emaOf(alpha, weight, fromU16(columnBond[entry] as number));
        columnEma[entry] = ema;
        total += ema;
      }
      return { total };
    },
);

/**
 * The same at a rate of its own for every bond. A bond whose weight has no entry vanishes.
 * `consensus` is a fraction of 2^32.
 */
export const liquidEma = withScratch(
  ({ columnWeight, columnBond, columnEma }) =>
    (count: number, consensus: number, rates: LiquidRates): EmaSum => {
      let total = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const weight = columnWeight[entry] as number;
        let ema = 0;
        if (weight !== ABSENT) {
          const bond = fromU16(columnBond[entry] as number);
          ema = cappedEma(toReal(liquidAlpha(rates, consensus, weight, bond)), weight, bond);
        }
        columnEma[entry] = ema;
        total += ema;
      }
      return { total };
    },
);

/**
 * Appends the column's new bonds, zero ones excepted, to those of their rows: as u16 of the
 * largest, or of one, and as shares of their sum, which is not zero.
 */
export const storeColumn = withScratch(
  ({ columnRow, columnEma, rowNewNext }) =>
    (count: number, column: number, { total, largest }: EmaSum, stored: StoredLinks): void => {
      const { target, value, share: shares } = stored;
      const realTotal = toReal(total);
      const largestShare = largest === undefined ? 1 : toReal(divide(largest, total));
      for (let entry = 0; entry < count; entry += 1) {
        const row = columnRow[entry] as number;
        const ema = columnEma[entry] as number;
        const share = Math.floor(ema / realTotal);
        const bond = largest === undefined ? ema : Math.floor(share / largestShare);
        const slot = rowNewNext[row] as number;
        target[slot] = column;
        // The array of u16 drops the fraction.
        value[slot] = bond * 65_535 * 2 ** -32;
        shares[slot] = share;
        rowNewNext[row] = slot + +(ema > 0);
      }
    },
);
