/** How a lock ages: mass decays, conviction grows towards it. Reading never writes. */
import { expFixed } from './power.ts';
import { coldkeyAlpha } from './stake-ledger.ts';
import type { Account, EconomyState, Lock } from './state.ts';

const SHIFT = 128n;
const ONE = 1n << SHIFT;
/** Exponents stop at −40. */
const MAX_EXPONENT = 40n << SHIFT;
const DUST = 100n;

export type LockRates = {
  readonly unlockRate: number;
  readonly maturityRate: number;
  readonly perpetual: boolean;
  /** A lock in favour of the subnet owner's hotkey: conviction is the mass. */
  readonly ownerLock: boolean;
};

/** Mass in rao of alpha, conviction U64F64. */
export type LockState = { readonly lockedMass: bigint; readonly convictionBits: bigint };

/** The lock `blocks` later. Both numbers under 100 rao count as gone. */
export function rollLock(lock: LockState, blocks: number, rates: LockRates): LockState {
  const unlocked = decay(blocks, rates.unlockRate);
  const matured = decay(blocks, rates.maturityRate);
  const mass = rates.perpetual ? lock.lockedMass : (lock.lockedMass * unlocked) >> SHIFT;
  let conviction = mass << 64n;
  if (!rates.ownerLock) {
    const growth = growthFactor(blocks, rates, unlocked, matured);
    conviction =
      ((lock.convictionBits * matured) >> SHIFT) + ((lock.lockedMass * growth) >> (SHIFT - 64n));
  }
  if (mass < DUST && conviction < DUST << 64n) return { lockedMass: 0n, convictionBits: 0n };
  return { lockedMass: mass, convictionBits: conviction };
}

/** The lock of a coldkey on a subnet as of now; undefined when there is none or it has decayed. */
export function currentLock(
  state: EconomyState,
  coldkey: Account,
  netuid: number,
): (LockState & { readonly hotkey: Account }) | undefined {
  const lock = state.coldkeys[coldkey]?.locks[netuid];
  if (lock === undefined) return undefined;
  const rolled = rollLock(
    lock,
    state.block - lock.updatedAt,
    ratesOf(state, coldkey, netuid, lock),
  );
  return rolled.lockedMass === 0n && rolled.convictionBits === 0n
    ? undefined
    : { ...rolled, hotkey: lock.hotkey };
}

export function ratesOf(
  state: EconomyState,
  coldkey: Account,
  netuid: number,
  lock: Lock,
): LockRates {
  return {
    unlockRate: state.parameters.unlockRate,
    maturityRate: state.parameters.maturityRate,
    perpetual: state.coldkeys[coldkey]?.perpetualLock[netuid] === true,
    ownerLock: state.subnets[netuid]?.ownerHotkey === lock.hotkey,
  };
}

/** Alpha of a coldkey on a subnet that no lock holds, over all its hotkeys, in rao. */
export function availableAlpha(state: EconomyState, coldkey: Account, netuid: number): bigint {
  const total = coldkeyAlpha(state, coldkey, netuid);
  const locked = currentLock(state, coldkey, netuid)?.lockedMass ?? 0n;
  return total > locked ? total - locked : 0n;
}

/** Whether `alphaRao` may leave the subnet for this coldkey. */
export function canUnlock(
  state: EconomyState,
  coldkey: Account,
  netuid: number,
  alphaRao: bigint,
): boolean {
  if (state.coldkeys[coldkey]?.locks[netuid] === undefined) return true;
  return alphaRao <= availableAlpha(state, coldkey, netuid);
}

/** Removes a lock that has decayed to nothing. */
export function dropDecayedLock(state: EconomyState, coldkey: Account, netuid: number): void {
  const record = state.coldkeys[coldkey];
  if (record?.locks[netuid] === undefined) return;
  if (currentLock(state, coldkey, netuid) === undefined) delete record.locks[netuid];
}

/** e^(−blocks/rate) with 128 fraction bits. */
function decay(blocks: number, rate: number): bigint {
  if (blocks <= 0) return ONE;
  const exponent = (BigInt(blocks) << SHIFT) / BigInt(rate);
  const { mantissa, twos } = expFixed(-(exponent > MAX_EXPONENT ? MAX_EXPONENT : exponent), SHIFT);
  return twos < 0n ? mantissa >> -twos : mantissa << twos;
}

function growthFactor(blocks: number, rates: LockRates, unlocked: bigint, matured: bigint): bigint {
  if (rates.perpetual) return ONE - matured;
  const { unlockRate, maturityRate } = rates;
  if (unlockRate === maturityRate) return (matured * BigInt(blocks)) / BigInt(maturityRate);
  return (BigInt(unlockRate) * (unlocked - matured)) / BigInt(unlockRate - maturityRate);
}
