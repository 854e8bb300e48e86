/** `tao tx batch`: several given calls as one transaction. The work is the pipeline's. */
import type { Context } from '../../cli/context.ts';
import { parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { itemRows } from '../../pipeline/batch-outcome.ts';
import { readCalls } from '../../pipeline/call-input.ts';
import { findUnfamiliar } from '../../pipeline/offline/new-destinations.ts';
import { openAccount } from '../../pipeline/open-account.ts';
import type { TxPlan } from '../../pipeline/plan.ts';
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
      plan: async () => withFamiliarity(context, planBatch(calls, mode)),
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

/** Given calls may pay anybody: an account nobody met here is confirmed as in a transfer. */
async function withFamiliarity(context: Context, plan: TxPlan): Promise<TxPlan> {
  const { genesisHash, runtime } = await context.openChain();
  const ledger = await context.openLedger(genesisHash);
  const { call } = plan;
  const callBytes = runtime.encodeCall(call);
  const { reasons, severe } = await findUnfamiliar(context, { call, callBytes, ledger });
  const warnings = [...plan.warnings, ...reasons];
  return severe === undefined ? { ...plan, warnings } : { ...plan, warnings, severe };
}
