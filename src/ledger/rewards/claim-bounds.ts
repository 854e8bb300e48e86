/**
 * The most that root dividends can have brought in between two samples: what was owed before, and
 * what the rates of the validator added since. Claims leave no amounts in events. Pure.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { valueAtPriceFloor } from '../../domain/price.ts';
import type { RewardFacts } from './evidence.ts';
import type { Prices } from './prices.ts';
import { createSeries, type Series } from './series.ts';

/** Chain rule: rates are I96F32. */
const FRACTION_BITS = 32n;

export type ClaimBounds = {
  /** Rao of the position's own unit: alpha of `netuid`, or TAO on root. */
  readonly most: (position: {
    readonly coldkey: string;
    readonly hotkey: string;
    readonly netuid: number;
    readonly from: number;
    readonly to: number;
  }) => bigint;
};

export function createClaimBounds(facts: RewardFacts, prices: Prices): ClaimBounds {
  const rates = new Map<string, Map<number, Series>>();
  for (const { hotkey, netuid, rateBits, block } of facts.rootRates ?? []) {
    const byNetuid = rates.get(hotkey) ?? new Map<number, Series>();
    rates.set(hotkey, byNetuid);
    seriesIn(byNetuid, netuid).add(block.number, rateBits);
  }
  const held = new Map<string, Series>();
  for (const { coldkey, hotkey, netuid, alphaRao, block } of facts.positions) {
    if (netuid === ROOT_NETUID && rates.has(hotkey)) {
      seriesIn(held, `${coldkey}/${hotkey}`).add(block.number, alphaRao);
    }
  }
  const owed = new Map<string, Series>();
  for (const { coldkey, hotkey, netuid, alphaRao, block } of facts.claimable) {
    seriesIn(owed, `${coldkey}/${hotkey}/${netuid}`).add(block.number, alphaRao);
  }
  return {
    most: ({ coldkey, hotkey, netuid, from, to }) => {
      const root = held.get(`${coldkey}/${hotkey}`);
      const byNetuid = rates.get(hotkey);
      if (root === undefined || byNetuid === undefined) return 0n;
      const stakeRao = (root.upTo(from) ?? 0n) + (root.from(to) ?? root.upTo(to) ?? 0n);
      const alphaOf = (subnet: number, series: Series): bigint => {
        const before = series.upTo(from) ?? 0n;
        const after = series.from(to) ?? series.upTo(to) ?? before;
        const wasOwed = owed.get(`${coldkey}/${hotkey}/${subnet}`)?.upTo(from) ?? 0n;
        return wasOwed + (((after - before) * stakeRao) >> FRACTION_BITS);
      };
      if (netuid !== ROOT_NETUID) {
        const series = byNetuid.get(netuid);
        return series === undefined ? 0n : alphaOf(netuid, series);
      }
      let taoRao = 0n;
      for (const [subnet, series] of byNetuid) {
        const price = prices.at(subnet, { number: to, hash: '', timeMs: undefined });
        taoRao += valueAtPriceFloor(alphaOf(subnet, series), price?.raoPerAlpha ?? 0n);
      }
      return taoRao;
    },
  };
}

function seriesIn<Key>(map: Map<Key, Series>, key: Key): Series {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = createSeries();
  map.set(key, created);
  return created;
}
