/** What the tool follows and how far it has read. Types only. */

/** What is being followed and how far it was read. State of the tool, not facts of the chain. */
export type SyncStore = {
  /** Follows a coldkey from `sinceBlock` on; an earlier block widens what is wanted. */
  readonly follow: (coldkey: string, sinceBlock: number) => FollowedColdkey;
  /** Its facts stay. False when it was not followed. */
  readonly unfollow: (coldkey: string) => boolean;
  readonly followed: () => readonly FollowedColdkey[];
  /** A cursor of a name, JSON-safe; undefined when there is none. */
  readonly readCursor: (name: string) => unknown;
  /** Undefined removes it. */
  readonly writeCursor: (name: string, value: unknown) => void;
  /** Blocks whose state no node could give. Recorded once; filled ones are left out. */
  readonly recordGap: (gap: SyncGap) => void;
  /** The part `blocks` of what was missing for the coldkey is known now. */
  readonly fillGaps: (coldkey: string, blocks: { from: number; to: number }) => void;
  readonly gaps: (coldkey?: string) => readonly SyncGap[];
};

export type FollowedColdkey = {
  readonly coldkey: string;
  /** History is wanted from this block on. */
  readonly sinceBlock: number;
  readonly followedAtMs: number;
};

/** Blocks, both inclusive, of which nothing could be read for a coldkey. */
export type SyncGap = {
  readonly coldkey: string;
  readonly fromBlock: number;
  readonly toBlock: number;
  /** `state-pruned`: the node no longer has the state. `unread`: reading it failed. */
  readonly reason: 'state-pruned' | 'unread';
};
