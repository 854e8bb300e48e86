/** `tao stake add`: input to request, result to receipt. The work is the pipeline's. */
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { itemRows } from '../../pipeline/batch-outcome.ts';
import { composeStakes } from '../../pipeline/compose-stakes.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readBatchMode } from '../../pipeline/position-input.ts';
import { requireOnePrice } from '../../pipeline/price-guard.ts';
import { readStakeTargets, targetsIntent } from '../../pipeline/stake-input.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import {
  doneWarnings,
  exitCodeOf,
  flowsOf,
  flowTotals,
  itemsOf,
  receiptRows,
  stakeResultData,
} from '../../pipeline/tx-result.ts';

export const stakeAdd: CommandBody = {
  run: async (context, raw) => {
    const { account, choices, guard } = await readTransactionInput(context, raw);
    const mode = readBatchMode(raw);
    const targets = await readStakeTargets(context, raw);
    requireOnePrice(
      guard,
      targets.map(({ netuid }) => netuid),
    );
    const done = await transact(context, {
      command: 'stake.add',
      account,
      choices,
      request: { ...targetsIntent(targets, guard), ...(targets.length > 1 ? { mode } : {}) },
      plan: (view, accountFacts, feeOf) =>
        composeStakes(view, accountFacts, { targets, mode, guard }, feeOf),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return stakedResult(done.records, done.isRepeat);
  },
};

function stakedResult(records: readonly TxRecord[], isRepeat: boolean): CommandResult {
  return {
    data: { ...stakeResultData(records), isRepeat },
    warnings: doneWarnings(records, isRepeat),
    ...exitCodeOf(records),
    view: () => {
      const totals = flowTotals(flowsOf(records, 'in'));
      const wasIncluded = totals.count > 0;
      const items = itemsOf(records);
      const received =
        items.length > 0
          ? itemRows(items)
          : wasIncluded
            ? [['Received', receivedText(totals.alphaRao, totals.netuid)] as const]
            : [];
      return [
        {
          kind: 'receipt',
          verb: wasIncluded ? 'Staked' : 'Sent',
          subject: wasIncluded ? `${formatRao(totals.taoRao)} TAO` : (records[0]?.summary ?? ''),
          details: [...received, ...records.flatMap(receiptRows)],
        },
        { kind: 'hint', text: 'tao stake list shows your positions.' },
      ];
    },
  };
}

function receivedText(alphaRao: bigint, netuid: number | undefined): string {
  return netuid === ROOT_NETUID
    ? `${formatRao(alphaRao)} TAO on root`
    : `${displayRao(alphaRao, 9)} alpha`;
}
