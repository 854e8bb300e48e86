/** The ledger's tables, by version, and the runner that brings an older file up to date. */
import { type Database, unreadableLedger } from './database.ts';
import { convertToV2, SCHEMA_V2 } from './schema-v2.ts';

export type Migration = {
  readonly version: number;
  readonly sql: string;
  /** What statements alone cannot do, after them and in the same transaction. */
  readonly convert?: (database: Database) => void;
};

/** Every version there ever was, oldest first. A released one is never edited: add another. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE ledger_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
      CREATE TABLE open_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

      CREATE TABLE tx_steps (
        sequence INTEGER PRIMARY KEY,
        tx_id TEXT NOT NULL,
        step INTEGER NOT NULL,
        kind TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        payload TEXT NOT NULL,
        checksum TEXT NOT NULL,
        UNIQUE (tx_id, step)
      ) STRICT;
      CREATE TABLE tx_heads (
        tx_id TEXT PRIMARY KEY,
        first_sequence INTEGER NOT NULL,
        request_id TEXT UNIQUE,
        hash TEXT UNIQUE,
        state TEXT NOT NULL,
        outcome_sequence INTEGER
      ) STRICT;
      CREATE INDEX tx_heads_by_age ON tx_heads (first_sequence);

      CREATE TABLE accounts (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE blocks (
        id INTEGER PRIMARY KEY,
        number INTEGER NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        time_ms INTEGER NOT NULL,
        source TEXT NOT NULL,
        checksum INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE pool_samples (
        block INTEGER NOT NULL REFERENCES blocks (id),
        netuid INTEGER NOT NULL,
        price_rao_per_alpha TEXT NOT NULL,
        tao_reserve_rao TEXT NOT NULL,
        alpha_in_rao TEXT NOT NULL,
        alpha_out_rao TEXT NOT NULL,
        source TEXT NOT NULL,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (netuid, block)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE position_samples (
        block INTEGER NOT NULL REFERENCES blocks (id),
        coldkey INTEGER NOT NULL REFERENCES accounts (id),
        hotkey INTEGER NOT NULL REFERENCES accounts (id),
        netuid INTEGER NOT NULL,
        alpha_rao TEXT NOT NULL,
        source TEXT NOT NULL,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (coldkey, hotkey, netuid, block)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE claimable_samples (
        block INTEGER NOT NULL REFERENCES blocks (id),
        coldkey INTEGER NOT NULL REFERENCES accounts (id),
        hotkey INTEGER NOT NULL REFERENCES accounts (id),
        netuid INTEGER NOT NULL,
        alpha_rao TEXT NOT NULL,
        source TEXT NOT NULL,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (coldkey, hotkey, netuid, block)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE complete_coldkeys (
        block INTEGER NOT NULL REFERENCES blocks (id),
        coldkey INTEGER NOT NULL REFERENCES accounts (id),
        scope TEXT NOT NULL,
        PRIMARY KEY (coldkey, scope, block)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE stake_flows (
        id INTEGER PRIMARY KEY,
        outcome_sequence INTEGER REFERENCES tx_steps (sequence),
        ordinal INTEGER NOT NULL,
        block_number INTEGER NOT NULL,
        block_hash TEXT NOT NULL,
        block_time_ms INTEGER,
        coldkey INTEGER NOT NULL REFERENCES accounts (id),
        hotkey INTEGER NOT NULL REFERENCES accounts (id),
        netuid INTEGER NOT NULL,
        direction TEXT NOT NULL,
        alpha_rao TEXT NOT NULL,
        tao_rao TEXT NOT NULL,
        checksum INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX stake_flows_by_coldkey ON stake_flows (coldkey, block_number);
      CREATE INDEX stake_flows_by_block ON stake_flows (block_hash, coldkey);
      CREATE TABLE block_rejections (
        block_hash TEXT PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        reason TEXT NOT NULL
      ) STRICT;
      CREATE TABLE fact_conflicts (
        id INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        block_hash TEXT NOT NULL,
        source TEXT NOT NULL,
        fact TEXT NOT NULL,
        known TEXT NOT NULL,
        offered TEXT NOT NULL,
        UNIQUE (block_hash, fact, offered)
      ) STRICT;
    `,
  },
  { version: 2, sql: SCHEMA_V2, convert: convertToV2 },
];

/**
 * Brings the file to the newest of `migrations`, each step and its record in one transaction.
 * LEDGER_UNREADABLE when the file is of a newer version than this tool knows.
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[],
  atMs: number,
): { readonly from: number; readonly to: number } {
  const newest = Math.max(...migrations.map((migration) => migration.version));
  const found = readSchemaVersion(database);
  refuseNewer(database, found, newest);
  if (found === newest) return { from: found, to: newest };
  return database.write(() => {
    database.execute(
      'CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, at_ms INTEGER) STRICT',
    );
    // Another run may have migrated while this one waited for the lock.
    const from = readSchemaVersion(database);
    refuseNewer(database, from, newest);
    for (const migration of migrations) {
      if (migration.version <= from) continue;
      database.execute(migration.sql);
      migration.convert?.(database);
      database.run('INSERT INTO schema_versions VALUES (?, ?)', migration.version, atMs);
    }
    return { from, to: newest };
  });
}

/** The version of the file's tables; 0 for an empty file. */
export function readSchemaVersion(database: Database): number {
  const tables = database.rows("SELECT name FROM sqlite_master WHERE type = 'table'");
  if (tables.length === 0) return 0;
  if (!tables.some(([name]) => name === 'schema_versions')) {
    throw unreadableLedger(database.path, 'the file is a database of another program');
  }
  const [row] = database.rows('SELECT coalesce(max(version), 0) FROM schema_versions');
  return row?.[0] as number;
}

function refuseNewer(database: Database, found: number, newest: number): void {
  if (found <= newest) return;
  throw unreadableLedger(
    database.path,
    `it was written by a newer version of tao (schema ${found}, this one knows ${newest})`,
  );
}
