/** The orders of `tao stake list`. Pure. */
import type { Position } from '../../pipeline/read-positions.ts';

export const LIST_ORDERS = ['netuid', 'value', 'exit', 'stake', 'validator'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** Amounts largest first, names from A; ties stay by netuid and hotkey. */
export function sortPositions(
  positions: readonly Position[],
  order: ListOrder,
): readonly Position[] {
  return [...positions].sort(COMPARE[order]);
}

const COMPARE: Readonly<Record<ListOrder, (a: Position, b: Position) => number>> = {
  netuid: (a, b) => a.netuid - b.netuid,
  value: largestFirst((position) => position.valueRao),
  exit: largestFirst((position) => position.exit?.amountOutRao ?? -1n),
  stake: largestFirst((position) => position.alphaRao),
  // Those without a name come last.
  validator: (a, b) =>
    Number(a.validator === '') - Number(b.validator === '') ||
    compareText(a.validator, b.validator),
};

function largestFirst(raoOf: (position: Position) => bigint) {
  return (a: Position, b: Position): number => {
    const difference = raoOf(b) - raoOf(a);
    return difference === 0n ? 0 : difference > 0n ? 1 : -1;
  };
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
