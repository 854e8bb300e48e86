/**
 * Transactions that wait for a block: checked, one per account and nonce, each with those who watch
 * it. Those without a gap from their account's nonce on are ready, the others wait as future.
 */
import type { Account } from '../../economy/state.ts';
import { blake2 } from '../blocks/header.ts';
import { eraBirth, type SignedExtrinsic } from '../runtime/extrinsic.ts';
import type { Shielded } from '../runtime/shielded.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';

/** Chain rule: a pool holds this many. */
export const MAX_POOL_ENTRIES = 8_192;

export type TxStatus =
  | 'future'
  | 'ready'
  | 'dropped'
  | 'invalid'
  | { readonly usurped: string }
  | { readonly inBlock: string }
  | { readonly finalized: string }
  | { readonly finalityTimeout: string };

export type PoolEntry = {
  readonly hash: string;
  readonly signer: Account;
  readonly extrinsic: SignedExtrinsic;
  readonly priority: bigint;
  /** The last block that may include it. */
  readonly validTill: number;
  isReady: boolean;
  /** What it carries encrypted; undefined for an ordinary transaction. */
  readonly shielded: Shielded | undefined;
  readonly watchers: Set<(status: TxStatus) => void>;
};

export type Pool = {
  /** In the order of arrival. */
  readonly byHash: Map<string, PoolEntry>;
  readonly byNonce: Map<Account, Map<number, PoolEntry>>;
};

export function createPool(): Pool {
  return { byHash: new Map(), byNonce: new Map() };
}

export function transactionHash(bytes: Uint8Array): string {
  return toHex(blake2(bytes));
}

/** The last block of the era that a transaction admitted before `nextBlock` is in. */
export function lastBlockOf({ era }: SignedExtrinsic, nextBlock: number): number {
  if (era.kind === 'immortal') return Number.POSITIVE_INFINITY;
  return eraBirth(era, nextBlock) + era.period - 1;
}

export function addEntry(pool: Pool, entry: PoolEntry): void {
  pool.byHash.set(entry.hash, entry);
  const nonces = pool.byNonce.get(entry.signer);
  if (nonces === undefined) {
    pool.byNonce.set(entry.signer, new Map([[entry.extrinsic.nonce, entry]]));
  } else nonces.set(entry.extrinsic.nonce, entry);
}

export function removeEntry(pool: Pool, { hash, signer, extrinsic }: PoolEntry): void {
  pool.byHash.delete(hash);
  const nonces = pool.byNonce.get(signer);
  nonces?.delete(extrinsic.nonce);
  if (nonces?.size === 0) pool.byNonce.delete(signer);
}

/** What waits under an account's nonce. */
export function rivalOf(pool: Pool, signer: Account, nonce: number): PoolEntry | undefined {
  return pool.byNonce.get(signer)?.get(nonce);
}

/** Tells those whose turn has come, of all accounts or of one. */
export function promote(pool: Pool, state: ChainState, signer?: Account): void {
  const signers = signer === undefined ? [...pool.byNonce.keys()] : [signer];
  for (const account of signers) {
    const nonces = pool.byNonce.get(account);
    for (let nonce = state.nonces[account] ?? 0; ; nonce += 1) {
      const entry = nonces?.get(nonce);
      if (entry === undefined) break;
      if (entry.isReady) continue;
      entry.isReady = true;
      notify(entry, 'ready');
    }
  }
}

/** The entries whose turn it is, in the order of arrival but for the nonces of one account. */
export function readyEntries(pool: Pool): PoolEntry[] {
  const ready: PoolEntry[] = [];
  const taken = new Set<PoolEntry>();
  for (const entry of pool.byHash.values()) {
    if (!entry.isReady || taken.has(entry)) continue;
    const earlier: PoolEntry[] = [];
    for (let nonce = entry.extrinsic.nonce - 1; ; nonce -= 1) {
      const before = rivalOf(pool, entry.signer, nonce);
      if (before === undefined || taken.has(before)) break;
      earlier.unshift(before);
    }
    for (const one of [...earlier, entry]) {
      taken.add(one);
      ready.push(one);
    }
  }
  return ready;
}

/** The nonce an account's next transaction should have, those in the pool counted. */
export function nextNonceWithPool(pool: Pool, state: ChainState, account: Account): number {
  const nonces = pool.byNonce.get(account);
  let nonce = state.nonces[account] ?? 0;
  while (nonces?.has(nonce)) nonce += 1;
  return nonce;
}

export function notify(entry: PoolEntry, status: TxStatus): void {
  for (const watcher of entry.watchers) watcher(status);
}
