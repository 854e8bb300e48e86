/**
 * Runs the exact epoch on estimated stakes when its result may have changed, and otherwise keeps
 * the last one: with constant weights, bonds settle and stakes move slowly.
 */

import type { EpochResult, SparseLinks } from '../epoch/epoch-types.ts';
import { runEpoch } from '../epoch/run-epoch.ts';
import { activityCutoff } from '../epoch-call.ts';
import { toDouble } from '../fixed.ts';
import { splitEpochEmission } from '../mechanisms.ts';
import type {
  EpochEstimate,
  MechanismEstimate,
  Projection,
  StakeEstimate,
  SubnetProjection,
} from './projection-types.ts';

/** The emission of an epoch that only asks for fractions: more bits than a fraction has. */
const WHOLE_BITS = 48;
const WHOLE = 1n << BigInt(WHOLE_BITS);

/** Brings the fractions up to date for an epoch at `block`. */
export function refreshEpoch(
  projection: Projection,
  subnet: SubnetProjection,
  block: number,
): void {
  const { epoch, stake } = subnet;
  const { tolerance, longestReuse } = projection.settings;
  const stakes = weighStakes(projection, stake, epoch);
  const isStale = epoch.age < 0 || epoch.age >= longestReuse || block >= epoch.staleFrom;
  if (!isStale && epoch.isSettled && drift(stakes, epoch.stakeAtRun) <= tolerance) {
    epoch.age += 1;
  } else {
    subnet.epochsRun += 1;
    const moved = runFractions(projection, epoch, stakes, block);
    epoch.isSettled = epoch.age >= 0 && moved <= tolerance;
    epoch.age = 0;
    keepShares(stakes, epoch.stakeAtRun);
  }
  epoch.lastStepBlock = block;
}

/** Inherited alpha plus weighted inherited root stake by uid. */
function weighStakes(
  { rules, rootStake }: Projection,
  stake: StakeEstimate,
  epoch: EpochEstimate,
): Float64Array {
  const weigh = (place: number): number =>
    (stake.value[place] as number) +
    (rootStake[stake.rootAt[place] as number] as number) * rules.taoWeight;
  const stakes = new Float64Array(epoch.server.length);
  for (let uid = 0; uid < stakes.length; uid += 1) {
    const family = stake.families[uid];
    let weight = weigh(stake.uidPlace[uid] as number);
    if (family !== undefined) {
      weight *= family.keptPart;
      for (const parent of family.parents) weight += weigh(parent.place) * parent.proportion;
    }
    stakes[uid] = weight;
  }
  return stakes;
}

/** How far the normalised stakes have moved, summed. */
function drift(stakes: Float64Array, before: Float64Array): number {
  let sum = 0;
  for (let uid = 0; uid < stakes.length; uid += 1) sum += stakes[uid] as number;
  if (sum === 0) return 0;
  let moved = 0;
  for (let uid = 0; uid < stakes.length; uid += 1) {
    moved += Math.abs((stakes[uid] as number) / sum - (before[uid] as number));
  }
  return moved;
}

function keepShares(stakes: Float64Array, kept: Float64Array): void {
  let sum = 0;
  for (let uid = 0; uid < stakes.length; uid += 1) sum += stakes[uid] as number;
  for (let uid = 0; uid < stakes.length; uid += 1) {
    kept[uid] = sum > 0 ? (stakes[uid] as number) / sum : 0;
  }
}

/** Runs every mechanism; gives how far the fractions moved, summed. */
function runFractions(
  projection: Projection,
  epoch: EpochEstimate,
  stakeWeights: Float64Array,
  block: number,
): number {
  const { subnet, server, validator, permits } = epoch;
  const uids = server.length;
  const cutoff = activityCutoff(subnet);
  const newServer = new Float64Array(uids);
  const newValidator = new Float64Array(uids);
  const newPermits = new Uint8Array(uids);
  epoch.staleFrom = Number.POSITIVE_INFINITY;
  const emissions = splitEpochEmission(subnet, WHOLE);
  epoch.mechanisms.forEach((mechanism, index) => {
    const result = runEpoch(
      {
        uids,
        block,
        emissionRao: emissions[index] as bigint,
        settings: { ...subnet, lastMechanismStepBlock: epoch.lastStepBlock },
        activityCutoffBlocks: cutoff,
        stakeWeights,
        stakeThreshold: projection.rules.stakeThreshold,
        permits,
        ownerUid: epoch.ownerUid,
        lastUpdate: lastUpdates(projection, mechanism, block),
        registeredAt: epoch.registeredAt,
        weights: mechanism.weights,
        bonds: mechanism.bonds,
      },
      projection.workspace,
    );
    mechanism.bonds = copyLinks(result);
    epoch.staleFrom = Math.min(epoch.staleFrom, nextInactive(mechanism, cutoff, block));
    for (let uid = 0; uid < uids; uid += 1) {
      newServer[uid] =
        (newServer[uid] as number) + toDouble(result.serverRao[uid] as bigint, WHOLE_BITS);
      newValidator[uid] =
        (newValidator[uid] as number) + toDouble(result.validatorRao[uid] as bigint, WHOLE_BITS);
      newPermits[uid] = (newPermits[uid] as number) | (result.permits[uid] as number);
    }
  });
  let moved = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    moved += Math.abs((newServer[uid] as number) - (server[uid] as number));
    moved += Math.abs((newValidator[uid] as number) - (validator[uid] as number));
    if (newPermits[uid] !== permits[uid]) moved += 1;
  }
  server.set(newServer);
  validator.set(newValidator);
  permits.set(newPermits);
  return moved;
}

/** Who repeats its weights is at every block as long since its last update as at the start. */
function lastUpdates(
  { startBlock }: Projection,
  { lastUpdate, repeats }: MechanismEstimate,
  block: number,
): Float64Array {
  return lastUpdate.map((at, uid) => (repeats[uid] === 1 ? at + block - startBlock : at));
}

function nextInactive(mechanism: MechanismEstimate, cutoff: number, block: number): number {
  let next = Number.POSITIVE_INFINITY;
  mechanism.lastUpdate.forEach((at, uid) => {
    const from = at + cutoff + 1;
    if (mechanism.repeats[uid] === 0 && from > block) next = Math.min(next, from);
  });
  return next;
}

/** The result's bonds outlive the workspace. */
function copyLinks({ bonds, uids }: EpochResult): SparseLinks {
  const end = bonds.start[uids] as number;
  return {
    kind: 'sparse',
    start: bonds.start.slice(0, uids + 1),
    target: bonds.target.slice(0, end),
    value: bonds.value.slice(0, end),
  };
}
