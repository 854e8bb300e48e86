/** The local ledger as its users see it. Types only. Amounts are rao; accounts are ss58. */
import type { LedgerCare } from './care-types.ts';
import type {
  BasketSample,
  BlockRange,
  ClaimedSample,
  HotkeyOnSubnet,
  HotkeySample,
  NamedBlock,
  PositionDay,
  RootClaim,
  RootRateSample,
} from './fact-types.ts';
import type { SyncStore } from './sync-types.ts';

/** One ledger: one SQLite file per genesis hash. */
export type Ledger = {
  readonly genesisHash: string;
  readonly path: string;
  /** An earlier run did not close it, or still has it open; the whole file was checked. */
  readonly wasLeftOpen: boolean;
  readonly journal: Journal;
  readonly facts: Facts;
  readonly sync: SyncStore;
  readonly close: () => void;
} & LedgerCare;

/** What we meant to do, signed, sent, and what became of it. Append-only underneath. */
export type Journal = {
  /**
   * Records an intent before anything is signed. With a `requestId` already used for the same
   * intent, returns that record instead (`isRepeat`); for another intent: REQUEST_ID_REUSED. A
   * record that ends as `abandoned` frees its request id: nothing was signed.
   */
  readonly begin: (intent: Intent) => { readonly record: TxRecord; readonly isRepeat: boolean };
  /** Stores the signed bytes, before the first send. TX_DUPLICATE when another record has them. */
  readonly recordSigned: (id: string, signed: SignedBytes) => TxRecord;
  readonly recordBroadcast: (id: string) => TxRecord;
  /** Stores what became of it; flows in `outcome.flows` become facts in the same transaction. */
  readonly recordOutcome: (id: string, outcome: RecordedOutcome) => TxRecord;
  /** By id, transaction hash, or a unique prefix of either (8 characters or more). TX_NOT_FOUND, TX_AMBIGUOUS. */
  readonly find: (reference: string) => TxRecord;
  readonly findByRequestId: (requestId: string) => TxRecord | undefined;
  /** The transaction whose intent says that it carries the one of this id, sealed. */
  readonly findCarrier: (id: string) => TxRecord | undefined;
  /** Newest first. */
  readonly list: (filter: {
    readonly limit: number;
    readonly unsettledOnly?: boolean;
    /** Only those whose intent was recorded at this moment or later. */
    readonly createdSinceMs?: number;
  }) => readonly TxRecord[];
};

export type Intent = {
  readonly id: string;
  readonly requestId: string | undefined;
  /** Such as `stake.add`. */
  readonly command: string;
  readonly address: string;
  /** What was asked, JSON-safe with sorted keys: equal intents are equal texts. */
  readonly intent: Readonly<Record<string, unknown>>;
  /** One line for people: `Stake 2.5 TAO to 5F3s…Qk2a on subnet 8`. */
  readonly summary: string;
  readonly createdAtMs: number;
} & SpendingMark;

/** What is known of a transaction before there are signed bytes, beside its intent. */
export type SpendingMark = {
  /** What it moves, in rao of TAO as a spending policy counts it; absent when that is not known. */
  readonly movesRao?: bigint;
  /** Signed into a file: nothing sends it but the user's own word. */
  readonly isHeld?: boolean;
  /** Sent sealed inside another transaction: its own bytes are never sent in the open. */
  readonly isShielded?: boolean;
  /** Of a batch: one line an item, in the order of its calls. */
  readonly items?: readonly string[];
  /** Of a request that took several transactions: which of how many this is, from 1. */
  readonly part?: { readonly number: number; readonly count: number };
};

export type SignedBytes = {
  /** The whole extrinsic, 0x hex. */
  readonly extrinsic: string;
  readonly hash: string;
  readonly nonce: number;
  /** Blocks in which it can be included: from birth to `expiresAtBlock` − 1; undefined: immortal. */
  readonly bornAtBlock: number;
  readonly expiresAtBlock: number | undefined;
  readonly specVersion: number;
  readonly signedAtMs: number;
};

