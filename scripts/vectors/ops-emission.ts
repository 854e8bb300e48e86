/** Emission, coinbase and schedule operations of the economics vectors. */
import {
  emitBlock,
  rootProportion,
  splitAlphaOut,
  subnetTerms,
  taoEmissionsOf,
} from '../../src/economy/coinbase.ts';
import { nextEmaPrice } from '../../src/economy/ema-price.ts';
import { blockEmission } from '../../src/economy/emission-curve.ts';
import { toDouble, u16Fraction32, u64Fraction32 } from '../../src/economy/fixed.ts';
import { emissionBar, gateFactor, gateShares } from '../../src/economy/hill-gate.ts';
import { U64_MAX } from '../../src/economy/parameters.ts';
import { blocksUntilAutoEpoch, capEpochs, isEpochDue } from '../../src/economy/schedule.ts';
import { createEconomy, type EconomyState, type SubnetGenesis } from '../../src/economy/state.ts';
import { createSubnet, type Subnet } from '../../src/economy/subnet.ts';
import { isRootGateOpen } from '../../src/economy/subnet-shares.ts';
import { powNormalize } from '../../src/economy/tao-flow.ts';
import { fixed, type Int, int, type Ops } from './vector-op.ts';

type ShareInputs = {
  netuid: number;
  ema_price: number;
  miner_burned: number;
  emission_enabled: boolean;
};

type CoinbaseSubnet = ShareInputs & {
  tao_reserve: Int;
  alpha_in: Int;
  alpha_out: Int;
  quote_weight: Int;
  owner_cut_enabled: boolean;
};

type CoinbaseInputs = {
  block_emission_rao: Int;
  root_tao_rao: Int;
  tao_weight_u64: Int;
  owner_cut_u16: number;
  minimum_reserve: Int;
  subnets: CoinbaseSubnet[];
};

function shareSubnet(inputs: ShareInputs): SubnetGenesis {
  return {
    netuid: inputs.netuid,
    firstEmissionBlock: 1,
    emaPriceBits: fixed(inputs.ema_price, 32),
    minerBurnedBits: fixed(inputs.miner_burned, 32),
    emissionEnabled: inputs.emission_enabled,
  };
}

function coinbaseState(inputs: CoinbaseInputs): EconomyState {
  return createEconomy({
    parameters: {
      taoWeight: int(inputs.tao_weight_u64),
      ownerCut: inputs.owner_cut_u16,
      minimumReserveRao: int(inputs.minimum_reserve),
    },
    subnets: [
      { netuid: 0, taoReserve: int(inputs.root_tao_rao) },
      ...inputs.subnets.map((subnet) => ({
        ...shareSubnet(subnet),
        taoReserve: int(subnet.tao_reserve),
        alphaIn: int(subnet.alpha_in),
        alphaOut: int(subnet.alpha_out),
        quoteWeight: int(subnet.quote_weight),
        ownerCutEnabled: subnet.owner_cut_enabled,
      })),
    ],
  });
}

function subnetsOf(state: EconomyState): Subnet[] {
  return state.netuids.slice(1).map((netuid) => state.subnets[netuid] as Subnet);
}

function byNetuid<T>(subnets: readonly Subnet[], value: (subnet: Subnet, i: number) => T) {
  return Object.fromEntries(subnets.map((subnet, i) => [subnet.netuid, value(subnet, i)]));
}

