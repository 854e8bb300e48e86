/** Steps of another journal into this one: each transaction whole, and none twice. */
import { TaoError } from '../errors/tao-error.ts';
import type { Database } from './database.ts';
import type { TxStep } from './fold-steps.ts';
import { formatStep, parseStep } from './step-text.ts';

/** Takes one step in; 1 when it was new, 0 when it was known. Runs inside a transaction. */
export type ImportStep = (line: Readonly<Record<string, unknown>>) => number;

export function createImportStep(parts: {
  readonly database: Database;
  /** Appends a step that may follow, by the rules of the journal. */
  readonly append: (txId: string, step: TxStep) => void;
}): ImportStep {
  const { database, append } = parts;
  return (line) => {
    const { txId, step: place, name, atMs, payload } = line;
    if (typeof txId !== 'string' || typeof name !== 'string' || typeof payload !== 'string') {
      throw new TypeError('a part of the step is missing');
    }
    if (typeof atMs !== 'number' || typeof place !== 'number') {
      throw new TypeError('the time or place of the step is missing');
    }
    const [known] = database.rows(
      'SELECT kind, at_ms, payload FROM tx_steps WHERE tx_id = ? AND step = ?',
      txId,
      place,
    );
    if (known !== undefined) {
      if (known[0] === name && known[1] === atMs && known[2] === payload) return 0;
      throw contradiction(txId);
    }
    const step = parseStep({ kind: name, atMs, payload });
    if (formatStep(step) !== payload) throw new TypeError('the step is not in its own form');
    append(txId, step);
    return 1;
  };
}

function contradiction(txId: string): TaoError {
  return new TaoError('LEDGER_CONFLICT', {
    message: `Couldn't import: the export tells transaction ${txId} otherwise than this ledger. Nothing was taken in.`,
    hint: `Run tao tx show ${txId} to see what this ledger has.`,
    data: { id: txId },
  });
}
