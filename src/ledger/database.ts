/**
 * A thin, typed door to one SQLite file. It turns SQLite's failures into ledger errors and makes
 * every write one immediate transaction. It knows no tables.
 */
import type Libsql from 'libsql';
import { TaoError } from '../errors/tao-error.ts';

export type SqlValue = string | number | bigint | null;
export type Row = readonly SqlValue[];

export type Database = {
  readonly path: string;
  /** All rows of a query, each as a list of columns. Integers beyond 2^53 lose digits: store text. */
  readonly rows: (sql: string, ...values: readonly SqlValue[]) => readonly Row[];
  /** The same, one at a time, so that a large answer is never held whole. */
  readonly each: (sql: string, ...values: readonly SqlValue[]) => Iterable<Row>;
  /** Runs one statement and returns how many rows it changed. */
  readonly run: (sql: string, ...values: readonly SqlValue[]) => number;
  /** Runs statements without values. */
  readonly execute: (sql: string) => void;
  /**
   * Runs `body` in one transaction that holds the write lock from its start: all of it is on disk
   * when this returns, or none of it. LEDGER_LOCKED when another writer keeps the lock too long.
   */
  readonly write: <T>(body: () => T) => T;
  readonly close: () => void;
};

/** How long a writer waits for another one, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;

/** Opens or creates the file at `path`. LEDGER_UNREADABLE, LEDGER_CORRUPT. */
export async function openDatabase(path: string, busyTimeoutMs: number): Promise<Database> {
  const { default: Connection } = await import('libsql');
  const connection = withLedgerErrors(path, () => new Connection(path, { timeout: busyTimeoutMs }));
  return createDatabase(path, connection);
}

function createDatabase(path: string, connection: Libsql.Database): Database {
  const statements = new Map<string, Libsql.Statement>();
  let isOpen = true;
  const prepared = (sql: string): Libsql.Statement => {
    if (!isOpen) throw new TypeError('The ledger is closed.');
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const execute = (sql: string): void => {
    if (!isOpen) throw new TypeError('The ledger is closed.');
    withLedgerErrors(path, () => connection.exec(sql));
  };
  return {
    path,
    rows: (sql, ...values) =>
      withLedgerErrors(path, () => prepared(sql).raw().all(values) as readonly Row[]),
    each: (sql, ...values) => eachRow(path, connection, sql, values),
    run: (sql, ...values) => withLedgerErrors(path, () => prepared(sql).run(values).changes),
    execute,
    write: (body) => {
      execute('BEGIN IMMEDIATE');
      try {
        const result = body();
        execute('COMMIT');
        return result;
      } catch (error) {
        if (connection.inTransaction) execute('ROLLBACK');
        throw error;
      }
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      statements.clear();
      connection.close();
    },
  };
}

/** A statement of its own, so that the caller may run the same text meanwhile. */
function* eachRow(
  path: string,
  connection: Libsql.Database,
  sql: string,
  values: readonly SqlValue[],
): Iterable<Row> {
  const rows = withLedgerErrors(path, () => connection.prepare(sql).raw().iterate(values));
  for (;;) {
    const next = withLedgerErrors(path, () => rows.next());
    if (next.done === true) return;
    yield next.value as Row;
  }
}

function withLedgerErrors<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw asLedgerError(error, path);
  }
}

/** The ledger's error for a failure of SQLite; any other error unchanged. */
function asLedgerError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new TaoError('LEDGER_LOCKED', {
      message: 'Failed to write the ledger: another run of tao is writing to it.',
      details: [path],
      hint: 'Wait for the other run to end, then try again.',
      data: { path },
      cause: error,
    });
  }
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ|MISMATCH)/.test(code)) {
    return corruptLedger(path, code, error);
  }
  if (code.startsWith('SQLITE_FULL')) return fullDisk(path, error);
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|IOERR|AUTH|NOLFS|PROTOCOL)/.test(code)) {
    return unreadableLedger(path, `the file system refused it (${code})`, error);
  }
  return error;
}

function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Chain rule of the library: a file it cannot open is the one failure without a code.
  return error.message.startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : undefined;
}

function fullDisk(path: string, cause: unknown): TaoError {
  return new TaoError('LEDGER_FULL', {
    message: 'Failed to write the ledger: there is no space left on its disk.',
    details: [path, 'What was recorded before is whole; this one step was not taken.'],
    hint: 'Free some space, then try again; tao ledger path shows where the file is.',
    data: { path },
    cause,
  });
}

/** LEDGER_CORRUPT: the file, or a record in it, is not what was written. */
export function corruptLedger(path: string, why: string, cause?: unknown): TaoError {
  return new TaoError('LEDGER_CORRUPT', {
    message: `Failed to read the ledger: it is damaged (${why}).`,
    details: [path],
    hint: 'Keep the file, move it aside, and look up open transactions on chain before you repeat any.',
    data: { path, reason: why },
    cause,
  });
}

/** LEDGER_UNREADABLE: the ledger cannot be used here, though nothing says that it is damaged. */
export function unreadableLedger(path: string, why: string, cause?: unknown): TaoError {
  return new TaoError('LEDGER_UNREADABLE', {
    message: `Failed to open the ledger: ${why}.`,
    details: [path],
    hint: 'Check the folder and its permissions, or set TAO_DATA_DIR to another one.',
    data: { path, reason: why },
    cause,
  });
}
