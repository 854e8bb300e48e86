/** `tao multisig remove`: forgets a saved multisig; the account and its funds stay on chain. */
import type { CommandBody } from '../../cli/spec.ts';
import { openMultisigBook } from '../../pipeline/resolve-address.ts';
import { multisigRows } from './saved-multisig.ts';

export const multisigRemove: CommandBody = {
  run: async (context, raw) => {
    const removed = await openMultisigBook(context).remove(raw.arguments.name?.[0] ?? '');
    return {
      data: removed,
      view: () => [
        {
          kind: 'receipt',
          verb: 'Removed',
          subject: `the multisig ${removed.name} from this machine`,
          details: multisigRows(removed),
        },
      ],
    };
  },
};
