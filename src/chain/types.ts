/** What a Subtensor node looks like to the rest of the house. Types only. */

/** One JSON-RPC connection, whatever carries it. */
export type JsonRpc = {
  /**
   * One call. NETWORK_TIMEOUT, NETWORK_CLOSED, NETWORK_BAD_REPLY; a node's own error reply becomes
   * RPC_REFUSED with `data.rpcCode` and `data.rpcMessage`.
   */
  readonly request: (
    method: string,
    params: readonly unknown[],
    options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
  ) => Promise<unknown>;
  /**
   * One method with each of the parameters, as one message (a JSON-RPC batch): the answers in
   * order. Fails as a whole as `request` does; RPC_REFUSED also where the node takes no batches.
   */
  readonly requestMany: (
    method: string,
    paramsOfEach: readonly (readonly unknown[])[],
  ) => Promise<readonly unknown[]>;
  /** Opens a subscription. `onEnd` is called once if the connection goes before it is stopped. */
  readonly subscribe: (subscription: Subscription) => Promise<() => void>;
  /** Calls sent so far that waited for an answer: benchmarks and tests count them. */
  readonly roundTrips: () => number;
  readonly close: () => void;
};

export type Subscription = {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly unsubscribe: string;
  readonly onMessage: (result: unknown) => void;
  readonly onEnd: (error: Error) => void;
};

/** Which chain a network name means. `genesisHash` is known for public networks and checked. */
export type NetworkTarget = {
  /** The name the user gave, or the URL. */
  readonly name: string;
  readonly kind: 'mainnet' | 'testnet' | 'local' | 'dev' | 'custom';
  /** Undefined when the chain runs in this process. */
  readonly url: string | undefined;
  readonly genesisHash: string | undefined;
};

/** A call by name. Arguments are in the codec's own shapes (address text, bigint, `{type, value}`). */
export type Call = {
  readonly pallet: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
};

export type ChainEvent = {
  readonly pallet: string;
  readonly name: string;
  /** Named fields as an object, unnamed ones as `{ 0: …, 1: … }`; bytes as 0x hex, accounts as ss58. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Index of the extrinsic that caused it; undefined outside extrinsics. */
  readonly extrinsicIndex: number | undefined;
};

/** Everything looked up by name in the connected runtime's metadata (design D2). */
export type Runtime = {
  /** The metadata all of this comes from, as the node gave it. */
  readonly metadataBytes: Uint8Array;
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly has: RuntimeFeatures;
  /** SCALE bytes of a call. CHAIN_LACKS_CALL when this runtime has no such call or argument. */
  readonly encodeCall: (call: Call) => Uint8Array;
  /** The reverse, with nested calls decoded to `Call` too. CHAIN_UNDECODABLE. */
  readonly decodeCall: (bytes: Uint8Array) => Call;
  readonly storage: (pallet: string, item: string) => StorageCodec;
  readonly constant: (pallet: string, name: string) => unknown;
  readonly api: (api: string, method: string) => ApiCodec;
  readonly decodeEvents: (bytes: Uint8Array) => readonly ChainEvent[];
  /** Name of a module error, by the live metadata. */
  readonly errorName: (palletIndex: number, errorIndex: number) => ModuleErrorName | undefined;
  /** The metadata's words on a module error; empty when it has none. */
  readonly errorDocs: (pallet: string, name: string) => string;
  /** The signed extensions in order, as the metadata lists them. */
  readonly extensions: readonly ExtensionShape[];
  /** Bytes of one part of a signed extension by its type in the metadata. CHAIN_ARGUMENT. */
  readonly encodeExtension: (
    identifier: string,
    part: 'extra' | 'implicit',
    value: unknown,
  ) => Uint8Array;
  /** A whole extrinsic with its length prefix. CHAIN_UNDECODABLE. */
  readonly decodeExtrinsic: (bytes: Uint8Array) => DecodedExtrinsic;
};

/** An era as its bytes hold it: without the number and the hash of the block it begins at. */
export type EraShape =
  | { readonly kind: 'immortal' }
  | { readonly kind: 'mortal'; readonly period: number; readonly phase: number };

export type DecodedExtrinsic = {
  readonly kind: 'bare' | 'signed' | 'general';
  readonly version: number;
  /** The signer in ss58; undefined unless signed by a plain account. */
  readonly address: string | undefined;
  readonly signature: { readonly scheme: string; readonly hex: string } | undefined;
  readonly era: EraShape | undefined;
  readonly nonce: number | undefined;
  readonly tipRao: bigint | undefined;
  /** What each extension carries, by identifier; those without bytes are left out. */
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly call: Call;
  readonly callBytes: Uint8Array;
};

export type RuntimeFeatures = {
  readonly pallet: (pallet: string) => boolean;
  readonly call: (pallet: string, name: string) => boolean;
  readonly storage: (pallet: string, item: string) => boolean;
  readonly constant: (pallet: string, name: string) => boolean;
  readonly api: (api: string, method: string) => boolean;
};

