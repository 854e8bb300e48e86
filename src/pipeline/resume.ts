/**
 * Settles a transaction whose outcome is not known: looks for its bytes on chain, then sends the
 * same bytes again while their era lives. Never signs.
 */
import { findTransaction, readFinalizedNumber } from '../chain/find-transaction.ts';
import { submitAndWatch } from '../chain/submit.ts';
import type { Chain, ChainFailure, WaitFor } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Ledger, SignedBytes, TxRecord } from '../ledger/types.ts';
import { mayNotFollow, signedParts } from './perform-parts.ts';
import { closeRecord, recordOutcome } from './record.ts';

export type Resumption = {
  readonly context: Context;
  readonly chain: Chain;
  readonly ledger: Ledger;
  readonly record: TxRecord;
  readonly waitFor: WaitFor;
  readonly timeoutMs: number;
  /** Whether one that was signed into a file is sent too: only at the user's own word. */
  readonly sendsHeld?: boolean;
};

/** Its nonce is used by another one, or these are no bytes of a transaction at all. */
const FINAL_REFUSALS: readonly string[] = ['Invalid.Stale', 'Pool.BadFormat'];

/** States that are already final. */
const settledStates: readonly TxRecord['state'][] = [
  'succeeded',
  'failed',
  'refused',
  'expired',
  'abandoned',
];

export function isSettled(record: TxRecord): boolean {
  return settledStates.includes(record.state);
}

/** Signed into a file, and not handed to any node by this tool. */
export function isHeldBack(record: TxRecord): boolean {
  return record.isHeld === true && record.state === 'signed';
}

/**
 * The record after looking. An intent that was never signed is closed as abandoned. Throws
 * TX_OUTCOME_UNKNOWN when the connection is lost again, or with `isWaiting` in its data: nothing
 * is sent then, and only the end of its era settles it.
 */
export async function resumeTransaction(resumption: Resumption): Promise<TxRecord> {
  const { record, ledger, context } = resumption;
  if (isSettled(record)) return record;
  if (record.signed === undefined) {
    return closeRecord({
      ledger,
      context,
      id: record.id,
      state: 'abandoned',
      failure: 'never signed',
    });
  }

  // Before the search: a block that comes while it goes on must not be missed.
  const finalizedNumber = await readFinalizedNumber(resumption.chain);
  const found = await findOnChain(resumption, record.signed);
  if (found !== undefined) return recordOutcome({ ledger, context, id: record.id, outcome: found });
  const lastBlock = (record.signed.expiresAtBlock ?? Number.POSITIVE_INFINITY) - 1;
  // Blocks that are not final may still be replaced by some that hold it.
  if (finalizedNumber >= lastBlock) {
    const failure = 'its era ended without it';
    return closeRecord({ ledger, context, id: record.id, state: 'expired', failure });
  }
  refuseOutOfTurn(ledger, record);
  // Sent in the open it would lose what it was sealed for: its era is short, and then it is dead.
  if (record.isShielded === true) throw notYetOpened(record);
  if (!isHeldBack(record)) return resend(resumption, record.signed);
  if (resumption.sendsHeld !== true) return record;
  // From here on the bytes may be out: a run that dies now leaves them to the next look.
  ledger.journal.recordBroadcast(record.id);
  return resend(resumption, record.signed);
}

/** A part of a batch is sent only when all parts are signed, and only after those before it. */
function refuseOutOfTurn(ledger: Ledger, record: TxRecord): void {
  const { part } = record;
  if (part === undefined) return;
  const parts = signedParts(ledger, record);
  // The run that signed it ended before it had signed them all, and so before it sent any.
  if (parts.size < part.count) throw notSent(record, 'Not all parts of the batch were signed');
  const before = parts.get(part.number - 1);
  if (before === undefined) return;
  if (!isSettled(before)) throw waitsFor(before, record);
  if (!mayNotFollow(before, record)) return;
  throw notSent(record, `The part of the batch before this one is ${before.state}`);
}

async function findOnChain(resumption: Resumption, signed: SignedBytes) {
  const { chain } = resumption;
  const head = await chain.at('best');
  const lastPossible =
    signed.expiresAtBlock === undefined
      ? head.number
      : Math.min(head.number, signed.expiresAtBlock);
  return findTransaction(chain, {
    extrinsic: bytesOf(signed),
    fromBlock: signed.bornAtBlock,
    toBlock: lastPossible,
  });
}

