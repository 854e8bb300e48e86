/** Where a coldkey's mining incentive is staked: its own choice a subnet, and the hotkeys it has there. */
import type { BlockView } from '../types.ts';
import { asAddress, asCount, asList } from './shape.ts';

const PALLET = 'SubtensorModule';
const ITEM = 'AutoStakeDestination';

export type AutoStakeFacts = { readonly netuid: number; readonly hotkey: string };

/** Every destination the coldkey has set, by netuid. None where the runtime has no such setting. */
export async function readAutoStakes(
  view: BlockView,
  coldkey: string,
): Promise<readonly AutoStakeFacts[]> {
  if (!view.runtime.has.storage(PALLET, ITEM)) return [];
  const entries = await view.entries(PALLET, ITEM, coldkey);
  return entries
    .map(({ keys, value }) => ({ netuid: asCount(keys[1]), hotkey: asAddress(value) }))
    .sort((a, b) => a.netuid - b.netuid);
}

/** Hotkeys among `hotkeys` that are registered on the subnet. */
export async function readRegistered(
  view: BlockView,
  netuid: number,
  hotkeys: readonly string[],
): Promise<readonly string[]> {
  const uids = await view.readMany(
    PALLET,
    'Uids',
    hotkeys.map((hotkey) => [netuid, hotkey]),
  );
  return hotkeys.filter((_, index) => uids[index] !== undefined);
}

/** Hotkeys that the coldkey owns. */
export async function readOwnedHotkeys(
  view: BlockView,
  coldkey: string,
): Promise<readonly string[]> {
  return asList(await view.read(PALLET, 'OwnedHotkeys', coldkey)).map(asAddress);
}
