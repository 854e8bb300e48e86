/** The record of a move, a swap or a transfer of stake as its command's result: from its events. */
import type { CommandResult } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao } from '../../domain/amount.ts';
import type { StakeFlow, TxRecord } from '../../ledger/types.ts';
import { unitOf } from '../../pipeline/relocation.ts';
import { receiptRows, transactionData } from '../../pipeline/tx-result.ts';

export type RelocatedWords = {
  /** The field of what left: `moved`, `swapped`, `given`. */
  readonly field: string;
  /** Of the receipt: `Moved`. */
  readonly verb: string;
  /** Fields and rows of the command's own. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly details?: readonly (readonly [string, string])[];
  /** Label of what arrived; `Received` when left out. */
  readonly arrivedLabel?: string;
};

/** What left the position first, and what arrived or was given last; null until included. */
export function relocatedResult(
  { record, isRepeat }: { readonly record: TxRecord; readonly isRepeat: boolean },
  words: RelocatedWords,
): CommandResult {
  const { left, arrived } = relocatedFlows(record);
  const amountOf = (flow: StakeFlow | undefined) =>
    flow === undefined ? null : alphaJson(alpha(flow.netuid, flow.alphaRao));
  return {
    data: {
      transaction: transactionData(record),
      ...words.data,
      [words.field]: amountOf(left),
      received: amountOf(arrived),
      isRepeat,
    },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    view: () => [
      {
        kind: 'receipt',
        verb: left === undefined ? 'Sent' : words.verb,
        subject: left === undefined ? record.summary : textOf(left),
        details: [
          ...(words.details ?? []),
          ...(arrived === undefined
            ? []
            : [
                [
                  words.arrivedLabel ?? 'Received',
                  `${textOf(arrived)} on subnet ${arrived.netuid}`,
                ] as const,
              ]),
          ...receiptRows(record),
        ],
      },
      { kind: 'hint', text: 'tao stake list shows your positions.' },
    ],
  };
}

/** A transfer ends with stake that leaves: what the receiver got. A fee taken in alpha is no part. */
function relocatedFlows(record: TxRecord) {
  const flows = (record.outcome?.flows ?? []).filter((flow) => flow.taoRao > 0n);
  return { left: flows[0], arrived: flows.at(-1) };
}

function textOf({ netuid, alphaRao }: StakeFlow): string {
  return netuid === 0
    ? `${formatRao(alphaRao)} TAO`
    : `${displayRao(alphaRao, 9)} ${unitOf(netuid)}`;
}
