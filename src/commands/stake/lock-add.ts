/** `tao stake lock add`: alpha into a conviction lock. Input to request, result to receipt. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { formatRao, parseAlpha } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { LOCK_ADD_COMMAND, type LockAddRequest, planLockAdd } from '../../pipeline/plan-lock.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readLockPlanFacts } from '../../pipeline/read-lock-facts.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { readTexts } from './read-texts.ts';

export const stakeLockAdd: CommandBody = {
  run: async (context, raw) => {
    const { account, choices } = await readTransactionInput(context, raw);
    const isAll = raw.options.all === true;
    if (isAll && optionText(raw, 'amount') !== undefined) throw bothGiven();
    const [netuidText = '', hotkeyText = '', amountText = ''] = await readTexts(context, raw, [
      ['netuid', 'Subnet (netuid)'],
      ['hotkey', 'In favour of (hotkey)'],
      ...(isAll ? [] : [['amount', 'Amount (alpha)', ['--all']] as const]),
    ]);
    const netuid = parseNetuid(netuidText);
    const { address: hotkey } = await resolveAccount(context, hotkeyText);
    const amountRao = isAll ? 'all' : parseAlpha(amountText, netuid).rao;
    const request: LockAddRequest = { netuid, hotkey, amountRao };
    const done = await transact(context, {
      command: LOCK_ADD_COMMAND,
      account,
      choices,
      request,
      plan: async (view) =>
        planLockAdd(request, await readLockPlanFacts(view, account.address, request)),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Locked',
      subject: amountRao === 'all' ? 'all of it' : `${formatRao(amountRao)} alpha`,
      details: [
        ['On', `subnet ${netuid}`],
        ['For', hotkey],
      ],
      data: { netuid, hotkey },
      hint: 'tao stake lock list shows how it decays.',
    });
  },
};

function bothGiven(): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: "Couldn't tell how much to lock: --amount and --all exclude each other.",
    hint: 'Leave one of them out.',
  });
}
