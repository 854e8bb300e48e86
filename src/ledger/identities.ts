/** Small numbers for what facts are about: accounts, hotkeys on subnets, positions. Never reused. */
import { factChecksum } from './checksum.ts';
import { corruptLedger, type Database, type Row } from './database.ts';

export type Identities = {
  /** Each stores what is new, so call them inside a transaction only. */
  readonly account: (address: string) => number;
  readonly validator: (hotkey: string, netuid: number) => number;
  readonly position: (coldkey: string, hotkey: string, netuid: number) => number;
  /** After a transaction was undone: what it stored is gone. */
  readonly forget: () => void;
};

/** Most numbers kept in memory of each kind. */
const MAX_CACHED = 200_000;

export function createIdentities(database: Database): Identities {
  const accounts = new Map<string, number>();
  const validators = new Map<string, number>();
  const positions = new Map<string, number>();
  const keep = (cache: Map<string, number>, key: string, id: number): number => {
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, id);
    return id;
  };
  const account = (address: string): number =>
    accounts.get(address) ??
    keep(
      accounts,
      address,
      findOrInsert(database, 'accounts', { address }, (id) => ['account', id, address]),
    );
  return {
    account,
    validator: (hotkey, netuid) => {
      const key = `${netuid}/${hotkey}`;
      const known = validators.get(key);
      if (known !== undefined) return known;
      const row = { hotkey: account(hotkey), netuid };
      const parts = (id: number) => ['validator', id, row.hotkey, netuid];
      return keep(validators, key, findOrInsert(database, 'validators', row, parts));
    },
    position: (coldkey, hotkey, netuid) => {
      const key = `${netuid}/${coldkey}/${hotkey}`;
      const known = positions.get(key);
      if (known !== undefined) return known;
      const row = { coldkey: account(coldkey), hotkey: account(hotkey), netuid };
      const parts = (id: number) => ['position', id, row.coldkey, row.hotkey, netuid];
      return keep(positions, key, findOrInsert(database, 'positions', row, parts));
    },
    forget: () => {
      for (const cache of [accounts, validators, positions]) cache.clear();
    },
  };
}

function findOrInsert(
  database: Database,
  table: string,
  row: Readonly<Record<string, string | number>>,
  parts: (id: number) => (string | number)[],
): number {
  const names = Object.keys(row);
  const values = Object.values(row);
  const where = names.map((name) => `${name} = ?`).join(' AND ');
  const [found] = database.rows(`SELECT id FROM ${table} WHERE ${where}`, ...values);
  if (found !== undefined) return found[0] as number;
  const [last] = database.rows(`SELECT coalesce(max(id), 0) + 1 FROM ${table}`);
  const id = last?.[0] as number;
  database.run(
    `INSERT INTO ${table} (id, ${names.join(', ')}, checksum) VALUES (?, ${names.map(() => '?').join(', ')}, ?)`,
    id,
    ...values,
    factChecksum(parts(id)),
  );
  return id;
}

export type Position = {
  readonly id: number;
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
};
export type Validator = Omit<Position, 'coldkey'>;

const ADDRESS = 'SELECT id, address, checksum FROM accounts';

/** Addresses by number. LEDGER_CORRUPT. */
export function readAccounts(database: Database): ReadonlyMap<number, string> {
  const rows = database.rows(ADDRESS);
  return new Map(rows.map((row) => checkAccount(database, row)));
}

/** The number of an address, undefined when nothing is known of it. LEDGER_CORRUPT. */
export function findAccount(database: Database, address: string): number | undefined {
  const [row] = database.rows(`${ADDRESS} WHERE address = ?`, address);
  return row === undefined ? undefined : checkAccount(database, row)[0];
}

function checkAccount(database: Database, [id, address, checksum]: Row): [number, string] {
  check(database, ['account', id as number, address as string], checksum, `account ${id}`);
  return [id as number, address as string];
}

/** Positions of a coldkey by its number, or all; by netuid and hotkey. LEDGER_CORRUPT. */
export function readPositions(database: Database, coldkey?: number): readonly Position[] {
  const rows = database.rows(
    `SELECT p.id, p.coldkey, p.hotkey, p.netuid, p.checksum, c.address, c.checksum, h.address,
       h.checksum
     FROM positions p JOIN accounts c ON c.id = p.coldkey JOIN accounts h ON h.id = p.hotkey
     WHERE ?1 IS NULL OR p.coldkey = ?1 ORDER BY c.address, p.netuid, h.address`,
    coldkey ?? null,
  );
  return rows.map((row) => {
    const [id, coldkeyId, hotkeyId, netuid, checksum, coldkeyText, coldkeySum, hotkey, sum] = row;
    const parts = ['position', id, coldkeyId, hotkeyId, netuid] as (string | number)[];
    check(database, parts, checksum, `position ${id}`);
    checkAccount(database, [coldkeyId as number, coldkeyText as string, coldkeySum as number]);
    checkAccount(database, [hotkeyId as number, hotkey as string, sum as number]);
    return { id, coldkey: coldkeyText, hotkey, netuid } as Position;
  });
}

/** Hotkeys on subnets: all that anything is known of. LEDGER_CORRUPT. */
export function readValidators(database: Database): readonly Validator[] {
  const rows = database.rows(
    `SELECT v.id, v.hotkey, v.netuid, v.checksum, h.address, h.checksum
     FROM validators v JOIN accounts h ON h.id = v.hotkey ORDER BY v.netuid, h.address`,
  );
  return rows.map(([id, hotkeyId, netuid, checksum, hotkey, sum]) => {
    const parts = ['validator', id, hotkeyId, netuid] as (string | number)[];
    check(database, parts, checksum, `validator ${id}`);
    checkAccount(database, [hotkeyId as number, hotkey as string, sum as number]);
    return { id, hotkey, netuid } as Validator;
  });
}

/** LEDGER_CORRUPT when the parts do not give the checksum. */
export function check(
  database: Database,
  parts: readonly (string | number)[],
  checksum: Row[number] | undefined,
  what: string,
): void {
  if (factChecksum(parts) !== checksum) {
    throw corruptLedger(database.path, `the ${what} fails its checksum`);
  }
}
