/** Reads facts back, checking each against its checksum, and leaves out blocks that do not stand. */
import { corruptLedger, type Database, type Row } from './database.ts';
import type { BlockRange, NamedBlock } from './fact-types.ts';
import { check, findAccount, readPositions } from './identities.ts';
import { type Blocks, byBlock, eachSample, readPools } from './read-samples.ts';
import { CLAIMABLE, loadAmount, POSITIONS, type SampleTable } from './sample-tables.ts';
import { completeChecksum } from './schema-v2.ts';
import { limitsOf, readKnownBlocks, readRejected } from './standing-blocks.ts';
import type { BlockStamp, FactConflict, KnownFacts } from './types.ts';

/**
 * Everything known of `coldkeys`, oldest block first. Rejected blocks are left out, and of several
 * observed blocks of one number all but the one recorded last. LEDGER_CORRUPT on a bad checksum.
 */
export function readFacts(
  database: Database,
  coldkeys: readonly string[],
  range?: BlockRange,
): KnownFacts {
  const blocks = readKnownBlocks(database, range);
  const rejected = readRejected(database);
  const standing = new Set([...blocks.values()].map(({ stamp }) => stamp.hash));
  const positions: KnownFacts['positions'][number][] = [];
  const claimable: KnownFacts['claimable'][number][] = [];
  const flows: KnownFacts['flows'][number][] = [];
  const complete: KnownFacts['complete'][number][] = [];
  for (const coldkey of new Set(coldkeys)) {
    const id = findAccount(database, coldkey);
    if (id === undefined) continue;
    const scope = { coldkey, id, blocks, range };
    for (const sample of readSamples(database, POSITIONS, scope)) positions.push(sample);
    for (const sample of readSamples(database, CLAIMABLE, scope)) claimable.push(sample);
    for (const flow of readFlows(database, { ...scope, rejected, standing })) flows.push(flow);
    for (const listing of readComplete(database, scope)) complete.push(listing);
  }
  const netuids = new Set<number>();
  for (const list of [positions, claimable, flows]) {
    for (const { netuid } of list) netuids.add(netuid);
  }
  const pools = readPools(database, { netuids: [...netuids], blocks: range }, blocks);
  for (const list of [positions, claimable, flows, complete]) list.sort(byBlock);
  return { pools, positions, claimable, flows, complete, conflicts: readConflicts(database) };
}

/** Every conflict, oldest first. */
export function readConflicts(database: Database): readonly FactConflict[] {
  const rows = database.rows(
    'SELECT block_hash, source, fact, known, offered, at_ms FROM fact_conflicts ORDER BY id',
  );
  return rows.map((row) => {
    const [blockHash, source, fact, known, offered, atMs] = row;
    return { blockHash, source, fact, known, offered, atMs } as FactConflict;
  });
}

/** Blocks that were seen and stand, oldest first. */
export function readBlocks(database: Database, range?: BlockRange): readonly BlockStamp[] {
  return [...readKnownBlocks(database, range).values()].map(({ stamp }) => stamp);
}

/** Every block that facts or flows name, oldest first. */
export function readNamedBlocks(database: Database): readonly NamedBlock[] {
  const rows = database.rows(
    `SELECT number, hash, hash IN (SELECT block_hash FROM block_rejections)
     FROM (SELECT number, hash FROM blocks UNION SELECT block_number, block_hash FROM stake_flows)
     ORDER BY number, hash`,
  );
  return rows.map(([number, hash, isRejected]) => {
    return { number, hash, isRejected: isRejected === 1 } as NamedBlock;
  });
}

/** Followed coldkeys that a chain of blocks with flows of both leads to, sorted. */
export function readLinked(database: Database, coldkey: string): readonly string[] {
  const linked = new Set([coldkey]);
  const [others] = database.rows('SELECT 1 FROM followed_coldkeys WHERE coldkey <> ?', coldkey);
  if (others === undefined) return [];
  for (const one of linked) {
    const rows = database.rows(
      `SELECT DISTINCT a.address FROM stake_flows f JOIN accounts a ON a.id = f.coldkey
       JOIN followed_coldkeys w ON w.coldkey = a.address
       WHERE f.block_hash IN (SELECT o.block_hash FROM stake_flows o
         JOIN accounts b ON b.id = o.coldkey WHERE b.address = ?)`,
      one,
    );
    for (const [address] of rows) linked.add(address as string);
  }
  linked.delete(coldkey);
  return [...linked].sort();
}

