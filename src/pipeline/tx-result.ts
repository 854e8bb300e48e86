/** A journal record as the result of a command: data for machines, a receipt for people. Pure. */
import { alpha, alphaJson, displayRao, tao, taoJson } from '../domain/amount.ts';
import type { StakeFlow, TxRecord } from '../ledger/types.ts';
import {
  actedForOfRecord,
  approvalOfRecord,
  approvalText,
  signerOfRecord,
} from './acting-as-record.ts';

/** The part of `data` that every command that moves funds shares. */
export function transactionData(record: TxRecord): Readonly<Record<string, unknown>> {
  const { signed, outcome } = record;
  return {
    id: record.id,
    requestId: record.requestId ?? null,
    command: record.command,
    summary: record.summary,
    from: signerOfRecord(record),
    actedFor: actedForOfRecord(record),
    approval: approvalOfRecord(record) ?? null,
    state: record.state,
    hash: signed?.hash ?? null,
    nonce: signed?.nonce ?? null,
    expiresAtBlock: signed?.expiresAtBlock ?? null,
    block:
      outcome?.blockNumber === undefined
        ? null
        : { number: outcome.blockNumber, hash: outcome.blockHash },
    finalized: outcome?.finalized ?? false,
    fee: outcome?.feeRao === undefined ? null : taoJson(tao(outcome.feeRao)),
    failure: outcome?.failure ?? null,
  };
}

/** What went in and what came out, from the chain's own events. */
export function flowTotals(flows: readonly StakeFlow[]): {
  readonly taoRao: bigint;
  readonly alphaRao: bigint;
  readonly netuid: number | undefined;
} {
  let taoRao = 0n;
  let alphaRao = 0n;
  for (const flow of flows) {
    taoRao += flow.taoRao;
    alphaRao += flow.alphaRao;
  }
  return { taoRao, alphaRao, netuid: flows[0]?.netuid };
}

/** Result of a stake: TAO spent and alpha received, both from events; null until included. */
export function stakeResultData(record: TxRecord): Readonly<Record<string, unknown>> {
  const flows = record.outcome?.flows.filter((flow) => flow.direction === 'in') ?? [];
  const totals = flowTotals(flows);
  const isDone = totals.netuid !== undefined;
  return {
    transaction: transactionData(record),
    spent: isDone ? taoJson(tao(totals.taoRao)) : null,
    received: isDone ? alphaJson(alpha(totals.netuid, totals.alphaRao)) : null,
  };
}

/** Result of an unstake: alpha that left and TAO received, both from events; null until included. */
export function unstakeResultData(record: TxRecord): Readonly<Record<string, unknown>> {
  const flows = record.outcome?.flows.filter((flow) => flow.direction === 'out') ?? [];
  const totals = flowTotals(flows);
  const isDone = totals.netuid !== undefined;
  return {
    transaction: transactionData(record),
    unstaked: isDone ? alphaJson(alpha(totals.netuid, totals.alphaRao)) : null,
    received: isDone ? taoJson(tao(totals.taoRao)) : null,
  };
}

function unplaced({ state, isHeld }: TxRecord): string {
  return isHeld === true && state === 'signed' ? 'signed; not sent' : 'sent; not yet in a block';
}

/** The receipt's last rows: fee, transaction and where it is. */
export function receiptRows(record: TxRecord): readonly (readonly [string, string])[] {
  const { signed, outcome } = record;
  const approval = approvalOfRecord(record);
  const place =
    outcome?.blockNumber === undefined
      ? unplaced(record)
      : `${outcome.finalized ? 'finalized' : 'included'} in block ${outcome.blockNumber}`;
  return [
    ...(approval === undefined ? [] : [['Approvals', approvalText(approval)] as const]),
    ...(outcome?.feeRao === undefined
      ? []
      : [['Fee', `${displayRao(outcome.feeRao, 9, 'up')} TAO`] as const]),
    ['Transaction', `${signed?.hash ?? 'none'}`],
    ['State', place],
  ];
}
