/** Staking positions of coldkeys, as the runtime itself values them. */
import type { AvailabilityFacts, StakeFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { address, asAddress, asCount, asList, count, fieldOf, rao } from './shape.ts';

const API = 'StakeInfoRuntimeApi';

/** All positions of `coldkeys` with stake, by netuid and hotkey. One round trip. */
export async function readStakes(
  view: BlockView,
  coldkeys: readonly string[],
): Promise<readonly StakeFacts[]> {
  if (coldkeys.length === 0) return [];
  const groups = asList(await view.callApi(API, 'get_stake_info_for_coldkeys', coldkeys));
  const rows = groups.flatMap((group) => asList(asList(group)[1])).map(stakeOf);
  return rows.filter((stake) => stake.alphaRao > 0n).sort(byNetuidAndHotkey);
}

/** One position, or undefined when there is none. */
export async function readStake(
  view: BlockView,
  position: { readonly coldkey: string; readonly hotkey: string; readonly netuid: number },
): Promise<StakeFacts | undefined> {
  const { hotkey, coldkey, netuid } = position;
  const method = 'get_stake_info_for_hotkey_coldkey_netuid';
  const row = await view.callApi(API, method, hotkey, coldkey, netuid);
  const stake = row === undefined ? undefined : stakeOf(row);
  return stake === undefined || stake.alphaRao === 0n ? undefined : stake;
}

/** What of a coldkey's stake is free to leave, per subnet. Without locks in the runtime: undefined. */
export async function readAvailability(
  view: BlockView,
  coldkey: string,
  netuids: readonly number[],
): Promise<readonly AvailabilityFacts[] | undefined> {
  return (await readAvailabilities(view, [coldkey], netuids))?.get(coldkey) ?? undefined;
}

/** The same of several coldkeys in one round trip, by coldkey. */
export async function readAvailabilities(
  view: BlockView,
  coldkeys: readonly string[],
  netuids: readonly number[],
): Promise<ReadonlyMap<string, readonly AvailabilityFacts[]> | undefined> {
  const method = 'get_stake_availability_for_coldkeys';
  if (!view.runtime.has.api(API, method)) return undefined;
  if (coldkeys.length === 0 || netuids.length === 0) return new Map();
  const groups = asList(await view.callApi(API, method, coldkeys, netuids));
  return new Map(
    groups.map((group) => {
      const [coldkey, rows] = asList(group);
      return [asAddress(coldkey), asList(rows).map(availabilityOf)] as const;
    }),
  );
}

function availabilityOf(row: unknown): AvailabilityFacts {
  const [netuid, value] = asList(row);
  return {
    netuid: asCount(netuid),
    totalRao: rao(value, 'total'),
    lockedRao: rao(value, 'locked'),
    availableRao: rao(value, 'available'),
  };
}

function stakeOf(row: unknown): StakeFacts {
  return {
    hotkey: address(row, 'hotkey'),
    coldkey: address(row, 'coldkey'),
    netuid: count(row, 'netuid'),
    alphaRao: rao(row, 'stake'),
    isRegistered: fieldOf(row, 'is_registered') === true,
  };
}

function byNetuidAndHotkey(a: StakeFacts, b: StakeFacts): number {
  return a.netuid - b.netuid || (a.hotkey < b.hotkey ? -1 : 1);
}
