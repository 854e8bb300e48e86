/**
 * Which ledger files this process has open. Chain rule of POSIX: closing any descriptor of a file
 * gives away all locks that the process has on it, SQLite's too; another process would then take
 * the log away from under this one. So a file is read beside SQLite only while nobody here has it.
 */
import type { Database } from './database.ts';

const connections = new Map<string, number>();
const turns = new Map<string, Promise<unknown>>();

/** One opening of a file after the other: what `body` finds open stays so until it ends. */
export function inTurn<T>(path: string, body: () => Promise<T>): Promise<T> {
  const turn = (turns.get(path) ?? Promise.resolve()).then(body, body);
  turns.set(path, turn);
  const leave = (): void => {
    if (turns.get(path) === turn) turns.delete(path);
  };
  turn.then(leave, leave);
  return turn;
}

export function isOpenHere(path: string): boolean {
  return connections.has(path);
}

/** The same connection, known to `isOpenHere` until it is closed. */
export function counted(database: Database): Database {
  const { path } = database;
  connections.set(path, (connections.get(path) ?? 0) + 1);
  let isOpen = true;
  return {
    ...database,
    close: () => {
      database.close();
      if (!isOpen) return;
      isOpen = false;
      const left = (connections.get(path) ?? 1) - 1;
      if (left === 0) connections.delete(path);
      else connections.set(path, left);
    },
  };
}