export type TxState =
  /** Intent recorded, nothing signed. */
  | 'planned'
  /** Bytes stored; perhaps sent. Only `tx resume` may settle it. */
  | 'signed'
  | 'broadcast'
  /** In a block and the call succeeded. */
  | 'succeeded'
  /** In a block and the call failed: the fee was paid. */
  | 'failed'
  /** The node refused it, or its era ended without it: it can never execute. */
  | 'refused'
  | 'expired'
  /** Given up before signing. */
  | 'abandoned';

export type TxRecord = {
  readonly id: string;
  readonly requestId: string | undefined;
  readonly command: string;
  readonly address: string;
  readonly intent: Readonly<Record<string, unknown>>;
  readonly summary: string;
  readonly createdAtMs: number;
  readonly state: TxState;
  readonly signed: SignedBytes | undefined;
  readonly outcome: RecordedOutcome | undefined;
  /** Every step with its time, oldest first. */
  readonly steps: readonly { readonly kind: string; readonly atMs: number }[];
} & SpendingMark;

export type RecordedOutcome = {
  readonly state: 'succeeded' | 'failed' | 'refused' | 'expired' | 'abandoned';
  readonly atMs: number;
  readonly blockNumber: number | undefined;
  readonly blockHash: string | undefined;
  readonly blockTimeMs: number | undefined;
  readonly finalized: boolean;
  readonly feeRao: bigint | undefined;
  /** The chain's name of the failure, or a few words. */
  readonly failure: string | undefined;
  /** Events of the transaction, JSON-safe. */
  readonly events: readonly unknown[];
  readonly flows: readonly StakeFlow[];
};

/** Stake that entered or left a position through a transaction, from its events. */
export type StakeFlow = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  /** `in` adds alpha to the position, `out` takes it away (pool fee included). */
  readonly direction: 'in' | 'out';
  readonly alphaRao: bigint;
  /** TAO paid (fee included) or received. */
  readonly taoRao: bigint;
};

/** What the chain reported at a block. Never edited. */
export type Facts = {
  /**
   * One observation, all parts of the same block, in one transaction. Repeats are ignored. A value
   * that differs from the one known for the same fact of the same block hash is recorded as a
   * conflict, never stored in its place, and LEDGER_CONFLICT is thrown once the rest is stored.
   */
  readonly append: (observation: Observation) => void;
  /** Several observations in one transaction: all of them are on disk when it returns, or none. */
  readonly appendMany: (observations: readonly Observation[]) => void;
  /** Records that a block is not part of the chain after all: replay leaves its facts out. */
  readonly reject: (blockHash: string, reason: string) => void;
  /** Takes a rejection back: the block is part of the chain again. */
  readonly reinstate: (blockHash: string) => void;
  /** Every block that facts or flows name, standing or not, oldest first. */
  readonly readNamedBlocks: () => readonly NamedBlock[];
  /**
   * What is known of these coldkeys, of blocks that stand, oldest first. With limits, only blocks
   * within them are read: quick on a large ledger. LEDGER_CORRUPT.
   */
  readonly read: (coldkeys: readonly string[], blocks?: BlockRange) => KnownFacts;
  /** Validators as sampled, oldest first: those of `of`, or all. Quick by pair and range. */
  readonly readHotkeys: (query: {
    readonly of?: readonly HotkeyOnSubnet[];
    readonly blocks?: BlockRange;
  }) => readonly (HotkeySample & { readonly block: BlockStamp })[];
  /** Root claim rates of hotkeys as sampled, oldest first. */
  readonly readRootRates: (query: {
    readonly of?: readonly HotkeyOnSubnet[];
    readonly blocks?: BlockRange;
  }) => readonly (RootRateSample & { readonly block: BlockStamp })[];
  /** Pools as sampled, oldest first: of these subnets, or of all. */
  readonly readPools: (query: {
    readonly netuids?: readonly number[];
    readonly blocks?: BlockRange;
  }) => readonly (PoolSample & { readonly block: BlockStamp })[];
  /** Claims of root dividends that were seen, oldest first. */
  readonly readClaims: (
    coldkeys: readonly string[],
    blocks?: BlockRange,
  ) => readonly (RootClaim & { readonly block: BlockStamp })[];
  /** Shares of root baskets as sampled, oldest first. */
  readonly readBaskets: (
    coldkeys: readonly string[],
    blocks?: BlockRange,
  ) => readonly (BasketSample & { readonly block: BlockStamp })[];
  /** Blocks that were seen and stand, oldest first, whatever is known of them. */
  readonly readBlocks: (blocks?: BlockRange) => readonly BlockStamp[];
  /**
   * One row a position and UTC day in which it was sampled, from a derived table that is brought up
   * to date first: a million facts take milliseconds, whatever they took to fold. Sorted by
   * coldkey, netuid, hotkey, day.
   */
  readonly readDays: (query: {
    readonly coldkeys: readonly string[];
    /** Days that end after this moment, and begin before `toMs`. */
    readonly fromMs?: number;
    readonly toMs?: number;
  }) => readonly PositionDay[];
  /**
   * Followed coldkeys whose stake moved in a block in which this one's did, or that of one of them:
   * what it cost may have come from there.
   */
  readonly readLinked: (coldkey: string) => readonly string[];
  /** Every conflict, oldest first. */
  readonly conflicts: () => readonly FactConflict[];
};

