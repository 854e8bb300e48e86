/**
 * The lots of one position under one method. Exact: what leaves and what stays always add up to
 * what came, to the rao.
 */
import type { BlockStamp } from '../types.ts';
import type { BasisMethod, Lot } from './types.ts';

export type LotBook = {
  readonly add: (lot: Lot) => void;
  /**
   * Takes `alphaRao` out, in the method's order. When there is less, the rest comes as a lot that
   * cost nothing, acquired at `block`: flows are facts, whatever is known of their origin.
   */
  readonly take: (alphaRao: bigint, block: BlockStamp) => readonly Lot[];
  /** What is left, in the order it was acquired. */
  readonly lots: () => readonly Lot[];
};

export function createLotBook(method: BasisMethod): LotBook {
  return method === 'average' ? createAverageBook() : createQueue(method);
}

/** A list by acquisition with a moving start, so that a million lots are taken in linear time. */
function createQueue(method: 'fifo' | 'lifo'): LotBook {
  const lots: Lot[] = [];
  let start = 0;
  const first = (): Lot | undefined => (method === 'fifo' ? lots[start] : lots.at(-1));
  const replaceFirst = (lot: Lot | undefined): void => {
    if (lot !== undefined) lots[method === 'fifo' ? start : lots.length - 1] = lot;
    else if (method === 'lifo') lots.pop();
    else start += 1;
    if (start === lots.length) {
      lots.length = 0;
      start = 0;
    }
  };
  return {
    add: (lot) => {
      if (lot.alphaRao === 0n) return;
      let place = lots.length;
      while (place > start && (lots[place - 1] as Lot).acquired.number > lot.acquired.number) {
        place -= 1;
      }
      if (place === lots.length) lots.push(lot);
      else lots.splice(place, 0, lot);
    },
    take: (alphaRao, block) => {
      const taken: Lot[] = [];
      let wanted = alphaRao;
      while (wanted > 0n) {
        const lot = first();
        if (lot === undefined) {
          taken.push(unknownLot(wanted, block));
          break;
        }
        const [part, rest] = split(lot, wanted);
        taken.push(part);
        replaceFirst(rest);
        wanted -= part.alphaRao;
      }
      return taken;
    },
    lots: () => lots.slice(start),
  };
}

function createAverageBook(): LotBook {
  let pool: Lot | undefined;
  return {
    add: (lot) => {
      if (lot.alphaRao === 0n) return;
      pool = {
        acquired: pool?.acquired ?? lot.acquired,
        origin: pool === undefined ? lot.origin : 'pooled',
        alphaRao: (pool?.alphaRao ?? 0n) + lot.alphaRao,
        costRao: (pool?.costRao ?? 0n) + lot.costRao,
      };
    },
    take: (alphaRao, block) => {
      if (alphaRao === 0n) return [];
      if (pool === undefined) return [unknownLot(alphaRao, block)];
      const [part, rest] = split(pool, alphaRao);
      pool = rest;
      const missing = alphaRao - part.alphaRao;
      return missing === 0n ? [part] : [part, unknownLot(missing, block)];
    },
    lots: () => (pool === undefined ? [] : [pool]),
  };
}

/** The part of a lot that is wanted, its cost rounded down, and what stays of it. */
function split(lot: Lot, wanted: bigint): readonly [Lot, Lot | undefined] {
  if (wanted >= lot.alphaRao) return [lot, undefined];
  const costRao = (lot.costRao * wanted) / lot.alphaRao;
  return [
    { ...lot, alphaRao: wanted, costRao },
    { ...lot, alphaRao: lot.alphaRao - wanted, costRao: lot.costRao - costRao },
  ];
}

function unknownLot(alphaRao: bigint, acquired: BlockStamp): Lot {
  return { acquired, origin: 'unexplained', alphaRao, costRao: 0n };
}
