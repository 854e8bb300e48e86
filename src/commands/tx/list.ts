/** `tao tx list`: the journal, newest first. */
import type { CommandBody, View } from '../../cli/spec.ts';
import { isoTime } from '../../domain/time.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { failedItemsText, itemOutcomes } from '../../pipeline/batch-outcome.ts';
import { withCarrier } from '../../pipeline/carried.ts';
import { openJournal } from '../../pipeline/open-journal.ts';
import { transactionData } from '../../pipeline/tx-result.ts';
import { TX_LIST_LIMIT } from './specs.ts';

export const txList: CommandBody = {
  run: async (context, raw) => {
    const { ledger } = await openJournal(context);
    const found = ledger.journal.list({
      limit: TX_LIST_LIMIT,
      unsettledOnly: raw.options.unsettled === true,
    });
    const records = found.map((record) => withCarrier(ledger, record));
    return {
      data: { transactions: records.map(transactionData) },
      view: () => renderRecords(records),
    };
  },
};

/** One row a record; shared by the commands that list several. */
export function renderRecords(records: readonly TxRecord[]): View {
  if (records.length === 0) return [{ kind: 'hint', text: 'No transactions here.' }];
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Id' },
        { header: 'When (UTC)', kind: 'time' },
        { header: 'State' },
        { header: 'Block', align: 'right' },
        { header: 'What' },
      ],
      rows: records.map((record) => [
        record.id,
        isoTime(record.createdAtMs),
        stateText(record),
        record.outcome?.blockNumber?.toString() ?? '',
        summaryText(record),
      ]),
    },
  ];
}

/** A batch that was done in part says so beside what it was. */
function summaryText(record: TxRecord): string {
  const failed = failedItemsText(itemOutcomes(record) ?? []);
  return failed === undefined ? record.summary : `${record.summary} (${failed})`;
}

function stateText(record: TxRecord) {
  const isPartly = record.state === 'succeeded' && record.outcome?.failure !== undefined;
  if (isPartly) return { text: 'succeeded in part', tone: 'warn' } as const;
  const tone =
    record.state === 'succeeded'
      ? 'good'
      : record.state === 'failed' || record.state === 'refused'
        ? 'bad'
        : 'warn';
  return { text: record.state, tone } as const;
}
