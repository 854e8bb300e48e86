/** The result of a command about rights and approvals: its record, and what it was about. Pure. */
import type { CommandResult } from '../cli/spec.ts';
import { approvalOfRecord } from './acting-as-record.ts';
import type { Transacted } from './transact.ts';
import { receiptRows, transactionData } from './tx-result.ts';

export function changedResult(
  { record, isRepeat }: Extract<Transacted, { kind: 'done' }>,
  what: {
    readonly verb: string;
    readonly subject: string;
    readonly details: readonly (readonly [string, string])[];
    readonly data: Readonly<Record<string, unknown>>;
    readonly hint?: string;
  },
): CommandResult {
  const approval = approvalOfRecord(record);
  const isDone = record.state === 'succeeded';
  const verb = approval?.isExecuted === false ? 'Approved' : what.verb;
  return {
    data: { ...what.data, transaction: transactionData(record), isRepeat },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    view: () => [
      {
        kind: 'receipt',
        verb: isDone ? verb : 'Sent',
        subject: isDone ? what.subject : record.summary,
        details: [...what.details, ...receiptRows(record)],
      },
      ...(what.hint === undefined ? [] : [{ kind: 'hint', text: what.hint } as const]),
    ],
  };
}
