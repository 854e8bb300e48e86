/** Root stakers' dividends until spec 441: a rate per root rao on each hotkey and subnet. */
import { div32, mul32, ONE_32 } from './fixed.ts';
import { ROOT } from './parameters.ts';
import { claimedOn, hotkeyStake, increaseStake, stakeOf } from './stake-ledger.ts';
import type { Account, EconomyState, Hotkey } from './state.ts';
import type { Subnet } from './subnet.ts';

/** Where a root dividend went, rao of alpha. */
export type RootDividend = { readonly accrued: bigint; readonly paidToOwner: bigint };

/** Adds `alphaRao` for all root stakers of a hotkey; more than a rao per rao goes to the owner. */
export function accrueRootDividend(
  state: EconomyState,
  subnet: Subnet,
  hotkey: Account,
  alphaRao: bigint,
): RootDividend {
  const record = state.hotkeys[hotkey] as Hotkey;
  const increment = div32(alphaRao, hotkeyStake(state, hotkey, ROOT));
  if (increment > ONE_32) {
    const at = { hotkey, coldkey: record.owner, netuid: subnet.netuid };
    return { accrued: 0n, paidToOwner: increaseStake(state, at, alphaRao) ? alphaRao : 0n };
  }
  record.rootClaimRates[subnet.netuid] = (record.rootClaimRates[subnet.netuid] ?? 0n) + increment;
  subnet.unclaimedRootAlpha += alphaRao;
  return { accrued: alphaRao, paidToOwner: 0n };
}

/** Alpha owed to a coldkey: ⌊rate × root stake⌋ − claimed, never negative; rao. */
export function owedRootDividend(
  state: EconomyState,
  at: { readonly hotkey: Account; readonly coldkey: Account; readonly netuid: number },
): bigint {
  const record = state.hotkeys[at.hotkey];
  const rate = record?.rootClaimRates[at.netuid];
  if (record === undefined || rate === undefined) return 0n;
  const stake = stakeOf(state, at.hotkey, at.coldkey, ROOT);
  const owed = mul32(rate, stake) - (claimedOn(record, at.netuid)[at.coldkey] ?? 0n);
  return owed > 0n ? owed : 0n;
}