export type ModuleErrorName = {
  readonly pallet: string;
  readonly name: string;
  readonly docs: string;
};

export type StorageCodec = {
  /** 0x hex key; fewer arguments than the map has give a prefix. */
  readonly key: (...args: readonly unknown[]) => string;
  readonly decodeKey: (key: string) => readonly unknown[];
  readonly decodeValue: (hex: string) => unknown;
  /** What a missing key reads as: the decoded default, or undefined for an optional item. */
  readonly fallback: unknown;
};

export type ApiCodec = {
  readonly encodeArgs: (...args: readonly unknown[]) => string;
  /** With `fields`, of the structs in it only those. CHAIN_UNDECODABLE. */
  readonly decodeResult: (hex: string, fields?: readonly string[]) => unknown;
};

export type ExtensionShape = {
  readonly identifier: string;
  /** Whether its part inside the extrinsic, and its part that is only signed, carry no bytes. */
  readonly extraIsEmpty: boolean;
  readonly implicitIsEmpty: boolean;
};

/** Reads of one block: every answer belongs to the same state. */
export type BlockView = {
  readonly hash: string;
  readonly number: number;
  readonly runtime: Runtime;
  readonly read: (pallet: string, item: string, ...keys: readonly unknown[]) => Promise<unknown>;
  /** Several keys of one item in one round trip, in order. */
  readonly readMany: (
    pallet: string,
    item: string,
    keys: readonly (readonly unknown[])[],
  ) => Promise<readonly unknown[]>;
  /** All entries below a key prefix, paged and bounded. CHAIN_TOO_MANY_ENTRIES. */
  readonly entries: (
    pallet: string,
    item: string,
    ...prefix: readonly unknown[]
  ) => Promise<readonly { readonly keys: readonly unknown[]; readonly value: unknown }[]>;
  readonly callApi: (api: string, method: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** The same, of the structs in the answer only some fields: much faster where they are wide. */
  readonly callApiForFields: (
    fields: readonly string[],
    api: string,
    method: string,
    ...args: readonly unknown[]
  ) => Promise<unknown>;
  /** One API with each of the arguments, many in one message where the node takes batches. */
  readonly callApiMany: (
    api: string,
    method: string,
    argsOfEach: readonly (readonly unknown[])[],
  ) => Promise<readonly unknown[]>;
};

/** An open connection to one chain. */
export type Chain = {
  readonly target: NetworkTarget;
  readonly genesisHash: string;
  readonly rpc: JsonRpc;
  readonly runtime: Runtime;
  /** Pins a block: the best one by default, or `finalized`, a number, or a 0x hash. */
  readonly at: (block?: 'best' | 'finalized' | number | string) => Promise<BlockView>;
  /** Next nonce of an account, transactions in the pool included. */
  readonly nextNonce: (address: string) => Promise<number>;
  readonly close: () => void;
};

/** Mortality of a transaction. `period` is a power of two from 4 to 65,536 blocks. */
export type Era =
  | { readonly kind: 'immortal' }
  | {
      readonly kind: 'mortal';
      readonly period: number;
      readonly birthNumber: number;
      readonly birthHash: string;
    };

/** The bytes around a call: what goes into the extrinsic, and what is only signed. */
export type PayloadParts = {
  readonly call: Uint8Array;
  readonly extra: Uint8Array;
  readonly additional: Uint8Array;
};

/** Why the chain refused: the dispatch error in names. */
export type ChainFailure = {
  /** `SubtensorModule.AmountTooLow`, `Token.FundsUnavailable`, `BadOrigin` … */
  readonly name: string;
  readonly docs: string;
};

/** The life of a submitted transaction. Included is not succeeded. */
export type TxStatus =
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'included'; readonly blockHash: string }
  | { readonly kind: 'finalized'; readonly blockHash: string }
  | { readonly kind: 'dropped'; readonly reason: string };

export type TxOutcome =
  | {
      /** In a block, with its own events. `failure` is set when the call itself failed. */
      readonly kind: 'included';
      readonly blockHash: string;
      readonly blockNumber: number;
      readonly blockTimeMs: number | undefined;
      readonly extrinsicIndex: number;
      readonly finalized: boolean;
      readonly feeRao: bigint;
      readonly events: readonly ChainEvent[];
      readonly failure: ChainFailure | undefined;
    }
  /** Accepted by the node; the caller asked not to wait. */
  | { readonly kind: 'submitted' }
  /** Refused before it entered the pool: it can never execute as it is. */
  | { readonly kind: 'refused'; readonly failure: ChainFailure }
  /** Sent, and then nothing certain: connection lost or time over. */
  | { readonly kind: 'unknown'; readonly reason: string };

export type WaitFor = 'submitted' | 'included' | 'finalized';
