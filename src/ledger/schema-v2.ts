/**
 * Version 2 of the ledger's tables: numbers instead of texts, positions and hotkeys by number, the
 * facts that version 1 did not know, what is followed, and the derived tables. It takes the facts
 * of version 1 over, each checked against its old checksum.
 */
import { blockSeed, factChecksum, sampleChecksum } from './checksum.ts';
import type { Database, SqlValue } from './database.ts';
import { check, createIdentities } from './identities.ts';
import {
  CLAIMABLE,
  POOLS,
  POSITIONS,
  type SampleTable,
  SOURCE_NUMBERS,
  type Stored,
  storeAmount,
} from './sample-tables.ts';

const SAMPLE_END = `
  number INTEGER NOT NULL,
  block INTEGER NOT NULL REFERENCES blocks (id),
  source INTEGER NOT NULL,
  checksum INTEGER NOT NULL`;

export const SCHEMA_V2 = `
  ALTER TABLE pool_samples RENAME TO pool_samples_v1;
  ALTER TABLE position_samples RENAME TO position_samples_v1;
  ALTER TABLE claimable_samples RENAME TO claimable_samples_v1;
  ALTER TABLE complete_coldkeys RENAME TO complete_coldkeys_v1;
  ALTER TABLE accounts ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX blocks_by_number ON blocks (number);

  CREATE TABLE positions (
    id INTEGER PRIMARY KEY,
    coldkey INTEGER NOT NULL REFERENCES accounts (id),
    hotkey INTEGER NOT NULL REFERENCES accounts (id),
    netuid INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (coldkey, hotkey, netuid)
  ) STRICT;
  CREATE TABLE validators (
    id INTEGER PRIMARY KEY,
    hotkey INTEGER NOT NULL REFERENCES accounts (id),
    netuid INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (hotkey, netuid)
  ) STRICT;

  CREATE TABLE pool_samples (
    netuid INTEGER NOT NULL,
    price_rao_per_alpha ANY NOT NULL,
    tao_reserve_rao ANY NOT NULL,
    alpha_in_rao ANY NOT NULL,
    alpha_out_rao ANY NOT NULL,
    ${SAMPLE_END},
    PRIMARY KEY (netuid, number, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE position_samples (
    position INTEGER NOT NULL REFERENCES positions (id),
    alpha_rao ANY NOT NULL,
    ${SAMPLE_END},
    PRIMARY KEY (position, number, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE claimable_samples (
    position INTEGER NOT NULL REFERENCES positions (id),
    alpha_rao ANY NOT NULL,
    ${SAMPLE_END},
    PRIMARY KEY (position, number, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE hotkey_samples (
    validator INTEGER NOT NULL REFERENCES validators (id),
    total_alpha_rao ANY NOT NULL,
    total_shares TEXT NOT NULL,
    take_u16 INTEGER NOT NULL,
    last_dividend_rao ANY NOT NULL,
    last_root_dividend_rao ANY NOT NULL,
    ${SAMPLE_END},
    PRIMARY KEY (validator, number, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE root_rate_samples (
    validator INTEGER NOT NULL REFERENCES validators (id),
    rate_bits ANY NOT NULL,
    ${SAMPLE_END},
    PRIMARY KEY (validator, number, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE claimed_samples (
    position INTEGER NOT NULL REFERENCES positions (id),
    claimed_rao ANY NOT NULL,
    ${SAMPLE_END},
    PRIMARY KEY (position, number, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE basket_samples (
    position INTEGER NOT NULL REFERENCES positions (id),
    owed_rao ANY NOT NULL,
    shares ANY NOT NULL,
    ${SAMPLE_END},
    PRIMARY KEY (position, number, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE root_claims (
    position INTEGER NOT NULL REFERENCES positions (id),
    number INTEGER NOT NULL,
    block INTEGER NOT NULL REFERENCES blocks (id),
    kind TEXT NOT NULL,
    alpha_rao ANY NOT NULL,
    tao_rao ANY NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (position, number, block, kind)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE complete_coldkeys (
    coldkey INTEGER NOT NULL REFERENCES accounts (id),
    scope TEXT NOT NULL,
    number INTEGER NOT NULL,
    block INTEGER NOT NULL REFERENCES blocks (id),
    checksum INTEGER NOT NULL,
    PRIMARY KEY (coldkey, scope, number, block)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE followed_coldkeys (
    coldkey TEXT PRIMARY KEY,
    since_block INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sync_cursors (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sync_gaps (
    coldkey TEXT NOT NULL,
    from_block INTEGER NOT NULL,
    to_block INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (coldkey, from_block, to_block)
  ) STRICT;

  CREATE TABLE derived_state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  CREATE TABLE position_days (
    position INTEGER NOT NULL REFERENCES positions (id),
    day INTEGER NOT NULL,
    last_block INTEGER NOT NULL REFERENCES blocks (id),
    last_number INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    alpha_start TEXT NOT NULL,
    alpha_end TEXT NOT NULL,
    added TEXT NOT NULL,
    removed TEXT NOT NULL,
    paid TEXT NOT NULL,
    received TEXT NOT NULL,
    gain_product TEXT NOT NULL,
    price_product TEXT NOT NULL,
    price TEXT,
    PRIMARY KEY (position, day)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO derived_state VALUES ('dirty_from', 0);
`;

