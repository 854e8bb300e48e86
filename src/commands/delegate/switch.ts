/** `tao delegate switch`: every position of one validator to another. Input to request, result to receipt. */
import { optionText, parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { openAccount } from '../../pipeline/open-account.ts';
import {
  planSwitch,
  requireTwoValidators,
  SWITCH_COMMAND,
  type SwitchRequest,
} from '../../pipeline/plan-switch.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readSwitchPositions } from '../../pipeline/read-switch-facts.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { exitCodeOf, flowsOf, receiptRows, requestData } from '../../pipeline/tx-result.ts';

export const delegateSwitch: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const netuid = optionText(raw, 'netuid');
    const netuids = netuid === undefined ? undefined : readNetuids(netuid);
    const from = await resolveAccount(context, raw.arguments.from?.[0] ?? '');
    const to = await resolveAccount(context, raw.arguments.to?.[0] ?? '');
    const request: SwitchRequest = {
      from: from.address,
      to: to.address,
      netuids,
      mode: raw.options['best-effort'] === true ? 'best-effort' : 'atomic',
    };
    requireTwoValidators(request);
    const account = await openAccount(context, raw);
    const done = await transact(context, {
      command: SWITCH_COMMAND,
      account,
      choices,
      request,
      plan: async (view) =>
        planSwitch(request, await readSwitchPositions(view, account.address, request)),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return switchedResult(done, request);
  },
};

/** NETUID_INVALID. One that is named twice is meant once. */
function readNetuids(text: string): readonly number[] {
  return [...new Set(text.split(',').map(parseNetuid))].sort((a, b) => a - b);
}

function switchedResult(
  { records, isRepeat }: { readonly records: readonly TxRecord[]; readonly isRepeat: boolean },
  { from, to }: SwitchRequest,
): CommandResult {
  const arrived = flowsOf(records, 'in').filter(({ hotkey }) => hotkey === to);
  const count = arrived.length;
  return {
    data: { ...requestData(records), fromHotkey: from, toHotkey: to, moved: count, isRepeat },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    ...exitCodeOf(records),
    view: () => [
      {
        kind: 'receipt',
        verb: count === 0 ? 'Sent' : 'Switched',
        subject:
          count === 0
            ? (records[0]?.summary ?? '')
            : `${count === 1 ? 'one position' : `${count} positions`}`,
        details: [['From', from], ['To', to], ...records.flatMap(receiptRows)],
      },
      { kind: 'hint', text: 'tao stake list shows your positions.' },
    ],
  };
}
