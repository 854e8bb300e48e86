/**
 * Which block is final: a settable number of blocks behind the head, or where it was frozen. Forks
 * are not modelled; what is final lags, it is never disputed.
 */
import { type Chain, headNumber } from '../blocks/chain.ts';
import { notify, type PoolEntry } from './pool.ts';

/** Chain rule: a watcher of a transaction is told so many blocks later that finality is late. */
const TIMEOUT_BLOCKS = 512;
/** The longest lag one may set. */
export const MAX_FINALITY_LAG = 10_000;

/** Transactions of one block that wait for it to become final. */
type Awaiting = {
  readonly number: number;
  readonly hash: string;
  readonly entries: readonly PoolEntry[];
};

export type Finality = {
  /** Blocks between the head and the newest final one. */
  readonly lag: number;
  isFrozen: boolean;
  /** The newest final block. */
  number: number;
  awaiting: Awaiting[];
};

export function createFinality(chain: Chain, lag: number): Finality {
  return { lag, isFrozen: false, number: finalAt(chain, lag), awaiting: [] };
}

/** The transactions of a new block wait for its finality, as far as someone watches them. */
export function awaitFinality(finality: Finality, block: Awaiting): void {
  if (block.entries.some(({ watchers }) => watchers.size > 0)) finality.awaiting.push(block);
}

/** Moves on with the head; gives the newly final blocks as a range, empty when there are none. */
export function moveFinality(finality: Finality, chain: Chain): { from: number; to: number } {
  const from = finality.number + 1;
  if (!finality.isFrozen) finality.number = Math.max(finality.number, finalAt(chain, finality.lag));
  return { from, to: finality.number };
}

/** Tells the watchers whose block became final, or is late. */
export function tellFinality(finality: Finality, chain: Chain): void {
  const late = headNumber(chain) - TIMEOUT_BLOCKS;
  finality.awaiting = finality.awaiting.filter(({ number, hash, entries }) => {
    const isFinal = number <= finality.number;
    if (!isFinal && number > late) return true;
    const status = isFinal ? { finalized: hash } : { finalityTimeout: hash };
    for (const entry of entries) notify(entry, status);
    return false;
  });
}

function finalAt(chain: Chain, lag: number): number {
  return Math.max(0, headNumber(chain) - lag);
}