type Scope = {
  readonly coldkey: string;
  readonly id: number;
  readonly blocks: Blocks;
  readonly range: BlockRange | undefined;
};

function readSamples(
  database: Database,
  table: SampleTable,
  { coldkey, id, blocks, range }: Scope,
): readonly KnownFacts['positions'][number][] {
  const found: KnownFacts['positions'][number][] = [];
  for (const { id: key, hotkey, netuid } of readPositions(database, id)) {
    for (const { block, values } of eachSample(database, table, { key, blocks, range })) {
      found.push({ coldkey, hotkey, netuid, alphaRao: loadAmount(values[0]), block: block.stamp });
    }
  }
  return found;
}

/**
 * Flows of a coldkey, by its number, from the last outcome of each transaction; where a block's
 * events were read for the coldkey, those instead. Oldest first. LEDGER_CORRUPT.
 */
export function readFlows(
  database: Database,
  scope: {
    readonly coldkey: string;
    readonly id: number;
    readonly rejected: ReadonlySet<string>;
    /** Hashes of observed blocks that stand: flows read from the events of others are left out. */
    readonly standing: ReadonlySet<string>;
    readonly range?: BlockRange | undefined;
  },
): readonly KnownFacts['flows'][number][] {
  const rows = database.rows(
    `SELECT f.block_number, f.block_hash, f.block_time_ms, f.hotkey, f.netuid, f.direction,
       f.alpha_rao, f.tao_rao, f.checksum, h.address, f.outcome_sequence
     FROM stake_flows f JOIN accounts h ON h.id = f.hotkey
     WHERE f.coldkey = ?1 AND f.block_number BETWEEN ?2 AND ?3
       AND CASE WHEN f.outcome_sequence IS NULL THEN 1
       ELSE f.outcome_sequence IN (SELECT outcome_sequence FROM tx_heads)
         AND NOT EXISTS (SELECT 1 FROM complete_coldkeys c JOIN blocks b ON b.id = c.block
           WHERE c.coldkey = ?1 AND c.scope = 'flows' AND b.hash = f.block_hash) END
     ORDER BY f.block_number, f.id`,
    scope.id,
    ...limitsOf(scope.range),
  );
  return rows.flatMap((row) => {
    const [number, hash, timeMs, hotkeyId, netuid, direction, alpha, tao, checksum] = row;
    const [hotkey, outcome] = row.slice(9);
    if (scope.rejected.has(hash as string)) return [];
    if (outcome === null && !scope.standing.has(hash as string)) return [];
    const head = [number, hash, timeMs ?? '', scope.id, hotkeyId] as (string | number)[];
    const tail = [netuid, direction, alpha, tao] as (string | number)[];
    check(database, [...head, ...tail], checksum, `stake flow of block ${number}`);
    return [
      {
        coldkey: scope.coldkey,
        hotkey: hotkey as string,
        netuid: netuid as number,
        direction: direction as 'in' | 'out',
        alphaRao: BigInt(alpha as string),
        taoRao: BigInt(tao as string),
        block: { number: number as number, hash: hash as string, timeMs: timeOf(timeMs) },
      },
    ];
  });
}

function timeOf(stored: Row[number] | undefined): number | undefined {
  return typeof stored === 'number' ? stored : undefined;
}

/** Blocks at which every position of the coldkey was listed. LEDGER_CORRUPT. */
export function readComplete(
  database: Database,
  { coldkey, id, blocks, range }: Scope,
): readonly KnownFacts['complete'][number][] {
  const rows = database.rows(
    `SELECT block, checksum FROM complete_coldkeys
     WHERE coldkey = ? AND scope = 'positions' AND number BETWEEN ? AND ?`,
    id,
    ...limitsOf(range),
  );
  return rows.flatMap(([blockId, checksum]) => {
    const block = blocks.get(blockId as number)?.stamp;
    if (block === undefined) return [];
    const told = completeChecksum({ hash: block.hash, coldkey: id, scope: 'positions' });
    if (told !== checksum) {
      throw corruptLedger(database.path, `the listing of block ${block.number} fails its checksum`);
    }
    return [{ coldkey, block }];
  });
}
