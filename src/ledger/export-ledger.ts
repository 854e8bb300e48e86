/**
 * A whole ledger as JSON lines: what it is of, then the journal, then every fact, then a line that
 * closes it with a checksum. Derived tables are left out: they are made of the rest.
 */
import { createHash } from 'node:crypto';
import type { Database, Row, SqlValue } from './database.ts';
import { readAccounts, readPositions, readValidators } from './identities.ts';
import { SAMPLE_TABLES, type SampleTable, SOURCE_NUMBERS } from './sample-tables.ts';

/** Version of the lines below. */
export const EXPORT_VERSION = 1;
export const EXPORT_FORMAT = 'taostake-ledger';

/** Lines without their ends. Reads one state, whatever is written meanwhile. */
export function* exportLines(database: Database, genesisHash: string): Iterable<string> {
  const hash = createHash('sha256');
  let lines = 0;
  database.execute('BEGIN');
  try {
    for (const line of bodyLines(database, genesisHash)) {
      hash.update(`${line}\n`);
      lines += 1;
      yield line;
    }
  } finally {
    database.execute('COMMIT');
  }
  yield JSON.stringify({ kind: 'end', lines, checksum: hash.digest('hex') });
}

function* bodyLines(database: Database, genesisHash: string): Iterable<string> {
  const line = (kind: string, fields: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ kind, ...fields });
  yield line('ledger', { format: EXPORT_FORMAT, version: EXPORT_VERSION, genesisHash });
  for (const [txId, step, kind, atMs, payload] of database.each(
    'SELECT tx_id, step, kind, at_ms, payload FROM tx_steps ORDER BY sequence',
  )) {
    yield line('step', { txId, step, name: kind, atMs, payload });
  }
  const hashes = new Map<number, string>();
  for (const [id, number, hash, timeMs, source] of database.each(
    'SELECT id, number, hash, time_ms, source FROM blocks ORDER BY id',
  )) {
    hashes.set(id as number, hash as string);
    yield line('block', { number, hash, timeMs, source });
  }
  const keys = createKeys(database);
  for (const table of SAMPLE_TABLES) {
    for (const row of database.each(sampleSql(table))) {
      yield line('sample', sampleFields(table, row, keys, hashes));
    }
  }
  yield* noteLines(database, hashes, line);
}

function sampleSql({ key, columns, name }: SampleTable): string {
  const values = columns.map(([column]) => column).join(', ');
  return `SELECT ${key}, block, source, ${values} FROM ${name}`;
}

type Keys = Readonly<Record<SampleTable['key'], (id: number) => Readonly<Record<string, unknown>>>>;

function createKeys(database: Database): Keys {
  const positions = new Map(readPositions(database).map(({ id, ...rest }) => [id, rest]));
  const validators = new Map(readValidators(database).map(({ id, ...rest }) => [id, rest]));
  return {
    netuid: (netuid) => ({ netuid }),
    position: (id) => positions.get(id) ?? {},
    validator: (id) => validators.get(id) ?? {},
  };
}

const SOURCE_NAMES = new Map(Object.entries(SOURCE_NUMBERS).map(([name, id]) => [id, name]));

function sampleFields(
  table: SampleTable,
  [key, block, source, ...values]: Row,
  keys: Keys,
  hashes: ReadonlyMap<number, string>,
): Readonly<Record<string, unknown>> {
  const named = table.columns.map(([name, kind], index) => {
    const value = values[index] as SqlValue;
    return [name, kind === 'amount' ? String(value) : value] as const;
  });
  return {
    of: table.name,
    block: hashes.get(block as number),
    source: SOURCE_NAMES.get(source as number),
    ...keys[table.key](key as number),
    ...Object.fromEntries(named),
  };
}

/** Everything that is no sample: listings, flows read from events, claims, and what was put aside. */
function* noteLines(
  database: Database,
  hashes: ReadonlyMap<number, string>,
  line: (kind: string, fields: Readonly<Record<string, unknown>>) => string,
): Iterable<string> {
  const accounts = readAccounts(database);
  const address = (id: SqlValue | undefined): string | undefined => accounts.get(id as number);
  for (const [number, hash, coldkey, hotkey, netuid, direction, alpha, tao] of database.each(
    `SELECT block_number, block_hash, coldkey, hotkey, netuid, direction, alpha_rao, tao_rao
     FROM stake_flows WHERE outcome_sequence IS NULL ORDER BY id`,
  )) {
    const who = { coldkey: address(coldkey), hotkey: address(hotkey), netuid };
    yield line('flow', { number, block: hash, ...who, direction, alphaRao: alpha, taoRao: tao });
  }
  for (const [coldkey, scope, block] of database.each(
    'SELECT coldkey, scope, block FROM complete_coldkeys ORDER BY block',
  )) {
    yield line('listing', { coldkey: address(coldkey), scope, block: hashes.get(block as number) });
  }
  for (const [coldkey, hotkey, netuid, block, kind, alpha, tao] of database.each(
    `SELECT p.coldkey, p.hotkey, p.netuid, c.block, c.kind, c.alpha_rao, c.tao_rao
     FROM root_claims c JOIN positions p ON p.id = c.position ORDER BY c.block`,
  )) {
    const who = { coldkey: address(coldkey), hotkey: address(hotkey), netuid };
    const amounts = { alphaRao: String(alpha), taoRao: String(tao) };
    yield line('claim', { block: hashes.get(block as number), ...who, paid: kind, ...amounts });
  }
  for (const [block, atMs, reason] of database.each(
    'SELECT block_hash, at_ms, reason FROM block_rejections ORDER BY at_ms, block_hash',
  )) {
    yield line('rejection', { block, atMs, reason });
  }
  for (const [atMs, block, source, fact, known, offered] of database.each(
    'SELECT at_ms, block_hash, source, fact, known, offered FROM fact_conflicts ORDER BY id',
  )) {
    yield line('conflict', { atMs, block, source, fact, known, offered });
  }
  for (const [coldkey, sinceBlock, atMs] of database.each(
    'SELECT coldkey, since_block, at_ms FROM followed_coldkeys ORDER BY coldkey',
  )) {
    yield line('followed', { coldkey, sinceBlock, atMs });
  }
  for (const [coldkey, fromBlock, toBlock, reason, atMs] of database.each(
    'SELECT coldkey, from_block, to_block, reason, at_ms FROM sync_gaps ORDER BY coldkey, from_block',
  )) {
    yield line('gap', { coldkey, fromBlock, toBlock, reason, atMs });
  }
  for (const [name, value, atMs] of database.each(
    "SELECT name, value, at_ms FROM sync_cursors WHERE name LIKE 'history/%' ORDER BY name",
  )) {
    yield line('cursor', { name, value, atMs });
  }
}