function coinbaseBlock(inputs: CoinbaseInputs): unknown {
  const state = coinbaseState(inputs);
  const subnets = subnetsOf(state);
  const emission = int(inputs.block_emission_rao);
  const taoEmissions = taoEmissionsOf(state, subnets, emission);
  const weightedRoot = int(inputs.root_tao_rao) * u64Fraction32(int(inputs.tao_weight_u64));
  const excess = subnets.map(
    (subnet, i) => subnetTerms(subnet, taoEmissions[i] as bigint, weightedRoot).excessTao >> 32n,
  );
  const summary = emitBlock(state, emission);
  return {
    root_gate_open: summary.rootGateOpen,
    unspent_recycled_rao: summary.recycledRao,
    subnets: byNetuid(subnets, (subnet, i) => ({
      tao_emission: toDouble(taoEmissions[i] as bigint, 32),
      tao_in: subnet.lastBlock.taoIn,
      alpha_in: subnet.lastBlock.alphaIn,
      excess_tao: excess[i],
      chain_bought_alpha: subnet.protocolAlpha,
      alpha_out: subnet.lastBlock.alphaOut,
      pend_owner_cut: subnet.pendings.ownerCut,
      pend_server: subnet.pendings.server,
      pend_validator: subnet.pendings.validator,
      pend_root: subnet.pendings.root,
      recycled: subnet.alphaRecycled,
      tao_reserve: subnet.taoReserve,
      alpha_in_reserve: subnet.alphaIn,
      alpha_outstanding: subnet.alphaOut,
      quote_weight: subnet.quoteWeight,
    })),
  };
}

type TermsInputs = {
  tao_emission_rao: number;
  tao_reserve_rao: Int;
  alpha_reserve_rao: Int;
  quote_weight_perquintill: Int;
  alpha_out_rao: Int;
  root_tao_rao: Int;
  tao_weight_u64: Int;
};

function termsOf(inputs: TermsInputs): unknown {
  const subnet = {
    ...createSubnet(1, 'subnet'),
    taoReserve: int(inputs.tao_reserve_rao),
    alphaIn: int(inputs.alpha_reserve_rao),
    alphaOut: int(inputs.alpha_out_rao),
    quoteWeight: int(inputs.quote_weight_perquintill),
  };
  const weightedRoot = int(inputs.root_tao_rao) * u64Fraction32(int(inputs.tao_weight_u64));
  const terms = subnetTerms(subnet, fixed(inputs.tao_emission_rao, 32), weightedRoot);
  return {
    tao_in: toDouble(terms.taoIn, 32),
    alpha_in: toDouble(terms.alphaIn, 32),
    alpha_out: toDouble(terms.alphaOut, 32),
    excess: toDouble(terms.excessTao, 32),
    cap: toDouble(terms.alphaCap, 32),
  };
}

type ScheduleInputs = {
  tempo: number;
  pending_epoch_at: number;
  blocks_since_last_step: number;
  last_epoch_block: number;
  block: number;
};

