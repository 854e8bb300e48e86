/**
 * Yuma Consensus: one epoch of one subnet mechanism, from stored weights and bonds to consensus,
 * incentive, dividends, new bonds, permits and the split of the emission. Pure but for its workspace.
 */
import { type BondRule, growBonds } from './bonds.ts';
import { findConsensus } from './consensus.ts';
import { splitEmission } from './emission.ts';
import type { EpochInput, EpochResult, EpochSettings, SparseLinks } from './epoch-types.ts';
import { loadBonds, loadWeights, numberRows, sparseRows } from './load-columns.ts';
import { weighStake } from './permits.ts';
import { divide, fromU16, ONE, toU16 } from './q32.ts';
import { validateInput } from './validate-input.ts';
import { type EpochWorkspace, reserve } from './workspace.ts';

const MILLION = 1_000_000;

/**
 * Runs one epoch. The result lives in the workspace until its next epoch; copy what must last.
 * Throws ECONOMY_INVALID_INPUT for input that no chain state can have. Never yields NaN.
 */
export function runEpoch(input: EpochInput, workspace: EpochWorkspace): EpochResult {
  validateInput(input);
  const { uids } = input;
  const weights = sparseRows(input.weights, uids, workspace.denseWeights);
  const bonds = sparseRows(input.bonds, uids, workspace.denseBonds);
  workspace.denseWeights = weights.buffers;
  workspace.denseBonds = bonds.buffers;
  reserve(workspace, {
    uids,
    weights: weights.rows.start[uids] as number,
    bonds: bonds.rows.start[uids] as number,
  });
  weighStake(input, workspace);
  const rows = numberRows(uids, bonds.rows, workspace);
  loadWeights(input, weights.rows, rows, workspace);
  loadBonds(input, bonds.rows, rows, workspace);
  findConsensus(workspace, { uids, rows, kappa: fromU16(input.settings.kappa) });
  growBonds(workspace, { uids, rows, rule: bondRule(input.settings) });
  spreadDividends(workspace, uids, rows);
  splitEmission(workspace, uids, input.emissionRao);
  storeBonds(workspace, uids, bonds.rows);
  return packResult(workspace, uids);
}

/** The bond rule of a subnet's settings. */
export function bondRule(settings: EpochSettings): BondRule {
  const rates = {
    low: fromU16(settings.alphaLow),
    high: fromU16(settings.alphaHigh),
    steepness: settings.alphaSigmoidSteepness,
  };
  return {
    yuma3: settings.yuma3,
    alpha: ONE - divide(settings.bondsMovingAverage, MILLION),
    liquid: settings.liquidAlpha ? rates : undefined,
    penalty: fromU16(settings.bondsPenalty),
  };
}

/** Moves dividends and trust from rows to uids. */
function spreadDividends(workspace: EpochWorkspace, uids: number, rows: number): void {
  const { dividends, validatorTrustU16 } = workspace.byUid;
  const { uid: uidOf, dividends: byRow, trust } = workspace.byRow;
  dividends.fill(0, 0, uids);
  validatorTrustU16.fill(0, 0, uids);
  for (let row = 0; row < rows; row += 1) {
    const uid = uidOf[row] as number;
    dividends[uid] = byRow[row] as number;
    validatorTrustU16[uid] = toU16(trust[row] as number);
  }
}

/**
 * Turns the new bond columns into stored rows. Chain rule: uids with a new permit get their row, those
 * that lose theirs are cleared, and a row of neither stays as it was.
 */
function storeBonds(workspace: EpochWorkspace, uids: number, before: SparseLinks): void {
  const { row, permits, newPermits, bondStart, fill } = workspace.byUid;
  const { uid: uidOf, bondCount } = workspace.byRow;
  const { ema } = workspace;
  let filled = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    bondStart[uid] = filled;
    fill[uid] = filled;
    const own = row[uid] as number;
    if (own < 0) continue;
    if (newPermits[uid] === 1) filled += bondCount[own] as number;
    else if (permits[uid] === 0) filled = keepRow(workspace, before, uid, filled);
  }
  bondStart[uids] = filled;
  for (let column = 0; column < uids; column += 1) {
    const end = ema.start[column + 1] as number;
    for (let at = ema.start[column] as number; at < end; at += 1) {
      const uid = uidOf[ema.row[at] as number] as number;
      if (newPermits[uid] === 0) continue;
      const slot = fill[uid] as number;
      fill[uid] = slot + 1;
      ema.target[slot] = column;
      ema.storedValue[slot] = ema.value[at] as number;
    }
  }
}

function keepRow(
  workspace: EpochWorkspace,
  before: SparseLinks,
  uid: number,
  filled: number,
): number {
  const first = before.start[uid] as number;
  const end = before.start[uid + 1] as number;
  for (let at = first; at < end; at += 1) {
    workspace.ema.target[filled + at - first] = before.target[at] as number;
    workspace.ema.storedValue[filled + at - first] = before.value[at] as number;
  }
  return filled + end - first;
}

function packResult(workspace: EpochWorkspace, uids: number): EpochResult {
  const { byUid, ema } = workspace;
  const { stake, consensus, incentive, dividends } = byUid;
  const { stakeWeightU16, consensusU16, incentiveU16, dividendsU16 } = byUid;
  for (let uid = 0; uid < uids; uid += 1) {
    stakeWeightU16[uid] = toU16(stake[uid] as number);
    consensusU16[uid] = toU16(consensus[uid] as number);
    incentiveU16[uid] = toU16(incentive[uid] as number);
    dividendsU16[uid] = toU16(dividends[uid] as number);
  }
  return {
    uids,
    stakeWeight: stakeWeightU16.subarray(0, uids),
    active: byUid.active.subarray(0, uids),
    permits: byUid.newPermits.subarray(0, uids),
    consensus: consensusU16.subarray(0, uids),
    validatorTrust: byUid.validatorTrustU16.subarray(0, uids),
    incentive: incentiveU16.subarray(0, uids),
    dividends: dividendsU16.subarray(0, uids),
    emissionRao: byUid.emissionRao.subarray(0, uids),
    serverRao: byUid.serverRao.subarray(0, uids),
    validatorRao: byUid.validatorRao.subarray(0, uids),
    bonds: {
      kind: 'sparse',
      start: byUid.bondStart.subarray(0, uids + 1),
      target: ema.target,
      value: ema.storedValue,
    },
    fractions: {
      consensus: consensus.subarray(0, uids),
      incentive: incentive.subarray(0, uids),
      dividends: dividends.subarray(0, uids),
    },
  };
}
