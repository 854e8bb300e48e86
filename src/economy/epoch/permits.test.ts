import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectTop } from './permits.ts';

function selected(values: number[], k: number, count = values.length): number[] {
  const flags = new Uint8Array(values.length).fill(1);
  const order = new Float64Array(values.length);
  selectTop(Float64Array.from(values), count, k, { selected: flags, order });
  return [...flags.subarray(0, count)];
}

describe('selectTop', () => {
  it('takes the later of equal values, and never a zero', () => {
    expect(selected([5, 7, 5, 5], 2)).toEqual([0, 1, 0, 1]);
    expect(selected([5, 7, 5, 5], 3)).toEqual([0, 1, 1, 1]);
    expect(selected([0, 0, 3], 2)).toEqual([0, 0, 1]);
    expect(selected([2, 2, 2], 2)).toEqual([0, 1, 1]);
    expect(selected([2, 2, 2], 3)).toEqual([1, 1, 1]);
  });

  it('takes nobody when there are no seats', () => {
    expect(selected([1, 2], 0)).toEqual([0, 0]);
  });

  it('looks at the first entries only', () => {
    expect(selected([1, 2, 9], 1, 2)).toEqual([0, 1]);
  });

  it('is the last k of an ascending stable sort, zeros left out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 6 }), { maxLength: 30 }),
        fc.nat({ max: 12 }),
        (values, k) => {
          const order = values.map((_, uid) => uid);
          order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
          const top = new Set(k === 0 ? [] : order.slice(-k));
          const expected = values.map((value, uid) => (top.has(uid) && value > 0 ? 1 : 0));
          expect(selected(values, k)).toEqual(expected);
        },
      ),
      { numRuns: 500, seed: 21 },
    );
  });
});
