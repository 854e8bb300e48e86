/** Transactions that wait for a block: checked, each with those who watch it. */
import type { Account } from '../../economy/state.ts';
import { blake2 } from '../blocks/header.ts';
import type { SignedExtrinsic } from '../runtime/extrinsic.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';

/** Chain rule: a pool holds this many. */
export const MAX_POOL_ENTRIES = 8_192;

export type TxStatus =
  | 'future'
  | 'ready'
  | 'invalid'
  | { readonly inBlock: string }
  | { readonly finalized: string };

export type PoolEntry = {
  readonly hash: string;
  readonly signer: Account;
  readonly extrinsic: SignedExtrinsic;
  readonly watchers: Set<(status: TxStatus) => void>;
};

/** By hash, in the order of arrival. */
export type Pool = Map<string, PoolEntry>;

export function transactionHash(bytes: Uint8Array): string {
  return toHex(blake2(bytes));
}

/** The entries whose turn it is: for every account without a gap from its next nonce on. */
export function readyEntries(pool: Pool, state: ChainState): PoolEntry[] {
  const ready: PoolEntry[] = [];
  const next = new Map<Account, number>();
  const nextNonce = (signer: Account): number => next.get(signer) ?? state.nonces[signer] ?? 0;
  let waiting = [...pool.values()];
  for (let found = true; found; ) {
    const left: PoolEntry[] = [];
    for (const entry of waiting) {
      if (entry.extrinsic.nonce !== nextNonce(entry.signer)) {
        left.push(entry);
        continue;
      }
      ready.push(entry);
      next.set(entry.signer, entry.extrinsic.nonce + 1);
    }
    found = left.length < waiting.length && left.length > 0;
    waiting = left;
  }
  return ready;
}

/** The nonce an account's next transaction should have, those in the pool counted. */
export function nextNonceWithPool(pool: Pool, state: ChainState, account: Account): number {
  let nonce = state.nonces[account] ?? 0;
  const taken = new Set<number>();
  for (const { signer, extrinsic } of pool.values()) {
    if (signer === account) taken.add(extrinsic.nonce);
  }
  while (taken.has(nonce)) nonce += 1;
  return nonce;
}

export function notify(entry: PoolEntry, status: TxStatus): void {
  for (const watcher of entry.watchers) watcher(status);
}
