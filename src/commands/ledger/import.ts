/** `tao ledger import`: another ledger of the same chain into this one. */
import type { CommandBody } from '../../cli/spec.ts';
import { readLines } from '../../ledger/lines-file.ts';
import { openJournal } from '../../pipeline/open-journal.ts';

export const ledgerImport: CommandBody = {
  run: async (context, raw) => {
    const file = raw.arguments.file?.[0] ?? '';
    const { ledger } = await openJournal(context);
    const progress = context.streams.progress('Reading the export');
    try {
      const { lines, steps, conflicts } = ledger.importLines(readLines(file));
      return {
        data: { path: ledger.path, lines, steps, conflicts },
        warnings:
          conflicts === 0
            ? []
            : [`${conflicts} facts of the export differ from this ledger; its own values stand.`],
        view: () => [
          {
            kind: 'receipt',
            verb: 'Imported',
            subject: file,
            details: [
              ['Lines', lines.toString()],
              ['New steps of the journal', steps.toString()],
            ],
          },
        ],
      };
    } finally {
      progress.stop();
    }
  },
};
