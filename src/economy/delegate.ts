/** What a hotkey's owner sets: take, childkey take, children; and a miner's auto-stake. */

import { childrenField, linkChildren, scheduleChildren } from './children.ts';
import { stakeWeight } from './epoch-call.ts';
import { u64Fraction32 } from './fixed.ts';
import { requireU16, requireU64 } from './invalid-input.ts';
import { chainError, failed, failure, subtensorEvent, success } from './outcome.ts';
import { ROOT, U64_MAX } from './parameters.ts';
import { uidOf } from './register.ts';
import {
  type Account,
  type ChainError,
  type ChildLink,
  type EconomyState,
  ensureColdkey,
  type Hotkey,
  type Outcome,
} from './state.ts';

const MAX_CHILDREN = 5;

export type SetTake = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly takeU16: number;
};

/** Raises the delegate take; at most once per waiting time. */
export function increaseTake(state: EconomyState, call: SetTake): Outcome {
  const { parameters } = state;
  requireU16('set the take', { takeU16: call.takeU16 });
  const record = state.hotkeys[call.hotkey];
  if (record === undefined) return failure('HotKeyAccountNotExists');
  if (record.owner !== call.coldkey) return failure('NonAssociatedColdKey');
  if (record.take !== undefined && call.takeU16 <= record.take) {
    return failure('DelegateTakeTooLow');
  }
  if (call.takeU16 > parameters.maxDelegateTake) return failure('DelegateTakeTooHigh');
  const since = record.takeChangedAt;
  if (since !== undefined && state.block - since < parameters.txDelegateTakeRateLimit) {
    return failure('DelegateTxRateLimitExceeded');
  }
  return storeTake(state, record, call, 'TakeIncreased');
}

/** Lowers the delegate take at once; the wait for the next increase starts again. */
export function decreaseTake(state: EconomyState, call: SetTake): Outcome {
  requireU16('set the take', { takeU16: call.takeU16 });
  const record = state.hotkeys[call.hotkey];
  if (record === undefined) return failure('HotKeyAccountNotExists');
  if (record.owner !== call.coldkey) return failure('NonAssociatedColdKey');
  const falls = record.take === undefined || call.takeU16 < record.take;
  if (!falls || call.takeU16 < state.parameters.minDelegateTake) {
    return failure('DelegateTakeTooLow');
  }
  return storeTake(state, record, call, 'TakeDecreased');
}

/** What a child keeps of its parents' dividends on one subnet. */
export function setChildkeyTake(
  state: EconomyState,
  call: SetTake & { readonly netuid: number },
): Outcome {
  const { hotkey, netuid, takeU16 } = call;
  requireU16('set the childkey take', { takeU16 });
  const { parameters } = state;
  const record = state.hotkeys[hotkey];
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return failure('SubnetNotExists');
  if (record === undefined || record.owner !== call.coldkey) return failure('NonAssociatedColdKey');
  const minimum = Math.max(parameters.minChildkeyTake, subnet.minChildkeyTake);
  if (takeU16 < minimum || takeU16 > parameters.maxChildkeyTake) {
    return failure('InvalidChildkeyTake');
  }
  const since = record.childkeyTakeChangedAt[netuid];
  const raises = takeU16 > (record.childkeyTakes[netuid] ?? 0);
  if (raises && since !== undefined && state.block - since < parameters.txChildkeyTakeRateLimit) {
    return failure('TxChildkeyTakeRateLimitExceeded');
  }
  record.childkeyTakes[netuid] = takeU16;
  record.childkeyTakeChangedAt[netuid] = state.block;
  return success([subtensorEvent('ChildKeyTakeSet', { hotkey, take: takeU16 })], {});
}

export type SetChildren = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  readonly children: readonly ChildLink[];
};

/** Schedules a new list of children; at once while the subnet's token is not on yet. */
export function setChildren(state: EconomyState, call: SetChildren): Outcome {
  const { hotkey, netuid } = call;
  for (const { proportion } of call.children) requireU64('set children', { proportion });
  const refusal = checkChildren(state, call);
  if (refusal !== undefined) return failed(refusal);
  const record = state.hotkeys[hotkey] as Hotkey;
  record.childrenSetAt[netuid] = state.block;
  const children = childrenField(call.children);
  if (state.subnets[netuid]?.subtokenEnabled === false) {
    linkChildren(state, hotkey, netuid, call.children);
    return success([subtensorEvent('SetChildren', { hotkey, netuid, children })], {});
  }
  const appliesAt = state.block + state.parameters.pendingChildCooldown;
  scheduleChildren(state, hotkey, netuid, { children: [...call.children], appliesAt });
  const fields = { hotkey, netuid, applies_at_block: BigInt(appliesAt), children };
  return success([subtensorEvent('SetChildrenScheduled', fields)], {});
}

/** Where a coldkey's mining incentive of one subnet is staked. */
export function setAutoStake(
  state: EconomyState,
  call: { readonly coldkey: Account; readonly netuid: number; readonly hotkey: Account },
): Outcome {
  const { coldkey, netuid, hotkey } = call;
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return failure('SubnetNotExists');
  if (uidOf(subnet, hotkey) === undefined) return failure('HotKeyNotRegisteredInSubNet');
  const record = ensureColdkey(state, coldkey);
  if (record.autoStake[netuid] === hotkey) return failure('SameAutoStakeHotkeyAlreadySet');
  record.autoStake[netuid] = hotkey;
  return success([subtensorEvent('AutoStakeDestinationSet', { coldkey, netuid, hotkey })], {});
}

function storeTake(
  state: EconomyState,
  record: Hotkey,
  call: SetTake,
  name: 'TakeIncreased' | 'TakeDecreased',
): Outcome {
  record.take = call.takeU16;
  record.takeChangedAt = state.block;
  const { coldkey, hotkey, takeU16: take } = call;
  return success([subtensorEvent(name, { coldkey, hotkey, take })], {});
}

function checkChildren(state: EconomyState, call: SetChildren): ChainError | undefined {
  const { hotkey, netuid, children } = call;
  const { parameters } = state;
  if (netuid === ROOT) return chainError('RegistrationNotPermittedOnRootSubnet');
  if (state.subnets[netuid] === undefined) return chainError('SubnetNotExists');
  const record = state.hotkeys[hotkey];
  if (record === undefined || record.owner !== call.coldkey) {
    return chainError('NonAssociatedColdKey');
  }
  if (children.length > MAX_CHILDREN) return chainError('TooManyChildren');
  const names = children.map((child) => child.hotkey);
  if (names.includes(hotkey)) return chainError('InvalidChild');
  if (new Set(names).size !== names.length) return chainError('DuplicateChild');
  let sum = 0n;
  for (const child of children) sum += child.proportion;
  if (sum > U64_MAX) return chainError('ProportionOverflow');
  const parents = (record.parents[netuid] ?? []).map((parent) => parent.hotkey);
  if (names.some((name) => parents.includes(name))) return chainError('ChildParentInconsistency');
  const weight = stakeWeight(state, hotkey, netuid, u64Fraction32(parameters.taoWeight));
  if (children.length > 0 && weight < parameters.stakeThreshold) {
    return chainError('NotEnoughStakeToSetChildkeys');
  }
  const since = record.childrenSetAt[netuid];
  if (since !== undefined && state.block - since < parameters.setChildrenInterval) {
    return chainError('TxRateLimitExceeded');
  }
  return undefined;
}