/** Curve, shares, gate, coinbase, EMA price and schedule. */
export const emissionOps: Ops = {
  block_emission: (inputs: { issuance_rao: Int }) => ({
    emission_rao: blockEmission(int(inputs.issuance_rao)),
  }),
  moving_price: (inputs: {
    previous_ema: number;
    spot_price: number;
    block: number;
    first_emission_block: number;
    smoothing: number;
    halving_blocks: number;
    updates_at_this_block: number;
  }) => {
    let bits = fixed(inputs.previous_ema, 32);
    for (let i = 0; i < inputs.updates_at_this_block; i += 1) {
      bits = nextEmaPrice({
        previousBits: bits,
        spotBits: fixed(inputs.spot_price, 64),
        age: inputs.block - (inputs.first_emission_block - 1),
        movingAlphaBits: fixed(inputs.smoothing, 32),
        halvingBlocks: inputs.halving_blocks,
      });
    }
    return { ema: toDouble(bits, 32), ema_i96f32_bits: bits };
  },
  subnet_tao_emission: (inputs: { block_emission_rao: Int; subnets: ShareInputs[] }) => {
    const state = createEconomy({ subnets: inputs.subnets.map(shareSubnet) });
    const subnets = subnetsOf(state);
    const emissions = taoEmissionsOf(state, subnets, int(inputs.block_emission_rao));
    return {
      tao_emission_rao_float: byNetuid(subnets, (_, i) => toDouble(emissions[i] as bigint, 32)),
      tao_emission_rao_floor: byNetuid(subnets, (_, i) => (emissions[i] as bigint) >> 32n),
    };
  },
  root_dividend_gate: (inputs: { ema_prices: number[] }) => ({
    open: isRootGateOpen(inputs.ema_prices.map((price) => fixed(price, 32) << 32n)),
  }),
  root_proportion: (inputs: {
    root_tao_rao: Int;
    tao_weight_u64: Int;
    alpha_in_rao: Int;
    alpha_out_rao: Int;
  }) => {
    const weighted = int(inputs.root_tao_rao) * u64Fraction32(int(inputs.tao_weight_u64));
    const issuance = int(inputs.alpha_in_rao) + int(inputs.alpha_out_rao);
    const bits = rootProportion(weighted, issuance);
    return { root_proportion: toDouble(bits, 32), u96f32_bits: bits };
  },
  subnet_terms: termsOf,
  alpha_out_split: (inputs: {
    alpha_out_rao: Int;
    owner_cut_u16: number;
    owner_cut_enabled: boolean;
    root_proportion: number;
  }) => {
    const cut = inputs.owner_cut_enabled ? u16Fraction32(inputs.owner_cut_u16) : 0n;
    const alpha = int(inputs.alpha_out_rao) << 32n;
    const split = splitAlphaOut(alpha, cut, fixed(inputs.root_proportion, 32));
    const { ownerCut, server, validator, root } = split;
    return { owner_cut: ownerCut, server, validator, root };
  },
  coinbase_block: coinbaseBlock,
  pow_normalize: (inputs: { values: number[]; exponent: number }) => ({
    shares: powNormalize(inputs.values, inputs.exponent),
  }),
  hill_gate_factor: (inputs: { demand_share: number; bar: number; exponent: number }) => {
    const share = fixed(inputs.demand_share, 64);
    return { gate_factor: toDouble(gateFactor(share, fixed(inputs.bar, 64), inputs.exponent), 64) };
  },
  hill_gate_shares: hillGateShares,
  should_run_epoch: (inputs: ScheduleInputs) => ({
    run: isEpochDue(
      {
        tempo: inputs.tempo,
        pendingEpochAt: inputs.pending_epoch_at,
        blocksSinceLastStep: inputs.blocks_since_last_step,
        lastEpochBlock: inputs.last_epoch_block,
      },
      inputs.block,
    ),
  }),
  blocks_until_next_auto_epoch: (inputs: Omit<ScheduleInputs, 'pending_epoch_at'>) => {
    const schedule = { tempo: inputs.tempo, lastEpochBlock: inputs.last_epoch_block };
    return { blocks: blocksUntilAutoEpoch(schedule, inputs.block) ?? U64_MAX };
  },
  epoch_cap: (inputs: { due_netuids: number[]; max_epochs_per_block: number; block: number }) => ({
    ...capEpochs(inputs.due_netuids, inputs.max_epochs_per_block),
    pending_epoch_at_for_deferred: inputs.block + 1,
  }),
};

function hillGateShares(inputs: {
  shares: Record<string, number>;
  bar_rank?: number;
  bar_quantile?: number;
  quantile?: number;
  exponent: number;
}): unknown {
  const names = Object.keys(inputs.shares);
  const shares = names.map((name) => fixed(inputs.shares[name] as number, 64));
  const quantile = inputs.bar_quantile ?? inputs.quantile ?? 0;
  const rule = { rank: inputs.bar_rank ?? 0, quantile };
  const bar = emissionBar(shares, rule);
  const gated = gateShares(shares, bar, inputs.exponent);
  return {
    bar: toDouble(bar, 64),
    gated_shares: Object.fromEntries(
      names.map((name, i) => [name, toDouble(gated[i] as bigint, 64)]),
    ),
  };
}
