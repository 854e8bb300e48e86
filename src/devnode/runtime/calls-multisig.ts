/** Calls of Multisig: a call made by several accounts together. */
import type { Account } from '../../economy/state.ts';
import { blake2, joinBytes } from '../blocks/header.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import type { MultisigEntry } from '../state/chain-state.ts';
import { allOrNothing, type Dispatch } from './calls-utility.ts';
import {
  type Args,
  type CallContext,
  type CallRules,
  type DispatchResult,
  DONE,
  refused,
} from './context.ts';
import { type DispatchError, moduleError } from './dispatch-error.ts';
import type { RuntimeCall } from './extrinsic.ts';
import { reserve, unreserve } from './reserve.ts';
import { callWeightRao, REF_TIME_PER_RAO } from './weights.ts';

const MAX_SIGNATORIES = 100;
const DEPOSIT_BASE = 132_000_000n;
const DEPOSIT_FACTOR = 32_000_000n;
const PREFIX = new TextEncoder().encode('modlpy/utilisuba');

type Timepoint = { readonly height: number; readonly index: number };
type Operation = {
  readonly threshold: number;
  readonly multisig: Account;
  readonly callHash: string;
  readonly timepoint: Timepoint | undefined;
  /** Absent when only its hash is approved. */
  readonly call: RuntimeCall | undefined;
  readonly maxRefTime: bigint;
};

const multisigError = (name: string): DispatchError => moduleError('Multisig', name);
const emit = (context: CallContext, name: string, fields: object): void => {
  context.events.push({ pallet: 'Multisig', name, fields: fields as never });
};

/** The account of a threshold over sorted signatories. */
export function multisigAccount(signatories: readonly Account[], threshold: number): Account {
  return toHex(
    blake2(joinBytes(PREFIX, encode('(Vec<AccountId32>, u16)', [signatories, threshold]))),
  );
}

export function multisigCalls(dispatch: Dispatch): CallRules {
  return {
    as_multi_threshold_1: (context, args) => {
      const signatories = signatoriesOf(context.signer, args);
      if (!Array.isArray(signatories)) return refused(signatories);
      const signer = multisigAccount(signatories, 1);
      return dispatch({ ...context, signer }, args.call as RuntimeCall);
    },
    as_multi: (context, args) => {
      const call = args.call as RuntimeCall;
      const callHash = toHex(blake2(encode('RuntimeCall', call)));
      return operate(dispatch, context, args, { callHash, call });
    },
    approve_as_multi: (context, args) =>
      operate(dispatch, context, args, { callHash: args.call_hash as string, call: undefined }),
    cancel_as_multi: cancel,
    poke_deposit: pokeDeposit,
  };
}

function operate(
  dispatch: Dispatch,
  context: CallContext,
  args: Args,
  what: Pick<Operation, 'callHash' | 'call'>,
): DispatchResult {
  const threshold = args.threshold as number;
  if (threshold < 2) return refused(multisigError('MinimumThreshold'));
  const signatories = signatoriesOf(context.signer, args);
  if (!Array.isArray(signatories)) return refused(signatories);
  const operation: Operation = {
    ...what,
    threshold,
    multisig: multisigAccount(signatories, threshold),
    timepoint: args.maybe_timepoint as Timepoint | undefined,
    maxRefTime: (args.max_weight as { readonly ref_time: bigint }).ref_time,
  };
  const entry = context.state.multisigs[operation.multisig]?.[what.callHash];
  return entry === undefined
    ? open(context, operation)
    : approve(dispatch, context, operation, entry);
}

function open(context: CallContext, operation: Operation): DispatchResult {
  const { signer, blockNumber, extrinsicIndex } = context;
  const { threshold, multisig, callHash } = operation;
  if (operation.timepoint !== undefined) return refused(multisigError('UnexpectedTimepoint'));
  const depositRao = DEPOSIT_BASE + DEPOSIT_FACTOR * BigInt(threshold);
  const refusal = reserve(context, signer, depositRao);
  if (refusal !== undefined) return refused(refusal);
  storeEntry(context, operation, {
    height: blockNumber,
    index: extrinsicIndex,
    depositRao,
    depositor: signer,
    approvals: [signer],
  });
  emit(context, 'NewMultisig', { approving: signer, multisig, call_hash: callHash });
  return DONE;
}

