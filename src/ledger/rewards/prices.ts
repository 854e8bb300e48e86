/** Spot prices by block, from pool samples. Pure. */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { BlockStamp, KnownFacts } from '../types.ts';

export type PricePoint = {
  readonly raoPerAlpha: bigint;
  /** Whether the price is of the very block that was asked for. */
  readonly isOfBlock: boolean;
};

export type Prices = {
  /**
   * The price of `netuid` at `block`; else the nearest earlier one, else the nearest later one;
   * undefined when there is none at all. Root is always one to one.
   */
  readonly at: (netuid: number, block: BlockStamp) => PricePoint | undefined;
};

type Known = { readonly number: number; readonly hash: string; readonly raoPerAlpha: bigint };

export function createPrices(pools: KnownFacts['pools']): Prices {
  const byNetuid = new Map<number, Known[]>();
  for (const { netuid, priceRaoPerAlpha, block } of pools) {
    const list = byNetuid.get(netuid) ?? [];
    list.push({ number: block.number, hash: block.hash, raoPerAlpha: priceRaoPerAlpha });
    byNetuid.set(netuid, list);
  }
  for (const list of byNetuid.values()) list.sort((a, b) => a.number - b.number);
  return {
    at: (netuid, block) => {
      if (netuid === ROOT_NETUID) return { raoPerAlpha: RAO_PER_UNIT, isOfBlock: true };
      const list = byNetuid.get(netuid) ?? [];
      const found = list[Math.max(0, countUpTo(list, block.number) - 1)];
      if (found === undefined) return undefined;
      return { raoPerAlpha: found.raoPerAlpha, isOfBlock: found.hash === block.hash };
    },
  };
}

/** How many entries are at or before `number`, by bisection. */
function countUpTo(list: readonly Known[], number: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as Known).number <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
