/** lock_stake, move_lock and the two switches; and who takes a subnet over by conviction. */
import { requireU64 } from './invalid-input.ts';
import { storeLock } from './lock-transfer.ts';
import { currentLock, ratesOf, rollLock } from './locks.ts';
import { failure, subtensorEvent, success } from './outcome.ts';
import { coldkeyAlpha } from './stake-ledger.ts';
import {
  type Account,
  type EconomyEvent,
  type EconomyState,
  ensureColdkey,
  type Outcome,
} from './state.ts';
import type { Subnet } from './subnet.ts';

/** Age from which conviction can change a subnet's owner, in blocks. */
export const OWNERSHIP_AGE_BLOCKS = 2_629_800;

export type LockStake = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  /** Alpha to lock on top, rao. */
  readonly amountRao: bigint;
};

/** Locks more of the own alpha of a subnet in favour of one hotkey. */
export function lockStake(state: EconomyState, call: LockStake): Outcome {
  const { coldkey, hotkey, netuid, amountRao } = call;
  requireU64('lock stake', { amountRao });
  if (state.subnets[netuid] === undefined) return failure('SubnetNotExists');
  if (amountRao === 0n) return failure('AmountTooLow');
  if (state.hotkeys[hotkey] === undefined) return failure('HotKeyAccountNotExists');
  const existing = currentLock(state, coldkey, netuid);
  if (existing !== undefined && existing.hotkey !== hotkey) return failure('LockHotkeyMismatch');
  const lockedMass = (existing?.lockedMass ?? 0n) + amountRao;
  if (coldkeyAlpha(state, coldkey, netuid) < lockedMass) {
    return failure('InsufficientStakeForLock');
  }
  const ownerLock = state.subnets[netuid]?.ownerHotkey === hotkey;
  const convictionBits = ownerLock ? lockedMass << 64n : (existing?.convictionBits ?? 0n);
  storeLock(state, coldkey, netuid, {
    hotkey,
    lockedMass,
    convictionBits,
    updatedAt: state.block,
  });
  const fields = { coldkey, hotkey, netuid, amount: amountRao };
  return success([subtensorEvent('StakeLocked', fields)], {});
}

/** Points the lock at another hotkey; conviction starts anew unless one coldkey owns both. */
export function moveLock(
  state: EconomyState,
  call: {
    readonly coldkey: Account;
    readonly destinationHotkey: Account;
    readonly netuid: number;
  },
): Outcome {
  const { coldkey, destinationHotkey, netuid } = call;
  const lock = currentLock(state, coldkey, netuid);
  if (lock === undefined) return failure('NoExistingLock');
  const target = state.hotkeys[destinationHotkey];
  if (target === undefined) return failure('HotKeyAccountNotExists');
  const sameOwner = state.hotkeys[lock.hotkey]?.owner === target.owner;
  storeLock(state, coldkey, netuid, {
    hotkey: destinationHotkey,
    lockedMass: lock.lockedMass,
    convictionBits: sameOwner ? lock.convictionBits : 0n,
    updatedAt: state.block,
  });
  const fields = {
    coldkey,
    origin_hotkey: lock.hotkey,
    destination_hotkey: destinationHotkey,
    netuid,
  };
  return success([subtensorEvent('LockMoved', fields)], {});
}

/** true: the lock stops decaying; false: it decays with the unlock rate. */
export function setPerpetualLock(
  state: EconomyState,
  call: { readonly coldkey: Account; readonly netuid: number; readonly enabled: boolean },
): Outcome {
  const { coldkey, netuid, enabled } = call;
  if (state.subnets[netuid] === undefined) return failure('SubnetNotExists');
  const lock = currentLock(state, coldkey, netuid);
  if (lock !== undefined) {
    storeLock(state, coldkey, netuid, { ...lock, updatedAt: state.block });
  }
  const record = ensureColdkey(state, coldkey);
  if (enabled) record.perpetualLock[netuid] = true;
  else delete record.perpetualLock[netuid];
  return success([subtensorEvent('PerpetualLockUpdated', { coldkey, netuid, enabled })], {});
}

/** Whether transfers may bring locked alpha; the default is to reject it. */
export function setRejectLockedAlpha(
  state: EconomyState,
  call: { readonly coldkey: Account; readonly enabled: boolean },
): Outcome {
  const { coldkey, enabled } = call;
  ensureColdkey(state, coldkey).acceptsLockedAlpha = !enabled;
  return success([subtensorEvent('RejectLockedAlphaUpdated', { coldkey, enabled })], {});
}

/** Conviction towards each hotkey of a subnet now, U64F64. */
export function convictions(state: EconomyState, netuid: number): Map<Account, bigint> {
  const sums = new Map<Account, bigint>();
  for (const coldkey in state.coldkeys) {
    const lock = state.coldkeys[coldkey]?.locks[netuid];
    if (lock === undefined) continue;
    const rates = ratesOf(state, coldkey, netuid, lock);
    const { convictionBits } = rollLock(lock, state.block - lock.updatedAt, rates);
    sums.set(lock.hotkey, (sums.get(lock.hotkey) ?? 0n) + convictionBits);
  }
  return sums;
}

/** At an epoch of an old enough subnet: the most convicted hotkey's owner takes over. */
export function changeOwnerIfConvicted(
  state: EconomyState,
  events: EconomyEvent[],
  subnet: Subnet,
): void {
  if (subnet.alphaOut === 0n || state.block < subnet.registeredAt + OWNERSHIP_AGE_BLOCKS) return;
  const sums = convictions(state, subnet.netuid);
  let total = 0n;
  let king: Account | undefined;
  for (const hotkey of [...sums.keys()].sort()) {
    total += sums.get(hotkey) as bigint;
    if (king === undefined || (sums.get(hotkey) as bigint) >= (sums.get(king) as bigint)) {
      king = hotkey;
    }
  }
  if (king === undefined || king === subnet.ownerHotkey) return;
  // Chain rule: 10 % over all hotkeys until spec 447, then 18 % on one.
  const later = state.parameters.emissionRules === '2026-08';
  const weight = later ? (sums.get(king) as bigint) : total;
  const percent = later ? 18n : 10n;
  if (weight * 100n < (subnet.alphaOut << 64n) * percent) return;
  const owner = state.hotkeys[king]?.owner;
  if (owner === undefined) return;
  const fields = { netuid: subnet.netuid, old_coldkey: subnet.owner, new_coldkey: owner };
  subnet.owner = owner;
  subnet.ownerHotkey = king;
  events.push(subtensorEvent('SubnetOwnerChanged', fields));
}
