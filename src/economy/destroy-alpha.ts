/**
 * recycle_alpha, burn_alpha and add_stake_burn: alpha that stops existing, or stops being anyone's.
 */

import { addStake, addStakeLimit } from './add-stake.ts';
import { atomically } from './atomically.ts';
import { recycleAlpha } from './coinbase.ts';
import { minBig } from './fixed.ts';
import { requireU64 } from './invalid-input.ts';
import { canUnlock } from './locks.ts';
import { chainError, failed, subtensorEvent, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { decreaseStake, stakeOf } from './stake-ledger.ts';
import type { Account, ChainError, EconomyEvent, EconomyState, Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';

export type DestroyAlpha = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  /** Alpha, rao; held to what is there. */
  readonly amountRao: bigint;
};

export type AddStakeBurn = DestroyAlpha & {
  readonly limitRaoPerAlpha?: bigint | undefined;
  readonly author?: Account | undefined;
};

export type DestroyedResult = { readonly alphaRao: bigint };

/** Takes own alpha out of existence: the issuance counters fall. */
export function recycleOwnAlpha(state: EconomyState, call: DestroyAlpha): Outcome<DestroyedResult> {
  return destroy(state, call, 'AlphaRecycled', recycleAlpha);
}

/** Burns own alpha: it stays in the counters, but nobody can get it. */
export function burnOwnAlpha(state: EconomyState, call: DestroyAlpha): Outcome<DestroyedResult> {
  return destroy(state, call, 'AlphaBurned', (subnet, alphaRao) => {
    subnet.alphaBurned += alphaRao;
  });
}

/** Buys alpha with `amountRao` of TAO and burns it, both or neither. */
export function addStakeBurn(state: EconomyState, call: AddStakeBurn): Outcome<DestroyedResult> {
  const { coldkey, hotkey, netuid, amountRao, limitRaoPerAlpha } = call;
  requireU64('buy and burn', { amountRao, limitRaoPerAlpha });
  const scope = {
    hotkeys: [hotkey],
    coldkeys: [coldkey],
    accounts: [call.author],
    netuids: [netuid],
  };
  return atomically(state, scope, () => {
    const bought =
      limitRaoPerAlpha === undefined
        ? addStake(state, call)
        : addStakeLimit(state, { ...call, limitRaoPerAlpha, allowPartial: false });
    if (!bought.ok) return bought;
    const burned = burnOwnAlpha(state, { coldkey, hotkey, netuid, amountRao: bought.alphaRao });
    if (!burned.ok) return burned;
    const fields = { netuid, hotkey, amount: amountRao, alpha: burned.alphaRao };
    const events: EconomyEvent[] = [...bought.events, ...burned.events];
    events.push(subtensorEvent('AddStakeBurn', fields));
    return success(events, { alphaRao: burned.alphaRao });
  });
}

function destroy(
  state: EconomyState,
  call: DestroyAlpha,
  event: 'AlphaRecycled' | 'AlphaBurned',
  book: (subnet: Subnet, alphaRao: bigint) => void,
): Outcome<DestroyedResult> {
  const { coldkey, hotkey, netuid } = call;
  requireU64('destroy alpha', { amountRao: call.amountRao });
  const alphaRao = minBig(call.amountRao, stakeOf(state, hotkey, coldkey, netuid));
  const refusal = checkDestroy(state, { ...call, amountRao: alphaRao });
  if (refusal !== undefined) return failed(refusal);
  decreaseStake(state, { hotkey, coldkey, netuid }, alphaRao);
  book(state.subnets[netuid] as Subnet, alphaRao);
  const fields = { coldkey, hotkey, alpha: alphaRao, netuid };
  return success([subtensorEvent(event, fields)], { alphaRao });
}

function checkDestroy(state: EconomyState, call: DestroyAlpha): ChainError | undefined {
  const subnet = state.subnets[call.netuid];
  if (subnet === undefined) return chainError('SubnetNotExists');
  if (call.netuid === ROOT) return chainError('CannotBurnOrRecycleOnRootSubnet');
  if (!subnet.subtokenEnabled) return chainError('SubtokenDisabled');
  if (state.hotkeys[call.hotkey] === undefined) return chainError('HotKeyAccountNotExists');
  if (call.amountRao > subnet.alphaOut) return chainError('InsufficientLiquidity');
  if (!canUnlock(state, call.coldkey, call.netuid, call.amountRao)) {
    return chainError('StakeUnavailable');
  }
  return undefined;
}
