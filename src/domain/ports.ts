/**
 * The platform as the rest of the house may ask for it: types only. platform/ implements them,
 * tests put memory-backed ones in their place.
 */

/** Wall-clock time. Domain time is in blocks; this one stamps records and bounds waits. */
export type Clock = {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  /** Resolves after `ms`, or rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export type Random = {
  /** Cryptographically secure random bytes. */
  readonly bytes: (length: number) => Uint8Array;
};

export type FileStat = {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  /** Permission bits, such as 0o600. */
  readonly mode: number;
  readonly sizeBytes: number;
};

/** The file system. Errors are TaoError with a FILE_ code; a missing file reads as undefined. */
export type Files = {
  /** Does not follow a symlink at `path` itself. */
  readonly stat: (path: string) => Promise<FileStat | undefined>;
  /** The content, or undefined when nothing is there. FILE_NOT_READABLE, FILE_TOO_LARGE. */
  readonly read: (path: string, limitBytes?: number) => Promise<Uint8Array | undefined>;
  /** Temp file, fsync, rename: the old content or the new, never half. FILE_NOT_WRITABLE, FILE_EXISTS. */
  readonly writeAtomic: (path: string, content: Uint8Array, options: WriteOptions) => Promise<void>;
  /** Creates `path` and its parents with `mode` for those it creates. */
  readonly makeDirectory: (path: string, mode: number) => Promise<void>;
  /** Names in a directory, sorted; an absent directory is empty. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Removes a file, a link or an empty directory; an absent one is no error. */
  readonly remove: (path: string) => Promise<void>;
};

export type WriteOptions = {
  readonly mode: number;
  /** false: FILE_EXISTS when something is there already. */
  readonly overwrite: boolean;
};

/** The caller's end of a duplex text channel to a node (one JSON-RPC message per text). */
export type TextChannel = {
  readonly send: (text: string) => void;
  readonly close: () => void;
  /** Called once per received message. Only one listener. */
  readonly onMessage: (listener: (text: string) => void) => void;
  /** Called once, when the channel is gone, with why in a few words. */
  readonly onClose: (listener: (reason: string) => void) => void;
};

/** A node's end: it opens one session per connection and answers through `send`. */
export type RpcEndpoint = {
  readonly openSession: (
    send: (text: string) => void,
    drop: (reason: string) => void,
  ) => RpcSession;
};

export type RpcSession = {
  readonly receive: (text: string) => void;
  readonly close: () => void;
};
