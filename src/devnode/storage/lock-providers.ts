/** Storage of SubtensorModule about locks: each one, and their sums per hotkey as of now. */
import { currentLock } from '../../economy/locks.ts';
import type { Account } from '../../economy/state.ts';
import type { View } from '../state/view.ts';
import {
  accountThenNetuid,
  coldkeysOf,
  mapped,
  netuidsOf,
  type Provider,
  type Providers,
} from './provide.ts';

type LockKey = { readonly coldkey: Account; readonly netuid: number; readonly hotkey: Account };
type LockSum = { mass: bigint; convictionBits: bigint };
type SumKind = { readonly perpetual: boolean; readonly ofOwner: boolean };

export const lockProviders: Providers = {
  Lock: mapped(
    (view, [coldkey, netuid, hotkey]) => {
      const lock = view.state.economy.coldkeys[coldkey as Account]?.locks[netuid as number];
      if (lock === undefined || lock.hotkey !== hotkey) return undefined;
      return {
        locked_mass: lock.lockedMass,
        conviction: { bits: lock.convictionBits },
        last_update: BigInt(lock.updatedAt),
      };
    },
    (view) => lockKeys(view).map(({ coldkey, netuid, hotkey }) => [coldkey, netuid, hotkey]),
  ),
  // The value is the empty tuple; `null` says that there is one.
  LockingColdkeys: mapped(
    (view, [netuid, hotkey, coldkey]) => {
      const lock = view.state.economy.coldkeys[coldkey as Account]?.locks[netuid as number];
      return lock?.hotkey === hotkey ? null : undefined;
    },
    (view) => lockKeys(view).map(({ coldkey, netuid, hotkey }) => [netuid, hotkey, coldkey]),
  ),
  DecayingLock: accountThenNetuid(
    coldkeysOf,
    (coldkey) => coldkey.perpetualLock,
    (perpetual) => !perpetual,
  ),
  HotkeyLock: hotkeySums(true),
  DecayingHotkeyLock: hotkeySums(false),
  OwnerLock: ownerSums(true),
  DecayingOwnerLock: ownerSums(false),
};

function hotkeySums(perpetual: boolean): Provider {
  const kind = { perpetual, ofOwner: false };
  return mapped(
    (view, [netuid, hotkey]) =>
      sumValue(view, sumsOn(view, netuid as number, kind).get(hotkey as Account)),
    (view) =>
      view.state.economy.netuids.flatMap((netuid) =>
        [...sumsOn(view, netuid, kind).keys()].map((hotkey) => [netuid, hotkey]),
      ),
  );
}

function ownerSums(perpetual: boolean): Provider {
  const kind = { perpetual, ofOwner: true };
  const find = (view: View, netuid: number): LockSum | undefined =>
    [...sumsOn(view, netuid, kind).values()][0];
  return mapped(
    (view, [netuid]) => sumValue(view, find(view, netuid as number)),
    (view) =>
      view.state.economy.netuids
        .filter((netuid) => find(view, netuid) !== undefined)
        .map((netuid) => [netuid]),
  );
}

/** Locks of a subnet rolled forward to now and added up by hotkey. */
function sumsOn(view: View, netuid: number, kind: SumKind): Map<Account, LockSum> {
  const { economy } = view.state;
  const owner = economy.subnets[netuid]?.ownerHotkey;
  const sums = new Map<Account, LockSum>();
  for (const [coldkey, { locks, perpetualLock }] of Object.entries(economy.coldkeys)) {
    if (locks[netuid] === undefined) continue;
    const lock = currentLock(economy, coldkey, netuid);
    const perpetual = perpetualLock[netuid] === true;
    if (lock === undefined || perpetual !== kind.perpetual) continue;
    if ((lock.hotkey === owner) !== kind.ofOwner) continue;
    const sum = sums.get(lock.hotkey) ?? { mass: 0n, convictionBits: 0n };
    sum.mass += lock.lockedMass;
    sum.convictionBits += lock.convictionBits;
    sums.set(lock.hotkey, sum);
  }
  return sums;
}

function sumValue(view: View, sum: LockSum | undefined): unknown {
  if (sum === undefined) return undefined;
  return {
    locked_mass: sum.mass,
    conviction: { bits: sum.convictionBits },
    last_update: BigInt(view.state.economy.block),
  };
}

function lockKeys(view: View): LockKey[] {
  return Object.entries(view.state.economy.coldkeys).flatMap(([coldkey, { locks }]) =>
    netuidsOf(locks).map((netuid) => ({
      coldkey,
      netuid,
      hotkey: locks[netuid]?.hotkey as Account,
    })),
  );
}
