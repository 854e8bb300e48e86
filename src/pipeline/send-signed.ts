/**
 * Sends journaled bytes once and records what became of them. After the first send nothing here may
 * look like a failure that invites a second try: every doubt is TX_OUTCOME_UNKNOWN.
 */
import { submitAndWatch } from '../chain/submit.ts';
import type { Chain, TxOutcome } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import type { TransactionOptions } from '../cli/option-groups.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';
import { observe } from './observe.ts';
import { recordOutcome, requireSuccess } from './record.ts';

export type Sending = {
  readonly context: Context;
  readonly chain: Chain;
  readonly ledger: Ledger;
  readonly choices: Pick<TransactionOptions, 'wait' | 'timeoutMs'>;
  /** Called once a node has it, or it is known that none will. */
  readonly onHandedOver?: () => Promise<void>;
};

/** The settled record. TX_NOT_SENT, TX_OUTCOME_UNKNOWN, and the chain's refusals by their own codes. */
export async function sendSigned(
  sending: Sending,
  signed: { readonly id: string; readonly bytes: Uint8Array },
): Promise<TxRecord> {
  const { context } = sending;
  const progress = context.streams.progress('Waiting for the chain');
  try {
    const outcome = await submit(sending, signed, progress.update);
    return await settle(sending, signed.id, outcome);
  } finally {
    progress.stop();
  }
}

async function submit(
  sending: Sending,
  signed: { readonly id: string; readonly bytes: Uint8Array },
  say: (text: string) => void,
): Promise<TxOutcome> {
  const { context, chain, ledger, choices } = sending;
  try {
    return await submitAndWatch({
      chain,
      extrinsic: signed.bytes,
      waitFor: choices.wait,
      timeoutMs: choices.timeoutMs,
      clock: context.clock,
      signal: context.signal,
      onStatus: (status) => {
        if (status.kind === 'broadcast') {
          noteBroadcast(ledger, signed.id);
          void sending.onHandedOver?.();
        }
        if (status.kind === 'included') say('In a block');
      },
    });
  } catch (cause) {
    throw new TaoError('TX_NOT_SENT', {
      message: 'The transaction was signed, and the connection was lost before it was sent.',
      details: cause instanceof TaoError ? [cause.message] : [],
      hint: `Run tao tx resume ${signed.id} to send the same bytes.`,
      data: { id: signed.id },
      cause,
    });
  }
}

/** The step is for people to read; without it the record still says "signed", and resume settles it. */
function noteBroadcast(ledger: Ledger, id: string): void {
  try {
    ledger.journal.recordBroadcast(id);
  } catch {
    // The bytes are out: what the ledger's file says now must not stop us from following them.
  }
}

async function settle(sending: Sending, id: string, outcome: TxOutcome): Promise<TxRecord> {
  const { ledger, context } = sending;
  if (outcome.kind === 'unknown') throw outcomeUnknown(id, outcome.reason);
  if (outcome.kind === 'submitted') return ledger.journal.find(id);
  const record = recordSettled({ ledger, context, id, outcome });
  if (outcome.kind === 'included') await observeAfter(sending, record, outcome.blockHash);
  return requireSuccess(record, outcome);
}

function recordSettled(settling: Parameters<typeof recordOutcome>[0]): TxRecord {
  try {
    return recordOutcome(settling);
  } catch (cause) {
    const { id, outcome } = settling;
    const place =
      outcome.kind === 'included'
        ? `is in block ${outcome.blockNumber}`
        : 'was refused by the node';
    throw outcomeUnknown(id, `it ${place}, and the journal could not be written`, cause);
  }
}

/** Sampling the position is bookkeeping: what fails here is made up by the next look. */
export async function observeAfter(
  { chain, ledger }: Pick<Sending, 'chain' | 'ledger'>,
  record: TxRecord,
  blockHash: string,
): Promise<void> {
  try {
    const view = await chain.at(blockHash);
    await observe({ view, ledger, coldkeys: [record.address], source: 'transaction' });
  } catch {
    // The outcome is recorded; a missing sample only makes the ledger's next interval longer.
  }
}

function outcomeUnknown(id: string, reason: string, cause?: unknown): TaoError {
  return new TaoError('TX_OUTCOME_UNKNOWN', {
    message: `The transaction was sent, and what became of it is not recorded: ${asClause(reason)}.`,
    details: ['Its signed bytes are in the journal. Do not repeat the command.'],
    hint: `Run tao tx resume ${id} to settle it.`,
    data: { id, reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A sentence as the end of another: `The connection was lost.` as `the connection was lost`. */
function asClause(sentence: string): string {
  const [first = '', second = ''] = sentence;
  const isWord = second !== second.toUpperCase();
  return `${isWord ? first.toLowerCase() : first}${sentence.slice(1)}`.replace(/\.$/, '');
}
