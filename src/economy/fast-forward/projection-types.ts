/**
 * What a projection holds while it is walked: the economy in doubles, an estimate from the first
 * step on. Nothing here may flow back into a state or a booking. Amounts are doubles of rao.
 */
import type { SparseLinks } from '../epoch/epoch-types.ts';
import type { EpochWorkspace } from '../epoch/workspace.ts';
import type { EmissionRules } from '../parameters.ts';
import type { Account } from '../state.ts';
import type { Subnet } from '../subnet.ts';

/** A pool and the alpha around it. */
export type PoolEstimate = {
  readonly isStable: boolean;
  tao: number;
  alpha: number;
  alphaOut: number;
  /** Weight of the TAO side, 0 to 1. */
  quoteWeight: number;
  taoReservoir: number;
  alphaReservoir: number;
};

export type PendingEstimate = { server: number; validator: number; root: number; ownerCut: number };

/** Parents and children of a uid's hotkey: fractions, and places in the subnet's stake. */
export type Family = {
  /** What children leave of the own stake. */
  readonly keptPart: number;
  readonly childkeyTake: number;
  readonly parents: readonly {
    readonly place: number;
    readonly proportion: number;
    readonly sameOwner: boolean;
  }[];
};

/** Stake on one subnet: one place per hotkey that holds or may get alpha there. */
export type StakeEstimate = {
  readonly hotkeys: readonly Account[];
  /** Of the hotkey at a place: its index among all, its alpha, and the shares in it. */
  readonly rootAt: Int32Array;
  readonly value: Float64Array;
  readonly shares: Float64Array;
  /** Fraction of dividends for the owner, the owner's slot, and the fund's (-1: none). */
  readonly take: Float64Array;
  readonly ownerSlot: Int32Array;
  readonly fundSlot: Int32Array;
  readonly earnsRoot: Uint8Array;
  /** Root dividends per rao of root stake. */
  readonly rate: Float64Array;
  /** A slot is a coldkey that deposits at a place, with the shares it got since the start. */
  readonly slotColdkey: readonly Account[];
  readonly slotPlace: Int32Array;
  readonly slotShares: Float64Array;
  /** By uid: place of its hotkey, slot of its incentive (-1: withheld, -2: nobody's), family. */
  readonly uidPlace: Int32Array;
  readonly incentiveSlot: Int32Array;
  readonly families: readonly (Family | undefined)[];
  /** Slot of the owner cut; -1 where the owner's hotkey does not exist. */
  readonly cutSlot: number;
};

/** The last epoch that was run, as fractions of the emission, and when to run the next. */
export type EpochEstimate = {
  readonly subnet: Subnet;
  readonly registeredAt: Float64Array;
  readonly permits: Uint8Array;
  readonly mechanisms: readonly MechanismEstimate[];
  readonly server: Float64Array;
  readonly validator: Float64Array;
  /** Normalised stake at the last run. */
  readonly stakeAtRun: Float64Array;
  ownerUid: number | null;
  lastStepBlock: number;
  /** Tempos since the last run; -1 before the first. */
  age: number;
  isSettled: boolean;
  /** From this block on someone is no longer active. */
  staleFrom: number;
};

export type MechanismEstimate = {
  readonly weights: SparseLinks;
  /** Set again all the time: the neuron has weights, so it stays as active as it is. */
  readonly repeats: Uint8Array;
  readonly lastUpdate: Float64Array;
  bonds: SparseLinks;
};

export type SubnetProjection = {
  readonly netuid: number;
  /** Its row on the board. */
  readonly row: number;
  readonly isEligible: boolean;
  readonly isEmitting: boolean;
  readonly startedAt: number;
  readonly emaHalvingBlocks: number;
  readonly ownerCut: number;
  readonly recycles: boolean;
  readonly tempo: number;
  nextEpoch: number;
  /** Blocks of the window in which its epoch falls. */
  readonly due: number[];
  epochsPaid: number;
  epochsRun: number;
  readonly pool: PoolEstimate;
  readonly pending: PendingEstimate;
  readonly stake: StakeEstimate;
  readonly epoch: EpochEstimate;
};

/** What of the network's parameters a projection uses, as doubles. */
export type ProjectionRules = {
  readonly emissionRules: EmissionRules;
  readonly holdsBaskets: boolean;
  readonly taoWeight: number;
  readonly childkeyBurn: number;
  readonly stakeThreshold: number;
  readonly minimumReserve: number;
  readonly smoothing: number;
  readonly flowFactor: number;
  readonly netFlow: boolean;
  readonly flowExponent: number;
  readonly barRank: number;
  readonly barQuantile: number;
  readonly gateExponent: number;
  readonly maxEpochsPerBlock: number;
};

/** How closely a projection follows; see fastForward. */
export type ProjectionSettings = {
  readonly blocksPerStep: number;
  readonly tolerance: number;
  readonly longestReuse: number;
  readonly rootDividends: 'accrue' | 'sell';
};

export type Projection = {
  readonly settings: ProjectionSettings;
  readonly rules: ProjectionRules;
  readonly startBlock: number;
  readonly startIssuance: number;
  block: number;
  /** Ascending netuid, root left out. */
  readonly subnets: readonly SubnetProjection[];
  /**
   * Everything subnets need to know of one another, BOARD_WIDTH numbers a row: EMA price, part of
   * the incentive withheld, EMAs of user and protocol flow, TAO minted since the start.
   */
  readonly board: Float64Array;
  /** Root stake by hotkey, and in total. */
  readonly rootHotkeys: readonly Account[];
  readonly rootStake: Float64Array;
  rootTao: number;
  emissionBar: number;
  /** Of the current window: TAO per block by row, whether root earns, weighted root stake. */
  readonly taoPerBlock: Float64Array;
  isRootGateOpen: boolean;
  weightedRoot: number;
  readonly workspace: EpochWorkspace;
};

export const BOARD_WIDTH = 5;
export const EMA_PRICE = 0;
export const BURNED = 1;
export const USER_FLOW = 2;
export const PROTOCOL_FLOW = 3;
export const MINTED = 4;
