/** `tao ledger rebuild`: derived tables from facts and journal alone. */
import type { CommandBody } from '../../cli/spec.ts';
import { openJournal } from '../../pipeline/open-journal.ts';

export const ledgerRebuild: CommandBody = {
  run: async (context) => {
    const { ledger } = await openJournal(context);
    const progress = context.streams.progress('Rebuilding the ledger');
    try {
      const { transactions, days } = ledger.rebuild();
      return {
        data: { path: ledger.path, transactions, days },
        view: () => [
          {
            kind: 'receipt',
            verb: 'Rebuilt',
            subject: ledger.path,
            details: [
              ['Transactions', transactions.toString()],
              ['Days of positions', days.toString()],
            ],
          },
        ],
      };
    } finally {
      progress.stop();
    }
  },
};
