/**
 * Settles a transaction whose outcome is not known: looks for its bytes on chain, then sends the
 * same bytes again while their era lives. Never signs.
 */
import { findTransaction } from '../chain/find-transaction.ts';
import { submitAndWatch } from '../chain/submit.ts';
import type { Chain, WaitFor } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Ledger, SignedBytes, TxRecord } from '../ledger/types.ts';
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
 * TX_OUTCOME_UNKNOWN when the connection is lost again.
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

  const found = await findOnChain(resumption, record.signed);
  if (found !== undefined) return recordOutcome({ ledger, context, id: record.id, outcome: found });
  const head = await resumption.chain.at('best');
  const expiry = record.signed.expiresAtBlock;
  if (expiry !== undefined && head.number >= expiry) {
    return closeRecord({
      ledger,
      context,
      id: record.id,
      state: 'expired',
      failure: 'its era ended without it',
    });
  }
  // Sent in the open it would lose what it was sealed for: its era is short, and then it is dead.
  if (record.isShielded === true) throw notYetOpened(record);
  if (!isHeldBack(record)) return resend(resumption, record.signed);
  if (resumption.sendsHeld !== true) return record;
  // From here on the bytes may be out: a run that dies now leaves them to the next look.
  ledger.journal.recordBroadcast(record.id);
  return resend(resumption, record.signed);
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
    return recordOutcome({ ledger, context, id: record.id, outcome: found ?? outcome });
  }
  throw new TaoError('TX_OUTCOME_UNKNOWN', {
    message: `What became of the transaction is still not known: ${
      outcome.kind === 'unknown' ? outcome.reason : 'the node did not say'
    }.`,
    hint: `Run tao tx resume ${record.id} again when the node answers.`,
    data: { id: record.id },
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
    data: { id, expiresAtBlock: signed?.expiresAtBlock ?? null },
  });
}
