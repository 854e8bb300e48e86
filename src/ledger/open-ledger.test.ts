import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import { openDatabase } from './database.ts';
import { ledgerPath, openLedger } from './open-ledger.ts';
import {
  ALICE,
  createTestClock,
  GENESIS,
  intentOf,
  observationOf,
  openTestLedger,
  START_MS,
  signedOf,
  temporaryFolder,
  VALIDATOR,
} from './testing.ts';

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isTaoError(error) ? error.code : String(error);
}

/** A closed ledger with one signed transaction, and its file. */
async function closedLedger(): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = temporaryFolder();
  const ledger = await openTestLedger({ folder });
  ledger.journal.begin(intentOf('tx-one'));
  ledger.journal.recordSigned('tx-one', signedOf('one'));
  ledger.close();
  return { folder, path: ledger.path };
}

async function change(path: string, sql: string): Promise<void> {
  const database = await openDatabase(path, 0);
  database.execute(sql);
  database.close();
}

describe('the file', () => {
  test('is named by genesis hash and readable by its owner only', async () => {
    const folder = join(temporaryFolder(), 'deep', 'data');
    const ledger = await openTestLedger({ folder });
    ledger.journal.begin(intentOf('tx-one'));
    expect(ledger.path).toBe(join(folder, 'ledger-a1b2c3d4e5f60718.sqlite'));
    expect(ledger.genesisHash).toBe(GENESIS);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(`${ledger.path}${suffix}`).mode & 0o777).toBe(0o600);
    }
  });

  test('is taken back from others when it was readable by them', async () => {
    const folder = temporaryFolder();
    writeFileSync(ledgerPath(folder, GENESIS), '', { mode: 0o644 });
    const { path } = await openTestLedger({ folder });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('holds everything itself once it is closed', async () => {
    const { path } = await closedLedger();
    expect(statSync(`${path}-wal`).size).toBe(0);
    const copy = temporaryFolder();
    writeFileSync(ledgerPath(copy, GENESIS), readFileSync(path));
    const ledger = await openTestLedger({ folder: copy });
    expect(ledger.journal.find('tx-one').state).toBe('signed');
  });

  test('a genesis hash that is none is a defect', async () => {
    const location = { folder: temporaryFolder(), clock: createTestClock() };
    await expect(openLedger({ ...location, genesisHash: '0x12' })).rejects.toThrow(TypeError);
  });
});

describe('refusals', () => {
  test('a ledger of another chain', async () => {
    const { folder, path } = await closedLedger();
    const other = `0x${GENESIS.slice(2, 18)}${'0'.repeat(48)}`;
    expect(ledgerPath(folder, other)).toBe(path);
    const clock = createTestClock();
    const opening = openLedger({ folder, genesisHash: other, clock });
    await expect(opening).rejects.toMatchObject({
      code: 'LEDGER_WRONG_CHAIN',
      exitCode: 9,
      data: { path, ledgerGenesis: GENESIS, chainGenesis: other },
    });
  });

  test('a ledger of a newer version of the tool', async () => {
    const { folder, path } = await closedLedger();
    await change(path, 'INSERT INTO schema_versions VALUES (99, 0)');
    await expect(openTestLedger({ folder })).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
      exitCode: 9,
      message: expect.stringContaining('schema 99'),
    });
  });

  test("another program's database", async () => {
    const folder = temporaryFolder();
    await change(ledgerPath(folder, GENESIS), 'CREATE TABLE recipes (name TEXT)');
    expect(await codeOf(openTestLedger({ folder }))).toBe('LEDGER_UNREADABLE');
  });

  test('a file that is no database', async () => {
    const folder = temporaryFolder();
    writeFileSync(ledgerPath(folder, GENESIS), 'my notes about staking\n'.repeat(400));
    expect(await codeOf(openTestLedger({ folder }))).toBe('LEDGER_CORRUPT');
  });

  test('a folder that cannot be made because a file is in its place', async () => {
    const parent = temporaryFolder();
    writeFileSync(join(parent, 'data'), '');
    await expect(openTestLedger({ folder: join(parent, 'data') })).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
      message: 'Failed to open the ledger: the file system refused it (EEXIST).',
    });
  });

  test('a folder in place of the file', async () => {
    const folder = temporaryFolder();
    mkdirSync(ledgerPath(folder, GENESIS));
    expect(await codeOf(openTestLedger({ folder }))).toBe('LEDGER_UNREADABLE');
  });

  test('a changed journal step', async () => {
    const { folder, path } = await closedLedger();
    await change(path, "UPDATE tx_steps SET at_ms = at_ms + 1 WHERE kind = 'signed'");
    const ledger = await openTestLedger({ folder });
    expect(() => ledger.journal.find('tx-one')).toThrow('journal step 2 fails its checksum');
    expect(() => ledger.verify()).toThrow('journal step 2 fails its checksum');
  });

  test('a removed journal step', async () => {
    const { folder, path } = await closedLedger();
    await change(path, "DELETE FROM tx_steps WHERE kind = 'planned'");
    const ledger = await openTestLedger({ folder });
    expect(() => ledger.journal.find('tx-one')).toThrow('it is damaged');
    expect(() => ledger.verify()).toThrow('it is damaged');
  });

  test.each([
    ["UPDATE tx_heads SET state = 'planned'", 'the index of transaction tx-one is wrong'],
    ["UPDATE tx_heads SET request_id = 'x'", 'the index of transaction tx-one is wrong'],
    ['UPDATE tx_heads SET hash = NULL', 'the index of transaction tx-one is wrong'],
    ['DELETE FROM tx_heads', 'the index of transaction tx-one is wrong'],
    [
      "INSERT INTO tx_heads VALUES ('tx-two', 9, NULL, NULL, 'planned', NULL)",
      'a transaction has no steps',
    ],
  ])('an index that its steps do not bear out: %s', async (sql, message) => {
    const { folder, path } = await closedLedger();
    await change(path, sql);
    const ledger = await openTestLedger({ folder });
    expect(() => ledger.verify()).toThrow(message);
  });

  test('a changed fact', async () => {
    const folder = temporaryFolder();
    const first = await openTestLedger({ folder });
    const position = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, alphaRao: 5n };
    first.facts.append(observationOf(1_000, { positions: [position] }));
    expect(first.verify()).toEqual({ steps: 0, facts: 1 });
    first.close();
    await change(first.path, "UPDATE position_samples SET alpha_rao = '6'");
    const ledger = await openTestLedger({ folder });
    expect(() => ledger.facts.read([ALICE])).toThrow('stake of block 1000 fails its checksum');
    expect(() => ledger.verify()).toThrow('stake of block 1000 fails its checksum');
  });

  test('use after closing is a defect', async () => {
    const ledger = await openTestLedger();
    ledger.close();
    ledger.close();
    expect(() => ledger.journal.list({ limit: 1 })).toThrow('The ledger is closed.');
    expect(() => ledger.facts.append(observationOf(1))).toThrow('The ledger is closed.');
  });
});

