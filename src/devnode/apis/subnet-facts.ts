/**
 * What the subnet views of the runtime APIs are cut from: records with the chain's field names, of
 * which every view takes those it declares.
 */
import { activityCutoff, inheritedStake } from '../../economy/epoch-call.ts';
import { mul32, u64Fraction32 } from '../../economy/fixed.ts';
import { linksOn } from '../../economy/mechanisms.ts';
import { ROOT } from '../../economy/parameters.ts';
import type { Account } from '../../economy/state.ts';
import type { Neuron, Subnet } from '../../economy/subnet.ts';
import type { View } from '../state/view.ts';
import { identityValue } from '../storage/stake-providers.ts';
import { NOBODY, subnetIdentity } from '../storage/subnet-providers.ts';

export type FieldRecord = Readonly<Record<string, unknown>>;

const HIGHEST_U16 = 65_535;
/** Settings the dev chain does not have, at the chain's defaults. */
const DEFAULT_DIFFICULTY = 10_000_000n;
const MAX_DIFFICULTY = 4_611_686_018_427_387_903n;

/** Settings, under every name a view has for them. */
export function settingsOf(subnet: Subnet): FieldRecord {
  return {
    netuid: subnet.netuid,
    rho: 10,
    kappa: subnet.kappa,
    difficulty: DEFAULT_DIFFICULTY,
    min_difficulty: DEFAULT_DIFFICULTY,
    max_difficulty: MAX_DIFFICULTY,
    immunity_period: subnet.immunityPeriod,
    max_allowed_validators: subnet.maxAllowedValidators,
    max_validators: subnet.maxAllowedValidators,
    min_allowed_weights: subnet.minAllowedWeights,
    max_weights_limit: HIGHEST_U16,
    scaling_law_power: 50,
    subnetwork_n: subnet.neurons.length,
    num_uids: subnet.neurons.length,
    max_allowed_uids: subnet.maxAllowedUids,
    max_uids: subnet.maxAllowedUids,
    tempo: subnet.tempo,
    network_modality: 0,
    network_connect: [],
    emission_value: 0n,
    emission_values: 0n,
    burn: subnet.burnRao,
    min_burn: subnet.minBurnRao,
    max_burn: subnet.maxBurnRao,
    owner: subnet.owner === '' ? NOBODY : subnet.owner,
    weights_version: 0n,
    weights_rate_limit: 100n,
    adjustment_interval: 100,
    adjustment_alpha: 0n,
    activity_cutoff: BigInt(activityCutoff(subnet)),
    registration_allowed: subnet.registrationAllowed,
    pow_registration_allowed: false,
    target_regs_per_interval: 2,
    max_regs_per_block: 1,
    bonds_moving_avg: BigInt(subnet.bondsMovingAverage),
    serving_rate_limit: 50n,
    commit_reveal_period: 1n,
    commit_reveal_weights_enabled: subnet.commitReveal,
    alpha_high: subnet.alphaHigh,
    alpha_low: subnet.alphaLow,
    liquid_alpha_enabled: subnet.liquidAlpha,
    alpha_sigmoid_steepness: { bits: BigInt(subnet.alphaSigmoidSteepness) << 32n },
    yuma_version: subnet.yuma3 ? 3 : 2,
    subnet_is_active: subnet.subtokenEnabled,
    transfers_enabled: subnet.transferToggle,
    bonds_reset_enabled: false,
    user_liquidity_enabled: false,
    blocks_since_last_step: BigInt(subnet.blocksSinceLastStep),
  };
}

