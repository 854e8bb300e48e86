/** What the readers of chain/ return: plain values in rao, accounts as ss58. Types only. */

export type AccountFacts = {
  readonly address: string;
  readonly nonce: number;
  readonly freeRao: bigint;
  readonly reservedRao: bigint;
  readonly frozenRao: bigint;
};

/** One staking position of a coldkey. On root (netuid 0) `alphaRao` is TAO. */
export type StakeFacts = {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly netuid: number;
  readonly alphaRao: bigint;
  readonly isRegistered: boolean;
};

export type SubnetFacts = {
  readonly netuid: number;
  readonly name: string;
  readonly symbol: string;
  readonly ownerHotkey: string;
  readonly ownerColdkey: string;
  readonly tempo: number;
  readonly lastStepBlock: number;
  readonly blocksSinceLastStep: number;
  readonly taoReserveRao: bigint;
  readonly alphaInRao: bigint;
  readonly alphaOutRao: bigint;
  readonly alphaOutEmissionRao: bigint;
  readonly alphaInEmissionRao: bigint;
  readonly taoInEmissionRao: bigint;
  readonly volumeRao: bigint;
  /** Spot price in rao of TAO per whole alpha; 1e9 on root. */
  readonly priceRaoPerAlpha: bigint;
  /** EMA price in rao of TAO per whole alpha, floored. */
  readonly emaPriceRaoPerAlpha: bigint;
  readonly registeredAtBlock: number;
};

export type DelegateFacts = {
  readonly hotkey: string;
  readonly owner: string;
  /** Chain text, control characters stripped; empty when the owner has set no identity. */
  readonly name: string;
  /** Take as parts of 65,535. */
  readonly takeU16: number;
  /** Undefined where counting them would cost too much: ask for the one delegate. */
  readonly nominators: number | undefined;
  readonly registrations: readonly number[];
  readonly validatorPermits: readonly number[];
  /** Stake per netuid, all coldkeys together, in rao of that subnet's alpha (TAO on root). */
  readonly stakeRaoByNetuid: ReadonlyMap<number, bigint>;
};

/** A swap as the node itself simulates it (design D3). Amounts in rao. */
export type QuoteFacts = {
  readonly netuid: number;
  readonly side: 'buy' | 'sell';
  /** What goes in, fee included. */
  readonly amountInRao: bigint;
  /** What comes out. */
  readonly amountOutRao: bigint;
  /** The pool's fee, in the unit that goes in. */
  readonly feeRao: bigint;
  /** Spot price before the trade, rao of TAO per whole alpha. */
  readonly spotRaoPerAlpha: bigint;
  /** `node`: simulated by the runtime API. `formula`: from the pool's reserves, when it has none. */
  readonly source: 'node' | 'formula';
};

/** What stays in a pool, in rao. */
export type ReserveFacts = { readonly taoRao: bigint; readonly alphaRao: bigint };

/** A swap of stake between two subnets, both legs at one block. Amounts in rao. */
export type MoveQuoteFacts = {
  readonly sale: QuoteFacts;
  readonly purchase: QuoteFacts;
  readonly amountInRao: bigint;
  readonly amountOutRao: bigint;
  /** The one fee, in the unit that goes in. */
  readonly feeRao: bigint;
  /** Rao of the destination's alpha for one whole alpha of the origin, at spot prices; floored. */
  readonly spotRatio: bigint;
  /** The same after the trade, where root is on one side and the reserves tell. */
  readonly spotAfterRatio?: bigint | undefined;
  /** Undefined on root. */
  readonly originReserves: ReserveFacts | undefined;
  readonly destinationReserves: ReserveFacts | undefined;
  readonly source: QuoteFacts['source'];
};

/** A conviction lock of a coldkey, as of the block. Amounts in rao of alpha. */
export type LockFacts = {
  readonly netuid: number;
  /** The hotkey it speaks for. */
  readonly hotkey: string;
  readonly lockedRao: bigint;
  /** U64F64. */
  readonly convictionBits: bigint;
  readonly isPerpetual: boolean;
};

/** How fast locks decay and convictions grow: e-folding times in blocks. */
export type LockRateFacts = { readonly unlockBlocks: number; readonly maturityBlocks: number };

/** What the chain asks for at least, in rao of TAO value. */
export type MinimumFacts = {
  /** Smallest stake or unstake; the pool's fee comes on top when staking. */
  readonly stakeRao: bigint;
  /** Smallest move, transfer or swap of stake. */
  readonly transferRao: bigint;
  /** A nomination left under this is sold with the next unstake; 0 is off. */
  readonly nominatorRao: bigint;
  /** What an account must keep. */
  readonly existentialDepositRao: bigint;
};

/** Root dividends owed on one (hotkey, subnet) and not yet claimed. */
export type ClaimableFacts = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  /** Rao of that subnet's alpha, floored. */
  readonly alphaRao: bigint;
  /** Owed below this is not paid out yet. */
  readonly thresholdRao: bigint;
};

/** Stake of a coldkey on one subnet, all hotkeys together, in rao of alpha (TAO on root). */
export type AvailabilityFacts = {
  readonly netuid: number;
  readonly totalRao: bigint;
  readonly lockedRao: bigint;
  readonly availableRao: bigint;
};
