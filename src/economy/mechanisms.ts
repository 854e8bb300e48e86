/**
 * Several incentive mechanisms on one subnet: how many, how the emission is split over them, and
 * where each keeps its weights and bonds. Stakes and permits are shared.
 */
import { splitOverMechanisms } from './epoch/mechanisms.ts';
import { failure, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import type { Account, EconomyState, Failure, Outcome } from './state.ts';
import type { MechanismLinks, Neuron, Subnet } from './subnet.ts';

/** The chain's MaxMechanismCount. */
export const MAX_MECHANISMS = 2;
/** Uids over all mechanisms together. */
const MAX_UIDS_OVER_MECHANISMS = 256;
const SPLIT_SUM = 65_535;
/** Netuid indices of one mechanism. */
export const NETUIDS_PER_MECHANISM = 4_096;

type OwnerCall = { readonly coldkey: Account; readonly netuid: number };

/**
 * The number under which the chain keeps what a mechanism has of its own; the netuid for the first.
 */
export function netuidIndex(netuid: number, mechanism: number): number {
  return mechanism * NETUIDS_PER_MECHANISM + netuid;
}

/** How many mechanisms a subnet has, at least one. */
export function mechanismsOf(subnet: Pick<Subnet, 'mechanismCount'>): number {
  return subnet.mechanismCount ?? 1;
}

/** The rao of each mechanism; they sum to `emissionRao`, the remainder is with the first. */
export function splitEpochEmission(
  subnet: Pick<Subnet, 'mechanismCount' | 'mechanismSplit'>,
  emissionRao: bigint,
): bigint[] {
  return splitOverMechanisms(emissionRao, mechanismsOf(subnet), subnet.mechanismSplit);
}

/** A neuron's links on a mechanism beyond the first; made when absent. */
export function furtherLinks(neuron: Neuron, mechanism: number): MechanismLinks {
  neuron.further ??= [];
  while (neuron.further.length < mechanism) neuron.further.push(noLinks(neuron));
  return neuron.further[mechanism - 1] as MechanismLinks;
}

/** A neuron's links on any mechanism, for reading. */
export function linksOn(neuron: Neuron, mechanism: number): MechanismLinks {
  return mechanism === 0 ? neuron : (neuron.further?.[mechanism - 1] ?? noLinks(neuron));
}

/**
 * Sets the number of mechanisms. Fewer than before forgets the weights and bonds of those that go;
 * any change makes the split even again.
 */
export function setMechanismCount(
  state: EconomyState,
  call: OwnerCall & { readonly count: number },
): Outcome {
  const subnet = ownedSubnet(state, call);
  if ('ok' in subnet) return subnet;
  const { count } = call;
  if (!Number.isInteger(count) || count < 1 || count > MAX_MECHANISMS) {
    return failure('InvalidValue');
  }
  if (count > 1 && subnet.maxAllowedUids * count > MAX_UIDS_OVER_MECHANISMS) {
    return failure('TooManyUIDsPerMechanism');
  }
  if (count === mechanismsOf(subnet)) return success([], {});
  if (count === 1) {
    delete subnet.mechanismCount;
    for (const neuron of subnet.neurons) delete neuron.further;
  } else subnet.mechanismCount = count;
  delete subnet.mechanismSplit;
  return success([], {});
}

/** Sets the u16 parts of the mechanisms, which must sum to 65,535; without `split` they are even. */
export function setMechanismSplit(
  state: EconomyState,
  call: OwnerCall & { readonly split?: readonly number[] },
): Outcome {
  const subnet = ownedSubnet(state, call);
  if ('ok' in subnet) return subnet;
  const { split } = call;
  if (split === undefined) {
    delete subnet.mechanismSplit;
    return success([], {});
  }
  const isU16 = (part: number) => Number.isInteger(part) && part >= 0 && part <= SPLIT_SUM;
  const sum = split.reduce((total, part) => total + part, 0);
  if (split.length > mechanismsOf(subnet) || !split.every(isU16) || sum !== SPLIT_SUM) {
    return failure('InvalidValue');
  }
  subnet.mechanismSplit = [...split];
  return success([], {});
}

function ownedSubnet(state: EconomyState, call: OwnerCall): Subnet | Failure {
  const subnet = state.subnets[call.netuid];
  if (subnet === undefined || call.netuid === ROOT) return failure('MechanismDoesNotExist');
  return subnet.owner === call.coldkey ? subnet : failure('NotSubnetOwner');
}

/** Where nothing was set, the last update is the registration. */
function noLinks(neuron: Neuron): MechanismLinks {
  return { weights: [], bonds: [], lastUpdate: neuron.registeredAt, incentive: 0 };
}