/** A block that facts belong to. `timeMs` is undefined where only a transaction named the block. */
export type BlockStamp = {
  readonly number: number;
  readonly hash: string;
  readonly timeMs: number | undefined;
};

/** Facts as the replay takes them in: sorted by block, superseded and rejected blocks left out. */
export type KnownFacts = {
  readonly pools: readonly (PoolSample & { readonly block: BlockStamp })[];
  readonly positions: readonly (PositionSample & { readonly block: BlockStamp })[];
  readonly claimable: readonly (ClaimableSample & { readonly block: BlockStamp })[];
  readonly flows: readonly (StakeFlow & { readonly block: BlockStamp })[];
  /** Blocks at which everything of a coldkey was listed: what has no sample there was zero. */
  readonly complete: readonly { readonly coldkey: string; readonly block: BlockStamp }[];
  readonly conflicts: readonly FactConflict[];
};

/** Two values for one fact of one block: the first stands, the second is kept here. */
export type FactConflict = {
  readonly blockHash: string;
  readonly source: string;
  readonly fact: string;
  readonly known: string;
  readonly offered: string;
  readonly atMs: number;
};

export type Observation = {
  readonly block: { readonly number: number; readonly hash: string; readonly timeMs: number };
  /** Where it came from: this tool watching, an archive node, an own transaction. */
  readonly source: 'observed' | 'archive' | 'transaction';
  readonly pools: readonly PoolSample[];
  readonly positions: readonly PositionSample[];
  readonly claimable: readonly ClaimableSample[];
  /**
   * Coldkeys whose every position is in `positions` and every unclaimed dividend in `claimable`:
   * what is not listed for them is zero at this block.
   */
  readonly completeFor?: readonly string[];
  /**
   * Every stake flow of these coldkeys in this block, read from its events. In a replay it takes
   * the place of what own transactions recorded for them in this block.
   */
  readonly blockFlows?: {
    readonly coldkeys: readonly string[];
    readonly flows: readonly StakeFlow[];
  };
  readonly hotkeys?: readonly HotkeySample[];
  readonly rootRates?: readonly RootRateSample[];
  readonly claimed?: readonly ClaimedSample[];
  readonly baskets?: readonly BasketSample[];
  /** Claims of root dividends made in this block, as far as they could be told apart. */
  readonly claims?: readonly RootClaim[];
};

export type PoolSample = {
  readonly netuid: number;
  readonly priceRaoPerAlpha: bigint;
  readonly taoReserveRao: bigint;
  readonly alphaInRao: bigint;
  readonly alphaOutRao: bigint;
};

export type PositionSample = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  readonly alphaRao: bigint;
};

/** Root dividends owed and not yet claimed, in alpha of `netuid`. */
export type ClaimableSample = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  readonly alphaRao: bigint;
};

