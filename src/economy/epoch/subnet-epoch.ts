/** The epoch on the state machine's subnet: neurons to typed arrays, results back to neurons. */
import type { Subnet, UidValue } from '../subnet.ts';
import type { EpochInput, EpochResult } from './epoch-types.ts';
import { ONE } from './q32.ts';
import { runEpoch } from './run-epoch.ts';
import { sparseLinks } from './sparse-links.ts';
import { createEpochWorkspace, type EpochWorkspace } from './workspace.ts';

/** What the epoch needs beyond the subnet itself. */
export type SubnetEpochCall = {
  readonly block: number;
  /** Server, validator and root pending together, rao of alpha. */
  readonly emissionRao: bigint;
  /** Inherited alpha plus weighted inherited root stake per uid, rao. */
  readonly stakeWeights: readonly bigint[];
  /** Rao. */
  readonly stakeThreshold: bigint;
  readonly ownerUid: number | null;
};

/**
 * Runs the epoch of a subnet without changing it. The result lives in `workspace`; a workspace kept
 * across calls saves its allocation. Throws ECONOMY_INVALID_INPUT.
 */
export function runSubnetEpoch(
  subnet: Subnet,
  call: SubnetEpochCall,
  workspace: EpochWorkspace = createEpochWorkspace(0, subnet.neurons.length),
): EpochResult {
  const { neurons } = subnet;
  const input: EpochInput = {
    uids: neurons.length,
    block: call.block,
    emissionRao: call.emissionRao,
    settings: subnet,
    activityCutoffBlocks: activityCutoff(subnet),
    stakeWeights: Float64Array.from(call.stakeWeights, raoToDouble),
    stakeThreshold: raoToDouble(call.stakeThreshold),
    permits: Uint8Array.from(neurons, (neuron) => (neuron.permit ? 1 : 0)),
    ownerUid: call.ownerUid,
    lastUpdate: Float64Array.from(neurons, (neuron) => neuron.lastUpdate),
    registeredAt: Float64Array.from(neurons, (neuron) => neuron.registeredAt),
    weights: sparseLinks(neurons.map((neuron) => neuron.weights)),
    bonds: sparseLinks(neurons.map((neuron) => neuron.bonds)),
  };
  return runEpoch(input, workspace);
}

/** Writes a result's outputs, permits and bonds into the subnet's neurons. */
export function storeEpoch(subnet: Subnet, result: EpochResult): void {
  subnet.neurons.forEach((neuron, uid) => {
    neuron.active = result.active[uid] === 1;
    neuron.permit = result.permits[uid] === 1;
    neuron.stakeWeight = result.stakeWeight[uid] as number;
    neuron.validatorTrust = result.validatorTrust[uid] as number;
    neuron.consensus = result.consensus[uid] as number;
    neuron.incentive = result.incentive[uid] as number;
    neuron.dividends = result.dividends[uid] as number;
    neuron.emission = result.emissionRao[uid] as bigint;
    neuron.bonds = bondsOf(result, uid);
  });
}

/** The bonds of one uid to store, as pairs of target and u16 value. */
export function bondsOf({ bonds }: EpochResult, uid: number): UidValue[] {
  const pairs: UidValue[] = [];
  const end = bonds.start[uid + 1] as number;
  for (let at = bonds.start[uid] as number; at < end; at += 1) {
    pairs.push([bonds.target[at] as number, bonds.value[at] as number]);
  }
  return pairs;
}

/** Blocks without an update after which a uid is inactive: a per-mille of the tempo, at least one. */
export function activityCutoff(
  subnet: Pick<Subnet, 'tempo' | 'activityCutoffFactorMilli'>,
): number {
  return Math.max(1, Math.floor((subnet.tempo * subnet.activityCutoffFactorMilli) / 1_000));
}

const word = new DataView(new ArrayBuffer(8));

/** The double nearest to a u64 of rao: stake only enters the epoch as a share of all stake. */
export function raoToDouble(rao: bigint): number {
  word.setBigUint64(0, rao);
  return word.getUint32(0) * ONE + word.getUint32(4);
}
