/**
 * Facts as the chain reported them, by block hash. They are added, never changed: a value that
 * contradicts a known one is kept beside it as a conflict.
 */
import { MAX_RAO } from '../domain/amount.ts';
import type { Clock } from '../domain/ports.ts';
import { TaoError } from '../errors/tao-error.ts';
import { appendSamples, assertHotkeySample, type Conflict } from './append-samples.ts';
import { factChecksum } from './checksum.ts';
import type { Database, SqlValue } from './database.ts';
import { markChanged, readDays } from './days.ts';
import type { Identities } from './identities.ts';
import type { StoreFlows } from './journal.ts';
import { readBlocks, readConflicts, readFacts, readLinked, readNamedBlocks } from './read-facts.ts';
import { readBaskets, readClaims, readHotkeys, readPools, readRootRates } from './read-samples.ts';
import { storeAmount } from './sample-tables.ts';
import { completeChecksum } from './schema-v2.ts';
import type { Facts, Observation, StakeFlow } from './types.ts';

export function createFacts(parts: {
  readonly database: Database;
  readonly identities: Identities;
  readonly clock: Clock;
  readonly write: <T>(body: () => T) => T;
}): Facts {
  const { database, clock, write } = parts;
  const append = (observations: readonly Observation[]): void => {
    if (observations.length === 0) return;
    const conflicts = write(() => storeObservations(parts, observations));
    const [first] = conflicts;
    if (first !== undefined) throw conflictError(first, conflicts.length);
  };
  return {
    append: (observation) => append([observation]),
    appendMany: append,
    reject: (blockHash, reason) => {
      write(() => {
        const insert = 'INSERT OR IGNORE INTO block_rejections VALUES (?, ?, ?)';
        database.run(insert, blockHash, clock.nowMs(), reason);
        const [row] = database.rows('SELECT number FROM blocks WHERE hash = ?', blockHash);
        markChanged(database, (row?.[0] as number | undefined) ?? 0);
      });
    },
    reinstate: (blockHash) => {
      write(() => {
        database.run('DELETE FROM block_rejections WHERE block_hash = ?', blockHash);
        markChanged(database, 0);
      });
    },
    readNamedBlocks: () => readNamedBlocks(database),
    read: (coldkeys, blocks) => readFacts(database, coldkeys, blocks),
    readHotkeys: (query) => readHotkeys(database, query),
    readRootRates: (query) => readRootRates(database, query),
    readPools: (query) => readPools(database, query),
    readClaims: (coldkeys, blocks) => readClaims(database, coldkeys, blocks),
    readBaskets: (coldkeys, blocks) => readBaskets(database, coldkeys, blocks),
    readBlocks: (blocks) => readBlocks(database, blocks),
    readDays: (query) => readDays(database, write, query),
    readLinked: (coldkey) => readLinked(database, coldkey),
    conflicts: () => readConflicts(database),
  };
}

type Conflicting = { readonly observation: Observation; readonly conflict: Conflict };

/** Stores observations and records what contradicts. Runs inside a transaction. */
export function storeObservations(
  parts: {
    readonly database: Database;
    readonly identities: Identities;
    readonly clock: Clock;
  },
  observations: readonly Observation[],
): readonly Conflicting[] {
  const { database, identities, clock } = parts;
  if (observations.length === 0) return [];
  for (const observation of observations) assertObservation(observation);
  return undoing(identities, () => {
    markChanged(database, Math.min(...observations.map(({ block }) => block.number)));
    return observations.flatMap((observation) =>
      appendOne(database, identities, observation).map((conflict) => {
        recordConflict(database, clock.nowMs(), observation, conflict);
        return { observation, conflict };
      }),
    );
  });
}

/** Numbers given out in a transaction that was undone are given out again. */
function undoing<T>(identities: Identities, body: () => T): T {
  try {
    return body();
  } catch (error) {
    identities.forget();
    throw error;
  }
}

/** Stores flows of a journalled outcome; runs inside the journal's transaction. */
export function createStoreFlows(database: Database, identities: Identities): StoreFlows {
  return (sequence, outcome, flows) => {
    const block = {
      number: outcome.blockNumber as number,
      hash: outcome.blockHash as string,
      timeMs: outcome.blockTimeMs,
    };
    for (const flow of flows) assertFlow(flow);
    undoing(identities, () => {
      markChanged(database, block.number);
      insertFlows({ database, identities, sequence, block, flows });
    });
  };
}

function appendOne(
  database: Database,
  identities: Identities,
  observation: Observation,
): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const block = appendBlock(database, observation, conflicts);
  const parts = { database, identities, observation, block, conflicts };
  appendSamples(parts);
  for (const coldkey of observation.completeFor ?? []) {
    noteComplete({ ...parts, coldkey, scope: 'positions' });
  }
  appendBlockFlows(parts);
  appendClaims(parts);
  return conflicts;
}

type Parts = Parameters<typeof appendSamples>[0];

