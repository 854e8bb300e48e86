/**
 * A second epoch, written for checking the first: whole matrices, big integers with 32 binary
 * places, one rule of the chain after the other, and no thought of speed.
 */
import type { EpochInput, Links } from '../../src/economy/epoch/epoch-types.ts';

/** An entry is absent or a fraction of 2^32. */
type Matrix = (bigint | undefined)[][];

export type ExactEpoch = {
  readonly permits: boolean[];
  readonly consensus: number[];
  readonly validatorTrust: number[];
  readonly incentive: number[];
  readonly dividends: number[];
  readonly stakeWeight: number[];
  readonly active: boolean[];
  readonly serverRao: bigint[];
  readonly validatorRao: bigint[];
  readonly emissionRao: bigint[];
  /** Pairs of target and u16 per uid, targets ascending. */
  readonly bonds: [number, number][][];
};

const SHIFT = 32n;
const ONE = 1n << SHIFT;

export function exactEpoch(input: EpochInput): ExactEpoch {
  const uids = [...Array(input.uids).keys()];
  const { settings } = input;
  const inForce = uids.map((uid) => input.permits[uid] !== 0 || uid === input.ownerUid);
  const stake = normalized(countedStake(input, uids));
  const active = uids.map(
    (uid) => !((input.lastUpdate[uid] as number) + input.activityCutoffBlocks < input.block),
  );
  const activeStake = normalized(
    stake.map((value, uid) => (inForce[uid] && active[uid] ? value : 0n)),
  );
  const permits = topPermits(stake, settings.maxAllowedValidators);
  if (input.ownerUid !== null) permits[input.ownerUid] = true;

  const weights = keptWeights(input, uids, inForce);
  const consensus = uids.map((column) => medianOf(weights, activeStake, column, settings.kappa));
  const clipped = mapped(weights, (value, _, column) => {
    const limit = consensus[column] as bigint;
    if (value <= limit) return value;
    return limit > 0n ? limit : undefined;
  });
  const trust = clipped.map((row) => sum(row.map((value) => value ?? 0n)));
  const incentive = normalized(
    uids.map((column) =>
      sum(clipped.map((row, uid) => times(row[column] ?? 0n, activeStake[uid] as bigint))),
    ),
  );
  const forBonds = bondWeights(weights, clipped, settings.bondsPenalty);
  const held = keptBonds(input, uids);
  const grown = settings.yuma3
    ? yuma3(input, forBonds, held, consensus)
    : classic(input, forBonds, held, activeStake);
  const shares = byColumn(grown, normalized);
  const earned = shares.map((row) =>
    sum(row.map((value, column) => times(value ?? 0n, incentive[column] as bigint))),
  );
  const dividends = normalized(
    settings.yuma3 ? earned.map((value, uid) => times(value, activeStake[uid] as bigint)) : earned,
  );
  const stored = settings.yuma3 ? grown : byColumn(shares, upscaled);
  return {
    permits,
    active,
    stakeWeight: stake.map(u16),
    consensus: consensus.map(u16),
    validatorTrust: trust.map(u16),
    incentive: incentive.map(u16),
    dividends: dividends.map(u16),
    ...split(input.emissionRao, incentive, dividends, sum(activeStake) > 0n ? activeStake : stake),
    bonds: uids.map((uid) => {
      if (permits[uid]) return pairsOf(stored[uid] as (bigint | undefined)[], u16);
      return inForce[uid] ? [] : rawPairs(input.bonds, uid, input.uids).filter(([, v]) => v > 0);
    }),
  };
}

function countedStake(input: EpochInput, uids: number[]): bigint[] {
  return uids.map((uid) => {
    const weight = input.stakeWeights[uid] as number;
    return weight < input.stakeThreshold ? 0n : BigInt(weight);
  });
}

function topPermits(stake: bigint[], limit: number): boolean[] {
  const order = stake
    .map((value, uid) => ({ value, uid }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.uid - b.uid));
  const losers = new Set(order.slice(0, Math.max(0, stake.length - limit)).map(({ uid }) => uid));
  return stake.map((value, uid) => value > 0n && !losers.has(uid));
}

