import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factChecksum } from './checksum.ts';
import { type Database, openDatabase, type SqlValue } from './database.ts';
import { ledgerPath } from './open-ledger.ts';
import { MIGRATIONS, type Migration, migrate, readSchemaVersion } from './schema.ts';
import {
  ALICE,
  BOB,
  blockHash,
  GENESIS,
  OTHER_VALIDATOR,
  openTestLedger,
  START_MS,
  temporaryFolder,
  VALIDATOR,
} from './testing.ts';

const newest = MIGRATIONS.at(-1)?.version as number;
const added = { version: newest + 1, sql: 'CREATE TABLE notes (text TEXT) STRICT' };

async function newestFile(): Promise<Database> {
  const database = await openDatabase(join(temporaryFolder(), 'new.sqlite'), 0);
  migrate(database, MIGRATIONS, 1);
  return database;
}

describe('migrations', () => {
  test('run once each, in order, and keep what is there', async () => {
    const database = await newestFile();
    database.run("INSERT INTO ledger_meta VALUES ('kept', 'yes')");
    const told = { from: newest, to: newest + 1 };
    expect(migrate(database, [...MIGRATIONS, added], 5)).toEqual(told);
    expect(migrate(database, [...MIGRATIONS, added], 6)).toEqual({ ...told, from: newest + 1 });
    expect(
      database.rows('SELECT at_ms FROM schema_versions WHERE version = ?', newest + 1),
    ).toEqual([[5]]);
    expect(database.rows('SELECT key FROM ledger_meta')).toEqual([['kept']]);
    expect(() => migrate(database, MIGRATIONS, 7)).toThrow(
      `schema ${newest + 1}, this one knows ${newest}`,
    );
    database.close();
  });

  test('a failing one leaves the version it found', async () => {
    const database = await newestFile();
    const broken = { version: newest + 2, sql: 'CREATE TABLE nonsense (' };
    expect(() => migrate(database, [...MIGRATIONS, added, broken], 5)).toThrow();
    expect(readSchemaVersion(database)).toBe(newest);
    expect(database.rows("SELECT name FROM sqlite_master WHERE name = 'notes'")).toEqual([]);
    database.close();
  });

  test('an empty file starts at nothing and ends at the newest', async () => {
    const database = await openDatabase(join(temporaryFolder(), 'new.sqlite'), 0);
    expect(readSchemaVersion(database)).toBe(0);
    expect(migrate(database, MIGRATIONS, 1)).toEqual({ from: 0, to: newest });
    database.close();
  });
});

/** A ledger as version 1 of the tables wrote it, with its own checksums. */
async function versionOneFile(): Promise<string> {
  const folder = temporaryFolder();
  const database = await openDatabase(ledgerPath(folder, GENESIS), 0);
  migrate(database, [MIGRATIONS[0] as Migration], 1);
  const insert = (table: string, ...values: readonly SqlValue[]): void => {
    const places = values.map(() => '?').join(', ');
    database.run(`INSERT INTO ${table} VALUES (${places})`, ...values);
  };
  insert('ledger_meta', 'genesis', GENESIS);
  for (const [index, address] of [ALICE, BOB, VALIDATOR, OTHER_VALIDATOR].entries()) {
    insert('accounts', index + 1, address);
  }
  for (const number of [1_000, 1_010]) {
    const hash = blockHash(number);
    const timeMs = START_MS + (number - 1_000) * 12_000;
    const id = number - 999;
    const block = ['block', number, hash, timeMs, 'observed'];
    insert('blocks', id, number, hash, timeMs, 'observed', factChecksum(block));
    const pool = ['50000000', '18446744073709551615', '7', '9', 'observed'];
    const poolSum = factChecksum(['pool_samples', hash, 8, id, ...pool]);
    insert('pool_samples', id, 8, ...pool, poolSum);
    for (const table of ['position_samples', 'claimable_samples']) {
      const alpha = `${number}${table === 'position_samples' ? '0000000000000000' : ''}`;
      const sum = factChecksum([table, hash, 1, 3, 8, id, alpha, 'archive']);
      insert(table, id, 1, 3, 8, alpha, 'archive', sum);
    }
    insert('complete_coldkeys', id, 1, 'positions');
  }
  const flow = [1_005, blockHash(1_005), START_MS, 1, 4, 8, 'in', '5', '6'];
  insert('stake_flows', 1, null, 0, ...flow, factChecksum(flow));
  database.close();
  return folder;
}

describe('a ledger of version 1', () => {
  test('is taken over whole: every fact reads as it was written', async () => {
    const folder = await versionOneFile();
    const ledger = await openTestLedger({ folder });
    const [early, late] = [1_000, 1_010].map((number) => ({
      number,
      hash: blockHash(number),
      timeMs: START_MS + (number - 1_000) * 12_000,
    }));
    const position = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8 };
    const pool = { netuid: 8, taoReserveRao: 2n ** 64n - 1n, alphaInRao: 7n, alphaOutRao: 9n };
    expect(ledger.facts.read([ALICE, BOB])).toEqual({
      pools: [early, late].map((block) => ({ ...pool, priceRaoPerAlpha: 50_000_000n, block })),
      positions: [
        { ...position, alphaRao: 10_000_000_000_000_000_000n, block: early },
        { ...position, alphaRao: 10_100_000_000_000_000_000n, block: late },
      ],
      claimable: [
        { ...position, alphaRao: 1_000n, block: early },
        { ...position, alphaRao: 1_010n, block: late },
      ],
      flows: [],
      complete: [
        { coldkey: ALICE, block: early },
        { coldkey: ALICE, block: late },
      ],
      conflicts: [],
    });
    expect(ledger.verify()).toEqual({ steps: 0, facts: 7 });
    expect(ledger.facts.readDays({ coldkeys: [ALICE] })).toHaveLength(1);
  });

  test('whose fact was changed is refused, and stays as it was', async () => {
    const folder = await versionOneFile();
    const path = ledgerPath(folder, GENESIS);
    const database = await openDatabase(path, 0);
    database.execute("UPDATE position_samples SET alpha_rao = '1' WHERE block = 11");
    await expect(openTestLedger({ folder })).rejects.toMatchObject({
      code: 'LEDGER_CORRUPT',
      message: expect.stringContaining('stake of block 1010 fails its checksum'),
    });
    expect(readSchemaVersion(database)).toBe(1);
    expect(database.rows('SELECT count(*) FROM position_samples')).toEqual([[2]]);
    database.close();
  });
});
