/**
 * What a command gets: everything of the outside world, as one record. Types only. Expensive
 * things are functions, called late. main builds the real one; tests build their own.
 */
import type { Chain, NetworkTarget } from '../chain/types.ts';
import type { Clock, Files, Random } from '../domain/ports.ts';
import type { RunEnds, RunsRequest } from '../ledger/estimate/random-runs.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Unlocker } from '../signing/keyfile/unlocker.ts';
import type { CommandResult } from './spec.ts';

export type Context = {
  readonly streams: Streams;
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly locks: Locks;
  /** One environment variable, or undefined when unset or empty. */
  readonly env: (name: string) => string | undefined;
  readonly paths: Paths;
  readonly settings: Settings;
  readonly config: ConfigStore;
  readonly version: string;
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal;
  /** How this run was asked to behave. */
  readonly mode: RunMode;
  /** Warnings the gate has shown: the frame puts them into the JSON document too. */
  readonly shownWarnings?: string[];
  /** Connects to the chain the settings name; once per command, closed by the frame. */
  readonly openChain: () => Promise<Chain>;
  /** Opens the ledger of that chain, by genesis hash; closed by the frame. */
  readonly openLedger: (genesisHash: string) => Promise<Ledger>;
  /** The embedded chain of the state folder, for `dev` commands only; a new one from `preset`. */
  readonly openDevChain: (preset?: string) => Promise<DevChainControl>;
  /** Empties the embedded chain's folder when what is in it can no longer be opened. */
  readonly clearDevChain: () => Promise<void>;
  /** Serves the embedded chain on this machine, for `dev run`. */
  readonly serveDevChain: (serving: DevServing) => Promise<ServedDevChain>;
  /** A new empty folder outside everything, for `demo`. */
  readonly openScratchFolder: () => Promise<ScratchFolder>;
  /** Prints a result at once, for a command that goes on running; it then ends with `isAnnounced`. */
  readonly announce: (result: CommandResult) => Promise<void>;
  /** Runs another command line of this tool in this process, for `demo`. */
  readonly runCommand: (run: NestedRun) => Promise<NestedOutcome>;
  /** Random runs of an estimate, over threads where there are several; says how many are done. */
  readonly simulate: (
    request: RunsRequest,
    onDone: (done: number) => void,
  ) => Promise<readonly RunEnds[]>;
  readonly network: () => NetworkTarget;
  /** Opens and seals key files; one slow derivation per password and run. */
  readonly unlocker: () => Unlocker;
};

export type ScratchFolder = { readonly path: string; readonly remove: () => Promise<void> };

export type DevServing = {
  /** 0: a free one. */
  readonly port: number;
  /** Address to listen on; undefined: this machine alone. */
  readonly host?: string | undefined;
  /** Undefined: one block per transaction. */
  readonly blockTimeMs: number | undefined;
  /** Blocks that finality follows behind the head; undefined: none. */
  readonly finalityLag?: number | undefined;
  /** What a new chain starts from; an existing one must have started from it. */
  readonly preset?: string | undefined;
};

export type ServedDevChain = {
  readonly url: string;
  readonly genesisHash: string;
  readonly block: { readonly number: number; readonly hash: string };
  /** Resolves once the signal is aborted and everything is closed. */
  readonly untilStopped: (signal: AbortSignal) => Promise<void>;
};

export type NestedRun = {
  readonly argv: readonly string[];
  /** Set over the environment of this run. */
  readonly env: Readonly<Record<string, string>>;
  /** false: nothing is printed; the caller has the data. */
  readonly prints: boolean;
};

export type NestedOutcome = { readonly exitCode: number; readonly data: unknown };

/** Controls of the embedded chain, whether it runs here or in another `tao dev run`. */
export type DevChainControl = {
  readonly request: (method: string, params: readonly unknown[]) => Promise<unknown>;
  /** Where another process serves it; undefined when it runs in this one. */
  readonly url: string | undefined;
};

export type RunMode = {
  readonly output: 'text' | 'json';
  readonly assumeYes: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether the command has `--dry-run`, for hints. */
  readonly offersDryRun?: boolean;
};

