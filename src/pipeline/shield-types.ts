/** Whether a transaction goes sealed, as the plan of it says. Loads nothing. */
import type { TxPlan } from './plan.ts';

export type ShieldPlan = {
  readonly isShielded: boolean;
  /** Fee of the transaction that carries the sealed one; 0 without. */
  readonly feeRao: bigint;
  readonly rows: TxPlan['rows'];
  readonly warnings: readonly string[];
};

export const IN_THE_OPEN: ShieldPlan = { isShielded: false, feeRao: 0n, rows: [], warnings: [] };
