/** `tao stake move`: stake to another validator. Input to request, result to receipt. */
import type { CommandBody } from '../../cli/spec.ts';
import { MOVE_COMMAND, planMove, requireOtherValidator } from '../../pipeline/plan-move.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readRelocationFacts } from '../../pipeline/read-relocation-facts.ts';
import type { RelocationRequest } from '../../pipeline/relocation.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { relocatedResult } from './relocated-result.ts';
import { readRelocationInput } from './relocation-input.ts';

export const stakeMove: CommandBody = {
  run: async (context, raw) => {
    const { account, choices, guard } = await readTransactionInput(context, raw);
    const wants = { target: 'To validator (hotkey)', needsSubnet: false };
    const { from, toNetuid, target, amountRao } = await readRelocationInput(context, raw, wants);
    const to = { hotkey: target?.address ?? from.hotkey, netuid: toNetuid };
    const request: RelocationRequest = { from, to, amountRao, guard };
    requireOtherValidator(request);
    const done = await transact(context, {
      command: MOVE_COMMAND,
      account,
      choices,
      request,
      plan: async (view) => {
        const asked = { verb: 'move', request } as const;
        return planMove(request, await readRelocationFacts(view, account.address, asked));
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return relocatedResult(done, { field: 'moved', verb: 'Moved', details: [['To', to.hotkey]] });
  },
};
