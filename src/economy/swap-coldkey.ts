/** Everything one coldkey has passing to another that has never staked. */
import { transferTao } from './accounts.ts';
import { failure, subtensorEvent, success } from './outcome.ts';
import type { Account, EconomyEvent, EconomyState, Hotkey, Outcome } from './state.ts';

export type SwapColdkey = { readonly from: Account; readonly to: Account };

/**
 * Passes stake, locks, hotkeys, subnets, settings and the free balance on. Refuses a coldkey that
 * already stakes, and one that is a hotkey.
 */
export function swapColdkey(state: EconomyState, call: SwapColdkey): Outcome {
  const { from, to } = call;
  if ((state.coldkeys[to]?.stakingHotkeys.length ?? 0) > 0) {
    return failure('ColdKeyAlreadyAssociated');
  }
  if (state.hotkeys[to] !== undefined) return failure('NewColdKeyIsHotkey');
  const events: EconomyEvent[] = [];
  const record = state.coldkeys[from];
  if (record !== undefined) {
    for (const hotkey of record.stakingHotkeys) passStake(state.hotkeys[hotkey], call);
    for (const hotkey of record.ownedHotkeys) passHotkey(state.hotkeys[hotkey], call);
    state.coldkeys[to] = record;
    delete state.coldkeys[from];
  }
  for (const netuid of state.netuids) {
    const subnet = state.subnets[netuid];
    if (subnet?.owner === from) subnet.owner = to;
  }
  state.rootClaimers = state.rootClaimers.map((one) => (one === from ? to : one));
  const amountRao = state.balances[from] ?? 0n;
  if (amountRao > 0n) transferTao(state, events, { from, to, amountRao });
  delete state.balances[from];
  events.push(subtensorEvent('ColdkeySwapped', { old_coldkey: from, new_coldkey: to }));
  return success(events, {});
}

function passHotkey(hotkey: Hotkey | undefined, { to }: SwapColdkey): void {
  if (hotkey !== undefined) hotkey.owner = to;
}

function passStake(hotkey: Hotkey | undefined, call: SwapColdkey): void {
  if (hotkey === undefined) return;
  for (const pool of Object.values(hotkey.pools)) pass(pool.shares, call);
  for (const claimed of Object.values(hotkey.rootClaimed)) pass(claimed, call);
  if (hotkey.basket !== undefined) pass(hotkey.basket.claimed, call);
}

function pass<T>(record: Record<Account, T>, { from, to }: SwapColdkey): void {
  const value = record[from];
  if (value === undefined) return;
  record[to] = value;
  delete record[from];
}
