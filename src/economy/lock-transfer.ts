/** Locked alpha that travels with a same-subnet transfer to another coldkey. */
import { canUnlock, currentLock } from './locks.ts';
import { chainError } from './outcome.ts';
import { coldkeyAlpha } from './stake-ledger.ts';
import {
  type Account,
  type ChainError,
  type EconomyState,
  ensureColdkey,
  type Lock,
} from './state.ts';

export type LockTransfer = {
  readonly from: Account;
  readonly to: Account;
  readonly netuid: number;
  /** Alpha transferred, rao. */
  readonly amountRao: bigint;
};

/** What may keep the locked part from travelling. Free alpha is used first. */
export function checkLockTransfer(
  state: EconomyState,
  transfer: LockTransfer,
): ChainError | undefined {
  const { from, to, netuid, amountRao } = transfer;
  if (from === to || canUnlock(state, from, netuid, amountRao)) return undefined;
  if (state.coldkeys[to]?.acceptsLockedAlpha !== true) {
    return chainError('AccountRejectsLockedAlpha');
  }
  const source = currentLock(state, from, netuid);
  const target = currentLock(state, to, netuid);
  if (target !== undefined && target.hotkey !== source?.hotkey) {
    return chainError('LockHotkeyMismatch');
  }
  return undefined;
}

/** Moves the locked part and its share of the conviction. Call it before the stake moves. */
export function transferLock(state: EconomyState, transfer: LockTransfer): void {
  const { from, to, netuid, amountRao } = transfer;
  if (from === to || canUnlock(state, from, netuid, amountRao)) return;
  const source = currentLock(state, from, netuid);
  if (source === undefined) return;
  const total = coldkeyAlpha(state, from, netuid);
  const free = total > source.lockedMass ? total - source.lockedMass : 0n;
  const over = amountRao - free;
  const moved = over < source.lockedMass ? over : source.lockedMass;
  const wholeConviction = source.convictionBits >> 64n;
  const conviction = ((wholeConviction * moved) / source.lockedMass) << 64n;
  const target = currentLock(state, to, netuid);
  storeLock(state, from, netuid, {
    hotkey: source.hotkey,
    lockedMass: source.lockedMass - moved,
    convictionBits: source.convictionBits - conviction,
    updatedAt: state.block,
  });
  storeLock(state, to, netuid, {
    hotkey: source.hotkey,
    lockedMass: (target?.lockedMass ?? 0n) + moved,
    convictionBits: (target?.convictionBits ?? 0n) + conviction,
    updatedAt: state.block,
  });
}

/** Stores a lock as of now; an empty one is removed. */
export function storeLock(state: EconomyState, coldkey: Account, netuid: number, lock: Lock): void {
  const { locks } = ensureColdkey(state, coldkey);
  if (lock.lockedMass === 0n && lock.convictionBits === 0n) delete locks[netuid];
  else locks[netuid] = lock;
}
