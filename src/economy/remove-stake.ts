/**
 * remove_stake and its limited forms: checks in the chain's order, sale, small-nomination sweep.
 */

import { SWAP_INPUT_TIMES_RESERVE } from './add-stake.ts';
import { minBig } from './fixed.ts';
import { requireU64 } from './invalid-input.ts';
import { canUnlock } from './locks.ts';
import { chainError, failed, failure, success } from './outcome.ts';
import { maxAmountAtLimit, poolPriceBits } from './pool.ts';
import { stakeOf } from './stake-ledger.ts';
import { simulateSwap, unstakeFrom } from './stake-swap.ts';
import type { Account, ChainError, EconomyEvent, EconomyState, Outcome } from './state.ts';

type Where = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  /** Account of the block's author, who gets the pool fee; absent: it is burned. */
  readonly author?: Account | undefined;
};

/** `amountRao` is alpha (root: TAO). */
export type RemoveStake = Where & { readonly amountRao: bigint };

export type RemoveStakeLimit = RemoveStake & {
  /** Rao of TAO per whole alpha under which the marginal price may not fall. */
  readonly limitRaoPerAlpha: bigint;
  readonly allowPartial: boolean;
};

export type RemoveStakeFullLimit = Where & { readonly limitRaoPerAlpha?: bigint | undefined };

/** TAO paid out by the main sale, rao; a swept nomination comes on top and has its own event. */
export type StakeRemovedResult = { readonly taoRao: bigint };

/** Sells at market; the amount is held to what is there. Errors as in remove_stake. */
export function removeStake(state: EconomyState, call: RemoveStake): Outcome<StakeRemovedResult> {
  requireU64('remove stake', { amountRao: call.amountRao });
  // Chain rule: the token switch is asked first, and it is off where there is no subnet.
  if (state.subnets[call.netuid]?.subtokenEnabled !== true) return failure('SubtokenDisabled');
  const held = stakeOf(state, call.hotkey, call.coldkey, call.netuid);
  const amountRao = minBig(call.amountRao, held);
  if (exceedsSwapInput(state, call.netuid, amountRao)) return failure('InsufficientLiquidity');
  const refusal = checkRemoveStake(state, { ...call, amountRao });
  if (refusal !== undefined) return failed(refusal);
  return perform(state, { ...call, amountRao }, undefined);
}

/** Sells down to a price floor. A floor at or above the market is Swap.PriceLimitExceeded. */
export function removeStakeLimit(
  state: EconomyState,
  call: RemoveStakeLimit,
): Outcome<StakeRemovedResult> {
  const { limitRaoPerAlpha } = call;
  requireU64('remove stake', { amountRao: call.amountRao, limitRaoPerAlpha });
  const subnet = state.subnets[call.netuid];
  if (exceedsSwapInput(state, call.netuid, call.amountRao)) {
    return failure('InsufficientLiquidity');
  }
  let maximum = 0n;
  if (subnet !== undefined) {
    const largest = maxAmountAtLimit(subnet, {
      side: 'sell',
      limitRaoPerAlpha: call.limitRaoPerAlpha,
      minimumReserveRao: state.parameters.minimumReserveRao,
    });
    if (!largest.ok) return failure(largest.error, 'Swap');
    maximum = largest.amount;
  }
  const refusal = checkRemoveStake(state, call, call.allowPartial ? undefined : maximum);
  if (refusal !== undefined) return failed(refusal);
  const amountRao = minBig(call.amountRao, maximum);
  return perform(state, { ...call, amountRao }, call.limitRaoPerAlpha);
}

/** Leaves the position completely, at market or all or nothing at a floor. */
export function removeStakeFullLimit(
  state: EconomyState,
  call: RemoveStakeFullLimit,
): Outcome<StakeRemovedResult> {
  const amountRao = stakeOf(state, call.hotkey, call.coldkey, call.netuid);
  if (call.limitRaoPerAlpha === undefined) return removeStake(state, { ...call, amountRao });
  const { limitRaoPerAlpha } = call;
  return removeStakeLimit(state, { ...call, amountRao, limitRaoPerAlpha, allowPartial: false });
}

/** Why remove_stake of this amount would be refused; `maximum` is the most a limit allows. */
export function checkRemoveStake(
  state: EconomyState,
  call: RemoveStake,
  maximum?: bigint,
): ChainError | undefined {
  const { coldkey, hotkey, netuid, amountRao } = call;
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return chainError('SubnetNotExists');
  if (amountRao === 0n) return chainError('AmountTooLow');
  const held = stakeOf(state, hotkey, coldkey, netuid);
  if (amountRao > held) return chainError('NotEnoughStakeToWithdraw');
  const result = simulateSwap(state, subnet, { side: 'sell', amountIn: amountRao });
  if (!result.ok) return chainError('InsufficientLiquidity');
  if (amountRao < held && result.swap.paidOut < state.parameters.minStakeRao) {
    return chainError('AmountTooLow');
  }
  if (maximum !== undefined && amountRao > maximum) return chainError('SlippageTooHigh');
  if (!canUnlock(state, coldkey, netuid, amountRao)) return chainError('StakeUnavailable');
  return undefined;
}

/** Sells what is left of a nomination under the minimum; on own hotkeys nothing happens. */
function sweepSmallNomination(state: EconomyState, events: EconomyEvent[], where: Where): void {
  const { coldkey, hotkey, netuid, author } = where;
  if (state.hotkeys[hotkey]?.owner === coldkey) return;
  const subnet = state.subnets[netuid];
  const left = stakeOf(state, hotkey, coldkey, netuid);
  if (subnet === undefined || left === 0n) return;
  const { minStakeRao, nominatorMinFactor } = state.parameters;
  const minimum = (minStakeRao * nominatorMinFactor) / 1_000_000n;
  if ((left * poolPriceBits(subnet)) >> 64n >= minimum) return;
  // Chain rule: a failing sweep is ignored; it leaves the dust where it is.
  unstakeFrom(state, events, { coldkey, hotkey, netuid, author, amountRao: left });
}

function exceedsSwapInput(state: EconomyState, netuid: number, amountRao: bigint): boolean {
  const subnet = state.subnets[netuid];
  return subnet?.mechanism === 1 && amountRao > subnet.alphaIn * SWAP_INPUT_TIMES_RESERVE;
}

function perform(
  state: EconomyState,
  call: RemoveStake,
  limitRaoPerAlpha: bigint | undefined,
): Outcome<StakeRemovedResult> {
  const events: EconomyEvent[] = [];
  const { coldkey, hotkey, netuid, author, amountRao } = call;
  const leg = { coldkey, hotkey, netuid, author, amountRao, limitRaoPerAlpha };
  const settled = unstakeFrom(state, events, leg);
  if (!settled.ok) return failed(settled.error);
  sweepSmallNomination(state, events, call);
  return success(events, { taoRao: settled.out });
}