describe('a busy ledger', () => {
  test('a writer gives up after a bounded wait and nothing is written', async () => {
    const folder = temporaryFolder();
    const ledger = await openTestLedger({ folder, busyTimeoutMs: 50 });
    const other = await openDatabase(ledger.path, 0);
    other.execute('BEGIN IMMEDIATE');
    expect(() => ledger.journal.begin(intentOf('tx-one'))).toThrow(
      expect.objectContaining({ code: 'LEDGER_LOCKED', exitCode: 9, retry: 'safe' }),
    );
    other.execute('ROLLBACK');
    other.close();
    expect(ledger.journal.list({ limit: 1 })).toEqual([]);
    ledger.journal.begin(intentOf('tx-one'));
    expect(ledger.journal.find('tx-one').state).toBe('planned');
  });

  test('a new file that another run is creating is waited for, but not for ever', async () => {
    const folder = temporaryFolder();
    const other = await openDatabase(ledgerPath(folder, GENESIS), 0);
    other.execute('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
    const clock = createTestClock();
    expect(await codeOf(openTestLedger({ folder, clock, busyTimeoutMs: 100 }))).toBe(
      'LEDGER_LOCKED',
    );
    expect(clock.nowMs()).toBe(START_MS + 100);
    let pauses = 0;
    const sleep = (ms: number): Promise<void> => {
      pauses += 1;
      if (pauses === 3) other.execute('ROLLBACK');
      return clock.sleep(ms);
    };
    const ledger = await openTestLedger({ folder, clock: { ...clock, sleep }, busyTimeoutMs: 100 });
    expect(pauses).toBe(3);
    expect(ledger.verify()).toEqual({ steps: 0, facts: 0 });
    other.close();
  });

  test('readers do not wait for a writer', async () => {
    const { folder } = await closedLedger();
    const ledger = await openTestLedger({ folder, busyTimeoutMs: 50 });
    const other = await openDatabase(ledger.path, 0);
    other.execute('BEGIN IMMEDIATE');
    expect(ledger.journal.find('tx-one').state).toBe('signed');
    const second = await openTestLedger({ folder, busyTimeoutMs: 50 });
    expect(second.journal.find('tx-one').state).toBe('signed');
    other.execute('ROLLBACK');
    other.close();
  });
});

describe('the mark of an open ledger', () => {
  const marks = async (path: string): Promise<number> => {
    const database = await openDatabase(path, 0);
    const [row] = database.rows('SELECT count(*) FROM open_sessions');
    database.close();
    return row?.[0] as number;
  };

  test('is there from the first write until closing', async () => {
    const ledger = await openTestLedger();
    expect(await marks(ledger.path)).toBe(0);
    ledger.journal.begin(intentOf('tx-one'));
    expect(await marks(ledger.path)).toBe(1);
    ledger.journal.begin(intentOf('tx-two'));
    expect(await marks(ledger.path)).toBe(1);
    ledger.close();
    expect(await marks(ledger.path)).toBe(0);
  });

  test('a file left open is checked at the next opening, and only then', async () => {
    const { folder, path } = await closedLedger();
    await change(path, "UPDATE tx_steps SET at_ms = 0 WHERE kind = 'planned'");
    expect(await codeOf(openTestLedger({ folder }))).toBe('undefined');
    await change(path, 'INSERT INTO open_sessions DEFAULT VALUES');
    expect(await codeOf(openTestLedger({ folder }))).toBe('LEDGER_CORRUPT');
  });

  test('a whole file left open loses the mark by being checked', async () => {
    const { folder, path } = await closedLedger();
    await change(path, 'INSERT INTO open_sessions DEFAULT VALUES');
    await openTestLedger({ folder });
    expect(await marks(path)).toBe(0);
  });
});
