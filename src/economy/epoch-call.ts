/** Runs Yuma Consensus for a subnet of the state and stores its outputs on the neurons. */
import { inheritStake } from './dividends.ts';
import type { EpochInput, EpochResult, SparseLinks } from './epoch/epoch-types.ts';
import { runEpoch } from './epoch/run-epoch.ts';
import { sparseLinks } from './epoch/sparse-links.ts';
import { createEpochWorkspace, type EpochWorkspace } from './epoch/workspace.ts';
import { div64, mul32, mul64, ONE_64, toDouble, u64Fraction32 } from './fixed.ts';
import { furtherLinks, linksOn, splitEpochEmission } from './mechanisms.ts';
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

/**
 * One epoch over `emissionRao`, which the subnet's mechanisms share; its results per uid, and the
 * neurons updated.
 */
export function runSubnetEpoch(
  state: EconomyState,
  subnet: Subnet,
  emissionRao: bigint,
): EpochEmission[] {
  const { neurons } = subnet;
  if (neurons.length === 0) return [];
  workspace ??= createEpochWorkspace(DEFAULT_VALIDATORS, DEFAULT_UIDS);
  const shared = sharedInput(state, subnet);
  const terms = neurons.map(emptyTerms);
  splitEpochEmission(subnet, emissionRao).forEach((rao, mechanism) => {
    const input = mechanismInput(shared, subnet, { mechanism, emissionRao: rao });
    const result = runEpoch(input, workspace as EpochWorkspace);
    storeLinks(subnet, mechanism, result);
    addTerms(terms, result, mechanismWeight(rao, emissionRao, mechanism));
  });
  // Only now: every mechanism reads the permits of the previous epoch.
  return neurons.map((neuron, uid) => {
    const { stored, incentive, dividend } = terms[uid] as Terms;
    Object.assign(neuron, stored);
    return { hotkey: neuron.hotkey, incentive, dividend };
  });
}

/** What an epoch takes that all mechanisms of a subnet have in common. */
export type SharedEpochInput = Omit<EpochInput, 'emissionRao' | 'lastUpdate' | 'weights' | 'bonds'>;

/** The stored state of a subnet as the epochs of its mechanisms want it. */
export function sharedInput(state: EconomyState, subnet: Subnet): SharedEpochInput {
  const { neurons } = subnet;
  const owner = neurons.findIndex((neuron) => neuron.hotkey === subnet.ownerHotkey);
  const weight = u64Fraction32(state.parameters.taoWeight);
  return {
    uids: neurons.length,
    block: state.block,
    settings: subnet,
    activityCutoffBlocks: activityCutoff(subnet),
    stakeWeights: Float64Array.from(neurons, (neuron) =>
      toDouble(stakeWeight(state, neuron.hotkey, subnet.netuid, weight), 0),
    ),
    stakeThreshold: toDouble(state.parameters.stakeThreshold, 0),
    permits: Uint8Array.from(neurons, (neuron) => (neuron.permit ? 1 : 0)),
    ownerUid: owner < 0 ? null : owner,
    registeredAt: Float64Array.from(neurons, (neuron) => neuron.registeredAt),
  };
}

/** The same with what one mechanism has of its own. */
export function mechanismInput(
  shared: SharedEpochInput,
  { neurons }: Subnet,
  { mechanism, emissionRao }: { readonly mechanism: number; readonly emissionRao: bigint },
): EpochInput {
  const links = neurons.map((neuron) => linksOn(neuron, mechanism));
  return {
    ...shared,
    emissionRao,
    lastUpdate: Float64Array.from(links, ({ lastUpdate }) => lastUpdate),
    weights: sparseLinks(links.map(({ weights }) => weights)),
    bonds: sparseLinks(links.map(({ bonds }) => bonds)),
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

/** An epoch's outputs for one uid over all mechanisms; `incentive` and `dividend` in rao. */
type Terms = {
  readonly stored: Pick<
    Neuron,
    'active' | 'permit' | 'stakeWeight' | 'validatorTrust' | 'consensus' | 'dividends' | 'emission'
  >;
  incentive: bigint;
  dividend: bigint;
};

function emptyTerms(): Terms {
  const stored = {
    active: false,
    permit: false,
    stakeWeight: 0,
    validatorTrust: 0,
    consensus: 0,
    dividends: 0,
    emission: 0n,
  };
  return { stored, incentive: 0n, dividend: 0n };
}

/** The part of a mechanism in the whole, U64F64; without emission the first counts alone. */
function mechanismWeight(rao: bigint, wholeRao: bigint, mechanism: number): bigint {
  if (wholeRao === 0n) return mechanism === 0 ? ONE_64 : 0n;
  return rao === wholeRao ? ONE_64 : div64(rao, wholeRao);
}

/**
 * Server and validator rao add up. Chain rule: the stored figures, the stored emission among them,
 * are sums weighted with the mechanisms' parts, floored at each.
 */
function addTerms(terms: readonly Terms[], result: EpochResult, weight: bigint): void {
  const part = (value: number): number =>
    weight === ONE_64 ? value : toDouble(mul64(BigInt(value), weight), 0);
  terms.forEach((sum, uid) => {
    const { stored } = sum;
    stored.active ||= result.active[uid] === 1;
    stored.permit ||= result.permits[uid] === 1;
    stored.stakeWeight += part(result.stakeWeight[uid] as number);
    stored.validatorTrust += part(result.validatorTrust[uid] as number);
    stored.consensus += part(result.consensus[uid] as number);
    stored.dividends += part(result.dividends[uid] as number);
    stored.emission += mul64(result.emissionRao[uid] as bigint, weight);
    sum.incentive += result.serverRao[uid] as bigint;
    sum.dividend += result.validatorRao[uid] as bigint;
  });
}

function storeLinks(subnet: Subnet, mechanism: number, result: EpochResult): void {
  subnet.neurons.forEach((neuron, uid) => {
    const links = mechanism === 0 ? neuron : furtherLinks(neuron, mechanism);
    links.incentive = result.incentive[uid] as number;
    links.bonds = rowOf(result.bonds, uid);
  });
}

function rowOf(links: SparseLinks, uid: number): UidValue[] {
  const row: UidValue[] = [];
  for (let i = links.start[uid] as number; i < (links.start[uid + 1] as number); i += 1) {
    row.push([links.target[i] as number, links.value[i] as number]);
  }
  return row;
}
