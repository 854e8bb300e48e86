/** `tao tx submit`: a signed file to its record. The work is the pipeline's. */
import { parseFollowingOptions } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { displayRao, tao, taoJson } from '../../domain/amount.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { submitFile } from '../../pipeline/offline/submit-file.ts';
import { flowTotals, receiptRows, transactionData } from '../../pipeline/tx-result.ts';

export const txSubmit: CommandBody = {
  run: async (context, raw) => {
    const path = raw.arguments.file?.[0] ?? '';
    const choices = parseFollowingOptions(context.settings);
    const { record, isRepeat } = await submitFile(context, { path, choices });
    return submittedResult(record, isRepeat);
  },
};

function submittedResult(record: TxRecord, isRepeat: boolean): CommandResult {
  const spentRao = taoOf(record, 'in');
  const receivedRao = taoOf(record, 'out');
  return {
    data: {
      transaction: transactionData(record),
      spent: spentRao === undefined ? null : taoJson(tao(spentRao)),
      received: receivedRao === undefined ? null : taoJson(tao(receivedRao)),
      isRepeat,
    },
    warnings: isRepeat ? ['These bytes were sent before; this is what became of them.'] : [],
    view: () => [
      {
        kind: 'receipt',
        verb: record.outcome === undefined ? 'Sent' : 'Done',
        subject: record.summary,
        details: [
          ...(spentRao === undefined ? [] : [['Staked', amount(spentRao)] as const]),
          ...(receivedRao === undefined ? [] : [['Received', amount(receivedRao)] as const]),
          ...receiptRows(record),
        ],
      },
    ],
  };
}

/** TAO that went into stake or came out of it; undefined when none did. */
function taoOf(record: TxRecord, direction: 'in' | 'out'): bigint | undefined {
  const flows = (record.outcome?.flows ?? []).filter(
    (flow) => flow.direction === direction && flow.coldkey === record.address,
  );
  return flows.length === 0 ? undefined : flowTotals(flows).taoRao;
}

function amount(rao: bigint): string {
  return `${displayRao(rao, 9)} TAO`;
}
