/** The epoch operations of the economics vectors: a vector's inputs in, `expected` shape out. */
import { inheritStake } from '../../src/economy/dividends.ts';
import { cappedEma, interpolate } from '../../src/economy/epoch/bond-ema.ts';
import { columnMedian } from '../../src/economy/epoch/column-median.ts';
import type { EpochResult, EpochSettings } from '../../src/economy/epoch/epoch-types.ts';
import { liquidAlpha } from '../../src/economy/epoch/liquid-alpha.ts';
import { maxUpscaleU16 } from '../../src/economy/epoch/max-upscale.ts';
import { castVotes } from '../../src/economy/epoch/number-rows.ts';
import { selectTop } from '../../src/economy/epoch/permits.ts';
import { divideBySum, fromReal, normalize, sumOf, toReal } from '../../src/economy/epoch/q32.ts';
import { runEpoch } from '../../src/economy/epoch/run-epoch.ts';
import { scratch } from '../../src/economy/epoch/scratch.ts';
import { type SparsePair, sparseLinks } from '../../src/economy/epoch/sparse-links.ts';
import { weightedMedian } from '../../src/economy/epoch/weighted-median.ts';
import { createEpochWorkspace } from '../../src/economy/epoch/workspace.ts';

type Matrix = number[][];
type Inputs = Record<string, unknown>;

/** By operation name; every function takes a vector's `inputs`. Amounts come back as bigint. */
export const epochOps: Readonly<Record<string, (inputs: never) => unknown>> = {
  epoch: epochOp,
  weighted_median: weightedMedianOp,
  consensus_columns: consensusColumnsOp,
  liquid_alpha: liquidAlphaOp,
  top_k: topKOp,
  max_upscale_u16: (inputs: { values: number[] }) => ({ u16: maxUpscaleU16(inputs.values) }),
  row_normalize: (inputs: { matrix: Matrix }) => ({
    matrix: inputs.matrix.map((row) => inFractions(row, normalizeAll)),
  }),
  col_normalize: (inputs: { matrix: Matrix }) => ({
    matrix: byColumn(inputs.matrix, (column) => inFractions(column, normalizeAll)),
  }),
  col_max_upscale: (inputs: { matrix: Matrix }) => ({
    matrix: byColumn(inputs.matrix, (column) =>
      inFractions(column, (values) => divideBySum(values, values.length, Math.max(...values))),
    ),
  }),
  col_clip: (inputs: { matrix: Matrix; caps: number[] }) => ({
    matrix: inputs.matrix.map((row) =>
      row.map((value, column) => Math.min(value, inputs.caps[column] as number)),
    ),
  }),
  interpolate: (inputs: { a: Matrix; b: Matrix; ratio: number }) => ({
    matrix: cells(inputs.a, (own, row, column) =>
      interpolate(own, fromReal(at(inputs.b, row, column)), inputs.ratio),
    ),
  }),
  ema_liquid_sparse: (inputs: { new: Matrix; old: Matrix; alpha: number }) => ({
    matrix: cells(inputs.new, (fresh, row, column) =>
      fresh === 0 ? 0 : cappedEma(inputs.alpha, fresh, fromReal(at(inputs.old, row, column))),
    ),
  }),
  ema_liquid_matrix_alpha: (inputs: { new: Matrix; old: Matrix; alpha: Matrix }) => ({
    matrix: cells(inputs.new, (fresh, row, column) =>
      cappedEma(at(inputs.alpha, row, column), fresh, fromReal(at(inputs.old, row, column))),
    ),
  }),
  inherited_stake: inheritedStakeOp,
};

function weightedMedianOp(inputs: { stake: number[]; score: number[]; kappa: number }): unknown {
  const stakes = fractions(inputs.stake);
  const reach = sumOf(stakes, stakes.length);
  scratch.candidateScore.set(fractions(inputs.score));
  scratch.candidateVotes.set(stakes);
  const bounds = { minority: reach - fromReal(inputs.kappa), below: 0, reach };
  return { median: toReal(weightedMedian(stakes.length, bounds)) };
}

