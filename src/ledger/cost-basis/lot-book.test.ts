import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stamp } from '../rewards/testing.ts';
import { createLotBook, type LotBook } from './lot-book.ts';
import { BASIS_METHODS, type BasisMethod, type Lot } from './types.ts';

const lot = (number: number, alphaRao: bigint, costRao: bigint): Lot => ({
  acquired: stamp(number),
  origin: 'bought',
  alphaRao,
  costRao,
});
const bookOf = (method: BasisMethod, ...lots: readonly Lot[]): LotBook => {
  const book = createLotBook(method);
  for (const one of lots) book.add(one);
  return book;
};
/** `[block it was acquired at, alpha, cost]` of each lot. */
const rows = (lots: readonly Lot[]) =>
  lots.map(({ acquired, alphaRao, costRao }) => [acquired.number, alphaRao, costRao]);

describe('lots leave', () => {
  const added = [lot(20, 5n, 50n), lot(10, 5n, 10n), lot(30, 5n, 90n)] as const;

  test('oldest first under FIFO, whatever the order in which they came', () => {
    const book = bookOf('fifo', ...added);
    expect(rows(book.lots())).toEqual(rows([added[1], added[0], added[2]]));
    expect(rows(book.take(7n, stamp(40)))).toEqual([
      [10, 5n, 10n],
      [20, 2n, 20n],
    ]);
    expect(rows(book.lots())).toEqual([
      [20, 3n, 30n],
      [30, 5n, 90n],
    ]);
  });

  test('newest first under LIFO, whatever the order in which they came', () => {
    const book = bookOf('lifo', ...added);
    expect(rows(book.take(12n, stamp(40)))).toEqual([
      [30, 5n, 90n],
      [20, 5n, 50n],
      [10, 2n, 4n],
    ]);
    expect(rows(book.lots())).toEqual([[10, 3n, 6n]]);
  });

  test('of one block in the order in which they came', () => {
    const twins = [lot(10, 1n, 1n), lot(10, 1n, 2n)] as const;
    expect(rows(bookOf('fifo', ...twins).take(1n, stamp(11)))).toEqual([[10, 1n, 1n]]);
    expect(rows(bookOf('lifo', ...twins).take(1n, stamp(11)))).toEqual([[10, 1n, 2n]]);
  });

  test('none in particular under average, at the cost of all', () => {
    const book = bookOf('average', lot(10, 5n, 10n), lot(20, 5n, 51n));
    expect(book.take(3n, stamp(40))).toEqual([
      { acquired: stamp(10), origin: 'pooled', alphaRao: 3n, costRao: 18n },
    ]);
    expect(rows(book.lots())).toEqual([[10, 7n, 43n]]);
  });
});

describe('a part of a lot', () => {
  test.each(BASIS_METHODS)('costs its share rounded down, the last one the rest: %s', (method) => {
    const book = bookOf(method, lot(10, 3n, 11n));
    const taken = [1, 2, 3].flatMap(() => book.take(1n, stamp(40)));
    // 11 ÷ 3, then 8 ÷ 2, then what is left
    expect(rows(taken)).toEqual([
      [10, 1n, 3n],
      [10, 1n, 4n],
      [10, 1n, 4n],
    ]);
    expect(taken.every(({ origin }) => origin === 'bought')).toBe(true);
    expect(book.lots()).toEqual([]);
  });

  test('stays where an older lot comes after it was taken from', () => {
    const book = bookOf('fifo', lot(10, 2n, 2n), lot(20, 2n, 4n), lot(30, 2n, 6n));
    book.take(3n, stamp(40));
    book.add(lot(5, 1n, 9n));
    book.add(lot(25, 1n, 8n));
    expect(rows(book.lots())).toEqual([
      [5, 1n, 9n],
      [20, 1n, 2n],
      [25, 1n, 8n],
      [30, 2n, 6n],
    ]);
    expect(rows(book.take(2n, stamp(50)))).toEqual([
      [5, 1n, 9n],
      [20, 1n, 2n],
    ]);
  });
});

describe('what was never known to be there', () => {
  test.each(BASIS_METHODS)('leaves at no cost, acquired when it left: %s', (method) => {
    const book = bookOf(method, lot(10, 3n, 11n));
    const unknown = (alphaRao: bigint, number: number) => ({
      acquired: stamp(number),
      origin: 'unexplained',
      alphaRao,
      costRao: 0n,
    });
    expect(book.take(5n, stamp(40))).toEqual([lot(10, 3n, 11n), unknown(2n, 40)]);
    expect(book.take(4n, stamp(41))).toEqual([unknown(4n, 41)]);
    expect(book.lots()).toEqual([]);
    book.add(lot(50, 2n, 7n));
    expect(book.lots()).toEqual([lot(50, 2n, 7n)]);
    expect(book.take(2n, stamp(60))).toEqual([lot(50, 2n, 7n)]);
  });

  test.each(BASIS_METHODS)('is not made up where nothing comes or goes: %s', (method) => {
    const book = bookOf(method, lot(10, 0n, 5n));
    expect([book.lots(), book.take(0n, stamp(40))]).toEqual([[], []]);
    book.add(lot(20, 2n, 7n));
    expect([book.take(0n, stamp(40)), book.lots()]).toEqual([[], [lot(20, 2n, 7n)]]);
    book.add(lot(30, 0n, 5n));
    expect(book.lots()).toEqual([lot(20, 2n, 7n)]);
    expect(book.take(2n, stamp(41))).toEqual([lot(20, 2n, 7n)]);
  });
});

test('what comes is what goes and what stays, to the rao, under every method', () => {
  const change = fc.record({
    isIn: fc.boolean(),
    number: fc.nat(20),
    alphaRao: fc.bigInt(0n, 50n),
    costRao: fc.bigInt(0n, 1_000n),
  });
  fc.assert(
    fc.property(fc.array(change), fc.constantFrom(...BASIS_METHODS), (changes, method) => {
      const book = createLotBook(method);
      const sums = { alpha: 0n, cost: 0n };
      for (const { isIn, number, alphaRao, costRao } of changes) {
        if (isIn) {
          book.add(lot(number, alphaRao, costRao));
          if (alphaRao === 0n) continue;
          sums.alpha += alphaRao;
          sums.cost += costRao;
          continue;
        }
        for (const taken of book.take(alphaRao, stamp(99))) {
          sums.cost -= taken.costRao;
          if (taken.origin !== 'unexplained') sums.alpha -= taken.alphaRao;
        }
      }
      const left = book.lots();
      expect(left.reduce((sum, { alphaRao }) => sum + alphaRao, 0n)).toBe(sums.alpha);
      expect(left.reduce((sum, { costRao }) => sum + costRao, 0n)).toBe(sums.cost);
      const numbers = left.map(({ acquired }) => acquired.number);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(left.every(({ alphaRao }) => alphaRao > 0n)).toBe(true);
    }),
  );
});
