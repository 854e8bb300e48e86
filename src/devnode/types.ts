/** The dev chain as others use it: options as data, and what one gets. Types only. */
import type { Clock, RpcEndpoint } from '../domain/ports.ts';

/**
 * When blocks are made. `instant`: one as soon as a transaction is ready. `timed`: one every so
 * many milliseconds of the clock. `manual`: on demand only. Their times are 12 s apart in any case.
 */
export type BlockMode =
  | { readonly kind: 'instant' }
  | { readonly kind: 'manual' }
  | { readonly kind: 'timed'; readonly blockTimeMs: number };

/** Who claims a folder: this process, and how to tell whether another one lives. */
export type FolderOwner = {
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
};

export type DevNodeOptions = {
  /** Where the chain persists; without it the chain lives in memory. */
  readonly folder?: { readonly path: string; readonly owner: FolderOwner } | undefined;
  /** Which genesis a new chain starts from, `NAME` or `NAME@SEED`; one that exists keeps its own. */
  readonly preset?: string | undefined;
  /** Which runtime a new chain has; 424 when left out. */
  readonly profile?: string | undefined;
  readonly blocks?: BlockMode | undefined;
  /** Blocks between the head and the newest final one; 0 when left out. */
  readonly finalityLag?: number | undefined;
  /** Needed for timed blocks and delayed replies. */
  readonly clock?: Clock | undefined;
};

export type DevNodeStatus = {
  readonly genesisHash: string;
  readonly preset: string;
  readonly number: number;
  readonly hash: string;
  /** Time of the newest block, milliseconds since 1970. */
  readonly timeMs: number;
  /** Transactions that wait for a block. */
  readonly pending: number;
  readonly sealing: BlockMode['kind'];
  /** The newest final block, and how far it follows behind the head. */
  readonly finalized: number;
  readonly finalityLag: number;
  readonly isFinalityFrozen: boolean;
  /** The oldest block from which on every state can be read; blocks themselves all can. */
  readonly stateFrom: number;
  readonly stateDigest: string;
};

export type DevNode = {
  readonly endpoint: RpcEndpoint;
  /**
   * Answers one message that comes without a connection, as over HTTP. An empty reply says that
   * there is none; `drop` that the caller is to be cut off.
   */
  readonly answerOnce: (
    text: string,
    reply: (text: string) => void,
    drop: (reason: string) => void,
  ) => void;
  readonly genesisHash: string;
  /** What its genesis is: `NAME` or `NAME@SEED`. */
  readonly preset: string;
  /** Bytes of an unfinished record that the opening found at the end of the log and dropped. */
  readonly droppedBytes: number;
  /** Whether the last owner of its folder ended without closing it. */
  readonly wasInterrupted: boolean;
  /** Makes so many blocks. */
  readonly advance: (blocks: number) => void;
  /** Mints TAO on an account (0x hex or ss58) in a block of its own; gives the free TAO after it. */
  readonly fund: (account: string, amountRao: bigint) => bigint;
  readonly status: () => DevNodeStatus;
  /** Back to the genesis block. */
  readonly reset: () => void;
  /** Says where it is served, so that other runs find it. */
  readonly publishUrl: (url: string) => void;
  /** Stops timers, keeps the newest state, frees the folder. */
  readonly close: () => void;
};
