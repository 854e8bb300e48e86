/** Observed blocks, and which of them stand: facts of the others are left out everywhere. */
import { blockSeed } from './checksum.ts';
import type { Database } from './database.ts';
import type { BlockRange } from './fact-types.ts';
import { check } from './identities.ts';
import type { BlockStamp } from './types.ts';

/** A block with the seed of its rows' checksums. */
export type KnownBlock = {
  readonly stamp: BlockStamp & { readonly timeMs: number };
  readonly seed: number;
};

/** The limits of a range as two numbers for SQL. */
export function limitsOf(range: BlockRange | undefined): readonly [from: number, to: number] {
  return [range?.from ?? 0, range?.to ?? Number.MAX_SAFE_INTEGER];
}

/**
 * Observed blocks by their number in the table, oldest first. Rejected ones are left out, and of
 * several of one block number all but the one recorded last, unless `all`. LEDGER_CORRUPT.
 */
export function readKnownBlocks(
  database: Database,
  range?: BlockRange,
  which: 'standing' | 'all' = 'standing',
): ReadonlyMap<number, KnownBlock> {
  const rejected = which === 'all' ? new Set<string>() : readRejected(database);
  const rows = database.each(
    `SELECT id, number, hash, time_ms, source, checksum FROM blocks
     WHERE number BETWEEN ? AND ? ORDER BY number, id`,
    ...limitsOf(range),
  );
  const blocks = new Map<number, KnownBlock>();
  let before: { readonly number: number; readonly id: number } | undefined;
  for (const [id, number, hash, timeMs, source, checksum] of rows) {
    const parts = ['block', number, hash, timeMs, source] as (string | number)[];
    check(database, parts, checksum, `block ${number}`);
    if (rejected.has(hash as string)) continue;
    if (which === 'standing' && before !== undefined && before.number === number) {
      blocks.delete(before.id);
    }
    before = { number: number as number, id: id as number };
    const stamp = { number, hash, timeMs } as KnownBlock['stamp'];
    blocks.set(id as number, { stamp, seed: blockSeed(hash as string) });
  }
  return blocks;
}

/** Hashes of blocks that are not part of the chain after all. */
export function readRejected(database: Database): ReadonlySet<string> {
  const rows = database.rows('SELECT block_hash FROM block_rejections');
  return new Set(rows.map(([hash]) => hash as string));
}