/** stdout is the result and nothing else; stderr is everything for people. */
export type Streams = {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Whether a question may be asked: stdin and stderr are terminals, no CI, no --no-input. */
  readonly canAsk: boolean;
  /** Why not, as the end of a sentence: `this is not a terminal`. Set when `canAsk` is false. */
  readonly cannotAskBecause?: string | undefined;
  /** Questions; throws PROMPT_UNAVAILABLE when `canAsk` is false. */
  readonly prompts: Prompts;
  /** A spinner on stderr; silent where there is no terminal. */
  readonly progress: (text: string) => Progress;
  /** All of standard input, bounded; undefined when it is a terminal. */
  readonly readStdin: (limitBytes: number) => Promise<Uint8Array | undefined>;
};

export type OutputStream = {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly width: number;
  readonly colorLevel: 0 | 1 | 2 | 3;
};

export type Prompts = {
  readonly confirm: (question: string) => Promise<boolean>;
  readonly text: (question: string) => Promise<string>;
  readonly secret: (question: string) => Promise<string>;
  readonly choose: (
    question: string,
    choices: readonly { name: string; value: string }[],
  ) => Promise<string>;
};

export type Progress = {
  readonly update: (text: string) => void;
  readonly stop: () => void;
};

/** Absolute paths, all overridable by environment and flags. */
export type Paths = {
  /** Preferences file's folder (TAO_CONFIG_DIR). */
  readonly config: string;
  /** Ledgers and journals (TAO_DATA_DIR). */
  readonly data: string;
  /** Metadata cache (TAO_CACHE_DIR). */
  readonly cache: string;
  /** State of the embedded chain (TAO_DEV_DIR). */
  readonly dev: string;
  /** Wallets (TAO_WALLET_PATH); by default the official tool's ~/.bittensor/wallets. */
  readonly wallets: string;
};

/** Preferences after precedence: flag > environment > config > default. */
export type Settings = {
  readonly get: (key: SettingKey) => string;
  /** Where the value came from, for `tao config list`. */
  readonly source: (key: SettingKey) => SettingSource;
};

export type SettingSource = 'flag' | 'environment' | 'config' | 'default';

export type SettingKey =
  | 'network'
  | 'wallet'
  | 'wallet-path'
  | 'tolerance'
  | 'wait'
  | 'timeout'
  | 'era'
  | 'color';

export type ConfigStore = {
  readonly path: string;
  readonly set: (key: SettingKey, value: string) => Promise<void>;
  readonly unset: (key: SettingKey) => Promise<void>;
};

/** What platform/ gives to main before any setting is known. Types only. */
export type Platform = {
  readonly env: (name: string) => string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly locks: Locks;
  readonly interrupts: Interrupts;
  /** This process, and whether another one lives: for folders that one process owns. */
  readonly owner: ProcessOwner;
  /** Folders by environment and operating system, before any setting is read. */
  readonly paths: Paths;
  /** Makes a path absolute: `~` is the home folder, the rest is relative to the working folder. */
  readonly resolvePath: (path: string) => string;
  /** Streams as this run wants them. Deciding colours and width happens here, once. */
  readonly createStreams: (request: StreamRequest) => Streams;
  readonly createConfigStore: (path: string) => ConfigStore;
  /** The same platform under another environment, for a nested run. */
  readonly withEnvironment: (overrides: Readonly<Record<string, string>>) => Platform;
  /**
   * Told of an error that nobody waited for (a defect); the program ends with what the listener
   * returns. The last listener counts.
   */
  readonly onStrayError: (listener: (error: unknown) => Promise<number>) => void;
  /** Resolves when all output is with the system. OUTPUT_NOT_WRITABLE; a closed pipe is no error. */
  readonly drain: () => Promise<void>;
};

export type StreamRequest = {
  readonly color: ColorChoice;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly noInput: boolean;
};

export type ColorChoice = 'auto' | 'always' | 'never';

export type ProcessOwner = {
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
};

/** Ctrl-C and SIGTERM. The first aborts `signal`; the second ends the program at once. */
export type Interrupts = {
  /** Aborted with an INTERRUPTED error as its reason. */
  readonly signal: AbortSignal;
  /** Exit code of a second Ctrl-C: 8 once funds may be moving, 130 otherwise. */
  readonly setForcedExitCode: (code: number) => void;
  /** Lets the program end: stops listening. */
  readonly dispose: () => void;
};

/** Exclusive locks between processes, as files that name their holder. */
export type Locks = {
  /** Takes the lock, waiting up to `waitMs`; a lock whose holder is gone is taken over. FILE_LOCKED. */
  readonly acquire: (path: string, options?: LockOptions) => Promise<HeldLock>;
};

export type LockOptions = { readonly waitMs?: number; readonly signal?: AbortSignal };

export type HeldLock = { readonly release: () => Promise<void> };
