/** Reads facts back, checking each against its checksum, and leaves out blocks that do not stand. */
import { factChecksum } from './checksum.ts';
import { corruptLedger, type Database, type Row } from './database.ts';
import type { BlockStamp, FactConflict, KnownFacts } from './types.ts';

/**
 * Everything known of `coldkeys`, oldest block first. Rejected blocks are left out, and of several
 * observed blocks of one number all but the one recorded last. LEDGER_CORRUPT on a bad checksum.
 */
export function readFacts(database: Database, coldkeys: readonly string[]): KnownFacts {
  const blocks = readBlocks(database);
  const rejected = readRejected(database);
  const positions: KnownFacts['positions'][number][] = [];
  const claimable: KnownFacts['claimable'][number][] = [];
  const flows: KnownFacts['flows'][number][] = [];
  const complete: KnownFacts['complete'][number][] = [];
  const netuids = new Set<number>();
  for (const coldkey of new Set(coldkeys)) {
    const [account] = database.rows('SELECT id FROM accounts WHERE address = ?', coldkey);
    if (account === undefined) continue;
    const id = account[0] as number;
    positions.push(...readSamples(database, 'position_samples', { coldkey, id, blocks }));
    claimable.push(...readSamples(database, 'claimable_samples', { coldkey, id, blocks }));
    flows.push(...readFlows(database, { coldkey, id, rejected }));
    complete.push(...readComplete(database, { coldkey, id, blocks }));
  }
  for (const { netuid } of [...positions, ...claimable, ...flows]) netuids.add(netuid);
  const pools = [...netuids].flatMap((netuid) => readPools(database, netuid, blocks));
  for (const list of [positions, claimable, flows, complete, pools]) list.sort(byBlock);
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

function byBlock(a: { readonly block: BlockStamp }, b: { readonly block: BlockStamp }): number {
  return a.block.number - b.block.number;
}

/** Observed blocks that stand, by id. */
function readBlocks(database: Database): ReadonlyMap<number, BlockStamp> {
  const rows = database.rows(
    `SELECT id, number, hash, time_ms, source, checksum FROM blocks
     WHERE hash NOT IN (SELECT block_hash FROM block_rejections) ORDER BY number, id`,
  );
  const last = new Map<number, number>();
  const blocks = new Map<number, BlockStamp>();
  for (const [id, number, hash, timeMs, source, checksum] of rows as readonly Row[]) {
    const parts = ['block', number, hash, timeMs, source] as (string | number)[];
    check(database, parts, checksum, `block ${number}`);
    const earlier = last.get(number as number);
    if (earlier !== undefined) blocks.delete(earlier);
    last.set(number as number, id as number);
    blocks.set(id as number, { number, hash, timeMs } as BlockStamp);
  }
  return blocks;
}

function readRejected(database: Database): ReadonlySet<string> {
  const rows = database.rows('SELECT block_hash FROM block_rejections');
  return new Set(rows.map(([hash]) => hash as string));
}

type Scope = {
  readonly coldkey: string;
  readonly id: number;
  readonly blocks: ReadonlyMap<number, BlockStamp>;
};

function readSamples(
  database: Database,
  table: 'position_samples' | 'claimable_samples',
  { coldkey, id, blocks }: Scope,
): readonly KnownFacts['positions'][number][] {
  const rows = database.rows(
    `SELECT s.block, s.hotkey, s.netuid, s.alpha_rao, s.source, s.checksum, h.address
     FROM ${table} s JOIN accounts h ON h.id = s.hotkey WHERE s.coldkey = ?`,
    id,
  );
  return rows.flatMap(([blockId, hotkeyId, netuid, alpha, source, checksum, hotkey]) => {
    const block = blocks.get(blockId as number);
    if (block === undefined) return [];
    const key = [id, hotkeyId, netuid, blockId] as number[];
    const parts = [table, block.hash, ...key, alpha as string, source as string];
    check(database, parts, checksum, `stake of block ${block.number}`);
    const sample = { coldkey, hotkey: hotkey as string, netuid: netuid as number };
    return [{ ...sample, alphaRao: BigInt(alpha as string), block }];
  });
}

function readPools(
  database: Database,
  netuid: number,
  blocks: ReadonlyMap<number, BlockStamp>,
): readonly KnownFacts['pools'][number][] {
  const rows = database.rows(
    `SELECT block, price_rao_per_alpha, tao_reserve_rao, alpha_in_rao, alpha_out_rao, source,
       checksum
     FROM pool_samples WHERE netuid = ?`,
    netuid,
  );
  return rows.flatMap(([blockId, price, taoReserve, alphaIn, alphaOut, source, checksum]) => {
    const block = blocks.get(blockId as number);
    if (block === undefined) return [];
    const texts = [price, taoReserve, alphaIn, alphaOut, source] as string[];
    const parts = ['pool_samples', block.hash, netuid, blockId as number, ...texts];
    check(database, parts, checksum, `pool ${netuid} of block ${block.number}`);
    return [
      {
        netuid,
        priceRaoPerAlpha: BigInt(price as string),
        taoReserveRao: BigInt(taoReserve as string),
        alphaInRao: BigInt(alphaIn as string),
        alphaOutRao: BigInt(alphaOut as string),
        block,
      },
    ];
  });
}

/**
 * Flows of the last outcome of each transaction; where a block's events were read for the coldkey,
 * those instead.
 */
function readFlows(
  database: Database,
  scope: { readonly coldkey: string; readonly id: number; readonly rejected: ReadonlySet<string> },
): readonly KnownFacts['flows'][number][] {
  const rows = database.rows(
    `SELECT f.block_number, f.block_hash, f.block_time_ms, f.hotkey, f.netuid, f.direction,
       f.alpha_rao, f.tao_rao, f.checksum, h.address
     FROM stake_flows f JOIN accounts h ON h.id = f.hotkey
     WHERE f.coldkey = ?1 AND CASE WHEN f.outcome_sequence IS NULL THEN 1
       ELSE f.outcome_sequence IN (SELECT outcome_sequence FROM tx_heads)
         AND NOT EXISTS (SELECT 1 FROM complete_coldkeys c JOIN blocks b ON b.id = c.block
           WHERE c.coldkey = ?1 AND c.scope = 'flows' AND b.hash = f.block_hash) END
     ORDER BY f.block_number, f.id`,
    scope.id,
  );
  return rows.flatMap((row) => {
    const [number, hash, timeMs, hotkeyId, netuid, direction, alpha, tao, checksum, hotkey] = row;
    if (scope.rejected.has(hash as string)) return [];
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

function readComplete(
  database: Database,
  { coldkey, id, blocks }: Scope,
): readonly KnownFacts['complete'][number][] {
  const rows = database.rows(
    "SELECT block FROM complete_coldkeys WHERE coldkey = ? AND scope = 'positions'",
    id,
  );
  return rows.flatMap(([blockId]) => {
    const block = blocks.get(blockId as number);
    return block === undefined ? [] : [{ coldkey, block }];
  });
}

function check(
  database: Database,
  parts: readonly (string | number)[],
  checksum: Row[number] | undefined,
  what: string,
): void {
  if (factChecksum(parts) !== checksum) {
    throw corruptLedger(database.path, `the ${what} fails its checksum`);
  }
}
