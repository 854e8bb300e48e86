/** One subnet as plain data: pool, schedule, pending emission, neurons. No behaviour. */
import type { Account } from './state.ts';

/** A link of the weights or bonds: target uid and u16 value. */
export type UidValue = readonly [uid: number, value: number];

/** What a neuron has of its own on a mechanism beyond the first. */
export type MechanismLinks = {
  weights: readonly UidValue[];
  bonds: readonly UidValue[];
  lastUpdate: number;
  /** Output of the last epoch, u16. */
  incentive: number;
};

/** `weights`, `bonds`, `lastUpdate` and `incentive` are those of mechanism 0. */
export type Neuron = {
  hotkey: Account;
  registeredAt: number;
  lastUpdate: number;
  permit: boolean;
  /** Stored weights, u16 with maximum 65,535 in the row. */
  weights: readonly UidValue[];
  bonds: readonly UidValue[];
  /** Outputs of the last epoch; u16 except `emission`, in rao of alpha. */
  active: boolean;
  stakeWeight: number;
  validatorTrust: number;
  consensus: number;
  incentive: number;
  dividends: number;
  emission: bigint;
  /** Of mechanism 1 and up, in order; absent where nothing was set. */
  further?: MechanismLinks[];
};

/** Alpha waiting for the next epoch, in rao. */
export type Pendings = { server: bigint; validator: bigint; root: bigint; ownerCut: bigint };

/** What the last block did to the subnet, in rao. `tao_out` never happens: TAO only enters here. */
export type BlockFigures = { taoIn: bigint; alphaIn: bigint; alphaOut: bigint; excessTao: bigint };

/**
 * Net TAO through the pool since the last block step, and its EMA (I64F64 bits) with the EMA's
 * block.
 */
export type Flow = { sinceLastStep: bigint; emaBits: bigint; emaBlock: number | null };

export type Subnet = {
  netuid: number;
  /** The subnet's own account, which holds its TAO. */
  account: Account;
  /** 0: stable, 1:1 (root). 1: dynamic pool. */
  mechanism: 0 | 1;
  owner: Account;
  ownerHotkey: Account;
  registeredAt: number;

  // Pool, rao
  taoReserve: bigint;
  alphaIn: bigint;
  alphaOut: bigint;
  protocolAlpha: bigint;
  /** Weight of the TAO side in parts of 10^18. */
  quoteWeight: bigint;
  feeRateU16: number;
  /** EMA price in TAO per alpha, I96F32. */
  emaPriceBits: bigint;
  emaHalvingBlocks: number;
  volumeRao: bigint;
  userFlow: Flow;
  protocolFlow: Flow;
  /** TAO and alpha that would have pushed the pool weights out of range (rules of 2026-08). */
  taoReservoir: bigint;
  alphaReservoir: bigint;
  alphaBurned: bigint;
  alphaRecycled: bigint;
  /** Part of alphaOut that root stakers may still claim. */
  unclaimedRootAlpha: bigint;
  /** Part of alphaOut that no position here holds: rounding, or stake the genesis left out. */
  unassignedAlpha: bigint;

  // Switches
  subtokenEnabled: boolean;
  emissionEnabled: boolean;
  registrationAllowed: boolean;
  transferToggle: boolean;
  ownerCutEnabled: boolean;
  ownerCutAutoLock: boolean;
  recycleOrBurn: 'burn' | 'recycle';

  // Schedule
  tempo: number;
  firstEmissionBlock: number | null;
  lastEpochBlock: number;
  blocksSinceLastStep: number;
  /** 0: none. */
  pendingEpochAt: number;
  epochIndex: number;
  lastMechanismStepBlock: number;

  // Epoch parameters
  kappa: number;
  bondsMovingAverage: number;
  bondsPenalty: number;
  yuma3: boolean;
  liquidAlpha: boolean;
  alphaLow: number;
  alphaHigh: number;
  alphaSigmoidSteepness: number;
  maxAllowedValidators: number;
  maxAllowedUids: number;
  minAllowedWeights: number;
  immunityPeriod: number;
  activityCutoffFactorMilli: number;
  commitReveal: boolean;
  /** Incentive mechanisms, each with weights and bonds of its own; absent: one. */
  mechanismCount?: number;
  /** u16 parts of the emission per mechanism, summing to 65,535; absent: even. */
  mechanismSplit?: readonly number[];

  // Registration price, rao
  burnRao: bigint;
  minBurnRao: bigint;
  maxBurnRao: bigint;
  burnHalfLife: number;
  /** Factor of a registration on the price, U64F64. */
  burnIncreaseBits: bigint;

  // Emission
  pendings: Pendings;
  lastBlock: BlockFigures;
  /** Share of the last tempo's incentive withheld from owner hotkeys, U96F32 bits, at most one. */
  minerBurnedBits: bigint;
  rootProportionBits: bigint;
  /** Net of take, paid at the last epoch, rao of alpha per hotkey. */
  alphaDividends: Record<Account, bigint>;
  rootAlphaDividends: Record<Account, bigint>;
  minChildkeyTake: number;
  /** Hotkeys whose list of children waits to be applied here. */
  pendingParents: Account[];
  /** TAO got by selling root dividends of this subnet, rao. */
  rootSellTao: bigint;
  rootClaimThreshold: bigint;

  /** By uid. */
  neurons: Neuron[];
};

