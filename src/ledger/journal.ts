/**
 * The transaction journal: append-only steps, each chained to the one before by its checksum and on
 * disk before the call returns. `tx_heads` is an index over the steps and can be rebuilt from them.
 */
import { canonicalJson } from '../domain/json-safe.ts';
import type { Clock } from '../domain/ports.ts';
import { TaoError } from '../errors/tao-error.ts';
import { CHAIN_START, type ChainedStep, chainChecksum } from './checksum.ts';
import { corruptLedger, type Database, type Row } from './database.ts';
import { applyStep, isIncluded, isSameIntent, judgeStep, type TxStep } from './fold-steps.ts';
import { formatStep, parseStep, stepKind } from './step-text.ts';
import type {
  Intent,
  Journal,
  RecordedOutcome,
  SignedBytes,
  StakeFlow,
  TxRecord,
} from './types.ts';

/** Shortest part of an id or hash that is looked up. */
export const MIN_REFERENCE_LENGTH = 8;
/** Most records one listing returns. */
export const MAX_LISTED = 10_000;

/** Every step beside the checksum of the step before it. */
const STEPS_WITH_PREVIOUS = `
  SELECT s.sequence, s.tx_id, s.step, s.kind, s.at_ms, s.payload, s.checksum, p.checksum
  FROM tx_steps s LEFT JOIN tx_steps p ON p.sequence = s.sequence - 1`;

/** Stores the flows of the outcome at `sequence`, inside the journal's transaction. */
export type StoreFlows = (
  sequence: number,
  outcome: RecordedOutcome,
  flows: readonly StakeFlow[],
) => void;

export function createJournal(parts: {
  readonly database: Database;
  readonly clock: Clock;
  readonly write: <T>(body: () => T) => T;
  readonly storeFlows: StoreFlows;
}): Journal {
  const { database, clock, write, storeFlows } = parts;
  const record = (id: string, step: TxStep): TxRecord =>
    write(() => appendStep(database, readRecord(database, id), step, storeFlows));
  return {
    begin: (intent) => write(() => begin(database, intent)),
    recordSigned: (id, signed) => {
      return write(() => {
        refuseDuplicate(database, id, signed);
        const step: TxStep = { kind: 'signed', atMs: signed.signedAtMs, signed };
        const record = readRecord(database, id);
        if (record.state === 'abandoned') throw abandonedMeanwhile(id);
        return appendStep(database, record, step, storeFlows);
      });
    },
    recordBroadcast: (id) => record(id, { kind: 'broadcast', atMs: clock.nowMs() }),
    recordOutcome: (id, outcome) => record(id, { kind: 'settled', atMs: outcome.atMs, outcome }),
    find: (reference) => readRecord(database, findId(database, reference)),
    findByRequestId: (requestId) => findByRequestId(database, requestId),
    findCarrier: (id) => findCarrier(database, id),
    list: ({ limit, unsettledOnly, createdSinceMs }) => {
      const filter =
        unsettledOnly === true ? "AND state IN ('planned', 'signed', 'broadcast')" : '';
      const heads = database.rows(
        `SELECT h.tx_id FROM tx_heads h JOIN tx_steps s ON s.sequence = h.first_sequence
         WHERE s.at_ms >= ? ${filter} ORDER BY h.first_sequence DESC LIMIT ?`,
        createdSinceMs ?? Number.MIN_SAFE_INTEGER,
        Math.max(0, Math.min(limit, MAX_LISTED)),
      );
      return heads.map(([id]) => readRecord(database, id as string));
    },
  };
}