/** Whether this was not noted before. */
function noteComplete(
  note: Parts & { readonly coldkey: string; readonly scope: 'positions' | 'flows' },
): boolean {
  const { database, identities, observation, block, scope } = note;
  const { number, hash } = observation.block;
  const coldkey = identities.account(note.coldkey);
  const insert = 'INSERT OR IGNORE INTO complete_coldkeys VALUES (?, ?, ?, ?, ?)';
  const checksum = completeChecksum({ hash, coldkey, scope });
  return database.run(insert, coldkey, scope, number, block, checksum) === 1;
}

/** The id of the observation's block, stored when new. */
function appendBlock(database: Database, observation: Observation, conflicts: Conflict[]): number {
  const { number, hash, timeMs } = observation.block;
  const checksum = factChecksum(['block', number, hash, timeMs, observation.source]);
  const [added] = database.rows(
    `INSERT INTO blocks VALUES (NULL, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING RETURNING id`,
    number,
    hash,
    timeMs,
    observation.source,
    checksum,
  );
  if (added !== undefined) return added[0] as number;
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

function appendBlockFlows(parts: Parts): void {
  const { database, identities, observation, conflicts } = parts;
  for (const coldkey of observation.blockFlows?.coldkeys ?? []) {
    const flows = (observation.blockFlows?.flows ?? []).filter((flow) => flow.coldkey === coldkey);
    if (noteComplete({ ...parts, coldkey, scope: 'flows' })) {
      const { block } = observation;
      insertFlows({ database, identities, sequence: null, block, flows });
      continue;
    }
    const known = database.rows(
      `SELECT h.address, f.netuid, f.direction, f.alpha_rao, f.tao_rao
       FROM stake_flows f JOIN accounts h ON h.id = f.hotkey
       WHERE f.block_hash = ? AND f.coldkey = ? AND f.outcome_sequence IS NULL ORDER BY f.ordinal`,
      observation.block.hash,
      identities.account(coldkey),
    );
    const knownText = known.map((row) => row.join(' ')).join('; ');
    const offered = flows.map(flowText).join('; ');
    if (knownText !== offered) {
      conflicts.push({ fact: `stake flows of ${coldkey}`, known: knownText, offered });
    }
  }
}

function appendClaims({ database, identities, observation, block, conflicts }: Parts): void {
  const { number, hash } = observation.block;
  for (const claim of observation.claims ?? []) {
    const { coldkey, hotkey, netuid, kind, alphaRao, taoRao } = claim;
    const key = identities.position(coldkey, hotkey, netuid);
    const checksum = factChecksum(['claim', hash, key, kind, `${alphaRao}`, `${taoRao}`]);
    const insert = 'INSERT OR IGNORE INTO root_claims VALUES (?, ?, ?, ?, ?, ?, ?)';
    const amounts: SqlValue[] = [storeAmount(alphaRao), storeAmount(taoRao)];
    if (database.run(insert, key, number, block, kind, ...amounts, checksum) === 1) continue;
    const [known = []] = database.rows(
      `SELECT alpha_rao, tao_rao FROM root_claims
       WHERE position = ? AND number = ? AND block = ? AND kind = ?`,
      key,
      number,
      block,
      kind,
    );
    const offered = `${alphaRao} ${taoRao}`;
    if (known.join(' ') === offered) continue;
    const fact = `claim of ${coldkey} on ${hotkey}, subnet ${netuid}`;
    conflicts.push({ fact, known: known.join(' '), offered });
  }
}

function flowText(flow: StakeFlow): string {
  return [flow.hotkey, flow.netuid, flow.direction, flow.alphaRao, flow.taoRao].join(' ');
}

function insertFlows(parts: {
  readonly database: Database;
  readonly identities: Identities;
  readonly sequence: number | null;
  readonly block: {
    readonly number: number;
    readonly hash: string;
    readonly timeMs: number | undefined;
  };
  readonly flows: readonly StakeFlow[];
}): void {
  const { database, identities, sequence, block, flows } = parts;
  for (const [ordinal, flow] of flows.entries()) {
    const coldkey = identities.account(flow.coldkey);
    const hotkey = identities.account(flow.hotkey);
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

function conflictError({ observation, conflict: first }: Conflicting, count: number): TaoError {
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
  for (const hotkey of observation.hotkeys ?? []) {
    assertHotkeySample(hotkey);
    assertRao(hotkey.totalAlphaRao, hotkey.lastDividendRao, hotkey.lastRootDividendRao);
  }
  for (const { rateBits } of observation.rootRates ?? []) assertWide(rateBits);
  for (const { claimedRao } of observation.claimed ?? []) assertWide(claimedRao);
  for (const { owedRao, shares } of observation.baskets ?? []) assertWide(owedRao, shares);
  for (const { alphaRao, taoRao } of observation.claims ?? []) assertRao(alphaRao, taoRao);
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

/** What the chain keeps in 128 bits. */
function assertWide(...amounts: readonly bigint[]): void {
  for (const amount of amounts) {
    if (amount < 0n || amount >> 128n !== 0n) throw new TypeError(`Not 128 bits: ${amount}`);
  }
}