/** The pool, the emission and what the subnet is called. */
export function marketOf(view: View, subnet: Subnet): FieldRecord {
  const { netuid } = subnet;
  const profile = view.state.subnetProfiles[netuid];
  const identity = subnetIdentity(view, netuid);
  return {
    netuid,
    owner_hotkey: subnet.ownerHotkey === '' ? NOBODY : subnet.ownerHotkey,
    owner_coldkey: subnet.owner === '' ? NOBODY : subnet.owner,
    subnet_name: textBytes(profile?.name ?? ''),
    name: textBytes(profile?.name ?? ''),
    token_symbol: textBytes(profile?.symbol ?? ''),
    symbol: textBytes(profile?.symbol ?? ''),
    tempo: subnet.tempo,
    last_step: BigInt(subnet.lastMechanismStepBlock),
    blocks_since_last_step: BigInt(subnet.blocksSinceLastStep),
    emission: 0n,
    subnet_emission: 0n,
    alpha_in: subnet.alphaIn,
    alpha_out: subnet.alphaOut,
    tao_in: subnet.taoReserve,
    alpha_out_emission: subnet.lastBlock.alphaOut,
    alpha_in_emission: subnet.lastBlock.alphaIn,
    tao_in_emission: subnet.lastBlock.taoIn,
    pending_alpha_emission: subnet.pendings.validator + subnet.pendings.server,
    pending_root_emission: 0n,
    subnet_volume: subnet.volumeRao,
    network_registered_at: BigInt(subnet.registeredAt),
    subnet_identity: identity,
    identity,
    moving_price: { bits: subnet.emaPriceBits },
    block: BigInt(view.block.number),
  };
}

/** One vector per figure, by uid. */
export function neuronVectors(view: View, subnet: Subnet, mechanism = 0): FieldRecord {
  const { neurons, netuid } = subnet;
  const { economy } = view.state;
  const owner = (hotkey: Account): Account => economy.hotkeys[hotkey]?.owner ?? NOBODY;
  const coldkeys = neurons.map(({ hotkey }) => owner(hotkey));
  const weights = neurons.map(({ hotkey }) => weightsOf(view, hotkey, netuid));
  const links = neurons.map((neuron) => linksOn(neuron, mechanism));
  return {
    hotkeys: neurons.map(({ hotkey }) => hotkey),
    coldkeys,
    identities: coldkeys.map((coldkey) => {
      const identity = view.state.identities[coldkey];
      return identity === undefined ? undefined : identityValue(identity);
    }),
    axons: neurons.map(() => NO_AXON),
    active: neurons.map(({ active }) => active),
    validator_permit: neurons.map(({ permit }) => permit),
    pruning_score: neurons.map(() => HIGHEST_U16),
    last_update: links.map(({ lastUpdate }) => BigInt(lastUpdate)),
    emission: neurons.map(({ emission }) => emission),
    dividends: neurons.map(({ dividends }) => dividends),
    incentives: links.map(({ incentive }) => incentive),
    consensus: neurons.map(({ consensus }) => consensus),
    trust: neurons.map(() => 0),
    rank: neurons.map(() => 0),
    block_at_registration: neurons.map(({ registeredAt }) => BigInt(registeredAt)),
    alpha_stake: weights.map(({ alpha }) => alpha),
    tao_stake: weights.map(({ tao }) => tao),
    total_stake: weights.map(({ total }) => total),
    emission_history: economy.netuids.map((other) => emissionsOn(view, other, neurons)),
    tao_dividends_per_hotkey: neurons.map(({ hotkey }) => [hotkey, 0n]),
    alpha_dividends_per_hotkey: neurons.map(({ hotkey }) => [
      hotkey,
      subnet.alphaDividends[hotkey] ?? 0n,
    ]),
  };
}

export const NO_AXON: FieldRecord = {
  block: 0n,
  version: 0,
  ip: 0n,
  port: 0,
  ip_type: 0,
  protocol: 0,
  placeholder1: 0,
  placeholder2: 0,
};

type StakeWeights = { readonly alpha: bigint; readonly tao: bigint; readonly total: bigint };

/** Inherited stake of a hotkey on a subnet: alpha, root TAO, and both by the weight of TAO. */
function weightsOf(view: View, hotkey: Account, netuid: number): StakeWeights {
  const { economy } = view.state;
  const alpha = inheritedStake(economy, hotkey, { on: netuid, links: netuid });
  const tao = inheritedStake(economy, hotkey, { on: ROOT, links: netuid });
  const weighted = mul32(tao, u64Fraction32(economy.parameters.taoWeight));
  return { alpha, tao, total: alpha + weighted };
}

function emissionsOn(view: View, netuid: number, neurons: readonly Neuron[]): bigint[] {
  const there = view.state.economy.subnets[netuid]?.neurons ?? [];
  const byHotkey = new Map(there.map(({ hotkey, emission }) => [hotkey, emission]));
  return neurons.map(({ hotkey }) => byHotkey.get(hotkey) ?? 0n);
}

/** UTF-8 bytes as a list, the form of names in the views. */
function textBytes(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