function begin(
  database: Database,
  intent: Intent,
): { readonly record: TxRecord; readonly isRepeat: boolean } {
  const earlier =
    intent.requestId === undefined ? undefined : findByRequestId(database, intent.requestId);
  if (earlier !== undefined) {
    if (isSameIntent(earlier, intent)) return { record: earlier, isRepeat: true };
    throw new TaoError('REQUEST_ID_REUSED', {
      message: `Couldn't use the request id "${intent.requestId}": it belongs to another request.`,
      details: [`It was: ${earlier.summary}.`],
      hint: `Run tao tx show ${earlier.id} to see it, or choose a new --request-id.`,
      data: { requestId: intent.requestId, id: earlier.id },
    });
  }
  if (database.rows('SELECT 1 FROM tx_heads WHERE tx_id = ?', intent.id).length > 0) {
    throw new TypeError(`Journal: there is a transaction ${intent.id} already.`);
  }
  const step: TxStep = { kind: 'planned', atMs: intent.createdAtMs, intent };
  const record = applyStep(undefined, step);
  const sequence = insertStep(database, { txId: intent.id, step: 1 }, step);
  database.run(
    "INSERT INTO tx_heads VALUES (?, ?, ?, NULL, 'planned', NULL)",
    intent.id,
    sequence,
    intent.requestId ?? null,
  );
  return { record, isRepeat: false };
}

/** Takes in a step of another journal; the rules of this one hold. Runs inside a transaction. */
export function appendForeignStep(
  database: Database,
  txId: string,
  step: TxStep,
  storeFlows: StoreFlows,
): void {
  if (step.kind === 'planned') begin(database, step.intent);
  else appendStep(database, readRecord(database, txId), step, storeFlows);
}

function appendStep(
  database: Database,
  record: TxRecord,
  step: TxStep,
  storeFlows: StoreFlows,
): TxRecord {
  if (judgeStep(record, step) === 'repeat') return record;
  const next = applyStep(record, step);
  const sequence = insertStep(database, { txId: record.id, step: next.steps.length }, step);
  database.run('UPDATE tx_heads SET state = ? WHERE tx_id = ?', next.state, record.id);
  if (step.kind === 'signed') {
    const hash = step.signed.hash.toLowerCase();
    database.run('UPDATE tx_heads SET hash = ? WHERE tx_id = ?', hash, record.id);
  }
  if (step.kind === 'settled') {
    database.run('UPDATE tx_heads SET outcome_sequence = ? WHERE tx_id = ?', sequence, record.id);
    // Nothing was signed, so nothing can happen twice: the request id is free again.
    if (step.outcome.state === 'abandoned') {
      database.run('UPDATE tx_heads SET request_id = NULL WHERE tx_id = ?', record.id);
    }
    if (isIncluded(step.outcome)) storeFlows(sequence, step.outcome, step.outcome.flows);
  }
  return next;
}

function insertStep(
  database: Database,
  place: { readonly txId: string; readonly step: number },
  step: TxStep,
): number {
  const [last] = database.rows(
    'SELECT sequence, checksum FROM tx_steps ORDER BY sequence DESC LIMIT 1',
  );
  const chained: ChainedStep = {
    ...place,
    sequence: ((last?.[0] as number | undefined) ?? 0) + 1,
    kind: stepKind(step),
    atMs: step.atMs,
    payload: formatStep(step),
  };
  const previous = (last?.[1] as string | undefined) ?? CHAIN_START;
  database.run(
    'INSERT INTO tx_steps VALUES (?, ?, ?, ?, ?, ?, ?)',
    chained.sequence,
    chained.txId,
    chained.step,
    chained.kind,
    chained.atMs,
    chained.payload,
    chainChecksum(previous, chained),
  );
  return chained.sequence;
}

/** Reads and folds one record, checking every step against the checksum before it. */
export function readRecord(database: Database, id: string): TxRecord {
  const rows = database.rows(`${STEPS_WITH_PREVIOUS} WHERE s.tx_id = ? ORDER BY s.step`, id);
  if (rows.length === 0) throw txNotFound(id);
  return foldRows(database, id, rows);
}

function foldRows(database: Database, id: string, rows: readonly Row[]): TxRecord {
  let record: TxRecord | undefined;
  for (const [index, row] of rows.entries()) {
    const step = checkStep(database, row);
    if (step.step !== index + 1) throw corruptLedger(database.path, `a step of ${id} is missing`);
    record = applyStep(record, parseStep(step));
  }
  return record as TxRecord;
}