function keptWeights(input: EpochInput, uids: number[], inForce: boolean[]): Matrix {
  return uids.map((uid) => {
    const row: (bigint | undefined)[] = uids.map(() => undefined);
    if (!inForce[uid]) return row;
    for (const [target, value] of rawPairs(input.weights, uid, input.uids)) {
      const registered = input.registeredAt[target] as number;
      const commit = input.commitBlock?.[uid] ?? Number.POSITIVE_INFINITY;
      const ownLink = target === uid && uid !== input.ownerUid;
      const outdated = (input.lastUpdate[uid] as number) <= registered || commit < registered;
      if (!ownLink && !outdated) row[target] = BigInt(value) << SHIFT;
    }
    return normalizedEntries(row);
  });
}

/** The largest v such that stake with weight ≥ v is at least κ, with the chain's rounded stakes. */
function medianOf(weights: Matrix, stake: bigint[], column: number, kappaU16: number): bigint {
  const voters = stake.flatMap((value, uid) => (value > 0n ? [{ value, uid }] : []));
  const votes = normalized(voters.map(({ value }) => value));
  const minority = sum(votes) - (BigInt(kappaU16) << SHIFT) / 65_535n;
  const scores = voters.map(({ uid }) => weights[uid]?.[column] ?? 0n);
  const ascending = [...new Set(scores)].sort((a, b) => (a < b ? -1 : 1));
  for (const score of ascending) {
    const upTo = sum(votes.filter((_, index) => (scores[index] as bigint) <= score));
    if (minority < upTo) return score;
  }
  return ascending.at(-1) ?? 0n;
}

function bondWeights(own: Matrix, clipped: Matrix, penaltyU16: number): Matrix {
  if (penaltyU16 === 0) return own;
  if (penaltyU16 === 65_535) return clipped;
  const penalty = (BigInt(penaltyU16) << SHIFT) / 65_535n;
  return mapped(own, (value, row, column) => {
    const mixed = value + times(penalty, (clipped[row]?.[column] ?? 0n) - value);
    return mixed > 0n ? mixed : undefined;
  });
}

function keptBonds(input: EpochInput, uids: number[]): Matrix {
  const { lastMechanismStepBlock, tempo } = input.settings;
  const lastRun =
    lastMechanismStepBlock === 0 ? Math.max(0, input.block - tempo) : lastMechanismStepBlock + 1;
  return uids.map((uid) => {
    const row: (bigint | undefined)[] = uids.map(() => undefined);
    for (const [target, value] of rawPairs(input.bonds, uid, input.uids)) {
      if (lastRun > (input.registeredAt[target] as number)) row[target] = BigInt(value);
    }
    return row;
  });
}

function classic(input: EpochInput, weights: Matrix, held: Matrix, stake: bigint[]): Matrix {
  const bought = byColumn(
    mapped(weights, (value, row) => times(value, stake[row] as bigint)),
    normalized,
  );
  const kept = byColumn(held, normalized);
  return moved(bought, kept, () => fixedRate(input));
}

function yuma3(
  input: EpochInput,
  weights: Matrix,
  held: Matrix,
  consensus: readonly bigint[],
): Matrix {
  const { settings } = input;
  const kept = mapped(held, (value) => (value << SHIFT) / 65_535n);
  if (!settings.liquidAlpha || consensus.every((value) => value === 0n)) {
    return moved(weights, kept, () => fixedRate(input));
  }
  const low = (BigInt(settings.alphaLow) << SHIFT) / 65_535n;
  const high = (BigInt(settings.alphaHigh) << SHIFT) / 65_535n;
  const grown = moved(weights, kept, (weight, bond, column) => {
    const limit = consensus[column] as bigint;
    const gap = weight >= bond ? weight - limit : bond - weight;
    const distance = Number(gap < 0n ? 0n : gap > ONE ? ONE : gap) / 2 ** 32;
    const steepness = settings.alphaSigmoidSteepness / 100;
    const sigmoid = BigInt(Math.floor(2 ** 32 / (1 + Math.exp(-steepness * (distance - 0.5)))));
    const rate = low + times(sigmoid, high - low);
    return rate < low ? low : rate > high ? high : rate;
  });
  return mapped(grown, (value, row, column) => {
    if (weights[row]?.[column] === undefined) return undefined;
    return value > ONE ? ONE : value;
  });
}

