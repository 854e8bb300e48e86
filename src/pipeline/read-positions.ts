/**
 * Staking positions with what they are worth, at one block: at the spot price, and sold alone after
 * impact and fee. In four round trips, however many positions there are.
 */
import type { AvailabilityFacts, QuoteFacts, StakeFacts } from '../chain/facts.ts';
import { quoteExits } from '../chain/queries/quote-exits.ts';
import { readNames } from '../chain/queries/read-delegates.ts';
import { readHotkeyOwners } from '../chain/queries/read-limits.ts';
import { priceIn, readPrices } from '../chain/queries/read-prices.ts';
import { readAvailabilities, readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnetNames } from '../chain/queries/read-subnets.ts';
import { asCount, asRao } from '../chain/queries/shape.ts';
import type { BlockView } from '../chain/types.ts';
import { valueAtPriceFloor } from '../domain/price.ts';

const PALLET = 'SubtensorModule';

export type Position = StakeFacts & {
  readonly subnet: string;
  /** The owner's own name for himself; chain text. */
  readonly validator: string;
  readonly takeU16: number;
  readonly priceRaoPerAlpha: bigint;
  /** At the spot price, floored. */
  readonly valueRao: bigint;
  /** Sold alone and now, after impact and pool fee; undefined where nobody can say. */
  readonly exit: QuoteFacts | undefined;
  /** What everybody staked with the validator on the subnet. */
  readonly poolRao: bigint;
  /** What of the position could leave; locks of the coldkey hold the rest. */
  readonly unlockedRao: bigint;
};

/** Positions of the coldkeys by netuid and hotkey; of the subnets in `netuids` where it is given. */
export async function readPositions(
  view: BlockView,
  coldkeys: readonly string[],
  netuids?: readonly number[],
): Promise<readonly Position[]> {
  const [allStakes, subnets, prices] = await Promise.all([
    readStakes(view, coldkeys),
    readSubnetNames(view),
    readPrices(view),
  ]);
  const stakes = allStakes.filter(({ netuid }) => netuids?.includes(netuid) ?? true);
  const priceOf = ({ netuid }: StakeFacts) => priceIn(prices, netuid);
  const hotkeys = [...new Set(stakes.map(({ hotkey }) => hotkey))];
  const [owners, takes, pools, availabilities, exits] = await Promise.all([
    readHotkeyOwners(view, hotkeys),
    view.readMany(
      PALLET,
      'Delegates',
      hotkeys.map((hotkey) => [hotkey]),
    ),
    view.readMany(
      PALLET,
      'TotalHotkeyAlpha',
      stakes.map(({ hotkey, netuid }) => [hotkey, netuid]),
    ),
    readAvailabilities(view, coldkeys, [...new Set(stakes.map(({ netuid }) => netuid))]),
    quoteExits(
      view,
      stakes.map((stake) => ({ ...stake, spotRaoPerAlpha: priceOf(stake) })),
    ),
  ]);
  const names = await readNames(view, owners);
  const freeOf = freeAmounts(availabilities);
  const byHotkey = new Map(
    hotkeys.map((hotkey, index) => [
      hotkey,
      { name: names.get(owners[index] ?? '') ?? '', takeU16: asCount(takes[index]) },
    ]),
  );
  return stakes.map((stake, index) => {
    const priceRaoPerAlpha = priceOf(stake);
    return {
      ...stake,
      subnet: subnets.get(stake.netuid) ?? '',
      validator: byHotkey.get(stake.hotkey)?.name ?? '',
      takeU16: byHotkey.get(stake.hotkey)?.takeU16 ?? 0,
      priceRaoPerAlpha,
      valueRao: valueAtPriceFloor(stake.alphaRao, priceRaoPerAlpha),
      exit: exits[index],
      poolRao: asRao(pools[index]),
      unlockedRao: unlockedOf(stake, freeOf),
    };
  });
}

/** What is free by coldkey and netuid; nothing where the runtime knows no locks. */
function freeAmounts(
  rowsOf: ReadonlyMap<string, readonly AvailabilityFacts[]> = new Map(),
): ReadonlyMap<string, bigint> {
  return new Map(
    [...rowsOf].flatMap(([coldkey, rows]) =>
      rows.map(({ netuid, availableRao }) => [`${coldkey} ${netuid}`, availableRao] as const),
    ),
  );
}

/** A lock holds alpha of the subnet, not of one position: as much as is free may leave from here. */
function unlockedOf(
  { coldkey, netuid, alphaRao }: StakeFacts,
  freeOf: ReadonlyMap<string, bigint>,
): bigint {
  const freeRao = freeOf.get(`${coldkey} ${netuid}`) ?? alphaRao;
  return freeRao < alphaRao ? freeRao : alphaRao;
}
