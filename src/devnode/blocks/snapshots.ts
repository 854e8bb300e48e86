/**
 * States kept along the chain, so that any block can be reached by replaying a bounded number.
 * Recent ones stay dense, older ones are thinned out.
 */
import { deserialize, serialize } from 'node:v8';
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
  /** Keeps a state, unless there is one of that block already. */
  readonly save: (number: number, at: StateAt) => void;
  /** The latest snapshot at or before a block, its state free to change. */
  readonly latest: (number: number) => NumberedState | undefined;
  readonly clear: () => void;
};

export function createSnapshots(store: ChainStore | undefined): Snapshots {
  const inMemory = new Map<number, Uint8Array>();
  const numbers = new Set(store?.snapshotNumbers() ?? []);

  function read(number: number): StateAt | undefined {
    const bytes = store === undefined ? inMemory.get(number) : store.readSnapshot(number);
    return bytes === undefined ? undefined : decodeState(bytes);
  }

  function drop(number: number): void {
    numbers.delete(number);
    inMemory.delete(number);
    store?.removeSnapshot(number);
  }

  return {
    save(number, { state, events, eventCount }) {
      if (numbers.has(number)) return;
      const bytes = serialize({ state, events: Uint8Array.from(events), eventCount });
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
        if (at !== undefined) return { number: candidate, at };
        drop(candidate);
      }
      return undefined;
    },
    clear() {
      for (const number of [...numbers]) drop(number);
    },
  };
}

function decodeState(bytes: Uint8Array): StateAt | undefined {
  try {
    const at = deserialize(bytes) as StateAt;
    return at.state.format === 'devnode/1' ? at : undefined;
  } catch {
    return undefined;
  }
}
