/** What `stake auto set` and `stake auto clear` share: one destination of one subnet. */
import type { Context } from '../../cli/context.ts';
import type { CommandResult, RawInput } from '../../cli/spec.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import {
  AUTO_CLEAR_COMMAND,
  AUTO_SET_COMMAND,
  type AutoStakeRequest,
  planAutoStake,
} from '../../pipeline/plan-auto-stake.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readAutoStakePlanFacts } from '../../pipeline/read-auto-stake-facts.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { readTexts } from './read-texts.ts';

export async function changeAuto(
  context: Context,
  raw: RawInput,
  change: 'set' | 'clear',
): Promise<CommandResult> {
  const { account, choices } = await readTransactionInput(context, raw);
  const isSet = change === 'set';
  const [netuidText = '', hotkeyText = ''] = await readTexts(context, raw, [
    ['netuid', 'Subnet (netuid)'],
    ...(isSet ? [['hotkey', 'Stake with (hotkey)'] as const] : []),
  ]);
  const netuid = parseNetuid(netuidText);
  const hotkey = isSet ? (await resolveAccount(context, hotkeyText)).address : undefined;
  const request: AutoStakeRequest = { netuid, hotkey };
  const done = await transact(context, {
    command: isSet ? AUTO_SET_COMMAND : AUTO_CLEAR_COMMAND,
    account,
    choices,
    request: isSet ? { netuid, hotkey } : { netuid },
    plan: async (view) =>
      planAutoStake(request, await readAutoStakePlanFacts(view, account.address, request)),
  });
  if (done.kind === 'planned') return plannedResult(done);
  return changedResult(done, {
    verb: isSet ? 'Set' : 'Cleared',
    subject: `the auto-stake of subnet ${netuid}`,
    details: hotkey === undefined ? [] : [['Staked with', hotkey]],
    data: { netuid, hotkey: hotkey ?? null },
    hint: 'tao stake auto show lists every destination.',
  });
}
