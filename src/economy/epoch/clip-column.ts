/** Clips one column at its consensus: trust, rank, and what makes new bonds. */
import { interpolate } from './bond-ema.ts';
import { least, multiply } from './q32.ts';
import { ABSENT, withScratch } from './scratch.ts';

/** How clipped weights turn into what makes bonds. */
export type ClipRule = {
  /** A real number; 0: a validator's own weights make bonds; one: the clipped ones. */
  readonly penalty: number;
  readonly yuma3: boolean;
};

/** Fractions of 2^32. */
export type Clipped = {
  readonly rank: number;
  /** The sum of what makes bonds, for the classic rule. */
  readonly bought: number;
};

/**
 * Adds the column's clipped weights to the trust of their rows and sums up its rank. Each weight
 * becomes what makes its bond: for Yuma3 the weight after the penalty, or ABSENT when the penalty
 * drops the entry; for the classic rule that weight times the row's stake.
 */
export const clipColumn = withScratch(
  ({ rowActive, rowTrust, columnRow, columnWeight }) =>
    (count: number, consensus: number, { penalty, yuma3 }: ClipRule): Clipped => {
      const keepsZeros = penalty === 0 || penalty === 1;
      let rank = 0;
      let bought = 0;
      for (let entry = 0; entry < count; entry += 1) {
        const row = columnRow[entry] as number;
        const own = columnWeight[entry] as number;
        const stake = rowActive[row] as number;
        const clipped = least(own, consensus);
        const share = multiply(clipped, stake);
        rowTrust[row] = (rowTrust[row] as number) + clipped;
        rank += share;
        const weight = penalty === 1 ? clipped : interpolate(own, clipped, penalty);
        if (yuma3) {
          columnWeight[entry] = weight > 0 || (own === 0 && keepsZeros) ? weight : ABSENT;
        } else {
          const purchase = penalty === 1 ? share : multiply(weight, stake);
          columnWeight[entry] = purchase;
          bought += purchase;
        }
      }
      return { rank, bought };
    },
);
