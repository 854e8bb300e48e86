/** `tao stake add`: input to request, result to receipt. The work is the pipeline's. */
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { displayRao, formatRao, parseTao } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { planStake } from '../../pipeline/plan-stake.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readPosition } from '../../pipeline/position-input.ts';
import { readStakePlanFacts } from '../../pipeline/read-plan-facts.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { flowsOf, flowTotals, receiptRows, stakeResultData } from '../../pipeline/tx-result.ts';

export const stakeAdd: CommandBody = {
  run: async (context, raw) => {
    const { account, choices, guard } = await readTransactionInput(context, raw);
    const position = await readPosition(context, raw, { amountUnit: 'TAO' });
    const amountRao = parseTao(position.amountText).rao;
    const { hotkey, netuid } = position;

    const done = await transact(context, {
      command: 'stake.add',
      account,
      choices,
      request: { hotkey, netuid, amountRao, guard },
      plan: async (view, accountFacts) => {
        const request = { hotkey, netuid, amountRao, guard };
        return planStake(request, await readStakePlanFacts(view, accountFacts, request));
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return stakedResult(done.records, done.isRepeat);
  },
};

function stakedResult(records: readonly TxRecord[], isRepeat: boolean): CommandResult {
  return {
    data: { ...stakeResultData(records), isRepeat },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    view: () => {
      const totals = flowTotals(flowsOf(records, 'in'));
      const isRoot = totals.netuid === ROOT_NETUID;
      const wasIncluded = totals.netuid !== undefined;
      return [
        {
          kind: 'receipt',
          verb: wasIncluded ? 'Staked' : 'Sent',
          subject: wasIncluded ? `${formatRao(totals.taoRao)} TAO` : (records[0]?.summary ?? ''),
          details: [
            ...(wasIncluded ? [['Received', received(totals.alphaRao, isRoot)] as const] : []),
            ...records.flatMap(receiptRows),
          ],
        },
        { kind: 'hint', text: 'tao stake list shows your positions.' },
      ];
    },
  };
}

function received(alphaRao: bigint, isRoot: boolean): string {
  return isRoot ? `${formatRao(alphaRao)} TAO on root` : `${displayRao(alphaRao, 9)} alpha`;
}