/** Takes the facts of version 1 into the tables of version 2. LEDGER_CORRUPT. */
export function convertToV2(database: Database): void {
  for (const [id, address] of database.rows('SELECT id, address FROM accounts')) {
    const checksum = factChecksum(['account', id as number, address as string]);
    database.run('UPDATE accounts SET checksum = ? WHERE id = ?', checksum, id as number);
  }
  const blocks = new Map(
    database
      .rows('SELECT id, number, hash FROM blocks')
      .map(([id, number, hash]) => [id as number, [number as number, hash as string] as const]),
  );
  convertPools(database, blocks);
  convertPositions(database, blocks, POSITIONS);
  convertPositions(database, blocks, CLAIMABLE);
  for (const [block, coldkey, scope] of database.rows(
    'SELECT block, coldkey, scope FROM complete_coldkeys_v1',
  )) {
    const [number, hash] = blocks.get(block as number) as readonly [number, string];
    const checksum = completeChecksum({ hash, coldkey: coldkey as number, scope: scope as string });
    const values = [coldkey, scope, number, block, checksum] as SqlValue[];
    database.run('INSERT INTO complete_coldkeys VALUES (?, ?, ?, ?, ?)', ...values);
  }
  for (const table of ['pool_samples', 'position_samples', 'claimable_samples']) {
    database.execute(`DROP TABLE ${table}_v1`);
  }
  database.execute('DROP TABLE complete_coldkeys_v1');
}

/** What a note "everything of this coldkey was listed at this block" is checked with. */
export function completeChecksum(note: {
  readonly hash: string;
  readonly coldkey: number;
  readonly scope: string;
}): number {
  return factChecksum(['complete', note.hash, note.coldkey, note.scope]);
}

type Blocks = ReadonlyMap<number, readonly [number: number, hash: string]>;

function convertPools(database: Database, blocks: Blocks): void {
  const rows = database.each(
    `SELECT netuid, block, price_rao_per_alpha, tao_reserve_rao, alpha_in_rao, alpha_out_rao,
       source, checksum FROM pool_samples_v1`,
  );
  for (const [netuid, block, price, tao, alphaIn, alphaOut, source, checksum] of rows) {
    const [, hash] = blocks.get(block as number) as readonly [number, string];
    const texts = [price, tao, alphaIn, alphaOut] as string[];
    const parts = ['pool_samples', hash, netuid, block, ...texts, source] as (string | number)[];
    check(database, parts, checksum, `pool ${netuid} of block ${blocks.get(block as number)?.[0]}`);
    insert({ database, blocks, table: POOLS, key: netuid as number, block, texts, source });
  }
}

function convertPositions(database: Database, blocks: Blocks, table: SampleTable): void {
  const identities = createIdentities(database);
  const rows = database.each(
    `SELECT s.coldkey, s.hotkey, s.netuid, s.block, s.alpha_rao, s.source, s.checksum,
       c.address, h.address
     FROM ${table.name}_v1 s JOIN accounts c ON c.id = s.coldkey
     JOIN accounts h ON h.id = s.hotkey`,
  );
  for (const row of rows) {
    const [coldkeyId, hotkeyId, netuid, block, alpha, source, checksum, coldkey, hotkey] = row;
    const [number, hash] = blocks.get(block as number) as readonly [number, string];
    const parts = [table.name, hash, coldkeyId, hotkeyId, netuid, block, alpha, source];
    check(database, parts as (string | number)[], checksum, `stake of block ${number}`);
    const key = identities.position(coldkey as string, hotkey as string, netuid as number);
    insert({ database, blocks, table, key, block, texts: [alpha as string], source });
  }
}

function insert(row: {
  readonly database: Database;
  readonly blocks: Blocks;
  readonly table: SampleTable;
  readonly key: number;
  readonly block: SqlValue | undefined;
  readonly texts: readonly string[];
  readonly source: SqlValue | undefined;
}): void {
  const { database, blocks, table, key } = row;
  const block = row.block as number;
  const [number, hash] = blocks.get(block) as readonly [number, string];
  const values: Stored[] = row.texts.map((text) => storeAmount(BigInt(text)));
  const source = SOURCE_NUMBERS[row.source as keyof typeof SOURCE_NUMBERS];
  const checksum = sampleChecksum({
    tag: table.tag,
    blockSeed: blockSeed(hash),
    key,
    values,
    source,
  });
  database.run(
    `INSERT INTO ${table.name} VALUES (${['?', ...values.map(() => '?'), '?, ?, ?, ?'].join(', ')})`,
    key,
    ...values,
    number,
    block,
    source,
    checksum,
  );
}