function consensusColumnsOp(inputs: { stake: number[]; weights: Matrix; kappa: number }): unknown {
  const rows = inputs.stake.length;
  scratch.rowActive.set(inputs.stake);
  const total = castVotes(rows);
  const votes = { total, minority: total - fromReal(inputs.kappa) };
  const consensus = (inputs.weights[0] as number[]).map((_, column) => {
    for (let row = 0; row < rows; row += 1) {
      scratch.columnRow[row] = row;
      scratch.columnWeight[row] = fromReal(at(inputs.weights, row, column));
    }
    return toReal(columnMedian(rows, votes));
  });
  return { consensus };
}

function liquidAlphaOp(inputs: {
  consensus: number;
  weight: number;
  bond: number;
  alpha_low: number;
  alpha_high: number;
  steepness: number;
}): unknown {
  const rates = {
    low: fromReal(inputs.alpha_low),
    high: fromReal(inputs.alpha_high),
    steepness: inputs.steepness,
  };
  const { consensus, weight, bond } = inputs;
  const rate = liquidAlpha(rates, fromReal(consensus), fromReal(weight), fromReal(bond));
  return { alpha: toReal(rate) };
}

function topKOp(inputs: { values: number[]; k: number }): unknown {
  const { length } = inputs.values;
  const selected = new Uint8Array(length);
  const order = new Float64Array(length);
  selectTop(Float64Array.from(inputs.values), length, inputs.k, { selected, order });
  return { selected: Array.from(selected, (flag) => flag === 1) };
}

function inheritedStakeOp(inputs: {
  own: number | string;
  child_proportions: (number | string)[];
  parents: { proportion: number | string; stake: number | string }[];
}): unknown {
  const parents = inputs.parents.map((parent) => ({
    proportion: BigInt(parent.proportion),
    stake: BigInt(parent.stake),
  }));
  const lent = inputs.child_proportions.map(BigInt);
  return { stake: inheritStake(BigInt(inputs.own), lent, parents) };
}

type Step = {
  block: number;
  set_weights?: { uid: number; weights: SparsePair[]; last_update?: number }[];
  stake?: (number | string)[];
  reregister?: { uid: number; block: number }[];
  clear?: number[];
};

type EpochInputs = Inputs & {
  n: number;
  stake_weight: (number | string)[];
  owner_uid: number | null;
  stake_threshold: number;
  activity_cutoff_blocks: number;
  emission_rao: number | string;
  initial_permits: boolean[];
  registration_block: number[];
  initial_weights: 'none' | SparsePair[][];
  initial_bonds: 'none' | SparsePair[][];
  steps: Step[];
};

type Carried = {
  stake: Float64Array;
  permits: Uint8Array;
  lastUpdate: Float64Array;
  registeredAt: Float64Array;
  weights: SparsePair[][];
  bonds: SparsePair[][];
};

function epochOp(inputs: EpochInputs): unknown {
  const { n } = inputs;
  const workspace = createEpochWorkspace(1, 1);
  const carried: Carried = {
    stake: Float64Array.from(inputs.stake_weight, Number),
    permits: Uint8Array.from(inputs.initial_permits, Number),
    lastUpdate: new Float64Array(n),
    registeredAt: Float64Array.from(inputs.registration_block),
    weights: initialLinks(inputs.initial_weights, n),
    bonds: initialLinks(inputs.initial_bonds, n),
  };
  const epochs = inputs.steps.map((step) => {
    applyStep(step, carried);
    const result = runEpoch(
      {
        uids: n,
        block: step.block,
        emissionRao: BigInt(inputs.emission_rao),
        settings: settingsOf(inputs),
        activityCutoffBlocks: inputs.activity_cutoff_blocks,
        stakeWeights: carried.stake,
        stakeThreshold: inputs.stake_threshold,
        permits: carried.permits,
        ownerUid: inputs.owner_uid,
        lastUpdate: carried.lastUpdate,
        registeredAt: carried.registeredAt,
        weights: sparseLinks(carried.weights),
        bonds: sparseLinks(carried.bonds),
      },
      workspace,
    );
    carried.permits.set(result.permits);
    carried.bonds = carried.bonds.map((_, uid) => bondsOf(result, uid));
    return epochOutput(result, carried.bonds);
  });
  return { epochs };
}

