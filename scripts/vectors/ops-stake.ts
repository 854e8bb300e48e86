/** Share pools, dividends, root claims and locks of the economics vectors. */
import {
  distributeDividends,
  inheritStake,
  splitChildkey,
  splitTake,
} from '../../src/economy/dividends.ts';
import { toDouble, u64Fraction32 } from '../../src/economy/fixed.ts';
import { rollLock } from '../../src/economy/locks.ts';
import { modelReturn } from '../../src/economy/return-model.ts';
import { claimIndices } from '../../src/economy/root-claims.ts';
import { addSafe, normalizeSafe, type SafeFloat } from '../../src/economy/safe-float.ts';
import {
  creditPool,
  depositShare,
  shareValue,
  withdrawShare,
} from '../../src/economy/share-pool.ts';
import { newSharePool, type SharePool } from '../../src/economy/state.ts';
import { fixed, type Int, int, type Ops } from './vector-op.ts';

type SafeInput = { mantissa: Int; exponent: number };
type PoolOp =
  | readonly ['one', Int, Int]
  | readonly ['all', Int]
  | readonly ['repeat', number, PoolOp[]];

function safe(input: SafeInput): SafeFloat {
  return normalizeSafe(int(input.mantissa), input.exponent);
}

function sharePool(inputs: {
  initial: null | { value: Int; denominator: SafeInput; shares: Record<string, SafeInput> };
  ops: PoolOp[];
}): unknown {
  const pool: SharePool = newSharePool();
  if (inputs.initial !== null) {
    pool.value = int(inputs.initial.value);
    pool.denominator = safe(inputs.initial.denominator);
    for (const [key, share] of Object.entries(inputs.initial.shares))
      pool.shares[key] = safe(share);
  }
  const keys = new Set(Object.keys(pool.shares));
  const run = (ops: readonly PoolOp[]): void => {
    for (const op of ops) {
      if (op[0] === 'all') creditPool(pool, int(op[1]));
      else if (op[0] === 'repeat') for (let i = 0; i < op[1]; i += 1) run(op[2]);
      else {
        const key = String(op[1]);
        const delta = int(op[2]);
        keys.add(key);
        if (delta >= 0n) depositShare(pool, key, delta);
        else withdrawShare(pool, key, -delta);
      }
    }
  };
  run(inputs.ops);
  return {
    values: Object.fromEntries([...keys].map((key) => [key, shareValue(pool, key)])),
    pool_value: pool.value,
  };
}

type StakeInputs = { alpha: Int; root: Int };

function ownStake(inputs: StakeInputs): { alpha: bigint; root: bigint } {
  return { alpha: int(inputs.alpha), root: int(inputs.root) };
}

function childkeySplit(inputs: {
  dividend: Int;
  tao_weight_u64: Int;
  childkey_burn_u64: Int;
  child: StakeInputs & {
    name: string;
    child_proportions: Int[];
    take_u16: number;
    owner: string;
  };
  parents: (StakeInputs & { name: string; proportion: Int; owner: string })[];
}): unknown {
  const { child } = inputs;
  const split = splitChildkey({
    dividend: int(inputs.dividend),
    taoWeight32: u64Fraction32(int(inputs.tao_weight_u64)),
    childkeyBurn: int(inputs.childkey_burn_u64),
    hotkey: child.name,
    owner: child.owner,
    takeU16: child.take_u16,
    stake: ownStake(child),
    childProportions: child.child_proportions.map(int),
    parents: inputs.parents.map((parent) => ({
      hotkey: parent.name,
      owner: parent.owner,
      proportion: int(parent.proportion),
      stake: ownStake(parent),
    })),
  });
  return { dividends: Object.fromEntries(split.dividends), recycled: split.recycled };
}

function dividendDistribution(inputs: {
  pending_validator_alpha: Int;
  pending_root_alpha: Int;
  tao_weight: number;
  stakes: Record<string, StakeInputs>;
  dividends: Record<string, Int>;
}): unknown {
  const shares = distributeDividends({
    pendingValidator: int(inputs.pending_validator_alpha),
    pendingRoot: int(inputs.pending_root_alpha),
    taoWeight32: fixed(inputs.tao_weight, 32),
    hotkeys: Object.keys(inputs.dividends)
      .sort()
      .map((hotkey) => ({
        hotkey,
        dividend: int(inputs.dividends[hotkey] as Int),
        stake: ownStake(inputs.stakes[hotkey] as StakeInputs),
      })),
  });
  return {
    alpha: Object.fromEntries(shares.map((share) => [share.hotkey, share.alpha32 >> 32n])),
    root: Object.fromEntries(shares.map((share) => [share.hotkey, share.root32 >> 32n])),
  };
}

function lockRollForward(inputs: {
  locked_mass: Int;
  conviction: number;
  blocks: number;
  unlock_rate: number;
  maturity_rate: number;
  owner_lock: boolean;
  perpetual: boolean;
}): unknown {
  const lock = {
    lockedMass: int(inputs.locked_mass),
    convictionBits: fixed(inputs.conviction, 64),
  };
  const rolled = rollLock(lock, inputs.blocks, {
    unlockRate: inputs.unlock_rate,
    maturityRate: inputs.maturity_rate,
    perpetual: inputs.perpetual,
    ownerLock: inputs.owner_lock,
  });
  return { locked_mass: rolled.lockedMass, conviction: toDouble(rolled.convictionBits, 64) };
}

function returnModel(inputs: Record<string, number>): unknown {
  const model = modelReturn({
    rootTao: inputs.root_tao as number,
    taoWeight: inputs.tao_weight as number,
    alphaIssuance: inputs.alpha_issuance as number,
    alphaEmissionPerBlock: inputs.alpha_emission_per_block as number,
    ownerCut: inputs.owner_cut as number,
    take: inputs.take as number,
    hotkeyAlpha: inputs.hotkey_alpha as number,
    dividendShare: inputs.validator_share_of_alpha_dividends as number,
    tempo: inputs.tempo as number,
    blocksPerYear: inputs.blocks_per_year as number,
  });
  return {
    root_proportion: model.rootProportion,
    validator_alpha_per_block: model.validatorAlphaPerBlock,
    growth_per_epoch: model.growthPerTempo,
    apr: model.apr,
    apy: model.apy,
  };
}

/** Shares, takes, dividends, locks and the return model. */
export const stakeOps: Ops = {
  safefloat_normalize: (inputs: SafeInput) => safe(inputs),
  safefloat_add: (inputs: { a: SafeInput; b: SafeInput }) =>
    addSafe(safe(inputs.a), safe(inputs.b)),
  share_pool: sharePool,
  delegate_take: (inputs: { amount: Int; take_u16: number }) => {
    const { take, rest } = splitTake(int(inputs.amount) << 32n, inputs.take_u16);
    return { take, to_nominators: rest };
  },
  inherited_stake: (inputs: {
    own: Int;
    child_proportions: Int[];
    parents: { proportion: Int; stake: Int }[];
  }) => ({
    stake: inheritStake(
      int(inputs.own),
      inputs.child_proportions.map(int),
      inputs.parents.map((parent) => ({
        proportion: int(parent.proportion),
        stake: int(parent.stake),
      })),
    ),
  }),
  childkey_split: childkeySplit,
  dividend_distribution: dividendDistribution,
  lock_roll_forward: lockRollForward,
  root_claim_indices: (inputs: { k: number; n: number; seed: string }) => ({
    indices: claimIndices(inputs.seed, inputs.k, inputs.n),
  }),
  delegator_return_model: returnModel,
};
