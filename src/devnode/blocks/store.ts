/** What a chain needs of the place it persists in. Types only; a chain in memory has none. */
import type { DevAction } from '../runtime/dev-actions.ts';

/** Everything a non-empty block was made of, enough to make it again. */
export type BlockBody = {
  readonly actions: readonly DevAction[];
  /** Signed extrinsics in order; the time inherent follows from the number. */
  readonly extrinsics: readonly Uint8Array[];
};

export type LogRecord =
  | { readonly kind: 'genesis'; readonly preset: string; readonly genesisHash: string }
  /** A run of blocks that hold nothing but the time; `hash` is the last one's. */
  | { readonly kind: 'empty'; readonly count: number; readonly hash: string }
  | { readonly kind: 'block'; readonly body: BlockBody; readonly hash: string };

export type StoredChain = {
  readonly records: readonly LogRecord[];
  /** Entries of the hash index, as far as they were written; a cache of what replay gives. */
  readonly entries: Uint8Array;
  /** Bytes at the end of the log that were no whole record and are gone now. */
  readonly droppedBytes: number;
};

export type ChainStore = {
  readonly load: () => StoredChain;
  /** Appends a record and the index entries of its blocks. */
  readonly append: (record: LogRecord, entries: Uint8Array) => void;
  /** Replaces the written index entries. */
  readonly writeEntries: (entries: Uint8Array) => void;
  /** Numbers of the blocks after which a snapshot was kept, ascending. */
  readonly snapshotNumbers: () => readonly number[];
  /** The bytes of a snapshot, or undefined when it is unreadable. */
  readonly readSnapshot: (number: number) => Uint8Array | undefined;
  readonly writeSnapshot: (number: number, bytes: Uint8Array) => void;
  readonly removeSnapshot: (number: number) => void;
  /** Empties everything. */
  readonly clear: () => void;
  readonly close: () => void;
};
