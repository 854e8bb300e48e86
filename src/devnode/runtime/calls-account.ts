/** SubtensorModule's calls around stake: claims, locks, takes, children, registration, identity. */
import {
  decreaseTake,
  increaseTake,
  setAutoStake,
  setChildkeyTake,
  setChildren,
} from '../../economy/delegate.ts';
import {
  lockStake,
  moveLock,
  setPerpetualLock,
  setRejectLockedAlpha,
} from '../../economy/lock-stake.ts';
import { registerNetwork, startCall } from '../../economy/network.ts';
import {
  burnedRegister,
  registerLimit,
  rootRegister,
  tryAssociateHotkey,
} from '../../economy/register.ts';
import { claimBasket, claimRoot, setRootClaimType } from '../../economy/root-claims.ts';
import type { Account, ChildLink, RootClaimType } from '../../economy/state.ts';
import { setWeights } from '../../economy/weights.ts';
import { subnetAccount } from '../genesis/accounts.ts';
import type { Variant } from '../scale/codec.ts';
import { hexText } from '../scale/hex.ts';
import { operation } from './calls-stake.ts';
import {
  type Args,
  type CallContext,
  type CallRules,
  type DispatchResult,
  DONE,
  refused,
} from './context.ts';
import { moduleError } from './dispatch-error.ts';

const hotkeyOf = (args: Args): Account => args.hotkey as Account;
const netuidOf = (args: Args): number => args.netuid as number;
const place = ({ signer }: CallContext, args: Args) => ({
  coldkey: signer,
  hotkey: hotkeyOf(args),
  netuid: netuidOf(args),
});
const take = ({ signer }: CallContext, args: Args) => ({
  coldkey: signer,
  hotkey: hotkeyOf(args),
  takeU16: args.take as number,
});

export const claimAndLockCalls: CallRules = {
  claim_root: operation((economy, args, { signer }) =>
    claimRoot(economy, { coldkey: signer, netuids: args.subnets as readonly number[] }),
  ),
  claim_root_with_hotkey: operation((economy, args, { signer }) =>
    claimBasket(economy, { coldkey: signer, hotkey: hotkeyOf(args) }),
  ),
  set_root_claim_type: operation((economy, args, { signer }) =>
    setRootClaimType(economy, {
      coldkey: signer,
      type: claimTypeOf(args.new_root_claim_type as Variant),
    }),
  ),
  set_coldkey_auto_stake_hotkey: operation((economy, args, context) =>
    setAutoStake(economy, place(context, args)),
  ),
  lock_stake: operation((economy, args, context) =>
    lockStake(economy, { ...place(context, args), amountRao: args.amount as bigint }),
  ),
  move_lock: operation((economy, args, { signer }) =>
    moveLock(economy, {
      coldkey: signer,
      destinationHotkey: args.destination_hotkey as Account,
      netuid: netuidOf(args),
    }),
  ),
  set_perpetual_lock: operation((economy, args, { signer }) =>
    setPerpetualLock(economy, {
      coldkey: signer,
      netuid: netuidOf(args),
      enabled: args.enabled as boolean,
    }),
  ),
  set_reject_locked_alpha: operation((economy, args, { signer }) =>
    setRejectLockedAlpha(economy, { coldkey: signer, enabled: args.enabled as boolean }),
  ),
};

export const validatorCalls: CallRules = {
  increase_take: operation((economy, args, context) => increaseTake(economy, take(context, args))),
  decrease_take: operation((economy, args, context) => decreaseTake(economy, take(context, args))),
  set_childkey_take: operation((economy, args, context) =>
    setChildkeyTake(economy, { ...take(context, args), netuid: netuidOf(args) }),
  ),
  set_children: operation((economy, args, context) =>
    setChildren(economy, { ...place(context, args), children: childrenOf(args) }),
  ),
  set_auto_parent_delegation_enabled: setAutoParentDelegation,
  set_identity: setIdentity,
  set_weights: operation((economy, args, { signer }) =>
    setWeights(economy, weightsOf(signer, args, 0)),
  ),
  set_mechanism_weights: operation((economy, args, { signer }) =>
    setWeights(economy, weightsOf(signer, args, args.mecid as number)),
  ),
};

