/** Reads samples back, each checked against its checksum, in the order of their blocks. */
import { sampleChecksum } from './checksum.ts';
import { corruptLedger, type Database, type SqlValue } from './database.ts';
import type {
  BasketSample,
  BlockRange,
  HotkeyOnSubnet,
  HotkeySample,
  RootClaim,
  RootRateSample,
} from './fact-types.ts';
import { check, findAccount, readPositions, readValidators } from './identities.ts';
import {
  BASKETS,
  HOTKEYS,
  loadAmount,
  POOLS,
  ROOT_RATES,
  type SampleTable,
} from './sample-tables.ts';
import { type KnownBlock, limitsOf, readKnownBlocks } from './standing-blocks.ts';
import type { BlockStamp, PoolSample } from './types.ts';

export type Blocks = ReadonlyMap<number, KnownBlock>;
export type Dated<T> = T & { readonly block: BlockStamp };

/** One row as it is read: where it stands, and its value columns. */
export type SampleRow = {
  readonly block: KnownBlock;
  /** The block's number in the table of blocks. */
  readonly blockId: number;
  readonly values: readonly SqlValue[];
};

/** The samples of one key in `blocks`, oldest first. LEDGER_CORRUPT. */
export function* eachSample(
  database: Database,
  table: SampleTable,
  scope: { readonly key: number; readonly blocks: Blocks; readonly range?: BlockRange | undefined },
): Iterable<SampleRow> {
  const columns = table.columns.map(([name]) => name);
  const rows = database.each(
    `SELECT block, source, checksum, ${columns.join(', ')} FROM ${table.name}
     WHERE ${table.key} = ? AND number BETWEEN ? AND ? ORDER BY number, block`,
    scope.key,
    ...limitsOf(scope.range),
  );
  for (const [blockId, source, checksum, ...values] of rows) {
    const block = scope.blocks.get(blockId as number);
    if (block === undefined) continue;
    const row = { tag: table.tag, blockSeed: block.seed, key: scope.key, source: source as number };
    if (sampleChecksum({ ...row, values: values as (number | string)[] }) !== checksum) {
      throw badSample(database, table, block.stamp.number);
    }
    yield { block, blockId: blockId as number, values };
  }
}

/** LEDGER_CORRUPT for one row. */
export function badSample(database: Database, table: SampleTable, number: number): Error {
  return corruptLedger(database.path, `the ${table.title} of block ${number} fails its checksum`);
}

type ByHotkey = {
  readonly of?: readonly HotkeyOnSubnet[];
  readonly blocks?: BlockRange | undefined;
};

export function readHotkeys(database: Database, query: ByHotkey): readonly Dated<HotkeySample>[] {
  return readByValidator(database, HOTKEYS, query, ({ hotkey, netuid }, values) => {
    const [totalAlpha, totalShares, take, dividend, rootDividend] = values;
    return {
      hotkey,
      netuid,
      totalAlphaRao: loadAmount(totalAlpha),
      totalShares: totalShares as string,
      takeU16: take as number,
      lastDividendRao: loadAmount(dividend),
      lastRootDividendRao: loadAmount(rootDividend),
    };
  });
}

export function readRootRates(
  database: Database,
  query: ByHotkey,
): readonly Dated<RootRateSample>[] {
  return readByValidator(database, ROOT_RATES, query, ({ hotkey, netuid }, [rate]) => ({
    hotkey,
    netuid,
    rateBits: loadAmount(rate),
  }));
}

function readByValidator<T>(
  database: Database,
  table: SampleTable,
  query: ByHotkey,
  toSample: (validator: HotkeyOnSubnet, values: readonly SqlValue[]) => T,
): readonly Dated<T>[] {
  const wanted = query.of?.map(({ hotkey, netuid }) => `${netuid}/${hotkey}`);
  const names = wanted === undefined ? undefined : new Set(wanted);
  const range = query.blocks;
  const blocks = readKnownBlocks(database, range);
  const found: Dated<T>[] = [];
  for (const validator of readValidators(database)) {
    if (names?.has(`${validator.netuid}/${validator.hotkey}`) === false) continue;
    const scope = { key: validator.id, blocks, range };
    for (const { block, values } of eachSample(database, table, scope)) {
      found.push({ ...toSample(validator, values), block: block.stamp });
    }
  }
  return found.sort(byBlock);
}

export function readPools(
  database: Database,
  query: { readonly netuids?: readonly number[]; readonly blocks?: BlockRange | undefined },
  blocks: Blocks = readKnownBlocks(database, query.blocks),
): readonly Dated<PoolSample>[] {
  const netuids =
    query.netuids ??
    database.rows('SELECT DISTINCT netuid FROM pool_samples').map(([netuid]) => netuid as number);
  const found: Dated<PoolSample>[] = [];
  for (const netuid of new Set(netuids)) {
    const scope = { key: netuid, blocks, range: query.blocks };
    for (const { block, values } of eachSample(database, POOLS, scope)) {
      const [price, taoReserve, alphaIn, alphaOut] = values;
      found.push({
        netuid,
        priceRaoPerAlpha: loadAmount(price),
        taoReserveRao: loadAmount(taoReserve),
        alphaInRao: loadAmount(alphaIn),
        alphaOutRao: loadAmount(alphaOut),
        block: block.stamp,
      });
    }
  }
  return found.sort(byBlock);
}

export function readBaskets(
  database: Database,
  coldkeys: readonly string[],
  range?: BlockRange,
): readonly Dated<BasketSample>[] {
  const blocks = readKnownBlocks(database, range);
  const found: Dated<BasketSample>[] = [];
  for (const { id, coldkey, hotkey } of positionsOf(database, coldkeys)) {
    for (const { block, values } of eachSample(database, BASKETS, { key: id, blocks, range })) {
      const [owed, shares] = values;
      const amounts = { owedRao: loadAmount(owed), shares: loadAmount(shares) };
      found.push({ coldkey, hotkey, ...amounts, block: block.stamp });
    }
  }
  return found.sort(byBlock);
}

export function readClaims(
  database: Database,
  coldkeys: readonly string[],
  range?: BlockRange,
): readonly Dated<RootClaim>[] {
  const blocks = readKnownBlocks(database, range);
  const found: Dated<RootClaim>[] = [];
  for (const { id, coldkey, hotkey, netuid } of positionsOf(database, coldkeys)) {
    const rows = database.rows(
      `SELECT block, kind, alpha_rao, tao_rao, checksum FROM root_claims
       WHERE position = ? AND number BETWEEN ? AND ? ORDER BY number, block`,
      id,
      ...limitsOf(range),
    );
    for (const [blockId, kind, alpha, tao, checksum] of rows) {
      const block = blocks.get(blockId as number)?.stamp;
      if (block === undefined) continue;
      const parts = ['claim', block.hash, id, kind as string, String(alpha), String(tao)];
      check(database, parts, checksum, `claim of block ${block.number}`);
      const amounts = { alphaRao: loadAmount(alpha), taoRao: loadAmount(tao) };
      found.push({ coldkey, hotkey, netuid, kind: kind as RootClaim['kind'], ...amounts, block });
    }
  }
  return found.sort(byBlock);
}

/** Positions of coldkeys that anything is known of. */
export function positionsOf(database: Database, coldkeys: readonly string[]) {
  return [...new Set(coldkeys)].flatMap((coldkey) => {
    const id = findAccount(database, coldkey);
    return id === undefined ? [] : readPositions(database, id);
  });
}

/** Orders by block number. */
export function byBlock(
  a: { readonly block: BlockStamp },
  b: { readonly block: BlockStamp },
): number {
  return a.block.number - b.block.number;
}
