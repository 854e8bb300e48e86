/** Network-wide parameters of the economy with the live values of 2026. Never per subnet. */

/** u64 fractions are out of this, u16 fractions out of 65,535. */
export const U64_MAX = 2n ** 64n - 1n;
export const ROOT = 0;

/**
 * How a block's TAO is split over subnets. `2025-02`: EMA price. `2025-11`: net TAO flow.
 * `2026-06`: EMA price × (1 − burned). `2026-08`: the same through the Hill gate.
 */
export type EmissionRules = '2025-02' | '2025-11' | '2026-06' | '2026-08';

/** `claims`: rate, claimed and claim types (until spec 441). `baskets`: a fund per validator. */
export type RootRules = 'claims' | 'baskets';

export type EconomyParameters = {
  emissionRules: EmissionRules;
  rootRules: RootRules;
  /** The system account that holds the baskets. */
  basketEscrow: string;
  /** u64 fraction of root stake that counts as stake weight. */
  taoWeight: bigint;
  /** u16 fraction of a subnet's alpha for its owner. */
  ownerCut: number;
  /** Smallest stake or unstake in rao of TAO, before fee. */
  minStakeRao: bigint;
  /** Smallest value of stake that moves, in rao of TAO; absent: as for a stake. */
  minTransferRao?: bigint;
  /** A nomination on someone else's hotkey under minStake × factor ÷ 10^6 is sold; 0 is off. */
  nominatorMinFactor: bigint;
  minDelegateTake: number;
  maxDelegateTake: number;
  defaultDelegateTake: number;
  minChildkeyTake: number;
  maxChildkeyTake: number;
  /** u64 fraction of a parent's part that is recycled when child and parent differ in owner. */
  childkeyBurn: bigint;
  /** Stake weight in rao under which a neuron counts nothing. */
  stakeThreshold: bigint;
  existentialDepositRao: bigint;
  /** The output reserve a swap needs, in rao. */
  minimumReserveRao: bigint;
  /** EMA price smoothing as an I96F32 (12,885 is 3e-6). */
  movingAlphaBits: bigint;
  maxEpochsPerBlock: number;
  /** u64 factor of the flow EMA, out of 2^63 − 1. */
  flowEmaFactor: bigint;
  netFlowEnabled: boolean;
  /** Power to which a flow counts in the split. */
  flowExponent: number;
  /** Rank whose share is the Hill gate's bar; 0 uses the quantile. */
  emissionBarRank: number;
  /** Share of demand at whose crossing the bar lies when the rank is 0. */
  emissionBarQuantile: number;
  emissionGateExponent: number;
  /** Coldkeys whose root dividends are claimed automatically per block. */
  rootClaimsPerBlock: number;
  /** e-folding time of locked mass, in blocks. */
  unlockRate: number;
  /** e-folding time of conviction, in blocks. */
  maturityRate: number;
  txDelegateTakeRateLimit: number;
  txChildkeyTakeRateLimit: number;
  pendingChildCooldown: number;
  setChildrenInterval: number;
  /** Blocks after its registration from which the owner can start a subnet. */
  startCallDelay: number;
  subnetLimit: number;
  networkMinLockRao: bigint;
  networkLastLockRao: bigint;
  networkLastLockBlock: number;
  /** Blocks in which the subnet price falls from the last one to the minimum. */
  networkLockReductionBlocks: number;
};

/** Code defaults of spec 424, with the tao weight of mainnet (0.18). */
export function defaultParameters(): EconomyParameters {
  return {
    emissionRules: '2026-06',
    rootRules: 'claims',
    basketEscrow: 'basket-escrow',
    taoWeight: 3_320_413_933_267_719_290n,
    ownerCut: 11_796,
    minStakeRao: 2_000_000n,
    nominatorMinFactor: 10_000_000n,
    minDelegateTake: 0,
    maxDelegateTake: 11_796,
    defaultDelegateTake: 11_796,
    minChildkeyTake: 0,
    maxChildkeyTake: 11_796,
    childkeyBurn: 0n,
    stakeThreshold: 0n,
    existentialDepositRao: 500n,
    minimumReserveRao: 1_000_000n,
    movingAlphaBits: 12_885n,
    maxEpochsPerBlock: 2,
    flowEmaFactor: 29_597_889_189_277n,
    netFlowEnabled: true,
    flowExponent: 1,
    emissionBarRank: 32,
    emissionBarQuantile: 0.61,
    emissionGateExponent: 3,
    rootClaimsPerBlock: 5,
    unlockRate: 934_866,
    maturityRate: 934_866,
    txDelegateTakeRateLimit: 216_000,
    txChildkeyTakeRateLimit: 216_000,
    pendingChildCooldown: 7_200,
    setChildrenInterval: 150,
    startCallDelay: 7_200,
    subnetLimit: 128,
    networkMinLockRao: 1_000_000_000_000n,
    networkLastLockRao: 1_000_000_000_000n,
    networkLastLockBlock: 0,
    networkLockReductionBlocks: 100_800,
  };
}
