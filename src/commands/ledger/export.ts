/** `tao ledger export`: everything as JSON lines, to a file or to stdout. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { writeLines } from '../../ledger/lines-file.ts';
import { openJournal } from '../../pipeline/open-journal.ts';

export const ledgerExport: CommandBody = {
  run: async (context, raw) => {
    const { ledger } = await openJournal(context);
    const out = optionText(raw, 'out');
    if (out === undefined) {
      let lines = 0;
      for (const line of ledger.exportLines()) {
        context.streams.stdout.write(`${line}\n`);
        lines += 1;
      }
      return { data: { out: null, lines }, view: () => [], isAnnounced: true };
    }
    const progress = context.streams.progress('Writing the export');
    try {
      const lines = writeLines(out, ledger.exportLines());
      return {
        data: { out, lines },
        view: () => [
          {
            kind: 'receipt',
            verb: 'Exported',
            subject: out,
            details: [['Lines', lines.toString()]],
          },
        ],
      };
    } finally {
      progress.stop();
    }
  },
};
