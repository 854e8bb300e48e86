/**
 * Share pools: one value on (hotkey, netuid), shares per coldkey, the chain's rounding. Deposits
 * and withdrawals never move anybody else's share by more than rounding.
 */
import { invalidInput } from './invalid-input.ts';
import {
  addSafe,
  mulDivSafe,
  SAFE_ZERO,
  type SafeFloat,
  safeFromInteger,
  safeToU64,
  subtractSafe,
} from './safe-float.ts';
import type { Account, SharePool } from './state.ts';

/** ⌊value × share ÷ denominator⌋ in rao. */
export function shareValue(pool: SharePool | undefined, coldkey: Account): bigint {
  const share = pool?.shares[coldkey];
  if (pool === undefined || share === undefined || pool.denominator.mantissa === 0n) return 0n;
  return safeToU64(mulDivSafe(safeFromInteger(pool.value), share, pool.denominator));
}

/** Whether a deposit would register any share at all. */
export function depositRegisters(pool: SharePool | undefined, amount: bigint): boolean {
  if (pool === undefined || pool.denominator.mantissa === 0n) return amount > 0n;
  return sharesFor(pool, amount).mantissa > 0n;
}

/** Adds `amount` for one coldkey; nothing and false when it would register no share. */
export function depositShare(pool: SharePool, coldkey: Account, amount: bigint): boolean {
  if (!depositRegisters(pool, amount)) return false;
  const before = pool.shares[coldkey] ?? SAFE_ZERO;
  if (pool.denominator.mantissa === 0n) {
    pool.denominator = safeFromInteger(amount);
    pool.shares[coldkey] = pool.denominator;
  } else {
    const bought = sharesFor(pool, amount);
    pool.denominator = addSafe(pool.denominator, bought);
    pool.shares[coldkey] = addSafe(before, bought);
  }
  pool.value += amount;
  return true;
}

/** Takes `amount` out for one coldkey; nothing and false when that is more than its stake. */
export function withdrawShare(pool: SharePool, coldkey: Account, amount: bigint): boolean {
  if (amount < 0n || amount > shareValue(pool, coldkey)) return false;
  const sold = sharesFor(pool, amount);
  const left = subtractSafe(pool.shares[coldkey] ?? SAFE_ZERO, sold);
  pool.denominator = subtractSafe(pool.denominator, sold);
  if (left.mantissa === 0n) delete pool.shares[coldkey];
  else pool.shares[coldkey] = left;
  pool.value -= amount;
  return true;
}

/** Credits everybody in proportion. */
export function creditPool(pool: SharePool, amount: bigint): void {
  if (amount < 0n) throw invalidInput('credit a pool', 'amount', 'must not be negative');
  pool.value += amount;
}

function sharesFor(pool: SharePool, amount: bigint): SafeFloat {
  return mulDivSafe(safeFromInteger(amount), pool.denominator, safeFromInteger(pool.value));
}
