/** `tao multisig cancel`: closes an open approval and returns the deposit. */
import { optionText, parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { readGivenHash } from '../../pipeline/call-input.ts';
import { openSigner } from '../../pipeline/open-account.ts';
import { chooseApproval, planCancel } from '../../pipeline/plan-multisig.ts';
import { readOpenApprovals } from '../../pipeline/plan-multisig-facts.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { transact } from '../../pipeline/transact.ts';
import { refuseAs } from './refuse-as.ts';
import { readSavedMultisig } from './saved-multisig.ts';

export const multisigCancel: CommandBody = {
  run: async (context, raw) => {
    refuseAs(raw);
    const choices = parseTransactionOptions(raw, context.settings);
    const multisig = await readSavedMultisig(context, raw);
    const account = await openSigner(context, raw);
    const isNamed = optionText(raw, 'call-hash') ?? optionText(raw, 'call');
    const wanted = isNamed === undefined ? undefined : await readGivenHash(context, raw);
    const done = await transact(context, {
      command: 'multisig.cancel',
      account,
      choices,
      request: { multisig: multisig.address, callHash: wanted ?? null },
      plan: async (view) => {
        const open = await readOpenApprovals(view, multisig.address);
        return planCancel(multisig, account, chooseApproval(multisig, open, wanted));
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Cancelled',
      subject: 'the call',
      details: [['Multisig', `${multisig.name} (${multisig.address})`]],
      data: { multisig: multisig.address },
    });
  },
};
