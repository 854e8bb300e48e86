/** `tao stake lock move`: a lock to another hotkey. Input to request, result to receipt. */
import type { CommandBody } from '../../cli/spec.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { LOCK_MOVE_COMMAND, planLockMove } from '../../pipeline/plan-lock.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readLockPlanFacts } from '../../pipeline/read-lock-facts.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { readTexts } from './read-texts.ts';

export const stakeLockMove: CommandBody = {
  run: async (context, raw) => {
    const { account, choices } = await readTransactionInput(context, raw);
    const [netuidText = '', toText = ''] = await readTexts(context, raw, [
      ['netuid', 'Subnet (netuid)'],
      ['to', 'In favour of (hotkey)'],
    ]);
    const netuid = parseNetuid(netuidText);
    const { address: hotkey } = await resolveAccount(context, toText);
    const request = { netuid, hotkey };
    const done = await transact(context, {
      command: LOCK_MOVE_COMMAND,
      account,
      choices,
      request,
      plan: async (view) =>
        planLockMove(request, await readLockPlanFacts(view, account.address, request)),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Moved',
      subject: `the lock on subnet ${netuid}`,
      details: [['To', hotkey]],
      data: { netuid, hotkey },
    });
  },
};
