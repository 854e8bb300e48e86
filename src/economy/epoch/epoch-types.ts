/** What an epoch takes and gives, as plain typed arrays by uid. No behaviour. */

/** Links of every uid in compressed rows: those of a uid lie from its start to the next one's. */
export type SparseLinks = {
  readonly kind: 'sparse';
  /** One more than there are uids, ascending from zero. */
  readonly start: Uint32Array;
  readonly target: Uint16Array;
  readonly value: Uint16Array;
};

/** Full rows for some uids. A zero is no link: only sparse rows can hold an explicit zero. */
export type DenseLinks = {
  readonly kind: 'dense';
  /** The uid of each row, ascending. */
  readonly rows: Uint16Array;
  /** Row after row, one value for every uid. */
  readonly values: Uint16Array;
};

export type Links = SparseLinks | DenseLinks;

/** The subnet's hyperparameters, named as in the state machine. u16 fractions are of 65,535. */
export type EpochSettings = {
  readonly tempo: number;
  readonly lastMechanismStepBlock: number;
  readonly kappa: number;
  /** Millionths. */
  readonly bondsMovingAverage: number;
  readonly bondsPenalty: number;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  /** Hundredths. */
  readonly alphaSigmoidSteepness: number;
  readonly maxAllowedValidators: number;
};

export type EpochInput = {
  readonly uids: number;
  readonly block: number;
  /** Server, validator and root pending together, in rao of alpha. */
  readonly emissionRao: bigint;
  readonly settings: EpochSettings;
  /** A uid is active while its last update plus this is not before the block. */
  readonly activityCutoffBlocks: number;
  /** Alpha plus weighted root stake per uid, in rao or any other common unit. */
  readonly stakeWeights: Float64Array;
  /** In the unit of `stakeWeights`; less counts as nothing. */
  readonly stakeThreshold: number;
  /** Stored by the previous epoch: 1 with permit. */
  readonly permits: Uint8Array;
  /** Always has a permit and keeps its weight on itself. */
  readonly ownerUid: number | null;
  readonly lastUpdate: Float64Array;
  readonly registeredAt: Float64Array;
  /** Block of the oldest pending weight commit per uid, Infinity for none. Absent: no commits. */
  readonly commitBlock?: Float64Array;
  /** As stored: u16 with maximum 65,535 in the row. */
  readonly weights: Links;
  /** As stored by the previous epoch. */
  readonly bonds: Links;
};

/** By uid. The arrays belong to the workspace and are overwritten by its next epoch. */
export type EpochResult = {
  readonly uids: number;
  /** Normalised stake weight, u16. */
  readonly stakeWeight: Uint16Array;
  readonly active: Uint8Array;
  /** Permits to store for the next epoch. */
  readonly permits: Uint8Array;
  readonly consensus: Uint16Array;
  readonly validatorTrust: Uint16Array;
  readonly incentive: Uint16Array;
  readonly dividends: Uint16Array;
  /** The combined part of each uid in rao, floored on its own. */
  readonly emissionRao: BigUint64Array;
  readonly serverRao: BigUint64Array;
  readonly validatorRao: BigUint64Array;
  /** Bonds to store, u16. Read up to `start[uids]`. */
  readonly bonds: SparseLinks;
  /** Unrounded results as fractions of 2^32, for whoever computes on. */
  readonly fractions: {
    readonly consensus: Float64Array;
    readonly incentive: Float64Array;
    readonly dividends: Float64Array;
  };
};
