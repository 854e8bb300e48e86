/** The index over the journal: one row a transaction, made of its steps and nothing else. */
import { corruptLedger, type Database, type SqlValue } from './database.ts';
import { readRecord } from './journal.ts';

const COLUMNS = 'tx_id, first_sequence, request_id, hash, state, outcome_sequence';
const OUTCOMES = "'succeeded', 'failed', 'refused', 'expired', 'abandoned'";

/** Each transaction's row as its steps say. LEDGER_CORRUPT. */
function* tellHeads(database: Database): Iterable<readonly SqlValue[]> {
  const rows = database.rows(
    `SELECT tx_id, min(sequence), max(CASE WHEN kind IN (${OUTCOMES}) THEN sequence END)
     FROM tx_steps GROUP BY tx_id ORDER BY 2`,
  );
  for (const [id, first, outcome] of rows) {
    const { state, signed, requestId } = readRecord(database, id as string);
    const kept = state === 'abandoned' ? null : (requestId ?? null);
    const hash = signed?.hash.toLowerCase() ?? null;
    yield [id as string, first as number, kept, hash, state, outcome ?? null];
  }
}

/** Checks the index of transactions against the steps it is made of. LEDGER_CORRUPT. */
export function verifyHeads(database: Database): void {
  const heads = new Map(
    database
      .rows(`SELECT ${COLUMNS} FROM tx_heads`)
      .map((row) => [row[0] as string, JSON.stringify(row)]),
  );
  for (const told of tellHeads(database)) {
    const id = told[0] as string;
    if (heads.get(id) !== JSON.stringify(told)) {
      throw corruptLedger(database.path, `the index of transaction ${id} is wrong`);
    }
    heads.delete(id);
  }
  if (heads.size > 0) throw corruptLedger(database.path, 'a transaction has no steps');
}

/** Drops the index and makes it anew. Runs inside a transaction. Returns how many rows it has. */
export function rebuildHeads(database: Database): number {
  database.run('DELETE FROM tx_heads');
  let count = 0;
  for (const told of tellHeads(database)) {
    database.run(`INSERT INTO tx_heads (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`, ...told);
    count += 1;
  }
  return count;
}
