/** Refuses epoch input that no chain state can have, before it could turn into NaN. */
import { TaoError } from '../../errors/tao-error.ts';
import type { DenseLinks, EpochInput, Links, SparseLinks } from './epoch-types.ts';
import { U16_ONE } from './q32.ts';
import { MAX_UIDS } from './scratch.ts';

const MILLION = 1_000_000;
const MAX_STEEPNESS = 32_767;

/** Throws ECONOMY_INVALID_INPUT naming the first field that is wrong. */
export function validateInput(input: EpochInput): void {
  const { uids, ownerUid } = input;
  whole('uids', uids, MAX_UIDS);
  whole('block', input.block);
  whole('activityCutoffBlocks', input.activityCutoffBlocks);
  if (input.emissionRao < 0n || input.emissionRao >= 2n ** 64n) {
    refuse('emissionRao', 'must be a u64', input.emissionRao.toString());
  }
  if (ownerUid !== null) whole('ownerUid', ownerUid, uids - 1);
  if (!(input.stakeThreshold >= 0)) refuse('stakeThreshold', 'must not be negative');
  validateSettings(input);
  length('permits', input.permits.length, uids);
  amounts('stakeWeights', input.stakeWeights, uids, 2 ** 64);
  amounts('lastUpdate', input.lastUpdate, uids, Number.MAX_SAFE_INTEGER);
  amounts('registeredAt', input.registeredAt, uids, Number.MAX_SAFE_INTEGER);
  if (input.commitBlock !== undefined) {
    amounts('commitBlock', input.commitBlock, uids, Number.POSITIVE_INFINITY);
  }
  validateLinks('weights', input.weights, uids);
  validateLinks('bonds', input.bonds, uids);
}

function validateSettings({ settings }: EpochInput): void {
  whole('tempo', settings.tempo);
  whole('lastMechanismStepBlock', settings.lastMechanismStepBlock);
  whole('kappa', settings.kappa, U16_ONE);
  whole('bondsMovingAverage', settings.bondsMovingAverage, MILLION);
  whole('bondsPenalty', settings.bondsPenalty, U16_ONE);
  whole('alphaHigh', settings.alphaHigh, U16_ONE);
  whole('alphaLow', settings.alphaLow, settings.alphaHigh);
  whole('alphaSigmoidSteepness', Math.abs(settings.alphaSigmoidSteepness), MAX_STEEPNESS);
  whole('maxAllowedValidators', settings.maxAllowedValidators, U16_ONE);
}

function validateLinks(field: string, links: Links, uids: number): void {
  if (links.kind === 'dense') validateDense(field, links, uids);
  else validateSparse(field, links, uids);
}

function validateDense(field: string, links: DenseLinks, uids: number): void {
  length(`${field}.values`, links.values.length, links.rows.length * uids);
  let previous = -1;
  for (const uid of links.rows) {
    if (uid <= previous || uid >= uids) refuse(`${field}.rows`, 'must ascend below the uid count');
    previous = uid;
  }
}

function validateSparse(field: string, links: SparseLinks, uids: number): void {
  const { start, target } = links;
  length(`${field}.start`, start.length, uids + 1);
  if (start[0] !== 0) refuse(`${field}.start`, 'must begin at zero');
  const total = start[uids] as number;
  if (total > target.length || total > links.value.length) {
    refuse(`${field}.start`, 'must not point beyond the links');
  }
  let ascending = true;
  for (let uid = 0; uid < uids; uid += 1) {
    const end = start[uid + 1] as number;
    if (end < (start[uid] as number) || end > total) refuse(`${field}.start`, 'must not descend');
    let previous = -1;
    for (let at = start[uid] as number; at < end; at += 1) {
      const link = target[at] as number;
      if (link >= uids) refuse(`${field}.target`, `must be below ${uids} for uid ${uid}`);
      if (link <= previous) ascending = false;
      previous = link;
    }
  }
  if (!ascending) refuseRepeats(field, links, uids);
}

/** Links in no order are fine, two to one target are not. */
function refuseRepeats(field: string, { start, target }: SparseLinks, uids: number): void {
  const lastSource = new Int32Array(uids).fill(-1);
  for (let uid = 0; uid < uids; uid += 1) {
    const end = start[uid + 1] as number;
    for (let at = start[uid] as number; at < end; at += 1) {
      const link = target[at] as number;
      if (lastSource[link] === uid) refuse(`${field}.target`, `must not repeat for uid ${uid}`);
      lastSource[link] = uid;
    }
  }
}

function amounts(field: string, values: Float64Array, uids: number, limit: number): void {
  length(field, values.length, uids);
  for (let uid = 0; uid < uids; uid += 1) {
    const value = values[uid] as number;
    if (!(value >= 0 && value <= limit)) {
      refuse(field, `must be a number from zero up for uid ${uid}`, String(value));
    }
  }
}

function whole(field: string, value: number, limit = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= 0 && value <= limit) return;
  refuse(field, `must be a whole number from 0 to ${limit}`, String(value));
}

function length(field: string, actual: number, expected: number): void {
  if (actual !== expected) refuse(field, `must have ${expected} entries`, String(actual));
}

function refuse(field: string, constraint: string, value?: string): never {
  throw new TaoError('ECONOMY_INVALID_INPUT', {
    message: `Couldn't run the epoch: ${field} ${constraint}.`,
    data: value === undefined ? { field } : { field, value },
  });
}