async function resend(resumption: Resumption, signed: SignedBytes): Promise<TxRecord> {
  const { context, chain, ledger, record } = resumption;
  const outcome = await submitAndWatch({
    chain,
    extrinsic: bytesOf(signed),
    waitFor: resumption.waitFor === 'submitted' ? 'included' : resumption.waitFor,
    timeoutMs: resumption.timeoutMs,
    clock: context.clock,
    signal: context.signal,
    onStatus: (status) => {
      if (status.kind === 'broadcast') ledger.journal.recordBroadcast(record.id);
    },
  });
  if (outcome.kind === 'included') {
    return recordOutcome({ ledger, context, id: record.id, outcome });
  }
  if (outcome.kind === 'refused') {
    // A stale nonce may mean that it was included between the look and the send: look once more.
    const found = await findOnChain(resumption, signed);
    const settled = found ?? (isForGood(resumption, outcome.failure) ? outcome : undefined);
    if (settled === undefined) throw refusedForNow(record, outcome.failure);
    return recordOutcome({ ledger, context, id: record.id, outcome: settled });
  }
  throw new TaoError('TX_OUTCOME_UNKNOWN', {
    message: `What became of the transaction is still not known: ${
      outcome.kind === 'unknown' ? outcome.reason : 'the node did not say'
    }.`,
    hint: `Run tao tx resume ${record.id} again when the node answers.`,
    data: { id: record.id },
  });
}

/**
 * Whether bytes that were sent before are dead by this refusal. A node that refuses them for what
 * it holds just now says nothing of the node that took them in the first time.
 */
function isForGood(resumption: Resumption, { name }: ChainFailure): boolean {
  const { record, chain } = resumption;
  // Signed for another runtime, it is never valid again.
  const isOfOldRuntime = record.signed?.specVersion !== chain.runtime.specVersion;
  return FINAL_REFUSALS.includes(name) || (name === 'Invalid.BadProof' && isOfOldRuntime);
}

function refusedForNow({ id, signed }: TxRecord, failure: ChainFailure): TaoError {
  const end = signed?.expiresAtBlock;
  return new TaoError('TX_OUTCOME_UNKNOWN', {
    message: `The node does not take it now (${failure.name}), and another one may hold it.`,
    details: end === undefined ? [] : [`It cannot execute from block ${end} on.`],
    hint: `Run tao tx resume ${id} again${end === undefined ? ' later' : ' after that block'} to settle it.`,
    data: { id, reason: failure.name, expiresAtBlock: end ?? null },
  });
}

function waitsFor(before: TxRecord, { id }: TxRecord): TaoError {
  return new TaoError('TX_OUTCOME_UNKNOWN', {
    message: 'An earlier part of the same batch is not settled yet, and this one comes after it.',
    hint: `Run tao tx resume ${before.id} first.`,
    data: { id, before: before.id, isWaiting: true },
  });
}

/** A run that waits for nothing may have sent it: dead it is only with its era. */
function notSent({ id, signed }: TxRecord, why: string): TaoError {
  const end = signed?.expiresAtBlock;
  return new TaoError('TX_OUTCOME_UNKNOWN', {
    message: `${why}, so this one is not sent.`,
    details: [`It cannot execute from block ${end ?? 'none'} on.`],
    hint: `Run tao tx resume ${id} after that block to settle it.`,
    data: { id, expiresAtBlock: end ?? null, isWaiting: true },
  });
}

function bytesOf(signed: SignedBytes): Uint8Array {
  return Uint8Array.from(Buffer.from(signed.extrinsic.slice(2), 'hex'));
}

function notYetOpened({ id, signed }: TxRecord): TaoError {
  return new TaoError('TX_OUTCOME_UNKNOWN', {
    message: 'The encrypted transaction is in no block yet.',
    details: [`It cannot execute from block ${signed?.expiresAtBlock ?? 'none'} on.`],
    hint: `Run tao tx resume ${id} again after that block.`,
    data: { id, expiresAtBlock: signed?.expiresAtBlock ?? null, isWaiting: true },
  });
}
