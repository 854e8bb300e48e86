/** Turns what the chain answered into the journal's record, and a failure into its error. */
import { chainFailureError } from '../chain/translate-error.ts';
import type { TxOutcome } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { formatRao } from '../domain/amount.ts';
import { toJsonSafe } from '../domain/json-safe.ts';
import { TaoError, withMore } from '../errors/tao-error.ts';
import { flowsFromEvents } from '../ledger/samples.ts';
import type { Ledger, RecordedOutcome, TxRecord } from '../ledger/types.ts';
import { isPartlyDone } from './batch-outcome.ts';
import { type CarriedRecord, feesOf } from './carried.ts';

type Settled = Extract<TxOutcome, { kind: 'included' | 'refused' }>;

/** Failure of a batch whose other items were done. */
const SOME_FAILED = 'some items failed';

/** Journals a settled outcome; a repeat of the same outcome changes nothing. */
export function recordOutcome(settling: {
  readonly ledger: Ledger;
  readonly context: Context;
  readonly id: string;
  readonly outcome: Settled;
}): TxRecord {
  const { ledger, context, id, outcome } = settling;
  return ledger.journal.recordOutcome(id, toRecorded(outcome, context.clock.nowMs()));
}

/** Closes a record that is in no block: never signed, or dead by its era. */
export function closeRecord(closing: {
  readonly ledger: Ledger;
  readonly context: Context;
  readonly id: string;
  readonly state: 'abandoned' | 'expired';
  readonly failure: string;
}): TxRecord {
  const { ledger, context, id, state, failure } = closing;
  return ledger.journal.recordOutcome(
    id,
    inNoBlock({ state, failure, atMs: context.clock.nowMs() }),
  );
}

function inNoBlock(end: Pick<RecordedOutcome, 'state' | 'failure' | 'atMs'>): RecordedOutcome {
  return {
    ...end,
    blockNumber: undefined,
    blockHash: undefined,
    blockTimeMs: undefined,
    finalized: false,
    feeRao: undefined,
    events: [],
    flows: [],
  };
}

function toRecorded(outcome: Settled, atMs: number): RecordedOutcome {
  if (outcome.kind === 'refused') {
    return inNoBlock({ state: 'refused', failure: outcome.failure.name, atMs });
  }
  const isPartly = isPartlyDone(outcome.events);
  return {
    state: outcome.failure === undefined || isPartly ? 'succeeded' : 'failed',
    atMs,
    blockNumber: outcome.blockNumber,
    blockHash: outcome.blockHash,
    blockTimeMs: outcome.blockTimeMs,
    finalized: outcome.finalized,
    feeRao: outcome.feeRao,
    failure: isPartly ? SOME_FAILED : outcome.failure?.name,
    events: outcome.events.map(toJsonSafe),
    // Stake given to another account is a flow of that one too, and it may be followed here.
    flows: flowsFromEvents(outcome.events),
  };
}

/** The record, or the error of a transaction that failed in its block or was refused. */
export function requireSuccess<T extends CarriedRecord>(record: T, outcome: Settled): T {
  if (outcome.failure === undefined || record.state === 'succeeded') return record;
  const error = chainFailureError(outcome.failure, `to ${lowerFirst(record.summary)}`);
  const paid =
    outcome.kind === 'included'
      ? `It is in block ${outcome.blockNumber}; the fee of ${formatRao(outcome.feeRao)} TAO was paid.`
      : 'It never entered a block, and cost nothing.';
  throw withMore(error, {
    details: [paid, ...carrierPaid(record)],
    data: { id: record.id, hash: record.signed?.hash ?? null },
  });
}

/** What the sealed transaction's carrier cost, whatever came of what it carried. */
function carrierPaid(record: CarriedRecord): readonly string[] {
  const { carrierRao } = feesOf(record);
  return carrierRao === undefined
    ? []
    : [`Its carrier's fee of ${formatRao(carrierRao)} TAO was paid too.`];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The error a settled record stands for, for commands that meet it later. */
export function recordedFailure(record: CarriedRecord): TaoError | undefined {
  const failure = record.outcome?.failure ?? 'no reason recorded';
  const data = { id: record.id, hash: record.signed?.hash, chainError: failure };
  const look = `Run tao tx show ${record.id} for its record.`;
  if (record.state === 'failed') {
    return new TaoError('TX_FAILED', {
      message: `The transaction was included and its call failed: ${failure}.`,
      details: carrierPaid(record),
      hint: look,
      data,
    });
  }
  if (record.state === 'refused') {
    return new TaoError('TX_REFUSED', {
      message: `The node refused the transaction: ${failure}. Nothing was executed.`,
      hint: look,
      data,
    });
  }
  if (record.state === 'expired') {
    return new TaoError('TX_EXPIRED', {
      message: 'The transaction was not included while it was valid, and never will be.',
      details: carrierPaid(record),
      hint: 'Nothing was executed; run the command again with a new --request-id.',
      data,
    });
  }
  return undefined;
}
