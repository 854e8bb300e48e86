/**
 * Facts as the chain reported them, by block hash. They are added, never changed: a value that
 * contradicts a known one is kept beside it as a conflict.
 */
import { MAX_RAO } from '../domain/amount.ts';
import type { Clock } from '../domain/ports.ts';
import { TaoError } from '../errors/tao-error.ts';
import { factChecksum } from './checksum.ts';
import type { Database, SqlValue } from './database.ts';
import type { StoreFlows } from './journal.ts';
import { readConflicts, readFacts } from './read-facts.ts';
import type { Facts, Observation, StakeFlow } from './types.ts';

type Conflict = { readonly fact: string; readonly known: string; readonly offered: string };
type Accounts = (address: string) => number;

/** A fact's table, its key columns with values, its value columns with texts. */
type Fact = {
  readonly name: string;
  readonly table: string;
  readonly key: Readonly<Record<string, number>>;
  readonly value: Readonly<Record<string, string>>;
};

export function createFacts(parts: {
  readonly database: Database;
  readonly clock: Clock;
  readonly write: <T>(body: () => T) => T;
}): Facts {
  const { database, clock, write } = parts;
  return {
    append: (observation) => {
      assertObservation(observation);
      const conflicts = write(() => {
        const found = appendAll(database, observation);
        for (const conflict of found)
          recordConflict(database, clock.nowMs(), observation, conflict);
        return found;
      });
      const [first] = conflicts;
      if (first !== undefined) throw conflictError(observation, first, conflicts.length);
    },
    reject: (blockHash, reason) => {
      write(() =>
        database.run(
          'INSERT OR IGNORE INTO block_rejections VALUES (?, ?, ?)',
          blockHash,
          clock.nowMs(),
          reason,
        ),
      );
    },
    read: (coldkeys) => readFacts(database, coldkeys),
    conflicts: () => readConflicts(database),
  };
}

/** Stores flows of a journalled outcome; runs inside the journal's transaction. */
export function createStoreFlows(database: Database): StoreFlows {
  return (sequence, outcome, flows) => {
    const block = {
      number: outcome.blockNumber as number,
      hash: outcome.blockHash as string,
      timeMs: outcome.blockTimeMs,
    };
    for (const flow of flows) assertFlow(flow);
    insertFlows({ database, accountId: accountIds(database), sequence, block, flows });
  };
}

function appendAll(database: Database, observation: Observation): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const accountId = accountIds(database);
  const block = appendBlock(database, observation, conflicts);
  const append = (fact: Fact): void => {
    const conflict = appendFact(database, observation, fact);
    if (conflict !== undefined) conflicts.push(conflict);
  };
  for (const pool of observation.pools) {
    append({
      name: `pool of subnet ${pool.netuid}`,
      table: 'pool_samples',
      key: { netuid: pool.netuid, block },
      value: {
        price_rao_per_alpha: pool.priceRaoPerAlpha.toString(),
        tao_reserve_rao: pool.taoReserveRao.toString(),
        alpha_in_rao: pool.alphaInRao.toString(),
        alpha_out_rao: pool.alphaOutRao.toString(),
      },
    });
  }
  for (const table of ['position_samples', 'claimable_samples'] as const) {
    const samples = table === 'position_samples' ? observation.positions : observation.claimable;
    const what = table === 'position_samples' ? 'stake' : 'claimable';
    for (const { coldkey, hotkey, netuid, alphaRao } of samples) {
      append({
        name: `${what} of ${coldkey} on ${hotkey}, subnet ${netuid}`,
        table,
        key: { coldkey: accountId(coldkey), hotkey: accountId(hotkey), netuid, block },
        value: { alpha_rao: alphaRao.toString() },
      });
    }
  }
  for (const coldkey of observation.completeFor ?? []) {
    const insert = "INSERT OR IGNORE INTO complete_coldkeys VALUES (?, ?, 'positions')";
    database.run(insert, block, accountId(coldkey));
  }
  appendBlockFlows({ database, accountId, observation, block, conflicts });
  return conflicts;
}

/** The id of the observation's block, stored when new. */
function appendBlock(database: Database, observation: Observation, conflicts: Conflict[]): number {
  const { number, hash, timeMs } = observation.block;
  const checksum = factChecksum(['block', number, hash, timeMs, observation.source]);
  database.run(
    'INSERT OR IGNORE INTO blocks VALUES (NULL, ?, ?, ?, ?, ?)',
    number,
    hash,
    timeMs,
    observation.source,
    checksum,
  );
  const [row] = database.rows('SELECT id, number, time_ms FROM blocks WHERE hash = ?', hash);
  const [id, knownNumber, knownTime] = row as unknown as [number, number, number];
  if (knownNumber !== number || knownTime !== timeMs) {
    conflicts.push({
      fact: 'number and time of the block',
      known: `${knownNumber} at ${knownTime}`,
      offered: `${number} at ${timeMs}`,
    });
  }
  return id;
}

function appendFact(
  database: Database,
  observation: Observation,
  fact: Fact,
): Conflict | undefined {
  const { block, source } = observation;
  const keys = Object.keys(fact.key);
  const columns = [...keys, ...Object.keys(fact.value)];
  const keyValues = Object.values(fact.key);
  const texts = Object.values(fact.value);
  const checksum = factChecksum([fact.table, block.hash, ...keyValues, ...texts, source]);
  const values: SqlValue[] = [...keyValues, ...texts, source, checksum];
  const places = values.map(() => '?').join(', ');
  const changed = database.run(
    `INSERT OR IGNORE INTO ${fact.table} (${columns.join(', ')}, source, checksum) VALUES (${places})`,
    ...values,
  );
  if (changed === 1) return undefined;
  const [known = []] = database.rows(
    `SELECT ${Object.keys(fact.value).join(', ')} FROM ${fact.table}
     WHERE ${keys.map((key) => `${key} = ?`).join(' AND ')}`,
    ...keyValues,
  );
  if (known.join(' ') === texts.join(' ')) return undefined;
  return { fact: fact.name, known: known.join(' '), offered: texts.join(' ') };
}

