/**
 * Who holds what: reading and moving alpha between share pools, without swaps and without checks.
 */
import { mul32 } from './fixed.ts';
import { ROOT } from './parameters.ts';
import { depositShare, shareValue, withdrawShare } from './share-pool.ts';
import {
  type Account,
  type EconomyState,
  ensureColdkey,
  type Hotkey,
  newSharePool,
  type SharePool,
} from './state.ts';

/** Alpha (root: TAO) of a coldkey on a hotkey, rao. */
export function stakeOf(
  state: EconomyState,
  hotkey: Account,
  coldkey: Account,
  netuid: number,
): bigint {
  return shareValue(state.hotkeys[hotkey]?.pools[netuid], coldkey);
}

/** Alpha (root: TAO) of everybody on a hotkey, rao. */
export function hotkeyStake(state: EconomyState, hotkey: Account, netuid: number): bigint {
  return state.hotkeys[hotkey]?.pools[netuid]?.value ?? 0n;
}

/** Alpha of a coldkey on a subnet over all its hotkeys, rao. */
export function coldkeyAlpha(state: EconomyState, coldkey: Account, netuid: number): bigint {
  let total = 0n;
  for (const hotkey of state.coldkeys[coldkey]?.stakingHotkeys ?? []) {
    total += stakeOf(state, hotkey, coldkey, netuid);
  }
  return total;
}

export function poolFor(hotkey: Hotkey, netuid: number): SharePool {
  const existing = hotkey.pools[netuid];
  if (existing !== undefined) return existing;
  const created = newSharePool();
  hotkey.pools[netuid] = created;
  return created;
}

/**
 * Adds alpha to a position; on root the claimed watermark follows. False: it registered nothing.
 */
export function increaseStake(
  state: EconomyState,
  at: { readonly hotkey: Account; readonly coldkey: Account; readonly netuid: number },
  alphaRao: bigint,
): boolean {
  const hotkey = state.hotkeys[at.hotkey];
  if (hotkey === undefined || alphaRao === 0n) return false;
  if (!depositShare(poolFor(hotkey, at.netuid), at.coldkey, alphaRao)) return false;
  noteStakingHotkey(state, at.coldkey, at.hotkey);
  if (at.netuid === ROOT) {
    raiseClaimed(hotkey, at.coldkey, alphaRao);
    if (!state.rootClaimers.includes(at.coldkey)) state.rootClaimers.push(at.coldkey);
  }
  return true;
}

/** Takes alpha from a position; on root the claimed watermark follows. False: there is less. */
export function decreaseStake(
  state: EconomyState,
  at: { readonly hotkey: Account; readonly coldkey: Account; readonly netuid: number },
  alphaRao: bigint,
): boolean {
  const hotkey = state.hotkeys[at.hotkey];
  const pool = hotkey?.pools[at.netuid];
  if (hotkey === undefined || pool === undefined) return false;
  if (!withdrawShare(pool, at.coldkey, alphaRao)) return false;
  if (at.netuid === ROOT) lowerClaimed(hotkey, at.coldkey, alphaRao);
  return true;
}

function noteStakingHotkey(state: EconomyState, coldkey: Account, hotkey: Account): void {
  const record = ensureColdkey(state, coldkey);
  if (!record.stakingHotkeys.includes(hotkey)) record.stakingHotkeys.push(hotkey);
}

/**
 * A newcomer or top-up is owed nothing of the past: claimed += ⌊rate × amount⌋ per subnet and fund.
 */
function raiseClaimed(hotkey: Hotkey, coldkey: Account, amount: bigint): void {
  moveBasketMark(hotkey, coldkey, amount);
  for (const key in hotkey.rootClaimRates) {
    const netuid = Number.parseInt(key, 10);
    const claimed = claimedOn(hotkey, netuid);
    const owed = mul32(hotkey.rootClaimRates[netuid] as bigint, amount);
    claimed[coldkey] = (claimed[coldkey] ?? 0n) + owed;
  }
}

/** Chain rule: a withdrawal lowers the watermark and forfeits what was not claimed before it. */
function lowerClaimed(hotkey: Hotkey, coldkey: Account, amount: bigint): void {
  moveBasketMark(hotkey, coldkey, -amount);
  for (const key in hotkey.rootClaimRates) {
    const netuid = Number.parseInt(key, 10);
    const claimed = claimedOn(hotkey, netuid);
    const left = (claimed[coldkey] ?? 0n) - mul32(hotkey.rootClaimRates[netuid] as bigint, amount);
    if (left > 0n) claimed[coldkey] = left;
    else delete claimed[coldkey];
  }
}

/** The mark of a fund is signed: what is owed does not change with the stake. */
function moveBasketMark({ basket }: Hotkey, coldkey: Account, amount: bigint): void {
  if (basket === undefined) return;
  const moved = amount < 0n ? -mul32(basket.rateBits, -amount) : mul32(basket.rateBits, amount);
  basket.claimed[coldkey] = (basket.claimed[coldkey] ?? 0n) + moved;
}

export function claimedOn(hotkey: Hotkey, netuid: number): Record<Account, bigint> {
  const existing = hotkey.rootClaimed[netuid];
  if (existing !== undefined) return existing;
  const created: Record<Account, bigint> = {};
  hotkey.rootClaimed[netuid] = created;
  return created;
}