function checkStep(database: Database, row: Row): ChainedStep {
  const [sequence, txId, step, kind, atMs, payload, checksum, before] = row;
  const chained = { sequence, txId, step, kind, atMs, payload } as ChainedStep;
  const previous = chained.sequence === 1 ? CHAIN_START : before;
  if (previous === null || chainChecksum(previous as string, chained) !== checksum) {
    throw corruptLedger(database.path, `journal step ${chained.sequence} fails its checksum`);
  }
  return chained;
}

function findByRequestId(database: Database, requestId: string): TxRecord | undefined {
  const [row] = database.rows('SELECT tx_id FROM tx_heads WHERE request_id = ?', requestId);
  return row === undefined ? undefined : readRecord(database, row[0] as string);
}

/** It is begun right after what it carries: the search seldom goes far. */
function findCarrier(database: Database, id: string): TxRecord | undefined {
  const [row] = database.rows(
    `SELECT s.tx_id FROM tx_steps s
     WHERE s.kind = 'planned' AND instr(s.payload, ?) > 0
       AND s.sequence > (SELECT first_sequence FROM tx_heads WHERE tx_id = ?)
     ORDER BY s.sequence LIMIT 1`,
    canonicalJson({ carries: id }),
    id,
  );
  return row === undefined ? undefined : readRecord(database, row[0] as string);
}

function findId(database: Database, reference: string): string {
  const exact = database.rows(
    'SELECT tx_id FROM tx_heads WHERE tx_id = ? OR hash = ?',
    reference,
    reference.toLowerCase(),
  );
  if (exact.length === 1) return exact[0]?.[0] as string;
  if (reference.length < MIN_REFERENCE_LENGTH) throw txNotFound(reference);
  const found = database.rows(
    'SELECT tx_id FROM tx_heads WHERE substr(tx_id, 1, ?) = ? OR substr(hash, 1, ?) = ? LIMIT 3',
    reference.length,
    reference,
    reference.length,
    reference.toLowerCase(),
  );
  const [first] = found;
  if (first === undefined) throw txNotFound(reference);
  if (found.length > 1) {
    throw new TaoError('TX_AMBIGUOUS', {
      message: `Couldn't tell which transaction "${reference}" means: it fits several.`,
      details: found.map(([id]) => id as string),
      hint: 'Give more characters of the id or hash.',
      data: { reference, ids: found.map(([id]) => id) },
    });
  }
  return first[0] as string;
}

function txNotFound(reference: string): TaoError {
  const isShort = reference.length < MIN_REFERENCE_LENGTH;
  return new TaoError('TX_NOT_FOUND', {
    message: `Couldn't find the transaction "${reference}" in the journal of this chain.`,
    hint: isShort
      ? `Give at least ${MIN_REFERENCE_LENGTH} characters of the id or hash.`
      : 'Run tao tx list to see what this machine sent.',
    data: { reference },
  });
}

function refuseDuplicate(database: Database, id: string, signed: SignedBytes): void {
  const [row] = database.rows(
    'SELECT tx_id FROM tx_heads WHERE hash = ? AND tx_id <> ?',
    signed.hash.toLowerCase(),
    id,
  );
  if (row === undefined) return;
  throw new TaoError('TX_DUPLICATE', {
    message: "Couldn't record the signed transaction: the very same bytes are journalled already.",
    hint: `Run tao tx show ${row[0]} to see what became of them.`,
    data: { id: row[0], hash: signed.hash },
  });
}

function abandonedMeanwhile(id: string): TaoError {
  return new TaoError('TX_DUPLICATE', {
    message: "Couldn't record the signed transaction: another run closed it before it was signed.",
    hint: `Nothing was sent. Run tao tx show ${id} to see its record, then run the command again.`,
    data: { id },
  });
}

/** Checks every step of the journal against its chain. LEDGER_CORRUPT. Returns how many there are. */
export function verifyJournal(database: Database): number {
  const rows = database.rows(`${STEPS_WITH_PREVIOUS} ORDER BY s.sequence`);
  for (const [index, row] of rows.entries()) {
    const step = checkStep(database, row);
    if (step.sequence !== index + 1) {
      throw corruptLedger(database.path, `journal step ${index + 1} is missing`);
    }
  }
  return rows.length;
}
