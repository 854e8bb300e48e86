/** `tao stake transfer`: stake given to another coldkey. Input to request, result to receipt. */
import type { CommandBody } from '../../cli/spec.ts';
import {
  planTransferStake,
  requireGift,
  TRANSFER_STAKE_COMMAND,
  type TransferStakeRequest,
} from '../../pipeline/plan-transfer-stake.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { readTransferStakeFacts } from '../../pipeline/read-relocation-facts.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { relocatedResult } from './relocated-result.ts';
import { readRelocationInput } from './relocation-input.ts';

export const stakeTransfer: CommandBody = {
  run: async (context, raw) => {
    const { account, choices, guard } = await readTransactionInput(context, raw);
    const wants = { target: 'Give to', needsSubnet: false };
    const { from, toNetuid, target, amountRao } = await readRelocationInput(context, raw, wants);
    if (target === undefined) throw missingOptions(['--to']);
    const to = { hotkey: from.hotkey, netuid: toNetuid };
    const hasConfirm = choices.confirm !== undefined;
    const request: TransferStakeRequest = {
      from,
      to,
      amountRao,
      guard,
      receiver: target,
      hasConfirm,
    };
    requireGift(request, account.address);
    const done = await transact(context, {
      command: TRANSFER_STAKE_COMMAND,
      account,
      choices,
      request: { from, toNetuid, amountRao, guard, to: target.address },
      plan: async (view) =>
        planTransferStake(
          request,
          await readTransferStakeFacts(context, view, account.address, request),
        ),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return relocatedResult(done, {
      field: 'given',
      verb: 'Gave',
      arrivedLabel: 'They received',
      data: { to: target.address },
      details: [['To', target.address]],
    });
  },
};