function applyStep(step: Step, carried: Carried): void {
  if (step.stake !== undefined) carried.stake.set(step.stake.map(Number));
  for (const { uid, block } of step.reregister ?? []) {
    carried.permits[uid] = 0;
    carried.registeredAt[uid] = block;
    carried.weights[uid] = [];
    carried.bonds[uid] = [];
  }
  for (const uid of step.clear ?? []) carried.weights[uid] = [];
  for (const set of step.set_weights ?? []) {
    carried.weights[set.uid] = set.weights;
    carried.lastUpdate[set.uid] = set.last_update ?? step.block;
  }
}

function epochOutput(result: EpochResult, bonds: SparsePair[][]): unknown {
  return {
    emission: [...result.emissionRao],
    server_emission: [...result.serverRao],
    validator_emission: [...result.validatorRao],
    dividends: [...result.dividends],
    incentive: [...result.incentive],
    consensus: [...result.consensus],
    validator_trust: [...result.validatorTrust],
    new_permits: Array.from(result.permits, (permit) => permit === 1),
    bonds: Object.fromEntries(bonds.flatMap((row, uid) => (row.length > 0 ? [[uid, row]] : []))),
  };
}

function bondsOf({ bonds }: EpochResult, uid: number): SparsePair[] {
  const pairs: SparsePair[] = [];
  for (let link = bonds.start[uid] as number; link < (bonds.start[uid + 1] as number); link += 1) {
    pairs.push([bonds.target[link] as number, bonds.value[link] as number]);
  }
  return pairs;
}

function settingsOf(inputs: EpochInputs): EpochSettings {
  return {
    tempo: inputs.tempo as number,
    lastMechanismStepBlock: inputs.last_mechanism_step_block as number,
    kappa: inputs.kappa_u16 as number,
    bondsMovingAverage: inputs.bonds_moving_average as number,
    bondsPenalty: inputs.bonds_penalty_u16 as number,
    yuma3: inputs.yuma3 as boolean,
    liquidAlpha: inputs.liquid_alpha as boolean,
    alphaLow: inputs.alpha_low_u16 as number,
    alphaHigh: inputs.alpha_high_u16 as number,
    alphaSigmoidSteepness: inputs.alpha_sigmoid_steepness as number,
    maxAllowedValidators: inputs.max_validators as number,
  };
}

function initialLinks(given: 'none' | SparsePair[][], uids: number): SparsePair[][] {
  return Array.from({ length: uids }, (_, uid) => (given === 'none' ? [] : (given[uid] ?? [])));
}

function fractions(values: number[]): Float64Array {
  return Float64Array.from(values, fromReal);
}

function inFractions(values: number[], change: (values: Float64Array) => void): number[] {
  const changed = fractions(values);
  change(changed);
  return Array.from(changed, toReal);
}

function normalizeAll(values: Float64Array): void {
  normalize(values, values.length);
}

function byColumn(matrix: Matrix, change: (column: number[]) => number[]): Matrix {
  const columns = (matrix[0] as number[]).map((_, column) =>
    change(matrix.map((row) => row[column] as number)),
  );
  return matrix.map((_, row) => columns.map((column) => column[row] as number));
}

/** The matrix of `change` over the cells, from fraction to fraction. */
function cells(
  matrix: Matrix,
  change: (value: number, row: number, column: number) => number,
): Matrix {
  return matrix.map((values, row) =>
    values.map((value, column) => toReal(change(fromReal(value), row, column))),
  );
}

function at(matrix: Matrix, row: number, column: number): number {
  return matrix[row]?.[column] as number;
}