function appendBlockFlows(parts: {
  readonly database: Database;
  readonly accountId: Accounts;
  readonly observation: Observation;
  readonly block: number;
  readonly conflicts: Conflict[];
}): void {
  const { database, accountId, observation, block, conflicts } = parts;
  for (const coldkey of observation.blockFlows?.coldkeys ?? []) {
    const flows = (observation.blockFlows?.flows ?? []).filter((flow) => flow.coldkey === coldkey);
    const insert = "INSERT OR IGNORE INTO complete_coldkeys VALUES (?, ?, 'flows')";
    if (database.run(insert, block, accountId(coldkey)) === 1) {
      insertFlows({ database, accountId, sequence: null, block: observation.block, flows });
      continue;
    }
    const known = database.rows(
      `SELECT h.address, f.netuid, f.direction, f.alpha_rao, f.tao_rao
       FROM stake_flows f JOIN accounts h ON h.id = f.hotkey
       WHERE f.block_hash = ? AND f.coldkey = ? AND f.outcome_sequence IS NULL ORDER BY f.ordinal`,
      observation.block.hash,
      accountId(coldkey),
    );
    const knownText = known.map((row) => row.join(' ')).join('; ');
    const offered = flows.map(flowText).join('; ');
    if (knownText !== offered) {
      conflicts.push({ fact: `stake flows of ${coldkey}`, known: knownText, offered });
    }
  }
}

function flowText(flow: StakeFlow): string {
  return [flow.hotkey, flow.netuid, flow.direction, flow.alphaRao, flow.taoRao].join(' ');
}

function insertFlows(parts: {
  readonly database: Database;
  readonly accountId: Accounts;
  readonly sequence: number | null;
  readonly block: {
    readonly number: number;
    readonly hash: string;
    readonly timeMs: number | undefined;
  };
  readonly flows: readonly StakeFlow[];
}): void {
  const { database, accountId, sequence, block, flows } = parts;
  for (const [ordinal, flow] of flows.entries()) {
    const coldkey = accountId(flow.coldkey);
    const hotkey = accountId(flow.hotkey);
    const stored = [
      block.number,
      block.hash,
      block.timeMs ?? null,
      coldkey,
      hotkey,
      flow.netuid,
      flow.direction,
      flow.alphaRao.toString(),
      flow.taoRao.toString(),
    ];
    database.run(
      'INSERT INTO stake_flows VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      sequence,
      ordinal,
      ...stored,
      factChecksum(stored.map((part) => part ?? '')),
    );
  }
}

/** Ids of addresses, each stored on first use and looked up once. */
function accountIds(database: Database): Accounts {
  const known = new Map<string, number>();
  return (address) => {
    const found = known.get(address);
    if (found !== undefined) return found;
    database.run('INSERT OR IGNORE INTO accounts VALUES (NULL, ?)', address);
    const [row] = database.rows('SELECT id FROM accounts WHERE address = ?', address);
    const id = row?.[0] as number;
    known.set(address, id);
    return id;
  };
}

function recordConflict(
  database: Database,
  atMs: number,
  observation: Observation,
  conflict: Conflict,
): void {
  database.run(
    'INSERT OR IGNORE INTO fact_conflicts VALUES (NULL, ?, ?, ?, ?, ?, ?)',
    atMs,
    observation.block.hash,
    observation.source,
    conflict.fact,
    conflict.known,
    conflict.offered,
  );
}

function conflictError(observation: Observation, first: Conflict, count: number): TaoError {
  const { number, hash } = observation.block;
  return new TaoError('LEDGER_CONFLICT', {
    message: `Failed to record block ${number}: ${count} of its facts differ from what is known.`,
    details: [`Block ${hash}`, `${first.fact}: known ${first.known}, now ${first.offered}`],
    hint: 'The first value stands. Compare the block on another node to learn which source is wrong.',
    data: { blockNumber: number, blockHash: hash, ...first },
  });
}

/** Refuses what the chain cannot have said, before anything is written. */
function assertObservation(observation: Observation): void {
  const { number, hash, timeMs } = observation.block;
  const isBlock = Number.isSafeInteger(number) && number >= 0 && Number.isSafeInteger(timeMs);
  if (!isBlock || !hash.startsWith('0x')) {
    throw new TypeError(`Not a block: ${number}, ${hash}, ${timeMs}`);
  }
  for (const pool of observation.pools) {
    assertRao(pool.priceRaoPerAlpha, pool.taoReserveRao, pool.alphaInRao, pool.alphaOutRao);
  }
  for (const position of observation.positions) assertRao(position.alphaRao);
  for (const claim of observation.claimable) assertRao(claim.alphaRao);
  for (const flow of observation.blockFlows?.flows ?? []) {
    assertFlow(flow);
    if (observation.blockFlows?.coldkeys.includes(flow.coldkey) !== true) {
      throw new TypeError(`A flow of a coldkey that is not in scope: ${flow.coldkey}`);
    }
  }
}

function assertFlow(flow: StakeFlow): void {
  assertRao(flow.alphaRao, flow.taoRao);
}

function assertRao(...amounts: readonly bigint[]): void {
  for (const amount of amounts) {
    if (amount < 0n || amount > MAX_RAO) throw new TypeError(`Not an amount in rao: ${amount}`);
  }
}
