/**
 * Yuma Consensus: one epoch of one subnet mechanism, from stored weights and bonds to consensus,
 * incentive, dividends, new bonds, permits and the split of the emission. It changes nothing but
 * its workspace.
 */
import { splitEmission } from './emission.ts';
import type { EpochInput, EpochResult, Links } from './epoch-types.ts';
import { numberRows } from './number-rows.ts';
import { weighStake } from './permits.ts';
import { toU16 } from './q32.ts';
import { runColumns } from './run-columns.ts';
import { scratch } from './scratch.ts';
import { validateInput } from './validate-input.ts';
import { type EpochWorkspace, reserveLinks, reserveUids } from './workspace.ts';

/**
 * Runs one epoch. The result lives in the workspace until its next epoch; copy what must last.
 * Throws ECONOMY_INVALID_INPUT for input that no chain state can have. Never yields NaN.
 */
export function runEpoch(input: EpochInput, workspace: EpochWorkspace): EpochResult {
  validateInput(input);
  const { uids } = input;
  reserveUids(workspace, uids);
  weighStake(input, workspace);
  const { rows, room } = numberRows(input, workspace);
  reserveLinks(workspace, {
    weights: sparseCount(input.weights, uids),
    bonds: sparseCount(input.bonds, uids),
    stored: room,
  });
  runColumns(input, workspace, rows);
  spreadRows(workspace, uids, rows);
  splitEmission(workspace, uids, input.emissionRao);
  packBonds(input, workspace);
  return packResult(workspace, uids);
}

/** The links to be transposed; dense ones are read where they are. */
function sparseCount(links: Links, uids: number): number {
  return links.kind === 'sparse' ? (links.start[uids] as number) : 0;
}

/** Moves dividends and trust from rows to uids. */
function spreadRows(workspace: EpochWorkspace, uids: number, rows: number): void {
  const { dividends, validatorTrustU16 } = workspace.byUid;
  dividends.fill(0, 0, uids);
  validatorTrustU16.fill(0, 0, uids);
  for (let row = 0; row < rows; row += 1) {
    const uid = scratch.rowUid[row] as number;
    dividends[uid] = scratch.rowDividends[row] as number;
    validatorTrustU16[uid] = toU16(scratch.rowTrust[row] as number);
  }
}

/**
 * Moves the rows of new bonds together, in uid order. Chain rule: uids with a new permit get their
 * row, those that lose theirs are cleared, and a row of neither stays as it was.
 */
function packBonds(input: EpochInput, workspace: EpochWorkspace): void {
  const { row: rowOf, permits, newPermits } = workspace.byUid;
  const { start, target, value } = workspace.stored;
  let filled = 0;
  for (let uid = 0; uid < input.uids; uid += 1) {
    start[uid] = filled;
    const row = rowOf[uid] as number;
    if (row < 0) continue;
    if (newPermits[uid] === 1) {
      const first = scratch.rowNewFirst[row] as number;
      const next = scratch.rowNewNext[row] as number;
      target.copyWithin(filled, first, next);
      value.copyWithin(filled, first, next);
      filled += next - first;
    } else if (permits[uid] === 0) filled = keepRow(input, workspace, uid, filled);
  }
  start[input.uids] = filled;
}

/** Copies a uid's bonds as they were. Returns the new end. */
function keepRow(
  { bonds }: EpochInput,
  workspace: EpochWorkspace,
  uid: number,
  filled: number,
): number {
  const { bondFirst, bondCount } = workspace.byUid;
  const { target, value } = workspace.stored;
  const first = bondFirst[uid] as number;
  const count = bondCount[uid] as number;
  let next = filled;
  for (let index = 0; index < count; index += 1) {
    const sparse = bonds.kind === 'sparse';
    const bond = (sparse ? bonds.value : bonds.values)[first + index] as number;
    if (bond === 0) continue;
    target[next] = sparse ? (bonds.target[first + index] as number) : index;
    value[next] = bond;
    next += 1;
  }
  return next;
}

function packResult(workspace: EpochWorkspace, uids: number): EpochResult {
  const { byUid, stored } = workspace;
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
      start: stored.start.subarray(0, uids + 1),
      target: stored.target,
      value: stored.value,
    },
    fractions: {
      consensus: consensus.subarray(0, uids),
      incentive: incentive.subarray(0, uids),
      dividends: dividends.subarray(0, uids),
    },
  };
}
