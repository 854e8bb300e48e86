/**
 * Stores samples of one observation: what is new is inserted, what is known already is compared,
 * and a value that differs is reported as a conflict and changes nothing.
 */
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
  readonly table: SampleTable;
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

/** Stores every sample of the observation. Runs inside a transaction. */
export function appendSamples(parts: AppendParts): void {
  const { identities, observation } = parts;
  const append = createAppend(parts);
  for (const pool of observation.pools) {
    const name = () => `pool of subnet ${pool.netuid}`;
    append({ table: POOLS, key: pool.netuid, values: sampleValues.pools(pool), name });
  }
  for (const hotkey of observation.hotkeys ?? []) {
    const key = identities.validator(hotkey.hotkey, hotkey.netuid);
    const name = () => `state of hotkey ${hotkey.hotkey} on subnet ${hotkey.netuid}`;
    append({ table: HOTKEYS, key, values: sampleValues.hotkeys(hotkey), name });
  }
  for (const rate of observation.rootRates ?? []) {
    const key = identities.validator(rate.hotkey, rate.netuid);
    const name = () => `root rate of ${rate.hotkey}, subnet ${rate.netuid}`;
    append({ table: ROOT_RATES, key, values: [storeAmount(rate.rateBits)], name });
  }
  const ofPosition = (
    table: SampleTable,
    sample: { readonly coldkey: string; readonly hotkey: string; readonly netuid: number },
    ...amounts: readonly bigint[]
  ): void => {
    const { coldkey, hotkey, netuid } = sample;
    const key = identities.position(coldkey, hotkey, netuid);
    const name = () => `${table.title} of ${coldkey} on ${hotkey}, subnet ${netuid}`;
    append({ table, key, values: amounts.map(storeAmount), name });
  };
  for (const sample of observation.positions) ofPosition(POSITIONS, sample, sample.alphaRao);
  for (const sample of observation.claimable) ofPosition(CLAIMABLE, sample, sample.alphaRao);
  for (const sample of observation.claimed ?? []) ofPosition(CLAIMED, sample, sample.claimedRao);
  for (const sample of observation.baskets ?? []) {
    ofPosition(BASKETS, { ...sample, netuid: 0 }, sample.owedRao, sample.shares);
  }
}

function createAppend(parts: AppendParts): (sample: Sample) => void {
  const { database, observation, block, conflicts } = parts;
  const seed = blockSeed(observation.block.hash);
  const source = SOURCE_NUMBERS[observation.source];
  return ({ table, key, values, name }) => {
    const { insert, select } = statementsOf(table);
    const checksum = sampleChecksum({ tag: table.tag, blockSeed: seed, key, values, source });
    const stored = [key, ...values, observation.block.number, block, source, checksum];
    if (database.run(insert, ...stored) === 1) return;
    const [known = []] = database.rows(select, key, observation.block.number, block);
    const knownText = textOf(known);
    const offered = textOf(values);
    if (knownText !== offered) conflicts.push({ fact: name(), known: knownText, offered });
  };
}

const statements = new Map<string, { readonly insert: string; readonly select: string }>();

function statementsOf(table: SampleTable): { readonly insert: string; readonly select: string } {
  const known = statements.get(table.name);
  if (known !== undefined) return known;
  const columns = table.columns.map(([name]) => name);
  const places = ['?', ...columns.map(() => '?'), '?', '?', '?', '?'].join(', ');
  const made = {
    insert: `INSERT OR IGNORE INTO ${table.name} VALUES (${places})`,
    select: `SELECT ${columns.join(', ')} FROM ${table.name}
      WHERE ${table.key} = ? AND number = ? AND block = ?`,
  };
  statements.set(table.name, made);
  return made;
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
