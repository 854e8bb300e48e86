/** Checks the checksum of every stored fact, whoever it is about and whether its block stands. */
import { factChecksum, sampleChecksum } from './checksum.ts';
import { corruptLedger, type Database } from './database.ts';
import { check, readAccounts, readPositions, readValidators } from './identities.ts';
import { badSample } from './read-samples.ts';
import { SAMPLE_TABLES } from './sample-tables.ts';
import { completeChecksum } from './schema-v2.ts';
import { type KnownBlock, readKnownBlocks } from './standing-blocks.ts';

type Blocks = ReadonlyMap<number, KnownBlock>;

/** How many facts there are. LEDGER_CORRUPT on the first one that is not what was written. */
export function verifyFacts(database: Database): number {
  readAccounts(database);
  readPositions(database);
  readValidators(database);
  const blocks = readKnownBlocks(database, undefined, 'all');
  let count = verifyFlows(database) + verifyClaims(database, blocks);
  for (const table of SAMPLE_TABLES) {
    const columns = table.columns.map(([name]) => name).join(', ');
    const rows = database.each(
      `SELECT ${table.key}, number, block, source, checksum, ${columns} FROM ${table.name}`,
    );
    for (const [key, number, blockId, source, checksum, ...values] of rows) {
      const block = blocks.get(blockId as number);
      const told = sampleChecksum({
        tag: table.tag,
        blockSeed: block?.seed ?? 0,
        key: key as number,
        values: values as (number | string)[],
        source: source as number,
      });
      if (told !== checksum || block?.stamp.number !== number) {
        throw badSample(database, table, number as number);
      }
      count += 1;
    }
  }
  verifyListings(database, blocks);
  return count;
}

function verifyFlows(database: Database): number {
  const rows = database.rows(
    `SELECT block_number, block_hash, block_time_ms, coldkey, hotkey, netuid, direction, alpha_rao,
       tao_rao, checksum FROM stake_flows`,
  );
  for (const row of rows) {
    const parts = row.slice(0, -1).map((part) => part ?? '') as (string | number)[];
    check(database, parts, row.at(-1), `stake flow of block ${row[0]}`);
  }
  return rows.length;
}

function verifyClaims(database: Database, blocks: Blocks): number {
  const rows = database.rows(
    'SELECT position, number, block, kind, alpha_rao, tao_rao, checksum FROM root_claims',
  );
  for (const [position, number, block, kind, alpha, tao, checksum] of rows) {
    const hash = blocks.get(block as number)?.stamp.hash ?? '';
    const parts = ['claim', hash, position as number, kind as string, `${alpha}`, `${tao}`];
    if (factChecksum(parts) !== checksum) {
      throw corruptLedger(database.path, `the claim of block ${number} fails its checksum`);
    }
  }
  return rows.length;
}

function verifyListings(database: Database, blocks: Blocks): void {
  const rows = database.each(
    'SELECT coldkey, scope, number, block, checksum FROM complete_coldkeys',
  );
  for (const [coldkey, scope, number, block, checksum] of rows) {
    const known = blocks.get(block as number);
    const note = { hash: known?.stamp.hash ?? '', coldkey: coldkey as number };
    const told = completeChecksum({ ...note, scope: scope as string });
    if (told !== checksum || known?.stamp.number !== number) {
      throw corruptLedger(database.path, `the listing of block ${number} fails its checksum`);
    }
  }
}
