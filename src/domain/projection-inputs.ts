/**
 * What an estimate needs of the chain at one block, to drive the economy forward from there. chain/
 * reads it, ledger/ projects it. Types only; amounts in rao; accounts as ss58.
 */

export type ProjectionInputs = {
  readonly blockNumber: number;
  /** The subnet the position is on; 0 is root. */
  readonly netuid: number;
  /** The validator the position is on. */
  readonly hotkey: string;
  readonly global: ProjectionGlobals;
  /** Every subnet: the split of emission and root's dividends need them all. */
  readonly subnets: readonly ProjectionSubnet[];
  /** Hotkeys that earned dividends at the last epoch of `netuid` (on root: of any subnet), and the target. */
  readonly validators: readonly ProjectionValidator[];
};

export type ProjectionGlobals = {
  readonly issuanceRao: bigint;
  /** u64 parts of 2^64 − 1. */
  readonly taoWeightU64: bigint;
  readonly rootTaoRao: bigint;
  readonly ownerCutU16: number;
  /** Root dividends are claimed and sold by the chain itself. Absent: they are. */
  readonly rootDividendsSold?: boolean;
};

export type ProjectionSubnet = {
  readonly netuid: number;
  /** 0: stable, one to one. 1: pool. */
  readonly mechanism: number;
  readonly taoReserveRao: bigint;
  readonly alphaInRao: bigint;
  readonly alphaOutRao: bigint;
  /** TAO weight of the pool in parts of 10^18. */
  readonly quoteWeight: bigint;
  readonly feeRateU16: number;
  /** EMA price, raw I96F32 bits (value = bits ÷ 2^32). */
  readonly emaPriceBits: bigint;
  readonly tempo: number;
  readonly lastEpochBlock: number;
  readonly blocksSinceLastStep: number;
  readonly firstEmissionBlock: number | undefined;
  readonly registrationAllowed: boolean;
  readonly subtokenEnabled: boolean;
  readonly emissionEnabled: boolean;
  readonly ownerCutEnabled: boolean;
  readonly pendingServerRao: bigint;
  readonly pendingValidatorRao: bigint;
  readonly pendingRootRao: bigint;
  readonly pendingOwnerCutRao: bigint;
  /** Injected and emitted in the last block. */
  readonly taoInEmissionRao: bigint;
  readonly alphaInEmissionRao: bigint;
  readonly alphaOutEmissionRao: bigint;
  /** Dividends paid to all stakers at the last epoch, after take, and root's part of them. */
  readonly lastDividendsRao: bigint;
  readonly lastRootDividendsRao: bigint;
  /** How bonds follow stake: parts of 10^6 kept per epoch. Absent: the chain's default, 900,000. */
  readonly bondsMovingAverage?: number;
  /** Dividends follow stake at once. Absent: they follow with the bonds. */
  readonly yuma3?: boolean;
};

export type ProjectionValidator = {
  readonly hotkey: string;
  readonly owner: string;
  readonly takeU16: number;
  /** Root stake of the hotkey, all coldkeys. */
  readonly rootRao: bigint;
  /** Per netuid looked at: alpha of the hotkey, and what its last epoch paid after take. */
  readonly onSubnets: readonly {
    readonly netuid: number;
    readonly alphaRao: bigint;
    readonly lastDividendRao: bigint;
    readonly lastRootDividendRao: bigint;
    readonly hasPermit: boolean;
  }[];
};
