/** Values by block number, for looking up the nearest one. Pure. */

export type Series = {
  /** In any order; of one block the last value counts. */
  readonly add: (number: number, value: bigint) => void;
  /** The last value at or before a block. */
  readonly upTo: (number: number) => bigint | undefined;
  /** The first value at or after a block. */
  readonly from: (number: number) => bigint | undefined;
};

export function createSeries(): Series {
  const points: { readonly number: number; readonly value: bigint }[] = [];
  let isSorted = true;
  const sorted = (): typeof points => {
    if (!isSorted) points.sort((a, b) => a.number - b.number);
    isSorted = true;
    return points;
  };
  /** How many points are at or before `number`. */
  const countUpTo = (number: number): number => {
    const list = sorted();
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] as { number: number }).number <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add: (number, value) => {
      const last = points.at(-1);
      if (last !== undefined && last.number > number) isSorted = false;
      points.push({ number, value });
    },
    upTo: (number) => (points.length === 0 ? undefined : sorted()[countUpTo(number) - 1]?.value),
    from: (number) => {
      const at = countUpTo(number);
      const exact = points[at - 1];
      return exact?.number === number ? exact.value : points[at]?.value;
    },
  };
}
