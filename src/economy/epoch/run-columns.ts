/** The columns of an epoch, one after the other: consensus, clipping, new bonds; then dividends. */
import { type Clipped, type ClipRule, clipColumn } from './clip-column.ts';
import { classicEma, type EmaSum, fixedEma, liquidEma, storeColumn } from './column-bonds.ts';
import { columnMedian } from './column-median.ts';
import type { EpochInput, EpochSettings } from './epoch-types.ts';
import {
  type Gathered,
  gatherDenseBonds,
  gatherDenseWeights,
  gatherNoBonds,
  gatherSparseBonds,
  gatherSparseWeights,
  type WeightsThere,
} from './gather-column.ts';
import type { LiquidRates } from './liquid-alpha.ts';
import { castVotes } from './number-rows.ts';
import { divide, fromU16, multiply, normalize, toReal } from './q32.ts';
import { ABSENT, scratch, withScratch } from './scratch.ts';
import { transposeBonds, transposeWeights } from './transpose.ts';
import type { EpochWorkspace, StoredLinks } from './workspace.ts';

const MILLION = 1_000_000;

/** How weights become bonds. */
type BondRule = ClipRule & {
  /** The fixed rate a, a real number. */
  readonly alpha: number;
  readonly liquid: LiquidRates | undefined;
};

/** What every column of an epoch needs. */
type Columns = {
  readonly input: EpochInput;
  readonly workspace: EpochWorkspace;
  readonly rows: number;
  /** No registration masks a weight. */
  readonly allCount: boolean;
  /** Bonds on targets registered later are erased. */
  readonly latestBond: number;
};

/** Fills consensus and incentive by uid, trust, dividends and new bonds by row. */
export function runColumns(input: EpochInput, workspace: EpochWorkspace, rows: number): void {
  const { uids, settings, weights, bonds } = input;
  const size = { uids, rows };
  const latestBond = lastRun(input) - 1;
  if (weights.kind === 'sparse') transposeWeights(workspace.weights, weights, size);
  if (bonds.kind === 'sparse') transposeBonds(workspace.bonds, bonds, size, latestBond);
  const allCount = newestTarget(uids) <= oldestLimit(rows);
  const columns = { input, workspace, rows, allCount, latestBond };
  const rule = bondRule(settings);
  growColumns(columns, rule);
  // Chain rule: without any consensus the rate is the fixed one.
  const agreed = workspace.byUid.consensus.subarray(0, uids).some((value) => value > 0);
  if (rule.liquid !== undefined && !agreed) growColumns(columns, { ...rule, liquid: undefined });
  normalize(workspace.byUid.incentive, uids);
  payDividends(workspace, size, settings.yuma3);
}

function lastRun({ settings, block }: EpochInput): number {
  return settings.lastMechanismStepBlock === 0
    ? Math.max(0, block - settings.tempo)
    : settings.lastMechanismStepBlock + 1;
}

function newestTarget(uids: number): number {
  let newest = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    newest = Math.max(newest, scratch.registered[uid] as number);
  }
  return newest;
}

function oldestLimit(rows: number): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row += 1) {
    oldest = Math.min(oldest, scratch.rowLatest[row] as number);
  }
  return oldest;
}

function bondRule(settings: EpochSettings): BondRule {
  const rates = {
    low: fromU16(settings.alphaLow),
    high: fromU16(settings.alphaHigh),
    steepness: settings.alphaSigmoidSteepness,
  };
  return {
    penalty: toReal(fromU16(settings.bondsPenalty)),
    yuma3: settings.yuma3,
    alpha: 1 - toReal(divide(settings.bondsMovingAverage, MILLION)),
    liquid: settings.yuma3 && settings.liquidAlpha ? rates : undefined,
  };
}

function growColumns(columns: Columns, rule: BondRule): void {
  const { input, workspace, rows } = columns;
  const { consensus, incentive } = workspace.byUid;
  const total = castVotes(rows);
  const votes = { total, minority: total - fromU16(input.settings.kappa) };
  const absent = rule.yuma3 ? ABSENT : 0;
  scratch.rowTrust.fill(0, 0, rows);
  scratch.rowNewNext.set(scratch.rowNewFirst.subarray(0, rows));
  for (let column = 0; column < input.uids; column += 1) {
    const count = gatherWeights(columns, column);
    const agreed = count === 0 ? 0 : columnMedian(count, votes);
    const clipped = clipColumn(count, agreed, rule);
    consensus[column] = agreed;
    incentive[column] = clipped.rank;
    const gathered = gatherBonds(columns, column, { rows, count, absent });
    const sum = moveBonds(rule, agreed, clipped, gathered);
    if (sum.total > 0) storeColumn(gathered.count, column, sum, workspace.stored);
  }
}

function gatherWeights({ input, workspace, rows, allCount }: Columns, column: number): number {
  const { weights } = input;
  return weights.kind === 'sparse'
    ? gatherSparseWeights(workspace.weights, column)
    : gatherDenseWeights(weights.values, column, { rows, allCount });
}

function gatherBonds(columns: Columns, column: number, to: WeightsThere): Gathered {
  const { bonds } = columns.input;
  if (bonds.kind === 'sparse') return gatherSparseBonds(columns.workspace.bonds, column, to);
  if ((scratch.registered[column] as number) > columns.latestBond) return gatherNoBonds(to);
  return gatherDenseBonds(bonds.values, column, to);
}

function moveBonds(
  { yuma3, alpha, liquid }: BondRule,
  consensus: number,
  { bought }: Clipped,
  { count, held }: Gathered,
): EmaSum {
  if (!yuma3) return classicEma(count, { bought, held }, alpha);
  return liquid === undefined ? fixedEma(count, alpha) : liquidEma(count, consensus, liquid);
}

/** Fills the dividends by row, normalised: shares of incentive, for Yuma3 times active stake. */
function payDividends(
  { byUid, stored }: EpochWorkspace,
  { uids, rows }: { uids: number; rows: number },
  yuma3: boolean,
): void {
  const { targetIncentive, rowActive, rowDividends } = scratch;
  for (let uid = 0; uid < uids; uid += 1) {
    targetIncentive[uid] = toReal(byUid.incentive[uid] as number);
  }
  for (let row = 0; row < rows; row += 1) {
    const earned = earnings(stored, row);
    rowDividends[row] = yuma3 ? multiply(earned, rowActive[row] as number) : earned;
  }
  normalize(rowDividends, rows);
}

/** What a row's new bonds earn. */
const earnings = withScratch(
  ({ targetIncentive, rowNewFirst, rowNewNext }) =>
    ({ target, share }: StoredLinks, row: number): number => {
      const end = rowNewNext[row] as number;
      let earned = 0;
      for (let slot = rowNewFirst[row] as number; slot < end; slot += 1) {
        const incentive = targetIncentive[target[slot] as number] as number;
        earned += Math.floor((share[slot] as number) * incentive);
      }
      return earned;
    },
);
