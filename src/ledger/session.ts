/**
 * One opening of the ledger. Its mark is written with its first write and removed when it is
 * closed, so a mark that is found says that a run ended without closing, or is still running.
 */
import { isTaoError } from '../errors/tao-error.ts';
import type { Database } from './database.ts';

export type Session = {
  /** One immediate transaction, on disk when it returns. */
  readonly write: <T>(body: () => T) => T;
  readonly wasLeftOpen: () => boolean;
  /** Removes the marks found at the start, once the file was checked. */
  readonly forgetLeftOpen: () => void;
  /** Removes the own mark and folds the log into the file where nobody else is using it. */
  readonly end: () => void;
};

export function createSession(database: Database): Session {
  const found = database.rows('SELECT id FROM open_sessions').map(([id]) => id as number);
  let own: number | undefined;
  return {
    write: (body) => {
      let marked = own;
      const result = database.write(() => {
        marked = mark(database, own);
        return body();
      });
      own = marked;
      return result;
    },
    wasLeftOpen: () => found.length > 0,
    forgetLeftOpen: () => {
      unlessBusy(() =>
        database.write(() => {
          for (const id of found) database.run('DELETE FROM open_sessions WHERE id = ?', id);
        }),
      );
    },
    end: () => {
      if (own === undefined) return;
      const id = own;
      own = undefined;
      database.execute('PRAGMA busy_timeout = 0');
      unlessBusy(() => {
        database.write(() => database.run('DELETE FROM open_sessions WHERE id = ?', id));
        database.rows('PRAGMA wal_checkpoint(TRUNCATE)');
      });
    },
  };
}

/** The id of the own mark. Another run that checked the file may have removed it: set it again. */
function mark(database: Database, own: number | undefined): number {
  if (own !== undefined) {
    database.run('INSERT OR IGNORE INTO open_sessions VALUES (?)', own);
    return own;
  }
  database.run('INSERT INTO open_sessions DEFAULT VALUES');
  return database.rows('SELECT last_insert_rowid()')[0]?.[0] as number;
}

/** What is left undone only makes the next opening check the file. */
function unlessBusy(body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!isTaoError(error, 'LEDGER_LOCKED')) throw error;
  }
}
