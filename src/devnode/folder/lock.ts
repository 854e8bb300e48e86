/**
 * One owner of a folder at a time, by a file that names it. A file left by a process that is gone
 * is taken over. The owner may add the URL it is served at, for others to find.
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { TaoError } from '../../errors/tao-error.ts';
import type { FolderOwner } from '../types.ts';
import { FILE_MODE, FOLDER_MODE, folderLayout } from './layout.ts';

export type OwnerRecord = { readonly pid: number; readonly url: string | null };

export type Claim = {
  /** Whether a process that is gone had left its own. */
  readonly tookOver: boolean;
  readonly publish: (url: string) => void;
  readonly release: () => void;
};

/** Attempts at a lock that others keep taking and leaving. */
const MAX_ATTEMPTS = 5;

/** Takes the folder, creating it. DEV_CHAIN_LOCKED, FILE_NOT_WRITABLE. */
export function claimFolder(folder: string, owner: FolderOwner): Claim {
  const { lock } = folderLayout(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    let tookOver = false;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (tryLock(lock, owner.pid)) return claimOf(lock, owner.pid, tookOver);
      const holder = readRecord(lock);
      if (holder !== undefined && owner.isAlive(holder.pid)) throw lockedBy(folder, holder);
      removeStale(lock, owner);
      tookOver = true;
    }
  } catch (error) {
    throw error instanceof TaoError ? error : notWritable(folder, error);
  }
  throw lockedBy(folder, readOwner(folder) ?? { pid: 0, url: null });
}

/** Who the folder's file names; undefined without a readable one. */
export function readOwner(folder: string): OwnerRecord | undefined {
  return readRecord(folderLayout(folder).lock);
}

function readRecord(path: string): OwnerRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof record !== 'object' || record === null) return undefined;
    const { pid, url } = record as { pid?: unknown; url?: unknown };
    if (typeof pid !== 'number') return undefined;
    return { pid, url: typeof url === 'string' ? url : null };
  } catch {
    return undefined;
  }
}

function tryLock(path: string, pid: number): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', FILE_MODE);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(file, recordText({ pid, url: null }));
  closeSync(file);
  return true;
}

/** Moves a left lock aside before deleting it: of two takers one finds it gone. */
function removeStale(path: string, owner: FolderOwner): void {
  const aside = `${path}.${owner.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readRecord(aside);
  if (moved !== undefined && owner.isAlive(moved.pid)) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function claimOf(path: string, pid: number, tookOver: boolean): Claim {
  return {
    tookOver,
    publish(url) {
      const next = `${path}.${pid}`;
      writeFileSync(next, recordText({ pid, url }), { mode: FILE_MODE });
      renameSync(next, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

const recordText = (record: OwnerRecord): string => `${JSON.stringify(record)}\n`;

function lockedBy(folder: string, { pid, url }: OwnerRecord): TaoError {
  return new TaoError('DEV_CHAIN_LOCKED', {
    message: `Couldn't open the dev chain in ${folder}: the running process ${pid} owns it.`,
    hint:
      url === null
        ? 'Wait until that command has finished.'
        : `It is served at ${url}: use that, or stop it first.`,
    data: { folder, pid, url },
  });
}

export function notWritable(path: string, cause: unknown): TaoError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TaoError('FILE_NOT_WRITABLE', {
    message: `Failed to write the dev chain's folder ${path}: ${reason}.`,
    hint: 'Check the permissions and the free space of the folder.',
    data: { path },
    cause,
  });
}
