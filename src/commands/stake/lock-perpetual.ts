/** `tao stake lock perpetual`: whether a lock decays. Input to request, result to receipt. */
import type { CommandBody } from '../../cli/spec.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { LOCK_PERPETUAL_COMMAND, planLockPerpetual } from '../../pipeline/plan-lock.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readLockPlanFacts } from '../../pipeline/read-lock-facts.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { readTexts } from './read-texts.ts';

export const stakeLockPerpetual: CommandBody = {
  run: async (context, raw) => {
    const { account, choices } = await readTransactionInput(context, raw);
    const isPerpetual = raw.arguments.state?.[0] === 'on';
    const [netuidText = ''] = await readTexts(context, raw, [['netuid', 'Subnet (netuid)']]);
    const netuid = parseNetuid(netuidText);
    const request = { netuid, isPerpetual };
    const done = await transact(context, {
      command: LOCK_PERPETUAL_COMMAND,
      account,
      choices,
      request,
      plan: async (view) =>
        planLockPerpetual(request, await readLockPlanFacts(view, account.address, { netuid })),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Changed',
      subject: `locks on subnet ${netuid} ${isPerpetual ? 'no longer decay' : 'decay'}`,
      details: [],
      data: { netuid, isPerpetual },
    });
  },
};
