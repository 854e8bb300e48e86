/** Runs Yuma Consensus for a subnet of the state and stores its outputs on the neurons. */
import { inheritStake } from './dividends.ts';
import type { EpochInput, EpochResult, SparseLinks } from './epoch/epoch-types.ts';
import { runEpoch } from './epoch/run-epoch.ts';
import { sparseLinks } from './epoch/sparse-links.ts';
import { createEpochWorkspace, type EpochWorkspace } from './epoch/workspace.ts';
import { mul32, toDouble, u64Fraction32 } from './fixed.ts';
import { ROOT } from './parameters.ts';
import { hotkeyStake } from './stake-ledger.ts';
import type { Account, ChildLink, EconomyState } from './state.ts';
import type { Neuron, Subnet, UidValue } from './subnet.ts';

/** What an epoch gives one hotkey, rao of alpha; dividends count as proportions only. */
export type EpochEmission = {
  readonly hotkey: Account;
  readonly incentive: bigint;
  readonly dividend: bigint;
};

const DEFAULT_VALIDATORS = 64;
const DEFAULT_UIDS = 256;
/** Scratch memory, not state: every epoch overwrites it. */
let workspace: EpochWorkspace | undefined;

/** One epoch over `emissionRao`; its results per uid, and the neurons updated. */
export function runSubnetEpoch(
  state: EconomyState,
  subnet: Subnet,
  emissionRao: bigint,
): EpochEmission[] {
  if (subnet.neurons.length === 0) return [];
  workspace ??= createEpochWorkspace(DEFAULT_VALIDATORS, DEFAULT_UIDS);
  const result = runEpoch(epochInput(state, subnet, emissionRao), workspace);
  storeResult(subnet, result);
  return subnet.neurons.map((neuron, uid) => ({
    hotkey: neuron.hotkey,
    incentive: result.serverRao[uid] as bigint,
    dividend: result.validatorRao[uid] as bigint,
  }));
}

/** The stored state of a subnet as the epoch wants it. */
function epochInput(state: EconomyState, subnet: Subnet, emissionRao: bigint): EpochInput {
  const { neurons } = subnet;
  const owner = neurons.findIndex((neuron) => neuron.hotkey === subnet.ownerHotkey);
  const weight = u64Fraction32(state.parameters.taoWeight);
  return {
    uids: neurons.length,
    block: state.block,
    emissionRao,
    settings: subnet,
    activityCutoffBlocks: activityCutoff(subnet),
    stakeWeights: Float64Array.from(neurons, (neuron) =>
      toDouble(stakeWeight(state, neuron.hotkey, subnet.netuid, weight), 0),
    ),
    stakeThreshold: toDouble(state.parameters.stakeThreshold, 0),
    permits: Uint8Array.from(neurons, (neuron) => (neuron.permit ? 1 : 0)),
    ownerUid: owner < 0 ? null : owner,
    lastUpdate: Float64Array.from(neurons, (neuron) => neuron.lastUpdate),
    registeredAt: Float64Array.from(neurons, (neuron) => neuron.registeredAt),
    weights: sparseLinks(neurons.map((neuron) => neuron.weights)),
    bonds: sparseLinks(neurons.map((neuron) => neuron.bonds)),
  };
}

/** Blocks after its last update for which a validator stays active. */
export function activityCutoff(subnet: Subnet): number {
  return Math.max(1, Math.floor((subnet.tempo * subnet.activityCutoffFactorMilli) / 1_000));
}

/** Inherited alpha plus weighted inherited root stake of a hotkey, rao. */
export function stakeWeight(
  state: EconomyState,
  hotkey: Account,
  netuid: number,
  taoWeight32: bigint,
): bigint {
  const alpha = inheritedStake(state, hotkey, { on: netuid, links: netuid });
  const root = inheritedStake(state, hotkey, { on: ROOT, links: netuid });
  return alpha + mul32(root, taoWeight32);
}

/** Stake of a hotkey on `on`, after the children and parents it has on the subnet `links`. */
export function inheritedStake(
  state: EconomyState,
  hotkey: Account,
  where: { readonly on: number; readonly links: number },
): bigint {
  const own = hotkeyStake(state, hotkey, where.on);
  const record = state.hotkeys[hotkey];
  const children = record?.children[where.links] ?? NO_LINKS;
  const parents = record?.parents[where.links] ?? NO_LINKS;
  if (children.length === 0 && parents.length === 0) return own;
  return inheritStake(
    own,
    children.map((child) => child.proportion),
    parents.map((parent) => ({
      proportion: parent.proportion,
      stake: hotkeyStake(state, parent.hotkey, where.on),
    })),
  );
}

const NO_LINKS: readonly ChildLink[] = [];

function storeResult(subnet: Subnet, result: EpochResult): void {
  for (let uid = 0; uid < subnet.neurons.length; uid += 1) {
    const neuron = subnet.neurons[uid] as Neuron;
    neuron.active = result.active[uid] === 1;
    neuron.permit = result.permits[uid] === 1;
    neuron.stakeWeight = result.stakeWeight[uid] as number;
    neuron.validatorTrust = result.validatorTrust[uid] as number;
    neuron.consensus = result.consensus[uid] as number;
    neuron.incentive = result.incentive[uid] as number;
    neuron.dividends = result.dividends[uid] as number;
    neuron.emission = result.emissionRao[uid] as bigint;
    neuron.bonds = rowOf(result.bonds, uid);
  }
}

function rowOf(links: SparseLinks, uid: number): UidValue[] {
  const row: UidValue[] = [];
  for (let i = links.start[uid] as number; i < (links.start[uid + 1] as number); i += 1) {
    row.push([links.target[i] as number, links.value[i] as number]);
  }
  return row;
}
