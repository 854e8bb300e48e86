/** `tao tx show`: everything the journal knows of one transaction. */
import type { CommandBody, View } from '../../cli/spec.ts';
import { isoTime } from '../../domain/time.ts';
import { itemOutcomes, itemRows } from '../../pipeline/batch-outcome.ts';
import { type CarriedRecord, carriedId, withCarrier } from '../../pipeline/carried.ts';
import { findRecord, openJournal } from '../../pipeline/open-journal.ts';
import { receiptRows, transactionData } from '../../pipeline/tx-result.ts';

export const txShow: CommandBody = {
  run: async (context, raw) => {
    const { ledger } = await openJournal(context);
    const found = findRecord(ledger, raw.arguments.transaction?.[0] ?? '');
    const record = withCarrier(ledger, found);
    return {
      data: {
        ...transactionData(record),
        intent: record.intent,
        extrinsic: record.signed?.extrinsic ?? null,
        events: record.outcome?.events ?? [],
        steps: record.steps.map((step) => ({ kind: step.kind, at: isoTime(step.atMs) })),
      },
      view: () => renderRecord(record),
    };
  },
};

function renderRecord(record: CarriedRecord): View {
  const carries = carriedId(record);
  return [
    {
      kind: 'rows',
      rows: [
        ['Id', record.id],
        ['What', record.summary],
        ['From', record.address],
        ['Outcome', record.outcome?.failure ?? record.state],
        ...(record.requestId === undefined ? [] : [['Request id', record.requestId] as const]),
        ...(record.part === undefined
          ? []
          : [['Part', `${record.part.number} of ${record.part.count}`] as const]),
        ...(carries === undefined ? [] : [['Carries', carries] as const]),
        ...(record.carrier === undefined ? [] : [['Carried by', record.carrier.id] as const]),
        ...itemRows(itemOutcomes(record) ?? []),
        ...(record.signed === undefined ? [] : receiptRows(record)),
        ...record.steps.map((step) => [isoTime(step.atMs), step.kind] as const),
      ],
    },
  ];
}
