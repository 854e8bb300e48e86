/**
 * A running dev chain: blocks, pool, finality, those who listen, and the faults a test asked for.
 * Functions of one record; nothing here speaks JSON.
 */

import type { Clock } from '../../domain/ports.ts';
import type { Account } from '../../economy/state.ts';
import {
  advanceChain,
  type Chain,
  hashAt,
  headHash,
  headNumber,
  produceBlock,
  resetChain,
} from '../blocks/chain.ts';
import { freeOf } from '../runtime/calls-frame.ts';
import type { DevAction } from '../runtime/dev-actions.ts';
import { NEXT_KEY_AHEAD } from '../runtime/shield-keys.ts';
import { candidatesFor, missedItsAuthor, waitsForItsAuthor } from '../runtime/shielded.ts';
import type { ChainFacts } from '../runtime/validity.ts';
import { profileOf } from '../state/view.ts';
import { createFaults, type Faults } from './faults.ts';
import {
  awaitFinality,
  createFinality,
  type Finality,
  moveFinality,
  tellFinality,
} from './finality.ts';
import {
  createPool,
  notify,
  type Pool,
  type PoolEntry,
  promote,
  readyEntries,
  removeEntry,
} from './pool.ts';

/** `instant`: a block as soon as a transaction is ready. The others: on demand, or by a timer. */
export type Sealing = 'instant' | 'manual' | 'timed';

export type NodeCore = {
  /** Replaced as a whole by a reset or a restored snapshot. */
  chain: Chain;
  readonly pool: Pool;
  readonly sealing: Sealing;
  readonly faults: Faults;
  finality: Finality;
  /** Whether a tip raises the priority in the pool. On Subtensor it does not. */
  tipsRaisePriority: boolean;
  /** For delayed replies; without one there are none. */
  readonly clock: Clock | undefined;
  /** Called with the number of every new block, oldest first, once the block is complete. */
  readonly listeners: Set<(blockNumber: number) => void>;
  /** The same for every block that became final. */
  readonly finalityListeners: Set<(blockNumber: number) => void>;
};

export type CoreOptions = {
  readonly sealing: Sealing;
  /** Blocks that finality lags behind the head; 0 when left out. */
  readonly finalityLag?: number | undefined;
  readonly clock?: Clock | undefined;
};

/** Of a longer run of empty blocks only the newest is announced, as after a sync. */
const MAX_ANNOUNCED_BLOCKS = 64;

export function createCore(chain: Chain, options: CoreOptions): NodeCore {
  const { sealing, finalityLag = 0, clock } = options;
  return {
    chain,
    pool: createPool(),
    sealing,
    faults: createFaults(),
    finality: createFinality(chain, finalityLag),
    tipsRaisePriority: false,
    clock,
    listeners: new Set(),
    finalityListeners: new Set(),
  };
}

/** Takes transactions out of the pool, all or one by its hash; gives the hashes of those. */
export function dropPending({ pool }: NodeCore, hash?: string): string[] {
  const entries = [...pool.byHash.values()].filter(
    (one) => hash === undefined || one.hash === hash,
  );
  for (const entry of entries) {
    removeEntry(pool, entry);
    notify(entry, 'dropped');
  }
  return entries.map((entry) => entry.hash);
}

/** In instant mode, blocks until nothing is ready. */
export function sealIfInstant(core: NodeCore): void {
  if (core.sealing !== 'instant') return;
  // What is sealed for an author to come needs the blocks until then.
  for (let blocks = 0; blocks <= NEXT_KEY_AHEAD && isAnyReady(core); blocks += 1) seal(core);
}

export function isAnyReady({ pool }: NodeCore): boolean {
  for (const { isReady } of pool.byHash.values()) if (isReady) return true;
  return false;
}

/** Makes a block with everything that is ready, and tells everyone. */
export function seal(core: NodeCore, actions: readonly DevAction[] = []): void {
  const { chain, pool } = core;
  dropExpired(core);
  const entries = readyEntries(pool);
  const candidates = candidatesFor(entries, headNumber(chain) + 1);
  const block = produceBlock(chain, { actions, candidates });
  const hash = headHash(chain);
  const dropped = new Map(
    block.dropped.map(({ candidate, invalidity }) => [candidate, invalidity]),
  );
  const included: PoolEntry[] = [];
  for (const entry of entries) {
    if (waitsForItsAuthor(entry, headNumber(chain))) continue;
    const why = dropped.get(entry);
    const waits = why?.kind === 'invalid' && why.name === 'Future';
    entry.isReady = !waits;
    if (waits) continue;
    removeEntry(pool, entry);
    if (why === undefined) included.push(entry);
    else notify(entry, 'invalid');
  }
  const number = headNumber(chain);
  for (const listener of core.listeners) listener(number);
  for (const entry of included) notify(entry, { inBlock: hash });
  awaitFinality(core.finality, { number, hash, entries: included });
  finalize(core);
  promote(pool, chain.live.state);
}

/** Chain rule: a transaction leaves the pool when its era is over, or nobody can open it. */
function dropExpired({ chain, pool }: NodeCore): void {
  const next = headNumber(chain) + 1;
  for (const entry of [...pool.byHash.values()]) {
    if (entry.validTill >= next && !missedItsAuthor(entry, next)) continue;
    removeEntry(pool, entry);
    notify(entry, 'invalid');
  }
}

/** Makes blocks; once nothing is ready they are empty. */
export function advance(core: NodeCore, blocks: number): void {
  if (blocks <= 0) return;
  let left = blocks;
  for (; left > 0 && isAnyReady(core); left -= 1) seal(core);
  if (left === 0) return;
  const before = headNumber(core.chain);
  advanceChain(core.chain, left);
  announce(core.listeners, before + 1, headNumber(core.chain));
  dropExpired(core);
  finalize(core);
}

/** Whether finality follows the head; where it is frozen it stays. */
export function freezeFinality(core: NodeCore, isFrozen: boolean): void {
  core.finality.isFrozen = isFrozen;
  finalize(core);
}

function finalize(core: NodeCore): void {
  const { from, to } = moveFinality(core.finality, core.chain);
  announce(core.finalityListeners, from, to);
  tellFinality(core.finality, core.chain);
}

/** Sets an account's free TAO in a block of its own; gives what it is then, rao. */
export function setBalance(
  core: NodeCore,
  account: Account,
  next: (freeRao: bigint) => bigint,
): bigint {
  const freeRao = next(freeOf(core.chain.live.state.economy, account));
  seal(core, [{ kind: 'set-balance', account, freeRao }]);
  return freeRao;
}

/** Back to the genesis block, with an empty pool. */
export function resetNode(core: NodeCore): void {
  replaceChain(core, resetChain(core.chain));
}

/** Another chain in place of the one that runs: the pool is emptied, finality begins anew. */
export function replaceChain(core: NodeCore, chain: Chain): void {
  core.chain = chain;
  dropPending(core);
  core.finality = createFinality(chain, core.finality.lag);
}

export function chainFacts({ chain }: NodeCore): ChainFacts {
  return {
    profile: profileOf(chain.live.state),
    blockNumber: headNumber(chain) + 1,
    genesisHash: chain.genesisHash,
    hashAt: (number) => hashAt(chain, number),
  };
}

function announce(
  listeners: ReadonlySet<(number: number) => void>,
  first: number,
  last: number,
): void {
  const from = last - first >= MAX_ANNOUNCED_BLOCKS ? last : first;
  for (let number = from; number <= last; number += 1) {
    for (const listener of listeners) listener(number);
  }
}
