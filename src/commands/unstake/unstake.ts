/** `tao unstake`: input to request, result to receipt. The work is the pipeline's. */
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { itemRows } from '../../pipeline/batch-outcome.ts';
import { composeUnstakes } from '../../pipeline/compose-unstakes.ts';
import { refuseRootToRoot } from '../../pipeline/plan-unstake.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readBatchMode } from '../../pipeline/position-input.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import {
  doneWarnings,
  exitCodeOf,
  flowsOf,
  flowTotals,
  itemsOf,
  receiptRows,
  unstakeResultData,
} from '../../pipeline/tx-result.ts';
import { readUnstakeSelection } from '../../pipeline/unstake-input.ts';

export const unstake: CommandBody = {
  run: async (context, raw) => {
    const { account, choices, guard } = await readTransactionInput(context, raw);
    const mode = readBatchMode(raw);
    const claimFirst = raw.options['claim-first'] === true;
    const selection = await readUnstakeSelection(context, raw, guard);
    refuseRootToRoot(selection);
    const done = await transact(context, {
      command: 'unstake',
      account,
      choices,
      request: { ...selection, mode, claimFirst },
      plan: (view, { address: coldkey }, feeOf) =>
        composeUnstakes(context, { view, coldkey, feeOf }, { selection, mode, claimFirst }),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return unstakedResult(done.records, done.isRepeat);
  },
};

function unstakedResult(records: readonly TxRecord[], isRepeat: boolean): CommandResult {
  return {
    data: { ...unstakeResultData(records), isRepeat },
    warnings: doneWarnings(records, isRepeat),
    ...exitCodeOf(records),
    view: () => {
      const totals = flowTotals(flowsOf(records, 'out'));
      const wasIncluded = totals.count > 0;
      const items = itemsOf(records);
      return [
        {
          kind: 'receipt',
          verb: wasIncluded ? 'Unstaked' : 'Sent',
          subject: wasIncluded ? leftText(totals) : (records[0]?.summary ?? ''),
          details: [
            ...itemRows(items),
            ...(wasIncluded ? [['Received', receivedText(records, totals.taoRao)] as const] : []),
            ...records.flatMap(receiptRows),
          ],
        },
      ];
    },
  };
}

function leftText({ alphaRao, netuid, count }: ReturnType<typeof flowTotals>): string {
  if (netuid === undefined) return `${count} positions`;
  return `${formatRao(alphaRao)} ${netuid === ROOT_NETUID ? 'TAO' : 'alpha'}`;
}

/** What went to root is stake again. */
function receivedText(records: readonly TxRecord[], taoRao: bigint): string {
  const isOnRoot = flowsOf(records, 'in').some(({ netuid }) => netuid === ROOT_NETUID);
  return `${displayRao(taoRao, 9)} TAO${isOnRoot ? ' on root' : ''}`;
}
