/**
 * States kept along the chain, so that any block can be reached by replaying a bounded number.
 * Within limits of number and bytes they lie close together near the head and thin out behind it.
 */
import { deserialize, serialize } from 'node:v8';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import type { ChainStore } from './store.ts';

/** Blocks between two snapshots when they are made, which is the longest replay of recent history. */
export const SNAPSHOT_INTERVAL = 1_000;
/** Snapshots of one chain, and the bytes they may take together. */
export const MAX_SNAPSHOTS = 64;
export const MAX_SNAPSHOT_BYTES = 80 * 1024 * 1024;

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
  /** Number of the latest one at or before a block, without reading it. */
  readonly latestNumber: (number: number) => number | undefined;
};

/** A snapshot counts only while `hashAt` its number gives the hash it was made for. */
export function createSnapshots(
  store: ChainStore,
  hashAt: (number: number) => Uint8Array | undefined,
): Snapshots {
  const sizes = new Map(store.snapshots().map((file) => [file.number, file.sizeBytes]));
  /** Those this run has written or read and found right. */
  const saved = new Set<number>();

  function drop(number: number): void {
    sizes.delete(number);
    saved.delete(number);
    store.removeSnapshot(number);
  }

  function thinOut(): void {
    const bytes = (): number => [...sizes.values()].reduce((sum, size) => sum + size, 0);
    while (sizes.size > MAX_SNAPSHOTS || (sizes.size > 2 && bytes() > MAX_SNAPSHOT_BYTES)) {
      drop(leastUseful([...sizes.keys()].sort((a, b) => a - b)));
    }
  }

  const atOrBefore = (number: number): number[] =>
    [...sizes.keys()].filter((one) => one <= number).sort((a, b) => b - a);

  return {
    save(number, at) {
      const hash = hashAt(number);
      if (hash === undefined || saved.has(number)) return;
      const bytes = encodeState(toHex(hash), at);
      store.writeSnapshot(number, bytes);
      saved.add(number);
      sizes.set(number, bytes.length);
      thinOut();
    },
    latest(number) {
      for (const candidate of atOrBefore(number)) {
        const bytes = store.readSnapshot(candidate);
        const hash = hashAt(candidate);
        const at = bytes && hash && decodeState(toHex(hash), bytes);
        if (at !== undefined) {
          saved.add(candidate);
          return { number: candidate, at };
        }
        drop(candidate);
      }
      return undefined;
    },
    latestNumber: (number) => atOrBefore(number)[0],
  };
}

/** The one whose loss lengthens replays least, relative to how far behind the head it lies. */
export function leastUseful(numbers: readonly number[]): number {
  const head = numbers.at(-1) ?? 0;
  let best = { number: numbers[0] ?? 0, cost: Number.POSITIVE_INFINITY };
  for (let i = 0; i < numbers.length - 1; i += 1) {
    const [number, next] = [numbers[i] as number, numbers[i + 1] as number];
    const before = numbers[i - 1] ?? 0;
    const cost = (next - before) / (head - number + SNAPSHOT_INTERVAL);
    if (cost < best.cost) best = { number, cost };
  }
  return best.number;
}

type Encoded = { readonly hash: string; readonly at: StateAt };

/** A state as bytes, bound to the block it belongs to. */
export function encodeState(hash: string, { state, events, eventCount }: StateAt): Uint8Array {
  const at: StateAt = { state, events: Uint8Array.from(events), eventCount };
  return serialize({ hash, at } satisfies Encoded);
}

/** The state in those bytes; undefined when they are unreadable or of another block. */
export function decodeState(hash: string, bytes: Uint8Array): StateAt | undefined {
  try {
    const encoded = deserialize(bytes) as Encoded;
    const fits = encoded.hash === hash && encoded.at.state.format === 'devnode/1';
    return fits ? encoded.at : undefined;
  } catch {
    return undefined;
  }
}