function approve(
  dispatch: Dispatch,
  context: CallContext,
  operation: Operation,
  entry: MultisigEntry,
): DispatchResult {
  const { signer } = context;
  const { timepoint, call, callHash, multisig, threshold } = operation;
  if (timepoint === undefined) return refused(multisigError('NoTimepoint'));
  if (timepoint.height !== entry.height || timepoint.index !== entry.index) {
    return refused(multisigError('WrongTimepoint'));
  }
  const isNew = !entry.approvals.includes(signer) && entry.approvals.length < threshold;
  const approvals = isNew ? [...entry.approvals, signer].sort() : entry.approvals;
  const facts = { approving: signer, timepoint, multisig, call_hash: callHash };
  if (call === undefined || approvals.length < threshold) {
    if (!isNew) return refused(multisigError('AlreadyApproved'));
    storeEntry(context, operation, { ...entry, approvals });
    emit(context, 'MultisigApproval', facts);
    return DONE;
  }
  if (callWeightRao(call) * REF_TIME_PER_RAO > operation.maxRefTime) {
    return refused(multisigError('MaxWeightTooLow'));
  }
  storeEntry(context, operation, undefined);
  unreserve(context, entry.depositor, entry.depositRao);
  const inner = { ...context, signer: multisig };
  const result = allOrNothing(context, () => dispatch(inner, call));
  const value = result.ok ? { type: 'Ok' } : { type: 'Err', value: result.error };
  emit(context, 'MultisigExecuted', { ...facts, result: value });
  return DONE;
}

function cancel(context: CallContext, args: Args): DispatchResult {
  const { signer, state } = context;
  const threshold = args.threshold as number;
  if (threshold < 2) return refused(multisigError('MinimumThreshold'));
  const signatories = signatoriesOf(signer, args);
  if (!Array.isArray(signatories)) return refused(signatories);
  const multisig = multisigAccount(signatories, threshold);
  const callHash = args.call_hash as string;
  const entry = state.multisigs[multisig]?.[callHash];
  const timepoint = args.timepoint as Timepoint;
  if (entry === undefined) return refused(multisigError('NotFound'));
  if (timepoint.height !== entry.height || timepoint.index !== entry.index) {
    return refused(multisigError('WrongTimepoint'));
  }
  if (entry.depositor !== signer) return refused(multisigError('NotOwner'));
  storeEntry(context, { multisig, callHash }, undefined);
  unreserve(context, signer, entry.depositRao);
  const fields = { cancelling: signer, timepoint, multisig, call_hash: callHash };
  emit(context, 'MultisigCancelled', fields);
  return DONE;
}

/** Deposits never change here: only the checks are left. */
function pokeDeposit({ signer, state }: CallContext, args: Args): DispatchResult {
  const threshold = args.threshold as number;
  if (threshold < 2) return refused(multisigError('MinimumThreshold'));
  const signatories = signatoriesOf(signer, args);
  if (!Array.isArray(signatories)) return refused(signatories);
  const multisig = multisigAccount(signatories, threshold);
  const entry = state.multisigs[multisig]?.[args.call_hash as string];
  if (entry === undefined) return refused(multisigError('NotFound'));
  return entry.depositor === signer ? DONE : refused(multisigError('NotOwner'));
}

function storeEntry(
  { state }: CallContext,
  { multisig, callHash }: Pick<Operation, 'multisig' | 'callHash'>,
  entry: MultisigEntry | undefined,
): void {
  const calls = { ...state.multisigs[multisig] };
  if (entry === undefined) delete calls[callHash];
  else calls[callHash] = entry;
  if (Object.keys(calls).length === 0) delete state.multisigs[multisig];
  else state.multisigs[multisig] = calls;
}

/** All signatories sorted, the signer among them; an error when the others do not fit. */
function signatoriesOf(signer: Account, args: Args): Account[] | DispatchError {
  const others = args.other_signatories as readonly Account[];
  if (others.length === 0) return multisigError('TooFewSignatories');
  if (others.length >= MAX_SIGNATORIES) return multisigError('TooManySignatories');
  for (const [i, other] of others.entries()) {
    if (other === signer) return multisigError('SenderInSignatories');
    const before = others[i - 1];
    if (before !== undefined && before >= other) return multisigError('SignatoriesOutOfOrder');
  }
  return [...others, signer].sort();
}
