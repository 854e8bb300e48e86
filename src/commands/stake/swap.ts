/** `tao stake swap`: stake to another subnet. Input to request, result to receipt. */
import type { CommandBody } from '../../cli/spec.ts';
import { planSwap, requireOtherSubnet, SWAP_COMMAND } from '../../pipeline/plan-swap.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readRelocationFacts } from '../../pipeline/read-relocation-facts.ts';
import type { RelocationRequest } from '../../pipeline/relocation.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { relocatedResult } from './relocated-result.ts';
import { readRelocationInput } from './relocation-input.ts';

export const stakeSwap: CommandBody = {
  run: async (context, raw) => {
    const { account, choices, guard } = await readTransactionInput(context, raw);
    const input = await readRelocationInput(context, raw, { needsSubnet: true });
    const { from, toNetuid, amountRao } = input;
    const to = { hotkey: from.hotkey, netuid: toNetuid };
    const request: RelocationRequest = { from, to, amountRao, guard };
    requireOtherSubnet(request);
    const done = await transact(context, {
      command: SWAP_COMMAND,
      account,
      choices,
      request,
      plan: async (view) => {
        const asked = { verb: 'swap', request } as const;
        return planSwap(request, await readRelocationFacts(view, account.address, asked));
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return relocatedResult(done, { field: 'swapped', verb: 'Swapped' });
  },
};
