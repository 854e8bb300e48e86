/** `tao unstake`: input to request, result to receipt. The work is the pipeline's. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { displayRao, formatRao, parseAlpha } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { planUnstake } from '../../pipeline/plan-unstake.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readPosition } from '../../pipeline/position-input.ts';
import { readUnstakePlanFacts } from '../../pipeline/read-plan-facts.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { flowsOf, flowTotals, receiptRows, unstakeResultData } from '../../pipeline/tx-result.ts';

export const unstake: CommandBody = {
  run: async (context, raw) => {
    const { account, choices, guard } = await readTransactionInput(context, raw);
    const isAll = raw.options.all === true;
    if (isAll && optionText(raw, 'amount') !== undefined) throw bothGiven();
    const position = await readPosition(context, raw, {
      amountUnit: 'alpha',
      ...(isAll ? { amountText: 'all' } : {}),
    });
    const { hotkey, netuid } = position;
    const amountRao = isAll ? 'all' : parseAlpha(position.amountText, netuid).rao;
    const request = { hotkey, netuid, amountRao, guard } as const;

    const done = await transact(context, {
      command: 'unstake',
      account,
      choices,
      request,
      plan: async (view) =>
        planUnstake(request, await readUnstakePlanFacts(view, account.address, request)),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return unstakedResult(done.records, done.isRepeat);
  },
};

function unstakedResult(records: readonly TxRecord[], isRepeat: boolean): CommandResult {
  return {
    data: { ...unstakeResultData(records), isRepeat },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    view: () => {
      const totals = flowTotals(flowsOf(records, 'out'));
      const unit = totals.netuid === ROOT_NETUID ? 'TAO' : 'alpha';
      const wasIncluded = totals.netuid !== undefined;
      return [
        {
          kind: 'receipt',
          verb: wasIncluded ? 'Unstaked' : 'Sent',
          subject: wasIncluded
            ? `${formatRao(totals.alphaRao)} ${unit}`
            : (records[0]?.summary ?? ''),
          details: [
            ...(wasIncluded ? [['Received', `${displayRao(totals.taoRao, 9)} TAO`] as const] : []),
            ...records.flatMap(receiptRows),
          ],
        },
      ];
    },
  };
}

function bothGiven(): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: "Couldn't tell how much to unstake: --amount and --all exclude each other.",
    hint: 'Leave one of them out.',
  });
}
