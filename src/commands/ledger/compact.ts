/** `tao ledger compact`: the file without what it no longer needs. */
import type { CommandBody } from '../../cli/spec.ts';
import { openJournal } from '../../pipeline/open-journal.ts';

const MIB_BYTES = 2 ** 20;

export const ledgerCompact: CommandBody = {
  run: async (context) => {
    const { ledger } = await openJournal(context);
    const progress = context.streams.progress('Checking and compacting the ledger');
    try {
      const { beforeBytes, afterBytes } = ledger.compact();
      return {
        data: { path: ledger.path, beforeBytes, afterBytes },
        view: () => [
          {
            kind: 'receipt',
            verb: 'Compacted',
            subject: ledger.path,
            details: [['Size', `${inMib(beforeBytes)} before, ${inMib(afterBytes)} after`]],
          },
        ],
      };
    } finally {
      progress.stop();
    }
  },
};

function inMib(bytes: number): string {
  return `${(bytes / MIB_BYTES).toFixed(1)} MiB`;
}