/** Limits of a look at rewards; each is inclusive, and what is not given is open. */
export type RewardWindow = {
  readonly fromBlock?: number;
  readonly toBlock?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
};

/**
 * What one position of a coldkey earned, by replay of facts. Alpha is in rao of the subnet's alpha
 * (root: TAO). `start` is the sample the figures begin at, `end` the last one they rest on.
 */
export type PositionRewards = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  /** `opened` by a recorded flow into an empty position; otherwise it is known `observed-since`. */
  readonly opened: { readonly kind: 'opened' | 'observed-since'; readonly block: BlockStamp };
  readonly start: BlockStamp;
  readonly end: BlockStamp;
  readonly sampleCount: number;
  /** Held at `start`; 0 for a position opened inside the window. */
  readonly alphaStartRao: bigint;
  readonly alphaNowRao: bigint;
  readonly alphaAddedRao: bigint;
  /** Taken out, pool fees and fees paid in alpha included. */
  readonly alphaRemovedRao: bigint;
  /** Growth that no flow explains: what the position earned. Exact where flows are complete. */
  readonly emissionAlphaRao: bigint;
  /** Paid in and received, by recorded flows: fees of the pool included, of transactions not. */
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
  /** TAO figures; undefined when no price of the subnet was ever observed. */
  readonly tao: PositionTao | undefined;
  /** Changes that neither flows nor earning explain; in no other figure. */
  readonly unexplained: readonly UnexplainedChange[];
  /** Root dividends owed to this root position and not in it, at the last sample. */
  readonly claimable: readonly ClaimableNow[];
  /** Why figures are not exact; empty when all are. */
  readonly inexact: readonly InexactReason[];
};

/** In rao of TAO. `result` = `emission` + `price` + `unexplained` − `tradeCost`, always. */
export type PositionTao = {
  /** Alpha at `start` at that sample's spot price, rounded up. */
  readonly startValueRao: bigint;
  /** Alpha at `end` at that sample's spot price, rounded down. */
  readonly valueNowRao: bigint;
  /** Each interval's earning at the spot price of the later of its two samples, sum rounded down. */
  readonly emissionRao: bigint;
  /** Alpha held at the start of each interval times the change of spot price, sum rounded down. */
  readonly priceRao: bigint;
  /** Unexplained changes at the spot price of the later sample, sum rounded down. */
  readonly unexplainedRao: bigint;
  /** What trades lost against the spot price of the next sample: fees, impact, and all rounding. */
  readonly tradeCostRao: bigint;
  /** `valueNow` + received − paid − `startValue`. */
  readonly resultRao: bigint;
};

export type UnexplainedChange = {
  readonly from: BlockStamp;
  readonly to: BlockStamp;
  /** Negative when alpha is missing. */
  readonly alphaRao: bigint;
  /**
   * `shrank`: alpha left without a flow. `from-nothing`: an empty position cannot earn.
   * `more-than-minted`: the subnet did not emit that much. `out-of-pattern`: over ten times what
   * the position earned before, per alpha and block.
   */
  readonly reason: 'shrank' | 'from-nothing' | 'more-than-minted' | 'out-of-pattern';
};

export type ClaimableNow = {
  readonly netuid: number;
  readonly alphaRao: bigint;
  /** At spot, rounded down; undefined without a price. Selling it moves the price. */
  readonly taoRao: bigint | undefined;
  readonly block: BlockStamp;
};

export type InexactReason =
  /** It existed before the first sample: what was paid for that part is not known. */
  | 'opening-not-observed'
  /** A sample has no price of its own block: the nearest earlier one was taken, or else a later. */
  | 'price-of-another-block'
  /** Stake moved after the last sample: alpha now is the sample's with those flows. */
  | 'flows-after-last-sample'
  /** No sample of the position was ever taken: alpha now is what flows say. */
  | 'never-sampled'
  /** `unexplained` is not empty. */
  | 'unexplained-change'
  /** Sources contradict each other about a block in the window. */
  | 'conflicting-facts';
