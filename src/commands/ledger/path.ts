/** `tao ledger path`: where the file is. */
import type { CommandBody } from '../../cli/spec.ts';
import { openJournal } from '../../pipeline/open-journal.ts';

export const ledgerPath: CommandBody = {
  run: async (context) => {
    const { ledger } = await openJournal(context);
    const { path, genesisHash } = ledger;
    return {
      data: { path, genesisHash },
      view: () => [{ kind: 'line', text: path }],
    };
  },
};
