/** New bonds and the dividends they earn: the classic rule and Yuma3. */
import { classicEma, fixedEma, gatherColumn, liquidEma, settleColumn } from './column-bonds.ts';
import { ABSENT } from './consensus.ts';
import type { LiquidRates } from './liquid-alpha.ts';
import { multiply, normalize, sumOf, toReal } from './q32.ts';
import { scratch } from './scratch.ts';
import type { EpochWorkspace } from './workspace.ts';

/** How bonds follow weights. */
export type BondRule = {
  readonly yuma3: boolean;
  /** The fixed rate a, a real number. */
  readonly alpha: number;
  /** Set when liquid alpha is on (Yuma3 only). */
  readonly liquid: LiquidRates | undefined;
};

/** Fills the rows of new bonds and the dividends by row, normalised. */
export function growBonds(
  workspace: EpochWorkspace,
  { uids, rows, rule }: { uids: number; rows: number; rule: BondRule },
): void {
  const { rowDividends, rowActive } = scratch;
  rowDividends.fill(0, 0, rows);
  if (rule.yuma3) {
    growYuma3(workspace, uids, rows, rule);
    for (let row = 0; row < rows; row += 1) {
      rowDividends[row] = multiply(rowDividends[row] as number, rowActive[row] as number);
    }
  } else growClassic(workspace, uids, rows, rule);
  normalize(rowDividends, rows);
}

function growClassic(workspace: EpochWorkspace, uids: number, rows: number, rule: BondRule): void {
  const { weights, bonds, stored, byUid } = workspace;
  for (let index = 0; index < uids; index += 1) {
    const column = gatherColumn(weights, bonds, { column: index, rows, absent: 0 });
    const { total, largest } = classicEma(column, index, rule.alpha);
    if (total === 0) continue;
    const incentive = toReal(byUid.incentive[index] as number);
    settleColumn(column, { stored, column: index, incentive, total, largest });
  }
}

function growYuma3(workspace: EpochWorkspace, uids: number, rows: number, rule: BondRule): void {
  const { weights, bonds, stored, byUid } = workspace;
  const liquid = sumOf(byUid.consensus, uids) > 0 ? rule.liquid : undefined;
  for (let index = 0; index < uids; index += 1) {
    const column = gatherColumn(weights, bonds, { column: index, rows, absent: ABSENT });
    const total =
      liquid === undefined
        ? fixedEma(column, rule.alpha)
        : liquidEma(column, byUid.consensus[index] as number, liquid);
    if (total === 0) continue;
    const incentive = toReal(byUid.incentive[index] as number);
    settleColumn(column, { stored, column: index, incentive, total });
  }
}
