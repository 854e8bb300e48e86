/**
 * A transaction's life as a fold over its journal steps, and the rule which step may follow.
 * Pure: the journal stores what this allows and nothing else.
 */
import { canonicalJson } from '../domain/json-safe.ts';
import type { Intent, RecordedOutcome, SignedBytes, TxRecord, TxState } from './types.ts';

/** One step as a fact in the past tense. */
export type TxStep =
  | { readonly kind: 'planned'; readonly atMs: number; readonly intent: Intent }
  | { readonly kind: 'signed'; readonly atMs: number; readonly signed: SignedBytes }
  | { readonly kind: 'broadcast'; readonly atMs: number }
  | { readonly kind: 'settled'; readonly atMs: number; readonly outcome: RecordedOutcome };

/** `append`: a new step. `repeat`: it says what is known already, nothing is written. */
export type StepVerdict = 'append' | 'repeat';

/** Folds one step. An impossible one is a defect of the caller and throws. */
export function applyStep(record: TxRecord | undefined, step: TxStep): TxRecord {
  if (step.kind === 'planned') {
    if (record !== undefined) throw impossible(record, 'planned again');
    return {
      ...step.intent,
      state: 'planned',
      signed: undefined,
      outcome: undefined,
      steps: [mark(step)],
    };
  }
  if (record === undefined) throw new TypeError(`A transaction was ${step.kind} before its plan.`);
  if (judgeStep(record, step) === 'repeat') return record;
  const steps = [...record.steps, mark(step)];
  if (step.kind === 'signed') return { ...record, state: 'signed', signed: step.signed, steps };
  if (step.kind === 'broadcast') return { ...record, state: 'broadcast', steps };
  return { ...record, state: step.outcome.state, outcome: step.outcome, steps };
}

/** Folds all steps of one transaction, oldest first. */
export function foldSteps(steps: readonly TxStep[]): TxRecord {
  let record: TxRecord | undefined;
  for (const step of steps) record = applyStep(record, step);
  if (record === undefined) throw new TypeError('A transaction without steps.');
  return record;
}

/** Whether `step` adds something to `record`. An impossible one is a defect and throws. */
export function judgeStep(record: TxRecord, step: TxStep): StepVerdict {
  if (step.kind === 'planned') throw impossible(record, 'planned again');
  if (step.kind === 'signed') return judgeSigned(record, step.signed);
  if (step.kind === 'broadcast') return judgeBroadcast(record);
  return judgeOutcome(record, step.outcome);
}

function judgeSigned(record: TxRecord, signed: SignedBytes): StepVerdict {
  if (record.state === 'planned') return 'append';
  if (record.signed?.extrinsic === signed.extrinsic) return 'repeat';
  throw impossible(record, 'signed with other bytes');
}

/** Another run may have settled it between our send and this record: then there is nothing to add. */
function judgeBroadcast(record: TxRecord): StepVerdict {
  if (record.signed === undefined) throw impossible(record, 'broadcast');
  return record.outcome === undefined ? 'append' : 'repeat';
}

function judgeOutcome(record: TxRecord, outcome: RecordedOutcome): StepVerdict {
  if ((outcome.state === 'abandoned') !== (record.signed === undefined)) {
    throw impossible(record, outcome.state);
  }
  if (
    isIncluded(outcome) &&
    (outcome.blockHash === undefined || outcome.blockNumber === undefined)
  ) {
    throw impossible(record, `${outcome.state} in no block`);
  }
  if (!isIncluded(outcome) && outcome.flows.length > 0) {
    throw impossible(record, `${outcome.state} with stake flows`);
  }
  const known = record.outcome;
  if (known === undefined) return 'append';
  if (isSameOutcome(known, outcome)) {
    return outcome.finalized && !known.finalized ? 'append' : 'repeat';
  }
  if (mayCorrect(known, outcome)) return 'append';
  if (isDead(known) && isDead(outcome)) return 'repeat';
  throw impossible(record, `${outcome.state} instead`);
}

/**
 * What is seen in a block corrects what was concluded without one, and a reorganised chain corrects
 * what was seen in a block that was not final. Nothing corrects a finalized outcome.
 */
function mayCorrect(known: RecordedOutcome, outcome: RecordedOutcome): boolean {
  if (known.state === 'abandoned' || known.finalized) return false;
  if (isIncluded(outcome)) return !isIncluded(known) || known.blockHash !== outcome.blockHash;
  return isIncluded(known);
}

/** Refused and expired both mean that it can never execute: the first one said so. */
function isDead(outcome: RecordedOutcome): boolean {
  return outcome.state === 'refused' || outcome.state === 'expired';
}

function isSameOutcome(a: RecordedOutcome, b: RecordedOutcome): boolean {
  return a.state === b.state && a.blockHash === b.blockHash;
}

/** Whether the transaction is in a block, whatever its call did there. */
export function isIncluded(outcome: { readonly state: TxState }): boolean {
  return outcome.state === 'succeeded' || outcome.state === 'failed';
}

/** Whether two intents ask the same, so that one request id may stand for both. */
export function isSameIntent(a: TxRecord, b: Intent): boolean {
  return (
    a.command === b.command &&
    a.address === b.address &&
    canonicalJson(a.intent) === canonicalJson(b.intent)
  );
}

function mark(step: TxStep): { readonly kind: string; readonly atMs: number } {
  return { kind: step.kind === 'settled' ? step.outcome.state : step.kind, atMs: step.atMs };
}

function impossible(record: TxRecord, what: string): TypeError {
  return new TypeError(`Journal: the ${record.state} transaction ${record.id} cannot be ${what}.`);
}
