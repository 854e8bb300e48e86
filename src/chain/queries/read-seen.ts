/** What epochs were seen to pay the stakers of a hotkey, as a yield on their stake. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ObservedYield } from '../../domain/observed-yield.ts';
import { valueAtPriceFloor } from '../../domain/price.ts';
import type { BlockView } from '../types.ts';
import type { Dividends } from './read-dividends.ts';
import { readNetuids, readPrices } from './read-prices.ts';
import { asCount } from './shape.ts';

/** Root is paid by every subnet in its own rhythm: their payouts are scaled to this many blocks. */
const ROOT_WINDOW_BLOCKS = 360;

/** The yield of a hotkey that has `stakeRao` on the subnet. */
export type SeenBy = (hotkey: string, stakeRao: bigint) => ObservedYield;

/** On root the newest payout of every subnet, at spot prices; elsewhere the subnet's last epoch. */
export async function readSeen(
  view: BlockView,
  netuid: number,
  dividends: Dividends,
  tempo: number,
): Promise<SeenBy> {
  return netuid === ROOT_NETUID
    ? readSeenOnRoot(view, dividends)
    : seenOnSubnet(netuid, dividends, tempo);
}

export function seenOnSubnet(netuid: number, dividends: Dividends, tempo: number): SeenBy {
  // Where nobody was paid there was no payout to see: no window.
  const windowBlocks = dividends.totalAlpha(netuid) === 0n ? 0 : tempo;
  return (hotkey, stakeRao) => {
    const gainRao = dividends.alpha(netuid, hotkey);
    // The payout is part of the stake already: it was paid on the rest.
    return { gainRao, baseRao: stakeRao - gainRao, windowBlocks };
  };
}

async function readSeenOnRoot(view: BlockView, dividends: Dividends): Promise<SeenBy> {
  const netuids = (await readNetuids(view)).filter((each) => each !== ROOT_NETUID);
  const [prices, values] = await Promise.all([
    readPrices(view),
    view.readMany(
      'SubtensorModule',
      'Tempo',
      netuids.map((each) => [each]),
    ),
  ]);
  const tempos = values.map((value) => BigInt(asCount(value)));
  const wasPaid = netuids.some((netuid) => dividends.totalRoot(netuid) > 0n);
  return (hotkey, stakeRao) => {
    const gainRao = netuids.reduce((sum, netuid, index) => {
      const tempo = tempos[index] ?? 0n;
      if (tempo === 0n) return sum;
      const paidRao = valueAtPriceFloor(dividends.root(netuid, hotkey), prices.get(netuid) ?? 0n);
      return sum + (paidRao * BigInt(ROOT_WINDOW_BLOCKS)) / tempo;
    }, 0n);
    return { gainRao, baseRao: stakeRao, windowBlocks: wasPaid ? ROOT_WINDOW_BLOCKS : 0 };
  };
}
