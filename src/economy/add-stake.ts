/** add_stake and add_stake_limit: the chain's checks in the chain's order, then the swap. */

import { canSpend } from './accounts.ts';
import { minBig } from './fixed.ts';
import { requireU64 } from './invalid-input.ts';
import { chainError, failed, failure, success } from './outcome.ts';
import { feeOnGross, maxAmountAtLimit } from './pool.ts';
import { depositRegisters } from './share-pool.ts';
import { simulateSwap, stakeInto } from './stake-swap.ts';
import type { Account, ChainError, EconomyEvent, EconomyState, Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';

export type AddStake = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  /** TAO, pool fee included. */
  readonly amountRao: bigint;
  /** Account of the block's author, who gets the pool fee; absent: it is burned. */
  readonly author?: Account | undefined;
};

export type AddStakeLimit = AddStake & {
  /** Rao of TAO per whole alpha that the marginal price may reach. */
  readonly limitRaoPerAlpha: bigint;
  readonly allowPartial: boolean;
};

/** Alpha credited and TAO taken from the coldkey, fee included, both in rao. */
export type StakeAddedResult = { readonly alphaRao: bigint; readonly spentRao: bigint };

export const SWAP_INPUT_TIMES_RESERVE = 1_000n;

/** Stakes at market. Errors as in SubtensorModule.add_stake. */
export function addStake(state: EconomyState, call: AddStake): Outcome<StakeAddedResult> {
  requireU64('add stake', { amountRao: call.amountRao });
  const subnet = state.subnets[call.netuid];
  if (subnet?.mechanism === 1 && call.amountRao > subnet.taoReserve * SWAP_INPUT_TIMES_RESERVE) {
    return failure('InsufficientLiquidity');
  }
  const refusal = checkAddStake(state, { ...call, maximum: undefined, allowPartial: false });
  if (refusal !== undefined) return failed(refusal);
  return perform(state, call, call.amountRao, undefined);
}

/** Stakes up to a price limit. A limit at or below the market is Swap.PriceLimitExceeded. */
export function addStakeLimit(state: EconomyState, call: AddStakeLimit): Outcome<StakeAddedResult> {
  const { amountRao, limitRaoPerAlpha } = call;
  requireU64('add stake', { amountRao, limitRaoPerAlpha });
  const subnet = state.subnets[call.netuid];
  let maximum = 0n;
  if (subnet !== undefined) {
    const largest = maxAmountAtLimit(subnet, {
      side: 'buy',
      limitRaoPerAlpha: call.limitRaoPerAlpha,
      minimumReserveRao: state.parameters.minimumReserveRao,
    });
    if (!largest.ok) return failure(largest.error, 'Swap');
    maximum = largest.amount;
  }
  const refusal = checkAddStake(state, { ...call, maximum });
  if (refusal !== undefined) return failed(refusal);
  const amount = minBig(call.amountRao, maximum);
  const owner = state.hotkeys[call.hotkey]?.owner;
  const result = perform(state, call, amount, call.limitRaoPerAlpha);
  if (result.ok && owner !== call.coldkey) becomeDelegate(state, call.hotkey);
  return result;
}

/** Makes a hotkey a delegate with the default take, unless it is one. */
export function becomeDelegate(state: EconomyState, hotkey: Account): void {
  const record = state.hotkeys[hotkey];
  if (record === undefined || record.take !== undefined) return;
  record.take = state.parameters.defaultDelegateTake;
}

type AddCheck = AddStake & { readonly maximum: bigint | undefined; readonly allowPartial: boolean };

function checkAddStake(state: EconomyState, call: AddCheck): ChainError | undefined {
  const subnet = state.subnets[call.netuid];
  if (subnet === undefined) return chainError('SubnetNotExists');
  if (!subnet.subtokenEnabled) return chainError('SubtokenDisabled');
  const { minStakeRao } = state.parameters;
  if (call.amountRao < minStakeRao + minimumFee(state, subnet)) return chainError('AmountTooLow');
  let amount = call.amountRao;
  if (call.maximum !== undefined && amount > call.maximum) {
    if (!call.allowPartial) return chainError('SlippageTooHigh');
    amount = call.maximum;
  }
  if (!canSpend(state, call.coldkey, amount)) return chainError('NotEnoughBalanceToStake');
  const hotkey = state.hotkeys[call.hotkey];
  if (hotkey === undefined) return chainError('HotKeyAccountNotExists');
  const result = simulateSwap(state, subnet, { side: 'buy', amountIn: amount });
  if (!result.ok) return chainError('InsufficientLiquidity');
  if (result.swap.paidIn < minStakeRao) return chainError('AmountTooLow');
  if (!depositRegisters(hotkey.pools[call.netuid], result.swap.paidOut)) {
    return chainError('InsufficientLiquidity');
  }
  return undefined;
}

/** The pool fee of the minimum stake; what the plain rate says when the swap itself would fail. */
function minimumFee(state: EconomyState, subnet: Subnet): bigint {
  const { minStakeRao } = state.parameters;
  const result = simulateSwap(state, subnet, { side: 'buy', amountIn: minStakeRao });
  if (result.ok) return result.swap.fee;
  return feeOnGross(minStakeRao, subnet.feeRateU16);
}

function perform(
  state: EconomyState,
  call: AddStake,
  amountRao: bigint,
  limitRaoPerAlpha: bigint | undefined,
): Outcome<StakeAddedResult> {
  const events: EconomyEvent[] = [];
  const before = state.balances[call.coldkey] ?? 0n;
  const { coldkey, hotkey, netuid, author } = call;
  const leg = { coldkey, hotkey, netuid, author, amountRao, limitRaoPerAlpha };
  const settled = stakeInto(state, events, leg);
  if (!settled.ok) return failed(settled.error);
  const spentRao = before - (state.balances[coldkey] ?? 0n);
  return success(events, { alphaRao: settled.out, spentRao });
}