export const registrationCalls: CallRules = {
  // Kept for old clients: everything but the netuid and the hotkey is ignored.
  register: operation((economy, args, context) => burnedRegister(economy, place(context, args))),
  burned_register: operation((economy, args, context) =>
    burnedRegister(economy, place(context, args)),
  ),
  register_limit: operation((economy, args, context) =>
    registerLimit(economy, { ...place(context, args), limitRao: args.limit_price as bigint }),
  ),
  root_register: operation((economy, args, { signer }) =>
    rootRegister(economy, { coldkey: signer, hotkey: hotkeyOf(args) }),
  ),
  try_associate_hotkey: operation((economy, args, { signer }) =>
    tryAssociateHotkey(economy, { coldkey: signer, hotkey: hotkeyOf(args) }),
  ),
  register_network: operation((economy, args, { signer }) =>
    registerNetwork(economy, {
      coldkey: signer,
      hotkey: hotkeyOf(args),
      accountOf: subnetAccount,
    }),
  ),
  start_call: operation((economy, args, { signer }) =>
    startCall(economy, { coldkey: signer, netuid: netuidOf(args) }),
  ),
};

const weightsOf = (hotkey: Account, args: Args, mechanism: number) => ({
  hotkey,
  netuid: netuidOf(args),
  uids: args.dests as readonly number[],
  values: args.weights as readonly number[],
  mechanism,
});

function claimTypeOf({ type, value }: Variant): RootClaimType {
  if (type === 'Swap') return { kind: 'swap' };
  if (type === 'Keep') return { kind: 'keep' };
  return { kind: 'keep-subnets', netuids: (value as { subnets: readonly number[] }).subnets };
}

function childrenOf(args: Args): ChildLink[] {
  const children = args.children as readonly (readonly [bigint, Account])[];
  return children.map(([proportion, hotkey]) => ({ proportion, hotkey }));
}

function setAutoParentDelegation(context: CallContext, args: Args): DispatchResult {
  const { economy, signer, events } = context;
  const record = economy.hotkeys[hotkeyOf(args)];
  if (record === undefined)
    return refused(moduleError('SubtensorModule', 'HotKeyAccountNotExists'));
  if (record.owner !== signer) {
    return refused(moduleError('SubtensorModule', 'NonAssociatedColdKey'));
  }
  record.autoParentDelegation = args.enabled as boolean;
  const fields = { hotkey: hotkeyOf(args), enabled: record.autoParentDelegation };
  events.push({ pallet: 'SubtensorModule', name: 'AutoParentDelegationEnabledSet', fields });
  return DONE;
}

/** Longest fields of an identity, in bytes. */
const IDENTITY_BYTES: Readonly<Record<string, number>> = {
  name: 256,
  url: 256,
  github_repo: 256,
  image: 1_024,
  discord: 256,
  description: 1_024,
  additional: 1_024,
};

function setIdentity(context: CallContext, args: Args): DispatchResult {
  const { economy, state, signer, events } = context;
  const owned = economy.coldkeys[signer]?.ownedHotkeys ?? [];
  const seated = economy.netuids.some((netuid) =>
    economy.subnets[netuid]?.neurons.some(({ hotkey }) => owned.includes(hotkey)),
  );
  if (!seated) return refused(moduleError('SubtensorModule', 'HotKeyNotRegisteredInNetwork'));
  const text = (field: string): string => args[field] as string;
  const fits = Object.entries(IDENTITY_BYTES).every(
    ([field, limit]) => (text(field).length - 2) / 2 <= limit,
  );
  if (!fits) return refused(moduleError('SubtensorModule', 'InvalidIdentity'));
  state.identities[signer] = {
    name: hexText(text('name')),
    url: hexText(text('url')),
    github_repo: hexText(text('github_repo')),
    image: hexText(text('image')),
    discord: hexText(text('discord')),
    description: hexText(text('description')),
    additional: hexText(text('additional')),
  };
  events.push({ pallet: 'SubtensorModule', name: 'ChainIdentitySet', fields: { who: signer } });
  return DONE;
}
