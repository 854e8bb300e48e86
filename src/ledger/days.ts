/**
 * The derived table of days: kept up to date from facts, and rebuilt from nothing but facts with
 * the same result. What changes facts says from which block on the rows may be wrong.
 */
import { RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { Database, SqlValue } from './database.ts';
import type { BlockRange, PositionDay } from './fact-types.ts';
import { DAY_MS, type DayRow, type DayStart, foldDays, type Interval } from './fold-days.ts';
import { findAccount, type Position, readPositions } from './identities.ts';
import { readFlows } from './read-facts.ts';
import { type Blocks, eachSample, positionsOf } from './read-samples.ts';
import { loadAmount, POOLS, POSITIONS } from './sample-tables.ts';
import { type KnownBlock, limitsOf, readKnownBlocks, readRejected } from './standing-blocks.ts';
import type { KnownFacts } from './types.ts';

const DIRTY = 'dirty_from';

/** Notes that facts of block `number` and later changed. Runs inside the change's transaction. */
export function markChanged(database: Database, number: number): void {
  database.run(
    `INSERT INTO derived_state VALUES ('${DIRTY}', ?)
     ON CONFLICT (key) DO UPDATE SET value = min(value, excluded.value)`,
    number,
  );
}

/** The rows of these coldkeys, once all are up to date. */
export function readDays(
  database: Database,
  write: <T>(body: () => T) => T,
  query: {
    readonly coldkeys: readonly string[];
    readonly fromMs?: number;
    readonly toMs?: number;
  },
): readonly PositionDay[] {
  if (readDirty(database) !== undefined) write(() => refreshDays(database));
  const { fromMs = 0, toMs = Number.MAX_SAFE_INTEGER } = query;
  return positionsOf(database, query.coldkeys).flatMap((position) =>
    database
      .rows(
        `SELECT d.day, b.number, b.hash, b.time_ms, d.samples, d.alpha_start, d.alpha_end, d.added,
           d.removed, d.paid, d.received, d.gain_product, d.price_product, d.price
         FROM position_days d JOIN blocks b ON b.id = d.last_block
         WHERE d.position = ? AND d.day > ? AND d.day < ? ORDER BY d.day`,
        position.id,
        fromMs - DAY_MS,
        toMs,
      )
      .map((row) => toDay(position, row)),
  );
}

function toDay(position: Position, row: readonly SqlValue[]): PositionDay {
  const [dayMs, number, hash, timeMs, sampleCount, ...texts] = row;
  const [start, end, added, removed, paid, received, gainProduct, priceProduct] = texts.map(
    (text) => (text === null ? 0n : BigInt(text)),
  ) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  const price = texts[8];
  return {
    coldkey: position.coldkey,
    hotkey: position.hotkey,
    netuid: position.netuid,
    dayMs: dayMs as number,
    lastBlock: { number, hash, timeMs } as PositionDay['lastBlock'],
    sampleCount: sampleCount as number,
    alphaStartRao: start,
    alphaEndRao: end,
    addedRao: added,
    removedRao: removed,
    paidRao: paid,
    receivedRao: received,
    gainRao: end - start - added + removed,
    gainProduct,
    priceProduct,
    priceRaoPerAlpha: typeof price === 'string' ? BigInt(price) : undefined,
  };
}

function readDirty(database: Database): number | undefined {
  const [row] = database.rows(`SELECT value FROM derived_state WHERE key = '${DIRTY}'`);
  return row?.[0] as number | undefined;
}

/** Drops every derived row and makes it anew. Returns how many there are. */
export function rebuildDays(database: Database): number {
  database.run('DELETE FROM position_days');
  markChanged(database, 0);
  refreshDays(database);
  return database.rows('SELECT count(*) FROM position_days')[0]?.[0] as number;
}

/** Brings the rows up to date with the facts. Runs inside a transaction. LEDGER_CORRUPT. */
export function refreshDays(database: Database): void {
  const dirtyFrom = readDirty(database);
  if (dirtyFrom === undefined) return;
  const firsts = new Map<number, number>();
  const todo = readPositions(database).flatMap((position) => {
    const { id, netuid } = position;
    const first = firsts.get(netuid) ?? readFirstPrice(database, netuid);
    firsts.set(netuid, first);
    // A first price also prices what was before it.
    const from = first < dirtyFrom ? dirtyFrom : 0;
    return isClosed(database, id, from) ? [] : [{ position, kept: dropFrom(database, id, from) }];
  });
  const from = Math.min(...todo.map(({ kept }) => (kept === undefined ? 0 : kept.number + 1)));
  fold(database, todo, { from: Number.isFinite(from) ? from : 0 });
  database.run(`DELETE FROM derived_state WHERE key = '${DIRTY}'`);
}

type Todo = { readonly position: Position; readonly kept: Kept | undefined };

function fold(database: Database, todo: readonly Todo[], range: BlockRange): void {
  const blocks = readKnownBlocks(database, range);
  const standing = new Set([...blocks.values()].map(({ stamp }) => stamp.hash));
  const rejected = readRejected(database);
  const prices = createPriceReader(database, { blocks, range });
  let owner: string | undefined;
  let flows: KnownFacts['flows'] = [];
  let zeros: readonly number[] = [];
  for (const { position, kept } of todo) {
    if (position.coldkey !== owner) {
      owner = position.coldkey;
      const id = findAccount(database, owner) as number;
      flows = readFlows(database, { coldkey: owner, id, rejected, standing, range });
      zeros = readListings(database, id, { blocks, range });
    }
    const own = flows.filter(
      (flow) => flow.hotkey === position.hotkey && flow.netuid === position.netuid,
    );
    const intervals = readIntervals({
      database,
      position,
      blocks,
      prices,
      zeros,
      kept,
      flows: own,
    });
    for (const row of foldDays(kept?.start, intervals)) insertDay(database, position.id, row);
  }
}

/** Whether the position was empty before `from` and nothing is known of it since. */
function isClosed(database: Database, position: number, from: number): boolean {
  const [row] = database.rows(
    `SELECT d.alpha_end = '0' AND d.last_number < ?2
       AND NOT EXISTS (SELECT 1 FROM position_samples s WHERE s.position = ?1 AND s.number >= ?2)
       AND NOT EXISTS (SELECT 1 FROM stake_flows f JOIN positions p
         ON p.coldkey = f.coldkey AND p.hotkey = f.hotkey AND p.netuid = f.netuid
         WHERE p.id = ?1 AND f.block_number > d.last_number)
     FROM position_days d WHERE d.position = ?1 ORDER BY d.day DESC LIMIT 1`,
    position,
    from,
  );
  return row?.[0] === 1;
}

/** The first block that stands and has a price of the subnet; infinite when there is none. */
function readFirstPrice(database: Database, netuid: number): number {
  if (netuid === ROOT_NETUID) return -1;
  const [row] = database.rows(
    `SELECT s.number FROM pool_samples s JOIN blocks b ON b.id = s.block
     WHERE s.netuid = ? AND b.hash NOT IN (SELECT block_hash FROM block_rejections)
       AND NOT EXISTS (SELECT 1 FROM blocks o WHERE o.number = b.number AND o.id > b.id
         AND o.hash NOT IN (SELECT block_hash FROM block_rejections))
     ORDER BY s.number LIMIT 1`,
    netuid,
  );
  return (row?.[0] as number | undefined) ?? Number.POSITIVE_INFINITY;
}

type Kept = { readonly number: number; readonly start: DayStart };

/** Drops the rows that may be wrong or unfinished; what the last kept one ended with. */
function dropFrom(database: Database, position: number, dirtyFrom: number): Kept | undefined {
  const [unfinished] = database.rows(
    'SELECT max(day) FROM position_days WHERE position = ? AND last_number < ?',
    position,
    dirtyFrom,
  );
  const day = unfinished?.[0] ?? 0;
  database.run('DELETE FROM position_days WHERE position = ? AND day >= ?', position, day);
  const [row] = database.rows(
    `SELECT last_number, alpha_end, price FROM position_days
     WHERE position = ? ORDER BY day DESC LIMIT 1`,
    position,
  );
  if (row === undefined) return undefined;
  const [number, alpha, price] = row;
  return {
    number: number as number,
    start: {
      alphaRao: BigInt(alpha as string),
      price: price === null ? undefined : BigInt(price as string),
    },
  };
}

function insertDay(database: Database, position: number, row: DayRow): void {
  database.run(
    'INSERT INTO position_days VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    position,
    row.dayMs,
    row.blockId,
    row.number,
    row.samples,
    `${row.alphaStart}`,
    `${row.alphaEnd}`,
    `${row.added}`,
    `${row.removed}`,
    `${row.paid}`,
    `${row.received}`,
    `${row.gainProduct}`,
    `${row.priceProduct}`,
    row.price === undefined ? null : `${row.price}`,
  );
}

/** Blocks, by their number in the table, at which everything of a coldkey was listed; by block. */
function readListings(
  database: Database,
  coldkey: number,
  { blocks, range }: { readonly blocks: Blocks; readonly range: BlockRange },
): readonly number[] {
  const rows = database.rows(
    `SELECT block FROM complete_coldkeys WHERE coldkey = ? AND scope = 'positions'
     AND number BETWEEN ? AND ? ORDER BY number, block`,
    coldkey,
    ...limitsOf(range),
  );
  return rows.map(([block]) => block as number).filter((block) => blocks.has(block));
}

type IntervalParts = {
  readonly database: Database;
  readonly position: Position;
  readonly blocks: Blocks;
  readonly prices: PriceReader;
  readonly zeros: readonly number[];
  readonly flows: KnownFacts['flows'];
  readonly kept: Kept | undefined;
};

/** Samples, and zeros where the coldkey was listed without the position, with flows between. */
function* readIntervals(parts: IntervalParts): Iterable<Interval> {
  const { database, position, blocks, kept, flows } = parts;
  const after = kept?.number ?? -1;
  const range: BlockRange = { from: after + 1 };
  const samples = eachSample(database, POSITIONS, { key: position.id, blocks, range });
  let flowAt = flows.findIndex(({ block }) => block.number > after);
  if (flowAt === -1) flowAt = flows.length;
  const price = parts.prices.of(position.netuid, kept?.start.price);
  for (const { blockId, block, alphaRao } of withZeros(parts, samples, after)) {
    let [addedRao, removedRao, paidRao, receivedRao] = [0n, 0n, 0n, 0n];
    for (; (flows[flowAt]?.block.number ?? Number.POSITIVE_INFINITY) <= block.number; flowAt += 1) {
      const flow = flows[flowAt] as KnownFacts['flows'][number];
      if (flow.direction === 'in') {
        addedRao += flow.alphaRao;
        paidRao += flow.taoRao;
      } else {
        removedRao += flow.alphaRao;
        receivedRao += flow.taoRao;
      }
    }
    const moved = { addedRao, removedRao, paidRao, receivedRao };
    yield { block, blockId, alphaRao, price: price(block.number), ...moved };
  }
}

type Point = {
  readonly blockId: number;
  readonly block: KnownBlock['stamp'];
  readonly alphaRao: bigint;
};

function* withZeros(
  { blocks, zeros }: IntervalParts,
  samples: ReturnType<typeof eachSample>,
  after: number,
): Iterable<Point> {
  let zeroAt = zeros.findIndex((id) => (blocks.get(id) as KnownBlock).stamp.number > after);
  if (zeroAt === -1) zeroAt = zeros.length;
  const zerosBefore = function* (number: number): Iterable<Point> {
    for (; zeroAt < zeros.length; zeroAt += 1) {
      const blockId = zeros[zeroAt] as number;
      const block = (blocks.get(blockId) as KnownBlock).stamp;
      if (block.number >= number) return;
      yield { blockId, block, alphaRao: 0n };
    }
  };
  for (const { block, blockId, values } of samples) {
    yield* zerosBefore(block.stamp.number);
    if (zeros[zeroAt] === blockId) zeroAt += 1;
    yield { blockId, block: block.stamp, alphaRao: loadAmount(values[0]) };
  }
  yield* zerosBefore(Number.POSITIVE_INFINITY);
}

type PriceSeries = { readonly numbers: readonly number[]; readonly prices: readonly bigint[] };

type PriceReader = {
  /**
   * Prices for blocks asked for in ascending order: the last known one, else the next later; what
   * is before the first of `blocks` is not looked at, so begin where a kept row ends.
   */
  readonly of: (netuid: number, kept: bigint | undefined) => (number: number) => bigint | undefined;
};

function createPriceReader(
  database: Database,
  scope: { readonly blocks: Blocks; readonly range: BlockRange },
): PriceReader {
  // Positions come by subnet: one subnet's prices at a time are enough.
  let known: { readonly netuid: number } & PriceSeries = { netuid: -1, numbers: [], prices: [] };
  const pricesOf = (netuid: number): PriceSeries => {
    if (known.netuid === netuid) return known;
    const series = { netuid, numbers: [] as number[], prices: [] as bigint[] };
    for (const { block, values } of eachSample(database, POOLS, { key: netuid, ...scope })) {
      series.numbers.push(block.stamp.number);
      series.prices.push(loadAmount(values[0]));
    }
    known = series;
    return series;
  };
  return {
    of: (netuid, kept) => {
      if (netuid === ROOT_NETUID) return () => RAO_PER_UNIT;
      const { numbers, prices } = pricesOf(netuid);
      let at = -1;
      return (number) => {
        while (at + 1 < numbers.length && (numbers[at + 1] as number) <= number) at += 1;
        return at >= 0 ? prices[at] : (kept ?? prices[0]);
      };
    },
  };
}
