/**
 * Opens the ledger of one chain: one SQLite file, named by genesis hash. Nothing here reaches the
 * network. The database library is loaded when the first ledger is opened, not before.
 */
import { chmod, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../domain/ports.ts';
import { TaoError } from '../errors/tao-error.ts';
import { checkFile, createLedger } from './create-ledger.ts';
import {
  BUSY_TIMEOUT_MS,
  corruptLedger,
  type Database,
  openDatabase,
  unreadableLedger,
} from './database.ts';
import { verifyJournal } from './journal.ts';
import { counted, inTurn, isOpenHere } from './open-files.ts';
import { MIGRATIONS, migrate } from './schema.ts';
import { createSession } from './session.ts';
import type { Ledger } from './types.ts';

export type LedgerLocation = {
  /** Created with mode 0700 when it is not there. */
  readonly folder: string;
  /** 0x and 64 hex digits. */
  readonly genesisHash: string;
  readonly clock: Clock;
  /** How long a writer waits for another one; BUSY_TIMEOUT_MS unless told. */
  readonly busyTimeoutMs?: number;
  /** The file does not grow beyond so many pages: a full disk for tests. */
  readonly maxPages?: number;
};

/** Marks a file as ours: `TAOL` in SQLite's application id. */
const APPLICATION_ID = 0x54_41_4f_4c;
/** Pages kept in memory: the ends of all tables while facts come in. */
const CACHE_KIB = 4_096;
/** Pause between tries to switch a new file to write-ahead logging while another run does so. */
const RETRY_PAUSE_MS = 20;

/** The file of the ledger of `genesisHash` in `folder`. */
export function ledgerPath(folder: string, genesisHash: string): string {
  return join(folder, `ledger-${genesisHash.slice(2, 18)}.sqlite`);
}

/**
 * Opens or creates the ledger. LEDGER_UNREADABLE, LEDGER_CORRUPT, LEDGER_WRONG_CHAIN,
 * LEDGER_LOCKED. Close it, so that the next start can skip its check of the file.
 */
export async function openLedger(location: LedgerLocation): Promise<Ledger> {
  const { folder } = location;
  const genesisHash = location.genesisHash.toLowerCase();
  if (!/^0x[0-9a-f]{64}$/.test(genesisHash)) {
    throw new TypeError(`Not a genesis hash: ${location.genesisHash}`);
  }
  const path = ledgerPath(folder, genesisHash);
  return inTurn(path, async () => {
    if (!isOpenHere(path)) {
      await createPrivateFile(folder, path);
      if (await isCutShort(path)) throw corruptLedger(path, 'the file is cut short');
    }
    const database = counted(await openDatabase(path, location.busyTimeoutMs ?? BUSY_TIMEOUT_MS));
    return openWith(database, location, genesisHash);
  });
}

async function openWith(
  database: Database,
  location: LedgerLocation,
  genesisHash: string,
): Promise<Ledger> {
  const { path } = database;
  const { clock } = location;
  try {
    await prepare(database, location);
    migrate(database, MIGRATIONS, clock.nowMs());
    checkGenesis(database, genesisHash);
    const session = createSession(database);
    if (session.wasLeftOpen()) {
      checkFile(database);
      verifyJournal(database);
      session.forgetLeftOpen();
    }
    return {
      path,
      ...createLedger({ database, session, clock, genesisHash }),
      close: () => {
        try {
          session.end();
        } finally {
          database.close();
        }
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function createPrivateFile(folder: string, path: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    const { mode } = await file.stat();
    await file.close();
    if ((mode & 0o077) !== 0) await chmod(path, 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw unreadableLedger(path, `the file system refused it (${code})`, error);
  }
}

/** Byte offsets in the header of a SQLite file. */
const HEADER = { bytes: 100, pageSize: 16, changes: 24, pages: 28, pagesValidFor: 92 } as const;

/** Whether the file is shorter than its own header says, with nothing in the log to make up for it. */
async function isCutShort(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return false;
    const header = Buffer.alloc(HEADER.bytes);
    const { bytesRead } = await file.read(header, 0, HEADER.bytes, 0);
    if (bytesRead < HEADER.bytes || header.toString('latin1', 0, 15) !== 'SQLite format 3') {
      throw corruptLedger(path, 'the file is cut short or is no ledger');
    }
    const isCounted =
      header.readUInt32BE(HEADER.changes) === header.readUInt32BE(HEADER.pagesValidFor);
    const stored = header.readUInt16BE(HEADER.pageSize);
    const pageSize = stored === 1 ? 65_536 : stored;
    if (!isCounted || size >= header.readUInt32BE(HEADER.pages) * pageSize) return false;
    const log = await stat(`${path}-wal`).catch(() => undefined);
    return log === undefined || log.size === 0;
  } finally {
    await file.close();
  }
}

async function prepare(
  database: Database,
  { clock, busyTimeoutMs, maxPages }: LedgerLocation,
): Promise<void> {
  const giveUpAt = clock.nowMs() + (busyTimeoutMs ?? BUSY_TIMEOUT_MS);
  for (let isDone = false; !isDone; ) {
    try {
      // Chain rule of SQLite: the switch to a log does not wait for another writer by itself.
      database.execute('PRAGMA journal_mode = WAL');
      isDone = true;
    } catch (error) {
      const mayRetry = error instanceof TaoError && error.code === 'LEDGER_LOCKED';
      if (!mayRetry || clock.nowMs() >= giveUpAt) throw error;
      await clock.sleep(RETRY_PAUSE_MS);
    }
  }
  database.execute(
    // References are checked by `verify`: looking each one up would cost every insert a fifth.
    `PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -${CACHE_KIB}`,
  );
  if (maxPages !== undefined) database.execute(`PRAGMA max_page_count = ${maxPages}`);
}

function checkGenesis(database: Database, genesisHash: string): void {
  const known = readGenesis(database) ?? claimFile(database, genesisHash);
  if (known === genesisHash) return;
  throw new TaoError('LEDGER_WRONG_CHAIN', {
    message: 'Failed to open the ledger: it belongs to another chain.',
    details: [
      database.path,
      `Genesis of the ledger: ${known}`,
      `Genesis of the chain:  ${genesisHash}`,
    ],
    hint: 'Move the file aside; it may have been copied from another machine or chain.',
    data: { path: database.path, ledgerGenesis: known, chainGenesis: genesisHash },
  });
}

function readGenesis(database: Database): string | undefined {
  const [row] = database.rows("SELECT value FROM ledger_meta WHERE key = 'genesis'");
  return row?.[0] as string | undefined;
}

/** Makes a new file the ledger of this chain, unless another run was first. */
function claimFile(database: Database, genesisHash: string): string | undefined {
  return database.write(() => {
    database.execute(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.run("INSERT OR IGNORE INTO ledger_meta VALUES ('genesis', ?)", genesisHash);
    return readGenesis(database);
  });
}
