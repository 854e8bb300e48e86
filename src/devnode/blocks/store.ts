/** What a chain needs of the place it persists in. Types only; memory-store.ts is the one without files. */
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
  /**
   * Entries of the hash index, as far as they were written: a cache of what replay gives, and
   * the trace of empty blocks whose record was not written yet.
   */
  readonly entries: Uint8Array;
  /** Bytes at the end of the log that were no whole record and are gone now. */
  readonly droppedBytes: number;
};

export type ChainStore = {
  /** Whether what is stored outlives this run. */
  readonly isLasting: boolean;
  readonly load: () => StoredChain;
  readonly append: (record: LogRecord) => void;
  /** Appends the index entries of new blocks: after their record, or ahead of that of a run. */
  readonly appendEntries: (entries: Uint8Array) => void;
  /** Replaces the written index entries. */
  readonly writeEntries: (entries: Uint8Array) => void;
  /** Numbers of the blocks after which a snapshot was kept, ascending, with their sizes. */
  readonly snapshots: () => readonly SnapshotFile[];
  /** The bytes of a snapshot, or undefined when it is unreadable. */
  readonly readSnapshot: (number: number) => Uint8Array | undefined;
  readonly writeSnapshot: (number: number, bytes: Uint8Array) => void;
  readonly removeSnapshot: (number: number) => void;
  /** Empties log, entries and snapshots. */
  readonly clear: () => void;
  readonly close: () => void;
};

export type SnapshotFile = { readonly number: number; readonly sizeBytes: number };
