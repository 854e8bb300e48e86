/** `tao ledger verify`: every checksum, and the file itself. */
import type { CommandBody } from '../../cli/spec.ts';
import { clockWarnings } from '../../ledger/clock-warnings.ts';
import { openJournal } from '../../pipeline/open-journal.ts';

export const ledgerVerify: CommandBody = {
  run: async (context) => {
    const { ledger } = await openJournal(context);
    const progress = context.streams.progress('Checking the ledger');
    try {
      const { steps, facts } = ledger.verify();
      const conflicts = ledger.facts.conflicts().length;
      return {
        data: { path: ledger.path, steps, facts, conflicts },
        warnings: [
          ...clockWarnings(ledger, context.clock.nowMs()),
          ...(conflicts === 0
            ? []
            : [`${conflicts} facts were told differently by two sources; the first value stands.`]),
        ],
        view: () => [
          {
            kind: 'receipt',
            verb: 'Checked',
            subject: ledger.path,
            details: [
              ['Journal', `${steps} steps, all whole`],
              ['Facts', `${facts}, all whole`],
            ],
          },
        ],
      };
    } finally {
      progress.stop();
    }
  },
};
