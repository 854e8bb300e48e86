/** `tao tx batch`: several given calls as one transaction. The work is the pipeline's. */
import { parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { itemRows } from '../../pipeline/batch-outcome.ts';
import { readCalls } from '../../pipeline/call-input.ts';
import { withUnfamiliar } from '../../pipeline/offline/new-destinations.ts';
import { openAccount } from '../../pipeline/open-account.ts';
import { planBatch } from '../../pipeline/plan-batch.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { readBatchMode } from '../../pipeline/position-input.ts';
import { transact } from '../../pipeline/transact.ts';
import { doneWarnings, exitCodeOf, itemsOf } from '../../pipeline/tx-result.ts';

export const txBatch: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const mode = readBatchMode(raw);
    const isAtomic = mode === 'atomic';
    const account = await openAccount(context, raw);
    const calls = await readCalls(context, raw.arguments.calls ?? []);
    const done = await transact(context, {
      command: 'tx.batch',
      account,
      choices,
      request: { calls: calls.map(({ hex }) => hex), ...(isAtomic ? {} : { mode }) },
      plan: async () => withUnfamiliar(context, planBatch(calls, mode), choices),
    });
    if (done.kind === 'planned') return plannedResult(done);
    const names = calls.map(({ call }) => `${call.pallet}.${call.name}`);
    const result = changedResult(done, {
      verb: 'Done',
      subject: `${calls.length} calls`,
      details: itemRows(itemsOf(done.records)),
      data: { calls: names },
    });
    const warnings = doneWarnings(done.records, done.isRepeat);
    return { ...result, warnings, ...exitCodeOf(done.records) };
  },
};
