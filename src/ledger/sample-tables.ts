/**
 * The tables of samples as data: what was read of one thing at one block. Everything that stores,
 * reads, checks, exports and imports samples goes by these lists. Pure.
 */
import type { SqlValue } from './database.ts';
import type { Observation } from './types.ts';

/** What a sample is of: a subnet, a hotkey on a subnet, or a coldkey's position with a hotkey. */
export type SampleKey = 'netuid' | 'validator' | 'position';

export type SampleTable = {
  readonly name: string;
  /** The table in its rows' checksums. Never reused. */
  readonly tag: number;
  readonly key: SampleKey;
  /** Value columns in order: `amount` is a bigint, `count` a safe number, `text` short ASCII. */
  readonly columns: readonly (readonly [name: string, kind: 'amount' | 'count' | 'text'])[];
  /** How a conflict calls it. */
  readonly title: string;
};

export const POOLS: SampleTable = {
  name: 'pool_samples',
  tag: 1,
  key: 'netuid',
  columns: [
    ['price_rao_per_alpha', 'amount'],
    ['tao_reserve_rao', 'amount'],
    ['alpha_in_rao', 'amount'],
    ['alpha_out_rao', 'amount'],
  ],
  title: 'pool',
};

export const POSITIONS: SampleTable = {
  name: 'position_samples',
  tag: 2,
  key: 'position',
  columns: [['alpha_rao', 'amount']],
  title: 'stake',
};

export const CLAIMABLE: SampleTable = {
  name: 'claimable_samples',
  tag: 3,
  key: 'position',
  columns: [['alpha_rao', 'amount']],
  title: 'claimable',
};

export const HOTKEYS: SampleTable = {
  name: 'hotkey_samples',
  tag: 4,
  key: 'validator',
  columns: [
    ['total_alpha_rao', 'amount'],
    ['total_shares', 'text'],
    ['take_u16', 'count'],
    ['last_dividend_rao', 'amount'],
    ['last_root_dividend_rao', 'amount'],
  ],
  title: 'hotkey',
};

export const ROOT_RATES: SampleTable = {
  name: 'root_rate_samples',
  tag: 5,
  key: 'validator',
  columns: [['rate_bits', 'amount']],
  title: 'root rate',
};

export const CLAIMED: SampleTable = {
  name: 'claimed_samples',
  tag: 6,
  key: 'position',
  columns: [['claimed_rao', 'amount']],
  title: 'claimed',
};

export const BASKETS: SampleTable = {
  name: 'basket_samples',
  tag: 7,
  key: 'position',
  columns: [
    ['owed_rao', 'amount'],
    ['shares', 'amount'],
  ],
  title: 'basket',
};

export const SAMPLE_TABLES = [
  POOLS,
  POSITIONS,
  CLAIMABLE,
  HOTKEYS,
  ROOT_RATES,
  CLAIMED,
  BASKETS,
] as const;

/** A value to store: amounts up to 2^53 as whole numbers, larger ones as decimal text. */
export type Stored = bigint | number | string;

/** Where a fact came from, as it is stored with a sample. */
export const SOURCE_NUMBERS: Readonly<Record<Observation['source'], number>> = {
  observed: 1,
  archive: 2,
  transaction: 3,
};

const LARGEST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);

/** The stored form of an amount: exact, and small when it is. */
export function storeAmount(amount: bigint): Stored {
  return amount <= LARGEST_NUMBER ? amount : amount.toString();
}

/** The reverse of `storeAmount`. */
export function loadAmount(stored: SqlValue | undefined): bigint {
  return BigInt(stored as number | string);
}

/** The values of each kind of sample in the order of its columns. */
export const sampleValues = {
  pools: (pool: Observation['pools'][number]): Stored[] => [
    storeAmount(pool.priceRaoPerAlpha),
    storeAmount(pool.taoReserveRao),
    storeAmount(pool.alphaInRao),
    storeAmount(pool.alphaOutRao),
  ],
  hotkeys: (hotkey: NonNullable<Observation['hotkeys']>[number]): Stored[] => [
    storeAmount(hotkey.totalAlphaRao),
    hotkey.totalShares,
    hotkey.takeU16,
    storeAmount(hotkey.lastDividendRao),
    storeAmount(hotkey.lastRootDividendRao),
  ],
} as const;
