/** New bonds and the dividends they earn: the classic rule and Yuma3. */
import {
  ABSENT,
  classicEma,
  fixedEma,
  gatherColumn,
  liquidEma,
  settleColumn,
} from './column-bonds.ts';
import type { LiquidRates } from './liquid-alpha.ts';
import { multiply, normalize, sumOf, toReal } from './q32.ts';
import { scratch } from './scratch.ts';
import type { EpochWorkspace } from './workspace.ts';

/** How bonds follow weights; real numbers. */
export type BondRule = {
  readonly yuma3: boolean;
  /** The fixed rate a. */
  readonly alpha: number;
  /** Set when liquid alpha is on (Yuma3 only). */
  readonly liquid: LiquidRates | undefined;
  /** 0: a validator's own weights make bonds; one: the clipped ones. */
  readonly penalty: number;
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
  const { alpha, penalty } = rule;
  for (let index = 0; index < uids; index += 1) {
    const column = gatherColumn(weights, bonds, { column: index, rows, absent: 0 });
    const { total, largest } = classicEma(column, {
      consensus: byUid.consensus[index] as number,
      alpha,
      penalty,
    });
    if (total === 0) continue;
    const incentive = toReal(byUid.incentive[index] as number);
    settleColumn(column, { stored, column: index, incentive, total, largest });
  }
}

function growYuma3(workspace: EpochWorkspace, uids: number, rows: number, rule: BondRule): void {
  const { weights, bonds, stored, byUid } = workspace;
  const { alpha, penalty } = rule;
  const liquid = sumOf(byUid.consensus, uids) > 0 ? rule.liquid : undefined;
  const absent = liquid === undefined ? 0 : ABSENT;
  for (let index = 0; index < uids; index += 1) {
    const column = gatherColumn(weights, bonds, { column: index, rows, absent });
    const consensus = byUid.consensus[index] as number;
    const total =
      liquid === undefined
        ? fixedEma(column, { consensus, alpha, penalty })
        : liquidEma(column, { consensus, alpha, penalty }, liquid);
    if (total === 0) continue;
    const incentive = toReal(byUid.incentive[index] as number);
    settleColumn(column, { stored, column: index, incentive, total });
  }
}