/** A neuron that was just registered. */
export function createNeuron(hotkey: Account, block: number): Neuron {
  return {
    hotkey,
    registeredAt: block,
    lastUpdate: block,
    permit: false,
    weights: [],
    bonds: [],
    active: true,
    stakeWeight: 0,
    validatorTrust: 0,
    consensus: 0,
    incentive: 0,
    dividends: 0,
    emission: 0n,
  };
}

const FLOW: Flow = { sinceLastStep: 0n, emaBits: 0n, emaBlock: null };

const REGISTRATION_PRICE = {
  burnRao: 100_000_000n,
  minBurnRao: 500_000n,
  maxBurnRao: 100_000_000_000n,
  burnHalfLife: 360,
  burnIncreaseBits: 2n << 64n,
};

/** An empty subnet with the chain's defaults; root when `netuid` is 0. */
export function createSubnet(netuid: number, account: Account): Subnet {
  return {
    netuid,
    account,
    mechanism: netuid === 0 ? 0 : 1,
    owner: '',
    ownerHotkey: '',
    registeredAt: 0,
    taoReserve: 0n,
    alphaIn: 0n,
    alphaOut: 0n,
    protocolAlpha: 0n,
    quoteWeight: 500_000_000_000_000_000n,
    feeRateU16: 33,
    emaPriceBits: 0n,
    emaHalvingBlocks: 201_600,
    volumeRao: 0n,
    userFlow: { ...FLOW },
    protocolFlow: { ...FLOW },
    taoReservoir: 0n,
    alphaReservoir: 0n,
    alphaBurned: 0n,
    alphaRecycled: 0n,
    unclaimedRootAlpha: 0n,
    unassignedAlpha: 0n,
    subtokenEnabled: true,
    emissionEnabled: true,
    registrationAllowed: true,
    transferToggle: true,
    ownerCutEnabled: true,
    ownerCutAutoLock: false,
    recycleOrBurn: 'burn',
    tempo: 360,
    firstEmissionBlock: null,
    lastEpochBlock: 0,
    blocksSinceLastStep: 0,
    pendingEpochAt: 0,
    epochIndex: 0,
    lastMechanismStepBlock: 0,
    kappa: 32_767,
    bondsMovingAverage: 900_000,
    bondsPenalty: 65_535,
    yuma3: false,
    liquidAlpha: false,
    alphaLow: 45_875,
    alphaHigh: 58_982,
    alphaSigmoidSteepness: 1_000,
    maxAllowedValidators: 128,
    maxAllowedUids: 256,
    minAllowedWeights: 1,
    immunityPeriod: 4_096,
    activityCutoffFactorMilli: 13_889,
    commitReveal: true,
    ...REGISTRATION_PRICE,
    pendings: { server: 0n, validator: 0n, root: 0n, ownerCut: 0n },
    lastBlock: { taoIn: 0n, alphaIn: 0n, alphaOut: 0n, excessTao: 0n },
    minerBurnedBits: 0n,
    rootProportionBits: 0n,
    alphaDividends: {},
    rootAlphaDividends: {},
    minChildkeyTake: 0,
    pendingParents: [],
    rootSellTao: 0n,
    rootClaimThreshold: 500_000n,
    neurons: [],
  };
}
