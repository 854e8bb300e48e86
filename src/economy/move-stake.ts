/** move_stake, transfer_stake, swap_stake and its limited form: one transition, four calls. */

import { becomeDelegate } from './add-stake.ts';
import { atomically } from './atomically.ts';
import { minBig, mul64 } from './fixed.ts';
import { requireU64 } from './invalid-input.ts';
import { checkLockTransfer, transferLock } from './lock-transfer.ts';
import { canUnlock } from './locks.ts';
import { maxMoveAtLimit } from './max-move.ts';
import {
  chainError,
  failed,
  failure,
  stakeAdded,
  stakeRemoved,
  subtensorEvent,
  success,
} from './outcome.ts';
import { ROOT } from './parameters.ts';
import { poolPriceBits } from './pool.ts';
import { decreaseStake, increaseStake, stakeOf } from './stake-ledger.ts';
import { simulateSwap, stakeInto, unstakeFrom } from './stake-swap.ts';
import type { Account, ChainError, EconomyEvent, EconomyState, Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';

type Where = {
  readonly originNetuid: number;
  readonly destinationNetuid: number;
  /** Alpha of the origin (root: TAO), rao; held to what is there. */
  readonly amountRao: bigint;
  /** Account of the block's author, who gets the pool fee; absent: it is burned. */
  readonly author?: Account | undefined;
};

export type MoveStake = Where & {
  readonly coldkey: Account;
  readonly originHotkey: Account;
  readonly destinationHotkey: Account;
};

export type TransferStake = Where & {
  readonly coldkey: Account;
  readonly destinationColdkey: Account;
  readonly hotkey: Account;
};

export type SwapStake = Where & { readonly coldkey: Account; readonly hotkey: Account };

export type SwapStakeLimit = SwapStake & {
  /** Origin price ÷ destination price × 10^9 that must be kept. */
  readonly limitRatio: bigint;
  readonly allowPartial: boolean;
};

/** TAO that changed hands, or its equivalent within one subnet; rao. */
export type MovedResult = { readonly taoRao: bigint };

/** Another hotkey and/or subnet for own stake. */
export function moveStake(state: EconomyState, call: MoveStake): Outcome<MovedResult> {
  const transition = { ...call, destinationColdkey: call.coldkey };
  return transit(state, transition, (tao) => {
    return subtensorEvent('StakeMoved', {
      coldkey: call.coldkey,
      origin_hotkey: call.originHotkey,
      origin_netuid: call.originNetuid,
      destination_hotkey: call.destinationHotkey,
      destination_netuid: call.destinationNetuid,
      tao,
    });
  });
}

/** Stake for another coldkey on the same hotkey, optionally on another subnet. */
export function transferStake(state: EconomyState, call: TransferStake): Outcome<MovedResult> {
  const { hotkey } = call;
  const keys = { originHotkey: hotkey, destinationHotkey: hotkey, checkToggle: true };
  return transit(state, { ...call, ...keys }, (tao) => {
    return subtensorEvent('StakeTransferred', {
      origin_coldkey: call.coldkey,
      destination_coldkey: call.destinationColdkey,
      hotkey,
      origin_netuid: call.originNetuid,
      destination_netuid: call.destinationNetuid,
      tao,
    });
  });
}

/** The same hotkey on another subnet, at market. */
export function swapStake(state: EconomyState, call: SwapStake): Outcome<MovedResult> {
  return swapWith(state, call, undefined);
}

/** The same within a ratio of prices; without `allowPartial` all or nothing. */
export function swapStakeLimit(state: EconomyState, call: SwapStakeLimit): Outcome<MovedResult> {
  return swapWith(state, call, { ratio: call.limitRatio, allowPartial: call.allowPartial });
}

type Limit = { readonly ratio: bigint; readonly allowPartial: boolean };

type Transition = Where & {
  readonly coldkey: Account;
  readonly destinationColdkey: Account;
  readonly originHotkey: Account;
  readonly destinationHotkey: Account;
  readonly checkToggle?: boolean;
  readonly limit?: Limit | undefined;
};

function swapWith(
  state: EconomyState,
  call: SwapStake,
  limit: Limit | undefined,
): Outcome<MovedResult> {
  const { hotkey, coldkey } = call;
  const keys = { originHotkey: hotkey, destinationHotkey: hotkey, destinationColdkey: coldkey };
  return transit(state, { ...call, ...keys, limit }, (tao) => {
    return subtensorEvent('StakeSwapped', {
      coldkey,
      hotkey,
      origin_netuid: call.originNetuid,
      destination_netuid: call.destinationNetuid,
      tao,
    });
  });
}

function transit(
  state: EconomyState,
  call: Transition,
  lastEvent: (taoRao: bigint) => EconomyEvent,
): Outcome<MovedResult> {
  const { originNetuid, destinationNetuid, originHotkey, coldkey } = call;
  requireU64('move stake', { amountRao: call.amountRao, limitRatio: call.limit?.ratio });
  const held = stakeOf(state, originHotkey, coldkey, originNetuid);
  const amountRao = minBig(call.amountRao, held);
  const capped = { ...call, amountRao };
  let maximum = amountRao;
  const origin = state.subnets[originNetuid];
  const destination = state.subnets[destinationNetuid];
  if (call.limit !== undefined && origin && destination && origin !== destination) {
    const { minimumReserveRao } = state.parameters;
    const limits = { limit: call.limit.ratio, minimumReserveRao };
    const largest = maxMoveAtLimit(origin, destination, limits);
    if (!largest.ok) return failure(largest.error, 'Swap');
    maximum = largest.amount;
  }
  const refusal = checkTransition(state, capped, maximum);
  if (refusal !== undefined) return failed(refusal);
  const scope = {
    hotkeys: [originHotkey, call.destinationHotkey],
    coldkeys: [coldkey, call.destinationColdkey],
    accounts: [call.author],
    netuids: [originNetuid, destinationNetuid],
  };
  return atomically(state, scope, () => {
    const events: EconomyEvent[] = [];
    const exact = { ...call, amountRao: minBig(amountRao, maximum) };
    const moved =
      origin === destination ? within(state, events, exact) : across(state, events, exact);
    if (typeof moved !== 'bigint') return failed(moved);
    events.push(lastEvent(moved));
    return success(events, { taoRao: moved });
  });
}

function minimumOf({ parameters }: EconomyState): bigint {
  return parameters.minTransferRao ?? parameters.minStakeRao;
}

function checkTransition(
  state: EconomyState,
  call: Transition,
  maximum: bigint,
): ChainError | undefined {
  const { originNetuid, destinationNetuid, originHotkey, destinationHotkey, amountRao } = call;
  const sameKeys = call.coldkey === call.destinationColdkey && originHotkey === destinationHotkey;
  const sameSubnet = originNetuid === destinationNetuid;
  if (sameKeys && sameSubnet) return chainError('SameNetuid');
  const origin = state.subnets[originNetuid];
  const destination = state.subnets[destinationNetuid];
  if (origin === undefined || destination === undefined) return chainError('SubnetNotExists');
  if (!origin.subtokenEnabled || !destination.subtokenEnabled) {
    return chainError('SubtokenDisabled');
  }
  if (!state.hotkeys[originHotkey] || !state.hotkeys[destinationHotkey]) {
    return chainError('HotKeyAccountNotExists');
  }
  if (!sameSubnet) {
    const result = simulateSwap(state, origin, { side: 'sell', amountIn: amountRao });
    if (!result.ok) return chainError('InsufficientLiquidity');
    if (result.swap.paidOut <= minimumOf(state)) return chainError('AmountTooLow');
    if (call.limit?.allowPartial === false && amountRao > maximum) {
      return chainError('SlippageTooHigh');
    }
  }
  if (call.checkToggle === true && !(origin.transferToggle && destination.transferToggle)) {
    return chainError('TransferDisallowed');
  }
  if (!sameSubnet && !canUnlock(state, call.coldkey, originNetuid, amountRao)) {
    return chainError('StakeUnavailable');
  }
  return undefined;
}

/** No swap and no fee: shares change hands, the TAO in the events is the value at the price. */
function within(
  state: EconomyState,
  events: EconomyEvent[],
  call: Transition,
): bigint | ChainError {
  const { originNetuid: netuid, amountRao } = call;
  const locked = { from: call.coldkey, to: call.destinationColdkey, netuid, amountRao };
  const refusal = checkLockTransfer(state, locked);
  if (refusal !== undefined) return refusal;
  const taoRao = mul64(amountRao, poolPriceBits(state.subnets[netuid] as Subnet));
  if (taoRao < minimumOf(state)) return chainError('AmountTooLow');
  const from = { coldkey: call.coldkey, hotkey: call.originHotkey, netuid };
  const to = { coldkey: call.destinationColdkey, hotkey: call.destinationHotkey, netuid };
  transferLock(state, locked);
  decreaseStake(state, from, amountRao);
  if (!increaseStake(state, to, amountRao)) return chainError('InsufficientLiquidity');
  if (state.hotkeys[to.hotkey]?.owner !== to.coldkey) becomeDelegate(state, to.hotkey);
  events.push(stakeRemoved(from, taoRao, amountRao, 0n), stakeAdded(to, taoRao, amountRao, 0n));
  return taoRao;
}

/** A sale and a purchase with one fee: on the sale, or on the purchase when the origin is root. */
function across(
  state: EconomyState,
  events: EconomyEvent[],
  call: Transition,
): bigint | ChainError {
  const { author, destinationColdkey, destinationHotkey } = call;
  const fromRoot = call.originNetuid === ROOT;
  const sold = unstakeFrom(state, events, {
    coldkey: call.coldkey,
    hotkey: call.originHotkey,
    netuid: call.originNetuid,
    amountRao: call.amountRao,
    dropFees: fromRoot,
    beneficiary: destinationColdkey,
    author,
  });
  if (!sold.ok) return sold.error;
  // Chain rule: what falls under the minimum on the way stays free TAO of the destination.
  if (sold.out < minimumOf(state)) return sold.out;
  if (state.hotkeys[destinationHotkey]?.owner !== destinationColdkey) {
    becomeDelegate(state, destinationHotkey);
  }
  const staked = stakeInto(state, events, {
    coldkey: destinationColdkey,
    hotkey: destinationHotkey,
    netuid: call.destinationNetuid,
    amountRao: sold.out,
    dropFees: !fromRoot,
    author,
  });
  return staked.ok ? sold.out : staked.error;
}
