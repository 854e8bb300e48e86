/**
 * States kept along the chain, so that any block can be reached by replaying a bounded number.
 * Recent ones stay dense, older ones are thinned out.
 */
import { deserialize, serialize } from 'node:v8';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import type { ChainStore } from './store.ts';

/** Blocks between two snapshots, which is the longest replay of recent history. */
export const SNAPSHOT_INTERVAL = 1_000;
/** Snapshots older than the recent ones are kept at multiples of this. */
export const SPARSE_INTERVAL = 20_000;
const RECENT_SNAPSHOTS = 40;

/** The state after a block, and the events of that block as SCALE bytes. */
export type StateAt = {
  readonly state: ChainState;
  readonly events: Uint8Array;
  readonly eventCount: number;
};
export type NumberedState = { readonly number: number; readonly at: StateAt };

export type Snapshots = {
  /** Keeps the state after a block that is in the index, unless it is kept already. */
  readonly save: (number: number, at: StateAt) => void;
  /** The latest snapshot at or before a block, its state free to change. */
  readonly latest: (number: number) => NumberedState | undefined;
  readonly clear: () => void;
};

/** A snapshot counts only while `hashAt` its number gives the hash it was made for. */
export function createSnapshots(
  store: ChainStore | undefined,
  hashAt: (number: number) => Uint8Array | undefined,
): Snapshots {
  const inMemory = new Map<number, Uint8Array>();
  const numbers = new Set(store?.snapshotNumbers() ?? []);
  /** Those this run has written or read and found right. */
  const saved = new Set<number>();

  function read(number: number): StateAt | undefined {
    const bytes = store === undefined ? inMemory.get(number) : store.readSnapshot(number);
    const kept = bytes === undefined ? undefined : decodeSnapshot(bytes);
    const hash = hashAt(number);
    if (kept === undefined || hash === undefined || kept.hash !== toHex(hash)) return undefined;
    return kept.at;
  }

  function drop(number: number): void {
    numbers.delete(number);
    saved.delete(number);
    inMemory.delete(number);
    store?.removeSnapshot(number);
  }

  return {
    save(number, { state, events, eventCount }) {
      const hash = hashAt(number);
      if (hash === undefined || saved.has(number)) return;
      const at: StateAt = { state, events: Uint8Array.from(events), eventCount };
      const bytes = serialize({ hash: toHex(hash), at } satisfies Snapshot);
      saved.add(number);
      if (store === undefined) inMemory.set(number, bytes);
      else store.writeSnapshot(number, bytes);
      numbers.add(number);
      const old = [...numbers].sort((a, b) => a - b).slice(0, -RECENT_SNAPSHOTS);
      for (const one of old) if (one % SPARSE_INTERVAL !== 0) drop(one);
    },
    latest(number) {
      const candidates = [...numbers].filter((one) => one <= number).sort((a, b) => b - a);
      for (const candidate of candidates) {
        const at = read(candidate);
        if (at === undefined) drop(candidate);
        else {
          saved.add(candidate);
          return { number: candidate, at };
        }
      }
      return undefined;
    },
    clear() {
      for (const number of [...numbers]) drop(number);
    },
  };
}

type Snapshot = { readonly hash: string; readonly at: StateAt };

function decodeSnapshot(bytes: Uint8Array): Snapshot | undefined {
  try {
    const snapshot = deserialize(bytes) as Snapshot;
    return snapshot.at.state.format === 'devnode/1' ? snapshot : undefined;
  } catch {
    return undefined;
  }
}
