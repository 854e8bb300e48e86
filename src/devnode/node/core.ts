/**
 * A running dev chain: blocks, pool, those who listen, and the faults a test asked for. Functions
 * of one record; nothing here speaks JSON.
 */

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
import {
  alreadyImported,
  badFormat,
  poolFull,
  type RpcError,
  refusedTransaction,
  tooLowPriority,
  undecodable,
} from '../rpc/rpc-error.ts';
import { freeOf } from '../runtime/calls-frame.ts';
import type { DevAction } from '../runtime/dev-actions.ts';
import { decodeSigned, hasLengthPrefix } from '../runtime/extrinsic.ts';
import { type ChainFacts, checkSignature, checkState } from '../runtime/validity.ts';
import {
  MAX_POOL_ENTRIES,
  notify,
  type Pool,
  type PoolEntry,
  readyEntries,
  transactionHash,
} from './pool.ts';

/** `instant`: a block as soon as a transaction is ready. The others: on demand, or by a timer. */
export type Sealing = 'instant' | 'manual' | 'timed';

/** Faults for tests; each is used up by what it spoils. */
export type Faults = {
  /** The next submission is included, but its connection is dropped instead of answered. */
  dropNextSubmit: boolean;
  /** The next submission is refused with this. */
  rejectNext: RpcError | undefined;
  /** So many replies are never sent; `method` restricts them to one method. */
  stalledReplies: number;
  stalledMethod: string | undefined;
};

export type NodeCore = {
  readonly chain: Chain;
  readonly pool: Pool;
  readonly sealing: Sealing;
  readonly faults: Faults;
  /** Called with the number of every new block, oldest first, once the block is complete. */
  readonly listeners: Set<(blockNumber: number) => void>;
};

/** Of a longer run of empty blocks only the newest is announced, as after a sync. */
const MAX_ANNOUNCED_BLOCKS = 64;

export function createCore(chain: Chain, sealing: Sealing): NodeCore {
  return {
    chain,
    pool: new Map(),
    sealing,
    faults: {
      dropNextSubmit: false,
      rejectNext: undefined,
      stalledReplies: 0,
      stalledMethod: undefined,
    },
    listeners: new Set(),
  };
}

/** Checks a transaction and puts it into the pool. Throws RpcError with the node's own texts. */
export async function admit(core: NodeCore, bytes: Uint8Array): Promise<PoolEntry> {
  if (!hasLengthPrefix(bytes)) throw badFormat();
  const extrinsic = decodeSigned(bytes);
  if (extrinsic === undefined) throw undecodable();
  const rejection = core.faults.rejectNext;
  if (rejection !== undefined) {
    core.faults.rejectNext = undefined;
    throw rejection;
  }
  const checked = await checkSignature(extrinsic, chainFacts(core));
  if (!checked.ok) throw refusedTransaction(checked.invalidity);
  const { signer } = checked;
  const hash = transactionHash(bytes);
  if (core.pool.has(hash)) throw alreadyImported(hash);
  const invalidity = checkState(core.chain.live.state, signer, extrinsic);
  if (invalidity !== undefined) throw refusedTransaction(invalidity);
  for (const other of core.pool.values()) {
    if (other.signer === signer && other.extrinsic.nonce === extrinsic.nonce) {
      throw tooLowPriority();
    }
  }
  if (core.pool.size >= MAX_POOL_ENTRIES) throw poolFull();
  const entry = { hash, signer, extrinsic, watchers: new Set<never>() };
  core.pool.set(hash, entry);
  return entry;
}

/** In instant mode, a block with what is ready. */
export function sealIfInstant(core: NodeCore): void {
  if (core.sealing === 'instant' && isAnyReady(core)) seal(core);
}

export function isAnyReady(core: NodeCore): boolean {
  return readyEntries(core.pool, core.chain.live.state).length > 0;
}

/** Makes a block with everything that is ready, and tells everyone. */
export function seal(core: NodeCore, actions: readonly DevAction[] = []): void {
  const { chain, pool } = core;
  const candidates = readyEntries(pool, chain.live.state);
  const block = produceBlock(chain, { actions, candidates });
  const hash = headHash(chain);
  const dropped = new Map(
    block.dropped.map(({ candidate, invalidity }) => [candidate, invalidity]),
  );
  const included: PoolEntry[] = [];
  for (const entry of candidates) {
    const why = dropped.get(entry);
    const waits = why?.kind === 'invalid' && why.name === 'Future';
    if (waits) continue;
    pool.delete(entry.hash);
    if (why === undefined) included.push(entry);
    else notify(entry, 'invalid');
  }
  announce(core, headNumber(chain));
  for (const entry of included) {
    notify(entry, { inBlock: hash });
    notify(entry, { finalized: hash });
  }
}

/** Makes blocks; those after the first are empty. */
export function advance(core: NodeCore, blocks: number): void {
  if (blocks <= 0) return;
  const sealsFirst = isAnyReady(core);
  if (sealsFirst) seal(core);
  const left = sealsFirst ? blocks - 1 : blocks;
  const before = headNumber(core.chain);
  advanceChain(core.chain, left);
  const head = headNumber(core.chain);
  const from = head - before > MAX_ANNOUNCED_BLOCKS ? head : before + 1;
  for (let number = from; number <= head; number += 1) announce(core, number);
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
  resetChain(core.chain);
  core.pool.clear();
}

export function chainFacts({ chain }: NodeCore): ChainFacts {
  return {
    blockNumber: headNumber(chain) + 1,
    genesisHash: chain.genesisHash,
    hashAt: (number) => hashAt(chain, number),
  };
}

function announce(core: NodeCore, number: number): void {
  for (const listener of core.listeners) listener(number);
}
