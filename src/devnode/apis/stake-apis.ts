/** StakeInfoRuntimeApi: portfolios, what is free of locks, and locks. */
import { convictions } from '../../economy/lock-stake.ts';
import { availableAlpha, currentLock } from '../../economy/locks.ts';
import { coldkeyAlpha, stakeOf } from '../../economy/stake-ledger.ts';
import type { Account, EconomyState } from '../../economy/state.ts';
import type { View } from '../state/view.ts';
import { uidOf } from '../storage/subnet-providers.ts';
import type { ApiMethods } from './call-api.ts';

/** Hotkey and netuid, as a stake fee query names its ends. */
type End = readonly [hotkey: Account, netuid: number];
const FEE_DENOMINATOR = 65_535n;

export const stakeApis: ApiMethods = {
  get_stake_info_for_coldkey: (view, coldkey: Account) => stakeRows(view, coldkey),
  get_stake_info_for_coldkeys: (view, coldkeys: readonly Account[]) =>
    coldkeys.map((coldkey) => [coldkey, stakeRows(view, coldkey)]),
  get_stake_info_for_hotkey_coldkey_netuid: (
    view,
    hotkey: Account,
    coldkey: Account,
    netuid: number,
  ) => stakeRow(view, { hotkey, coldkey, netuid }),
  get_stake_availability_for_coldkeys: (
    { state },
    coldkeys: readonly Account[],
    netuids: readonly number[] | undefined,
  ) =>
    [...new Set(coldkeys)]
      .sort()
      .map((coldkey) => [
        coldkey,
        existing(state.economy, netuids).map((netuid) => [
          netuid,
          availability(state.economy, coldkey, netuid),
        ]),
      ]),
  get_stake_fee: (
    { state },
    origin: End | undefined,
    originColdkey: Account,
    destination: End | undefined,
    destinationColdkey: Account,
    amount: bigint,
  ) => {
    const same =
      origin !== undefined &&
      destination !== undefined &&
      origin[1] === destination[1] &&
      origin[0] === destination[0] &&
      originColdkey === destinationColdkey;
    const netuid = destination?.[1] ?? origin?.[1];
    const subnet = netuid === undefined ? undefined : state.economy.subnets[netuid];
    if (same || subnet === undefined || subnet.mechanism === 0) return 0n;
    return (amount * BigInt(subnet.feeRateU16)) / FEE_DENOMINATOR;
  },
  get_coldkey_lock: ({ state }, coldkey: Account, netuid: number) =>
    lockNow(state.economy, coldkey, netuid),
  get_hotkey_conviction: ({ state }, hotkey: Account, netuid: number) => ({
    bits: convictions(state.economy, netuid).get(hotkey) ?? 0n,
  }),
  get_most_convicted_hotkey_on_subnet: ({ state }, netuid: number) => {
    let best: { hotkey: Account; bits: bigint } | undefined;
    for (const [hotkey, bits] of convictions(state.economy, netuid)) {
      if (best === undefined || bits > best.bits) best = { hotkey, bits };
    }
    return best?.hotkey;
  },
};

/** All positions of a coldkey, by netuid first. */
function stakeRows(view: View, coldkey: Account): unknown[] {
  const { economy } = view.state;
  const hotkeys = economy.coldkeys[coldkey]?.stakingHotkeys ?? [];
  return economy.netuids.flatMap((netuid) =>
    hotkeys.flatMap((hotkey) => stakeRow(view, { hotkey, coldkey, netuid }) ?? []),
  );
}

type Position = { readonly hotkey: Account; readonly coldkey: Account; readonly netuid: number };

/** StakeInfo, or undefined where there is no stake. */
function stakeRow(view: View, { hotkey, coldkey, netuid }: Position): unknown {
  const { economy } = view.state;
  const stake = stakeOf(economy, hotkey, coldkey, netuid);
  if (stake === 0n) return undefined;
  return {
    hotkey,
    coldkey,
    netuid,
    stake,
    locked: 0n,
    emission: economy.subnets[netuid]?.alphaDividends[hotkey] ?? 0n,
    tao_emission: 0n,
    drain: 0n,
    is_registered: uidOf(view, netuid, hotkey) !== undefined,
  };
}

function existing(economy: EconomyState, netuids: readonly number[] | undefined): number[] {
  if (netuids === undefined) return economy.netuids;
  return [...new Set(netuids)]
    .filter((netuid) => economy.netuids.includes(netuid))
    .sort((a, b) => a - b);
}

function availability(economy: EconomyState, coldkey: Account, netuid: number): unknown {
  const total = coldkeyAlpha(economy, coldkey, netuid);
  const available = availableAlpha(economy, coldkey, netuid);
  return { total, locked: total - available, available };
}

function lockNow(economy: EconomyState, coldkey: Account, netuid: number): unknown {
  const lock = currentLock(economy, coldkey, netuid);
  if (lock === undefined) return undefined;
  return {
    locked_mass: lock.lockedMass,
    conviction: { bits: lock.convictionBits },
    last_update: BigInt(economy.block),
  };
}
