/**
 * Exclusive locks between processes: a file, created exclusively, that names its holder. A lock
 * whose holder is gone is taken over; one that cannot be judged (another machine's) is respected.
 */
import { link, open, readFile, rename, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { HeldLock, LockOptions, Locks } from '../cli/context.ts';
import type { Clock, Random } from '../domain/ports.ts';
import { TaoError } from '../errors/tao-error.ts';
import { errnoOf, fileError } from './file-errors.ts';

const FILE_MODE = 0o600;
const RETRY_MS = 50;
const TOKEN_BYTES = 8;

export type LockHost = {
  readonly pid: number;
  /** Whether a process of this machine exists. */
  readonly isAlive: (pid: number) => boolean;
  readonly clock: Clock;
  readonly random: Random;
};

/** The content of a lock file. */
type Holder = { readonly pid: number; readonly machine: string; readonly token: string };

export function createLocks(host: LockHost): Locks {
  return { acquire: (path, options = {}) => acquire(host, path, options) };
}

async function acquire(host: LockHost, path: string, options: LockOptions): Promise<HeldLock> {
  const token = Buffer.from(host.random.bytes(TOKEN_BYTES)).toString('hex');
  const holder: Holder = { pid: host.pid, machine: hostname(), token };
  const deadlineMs = host.clock.nowMs() + (options.waitMs ?? 0);
  try {
    for (;;) {
      if (await create(path, holder)) return { release: () => release(path, token) };
      const current = await readLock(path);
      if (current === undefined) continue;
      if (isStale(host, current.holder)) {
        await breakLock(path, current.text, token);
        continue;
      }
      if (host.clock.nowMs() >= deadlineMs) throw held(path, current.holder);
      await host.clock.sleep(RETRY_MS, options.signal);
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    throw fileError(error, 'write', path);
  }
}

/** Creates the file with its content in one step, so that nobody ever reads half a lock. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const fresh = `${path}.${holder.token}.new`;
  const file = await open(fresh, 'wx', FILE_MODE);
  try {
    await file.writeFile(`${JSON.stringify(holder)}\n`);
  } finally {
    await file.close();
  }
  try {
    await link(fresh, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(fresh);
  }
}

async function readLock(
  path: string,
): Promise<{ readonly text: string; readonly holder: Holder | undefined } | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  return { text, holder: parseHolder(text) };
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: Partial<Holder> | null = JSON.parse(text);
    if (typeof value?.pid !== 'number' || typeof value.machine !== 'string') return undefined;
    return { pid: value.pid, machine: value.machine, token: String(value.token) };
  } catch {
    return undefined;
  }
}

function isStale(host: LockHost, holder: Holder | undefined): boolean {
  return holder !== undefined && holder.machine === hostname() && !host.isAlive(holder.pid);
}

/**
 * Moves a stale lock away. When somebody else took it over in between, what was moved is their
 * live lock: it is put back.
 */
async function breakLock(path: string, staleText: string, token: string): Promise<void> {
  const aside = `${path}.${token}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== staleText) {
    await link(aside, path).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
    });
  }
  await unlink(aside);
}

async function release(path: string, token: string): Promise<void> {
  const current = await readLock(path);
  if (current?.holder?.token === token) await unlink(path);
}

function held(path: string, holder: Holder | undefined): TaoError {
  const who = holder === undefined ? 'another program' : `process ${holder.pid}`;
  const where = holder === undefined ? '' : ` on ${holder.machine}`;
  return new TaoError('FILE_LOCKED', {
    message: `Couldn't take the lock ${path}: ${who}${where} holds it.`,
    hint: 'Wait until it ends. If nothing of it runs any more, remove that file.',
    data: { path, ...(holder === undefined ? {} : { pid: holder.pid, machine: holder.machine }) },
  });
}
