/** NeuronInfoRuntimeApi: neurons one by one, with or without their weights and bonds. */
import { stakeOf } from '../../economy/stake-ledger.ts';
import type { Neuron, Subnet } from '../../economy/subnet.ts';
import type { View } from '../state/view.ts';
import { NOBODY } from '../storage/subnet-providers.ts';
import type { ApiMethods } from './call-api.ts';
import { type FieldRecord, NO_AXON } from './subnet-facts.ts';

const HIGHEST_U16 = 65_535;

const many = (view: View, netuid: number): FieldRecord[] => {
  const subnet = view.state.economy.subnets[netuid];
  return (subnet?.neurons ?? []).map((neuron, uid) =>
    neuronView(view, subnet as Subnet, uid, neuron),
  );
};
const single = (view: View, netuid: number, uid: number): FieldRecord | undefined => {
  const subnet = view.state.economy.subnets[netuid];
  const neuron = subnet?.neurons[uid];
  return subnet === undefined || neuron === undefined
    ? undefined
    : neuronView(view, subnet, uid, neuron);
};

export const neuronApis: ApiMethods = {
  get_neurons: many,
  get_neuron: single,
  get_neurons_lite: many,
  get_neuron_lite: single,
};

/** Rank and trust are no longer computed; the chain reports fixed values. */
function neuronView(view: View, { netuid }: Subnet, uid: number, neuron: Neuron): FieldRecord {
  const { hotkey } = neuron;
  const coldkey = view.state.economy.hotkeys[hotkey]?.owner ?? NOBODY;
  return {
    hotkey,
    coldkey,
    uid,
    netuid,
    active: neuron.active,
    axon_info: NO_AXON,
    prometheus_info: NO_AXON,
    stake: [[coldkey, stakeOf(view.state.economy, hotkey, coldkey, netuid)]],
    rank: 0,
    emission: neuron.emission,
    incentive: neuron.incentive,
    consensus: neuron.consensus,
    trust: 0,
    validator_trust: neuron.validatorTrust,
    dividends: neuron.dividends,
    last_update: BigInt(neuron.lastUpdate),
    validator_permit: neuron.permit,
    weights: neuron.weights,
    bonds: neuron.bonds,
    pruning_score: HIGHEST_U16,
  };
}
