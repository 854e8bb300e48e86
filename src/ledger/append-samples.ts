/**
 * Stores samples of one observation: what is new is inserted, what is known already is compared,
 * and a value that differs is reported as a conflict and changes nothing.
 */
import { ROOT_NETUID } from '../domain/netuid.ts';
import { blockSeed, MAX_ROW_TEXT, sampleChecksum } from './checksum.ts';
import type { Database, Row } from './database.ts';
import type { Identities } from './identities.ts';
import {
  BASKETS,
  CLAIMABLE,
  CLAIMED,
  HOTKEYS,
  POOLS,
  POSITIONS,
  ROOT_RATES,
  type SampleTable,
  SOURCE_NUMBERS,
  type Stored,
  sampleValues,
  storeAmount,
} from './sample-tables.ts';
import type { Observation } from './types.ts';

export type Conflict = { readonly fact: string; readonly known: string; readonly offered: string };

type Sample = {
  readonly key: number;
  readonly values: readonly Stored[];
  /** Called for a conflict only. */
  readonly name: () => string;
};

export type AppendParts = {
  readonly database: Database;
  readonly identities: Identities;
  readonly observation: Observation;
  /** Number of the observation's block in the table of blocks. */
  readonly block: number;
  readonly conflicts: Conflict[];
};

/** Rows one statement inserts: calls into the database cost more than rows. */
const ROWS_AT_ONCE = 16;

/** Stores every sample of the observation. Runs inside a transaction. */
export function appendSamples(parts: AppendParts): void {
  const { identities, observation } = parts;
  const pools = observation.pools.map(
    (pool): Sample => ({
      key: pool.netuid,
      values: sampleValues.pools(pool),
      name: () => `pool of subnet ${pool.netuid}`,
    }),
  );
  const hotkeys = (observation.hotkeys ?? []).map(
    (sample): Sample => ({
      key: identities.validator(sample.hotkey, sample.netuid),
      values: sampleValues.hotkeys(sample),
      name: () => `state of hotkey ${sample.hotkey} on subnet ${sample.netuid}`,
    }),
  );
  const rates = (observation.rootRates ?? []).map(
    (rate): Sample => ({
      key: identities.validator(rate.hotkey, rate.netuid),
      values: [storeAmount(rate.rateBits)],
      name: () => `root rate of ${rate.hotkey}, subnet ${rate.netuid}`,
    }),
  );
  const ofPosition =
    (title: string) =>
    (
      sample: { readonly coldkey: string; readonly hotkey: string; readonly netuid: number },
      ...amounts: readonly bigint[]
    ): Sample => {
      const { coldkey, hotkey, netuid } = sample;
      return {
        key: identities.position(coldkey, hotkey, netuid),
        values: amounts.map(storeAmount),
        name: () => `${title} of ${coldkey} on ${hotkey}, subnet ${netuid}`,
      };
    };
  const [stake, claimable] = [ofPosition('stake'), ofPosition('claimable')];
  const [claimed, basket] = [ofPosition('claimed'), ofPosition('basket')];
  const { positions, claimed: claims = [], baskets = [] } = observation;
  insertSamples(parts, POOLS, pools);
  insertSamples(parts, HOTKEYS, hotkeys);
  insertSamples(parts, ROOT_RATES, rates);
  insertSamples(
    parts,
    POSITIONS,
    positions.map((one) => stake(one, one.alphaRao)),
  );
  insertSamples(
    parts,
    CLAIMABLE,
    observation.claimable.map((one) => claimable(one, one.alphaRao)),
  );
  insertSamples(
    parts,
    CLAIMED,
    claims.map((one) => claimed(one, one.claimedRao)),
  );
  insertSamples(
    parts,
    BASKETS,
    baskets.map((one) => basket({ ...one, netuid: ROOT_NETUID }, one.owedRao, one.shares)),
  );
}

function insertSamples(parts: AppendParts, table: SampleTable, samples: readonly Sample[]): void {
  const { database, observation, block } = parts;
  const seed = blockSeed(observation.block.hash);
  const source = SOURCE_NUMBERS[observation.source];
  const { number } = observation.block;
  for (let from = 0; from < samples.length; from += ROWS_AT_ONCE) {
    const some = samples.slice(from, from + ROWS_AT_ONCE);
    const stored: Stored[] = [];
    for (const { key, values } of some) {
      const checksum = sampleChecksum({ tag: table.tag, blockSeed: seed, key, values, source });
      stored.push(key, ...values, number, block, source, checksum);
    }
    if (database.run(insertOf(table, some.length), ...stored) === some.length) continue;
    for (const sample of some) compare(parts, table, sample);
  }
}

/** What was known is known still: where it differs, that is a conflict. */
function compare(parts: AppendParts, table: SampleTable, sample: Sample): void {
  const { database, observation, block, conflicts } = parts;
  const columns = table.columns.map(([name]) => name).join(', ');
  const [known = []] = database.rows(
    `SELECT ${columns} FROM ${table.name} WHERE ${table.key} = ? AND number = ? AND block = ?`,
    sample.key,
    observation.block.number,
    block,
  );
  const knownText = textOf(known);
  const offered = textOf(sample.values);
  if (knownText !== offered) conflicts.push({ fact: sample.name(), known: knownText, offered });
}

const inserts = new Map<string, string>();

function insertOf(table: SampleTable, rows: number): string {
  const name = `${table.name} ${rows}`;
  const known = inserts.get(name);
  if (known !== undefined) return known;
  const row = `(${['?', ...table.columns.map(() => '?'), '?', '?', '?', '?'].join(', ')})`;
  const sql = `INSERT OR IGNORE INTO ${table.name} VALUES ${Array.from({ length: rows }, () => row).join(', ')}`;
  inserts.set(name, sql);
  return sql;
}

function textOf(values: Row | readonly Stored[]): string {
  return values.map(String).join(' ');
}

/** Refuses texts and counts that no chain gives, before anything is written. */
export function assertHotkeySample(sample: NonNullable<Observation['hotkeys']>[number]): void {
  const { totalShares, takeU16 } = sample;
  const isText = totalShares.length <= MAX_ROW_TEXT && /^[\x20-\x7e]*$/.test(totalShares);
  if (!isText || !Number.isInteger(takeU16) || takeU16 < 0 || takeU16 > 65_535) {
    throw new TypeError(`Not the state of a hotkey: ${totalShares}, take ${takeU16}`);
  }
}
