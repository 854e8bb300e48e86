/** `tao delegate take set`: for owners of a hotkey. Input to request, result to receipt. */
import { readHotkeyOwner } from '../../chain/queries/read-limits.ts';
import { readTake } from '../../chain/queries/read-take.ts';
import { parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { formatTakePercent, parseTakePercent } from '../../domain/take.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { openAccount } from '../../pipeline/open-account.ts';
import { planTake, TAKE_COMMAND } from '../../pipeline/plan-take.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { readValidatorNames } from '../../pipeline/validator-names.ts';

export const delegateTakeSet: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const takeU16 = parseTakePercent(raw.arguments.percent?.[0] ?? '');
    const { address: hotkey } = await resolveAccount(context, raw.arguments.hotkey?.[0] ?? '');
    const account = await openAccount(context, raw);
    const done = await transact(context, {
      command: TAKE_COMMAND,
      account,
      choices,
      request: { hotkey, takeU16 },
      plan: async (view) => {
        const [owner, take, names] = await Promise.all([
          readHotkeyOwner(view, hotkey),
          readTake(view, hotkey),
          readValidatorNames(view, [hotkey]),
        ]);
        return planTake(
          { hotkey, takeU16 },
          {
            ...take,
            coldkey: account.address,
            blockNumber: view.number,
            owner,
            hotkeyName: names.get(hotkey) ?? '',
          },
        );
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Set',
      subject: `take of ${formatTakePercent(takeU16)} %`,
      details: [['Validator', hotkey]],
      data: { hotkey, takeU16, takePercent: formatTakePercent(takeU16) },
    });
  },
};