function fixedRate(input: EpochInput): bigint {
  return ONE - (BigInt(input.settings.bondsMovingAverage) << SHIFT) / 1_000_000n;
}

/** rate × fresh + (1 − rate) × kept, where above zero. */
function moved(
  fresh: Matrix,
  kept: Matrix,
  rateOf: (weight: bigint, bond: bigint, column: number) => bigint,
): Matrix {
  return fresh.map((row, uid) =>
    row.map((entry, column) => {
      const weight = entry ?? 0n;
      const bond = kept[uid]?.[column] ?? 0n;
      const rate = rateOf(weight, bond, column);
      const value = times(rate, weight) + times(ONE - rate, bond);
      return value > 0n ? value : undefined;
    }),
  );
}

function split(rao: bigint, incentive: bigint[], dividends: bigint[], fallback: bigint[]) {
  const combined = incentive.map((value, uid) => value + (dividends[uid] as bigint));
  const total = sum(combined);
  const partOf = (value: bigint) => times(total === 0n ? 0n : (value << SHIFT) / total, rao);
  const byStake = fallback.map((value) => times(value, rao));
  return {
    serverRao: incentive.map(partOf),
    validatorRao: total === 0n ? byStake : dividends.map(partOf),
    emissionRao: total === 0n ? byStake : combined.map(partOf),
  };
}

function rawPairs(links: Links, uid: number, uids: number): [number, number][] {
  if (links.kind === 'sparse') {
    const span = [links.start[uid] as number, links.start[uid + 1] as number] as const;
    const values = links.value.subarray(...span);
    return [...links.target.subarray(...span)].map((target, at) => [target, values[at] as number]);
  }
  const row = links.rows.indexOf(uid);
  if (row < 0) return [];
  const values = [...links.values.subarray(row * uids, (row + 1) * uids)];
  return values.flatMap((value, target): [number, number][] =>
    value === 0 ? [] : [[target, value]],
  );
}

function pairsOf(row: (bigint | undefined)[], write: (value: bigint) => number) {
  return row.flatMap((value, target): [number, number][] =>
    value === undefined ? [] : [[target, write(value)]],
  );
}

function mapped(
  matrix: Matrix,
  change: (value: bigint, row: number, column: number) => bigint | undefined,
): Matrix {
  return matrix.map((row, uid) =>
    row.map((value, column) => (value === undefined ? undefined : change(value, uid, column))),
  );
}

function byColumn(matrix: Matrix, change: (column: bigint[]) => bigint[]): Matrix {
  const columns = matrix.map((_, column) => change(matrix.map((row) => row[column] ?? 0n)));
  return mapped(matrix, (_, row, column) => columns[column]?.[row] as bigint);
}

function normalizedEntries(row: (bigint | undefined)[]): (bigint | undefined)[] {
  const values = normalized(row.map((value) => value ?? 0n));
  return row.map((value, column) => (value === undefined ? undefined : values[column]));
}

function normalized(values: bigint[]): bigint[] {
  const total = sum(values);
  return values.map((value) => (total === 0n ? 0n : (value << SHIFT) / total));
}

function upscaled(values: bigint[]): bigint[] {
  let most = 0n;
  for (const value of values) if (value > most) most = value;
  return values.map((value) => (most === 0n ? 0n : (value << SHIFT) / most));
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> SHIFT;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}

function u16(value: bigint): number {
  return Number((value * 65_535n) >> SHIFT);
}
