/** A journal record as the result of a command: data for machines, a receipt for people. Pure. */
import { alpha, alphaJson, tao, taoJson } from '../domain/amount.ts';
import type { StakeFlow, TxRecord } from '../ledger/types.ts';
import {
  actedForOfRecord,
  approvalOfRecord,
  approvalText,
  signerOfRecord,
} from './acting-as-record.ts';
import { failedItemsText, type ItemOutcome, itemOutcomes, itemsData } from './batch-outcome.ts';
import { carrierData, feeRows, feesOf } from './carried.ts';

/** The part of `data` that every command that moves funds shares. */
export function transactionData(record: TxRecord): Readonly<Record<string, unknown>> {
  const { signed, outcome } = record;
  const items = itemOutcomes(record);
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
    ...carrierData(record),
    failure: outcome?.failure ?? null,
    part: record.part ?? null,
    items: items === undefined ? null : itemsData(items),
  };
}

/** The transactions of one request: the first, and all of them where there are several. */
export function requestData(records: readonly TxRecord[]): Readonly<Record<string, unknown>> {
  const [first] = records;
  if (first === undefined) throw new TypeError('A request without a transaction.');
  return {
    transaction: transactionData(first),
    parts: records.length === 1 ? null : records.map(transactionData),
  };
}

/** Every item of the batches of a request; empty when it was none. */
export function itemsOf(records: readonly TxRecord[]): readonly ItemOutcome[] {
  return records.flatMap((record) => itemOutcomes(record) ?? []);
}

/** What to say beside a result: that it is of an earlier run, and which items failed. */
export function doneWarnings(records: readonly TxRecord[], isRepeat: boolean): readonly string[] {
  const failed = failedItemsText(itemsOf(records));
  return [
    ...(isRepeat ? ['This request id was done before; nothing was sent now.'] : []),
    ...(failed === undefined ? [] : [`${failed}; the others are done.`]),
  ];
}

/** Exit code of a request that is done: 6 where the chain refused some of its items. */
export function exitCodeOf(records: readonly TxRecord[]): { readonly exitCode?: number } {
  return itemsOf(records).some(({ state }) => state === 'failed') ? { exitCode: 6 } : {};
}

/** What went one way in and what came out, from the chain's own events. */
export type FlowTotals = {
  readonly taoRao: bigint;
  readonly alphaRao: bigint;
  /** Undefined without any flow, and where alpha of several subnets cannot be added up. */
  readonly netuid: number | undefined;
  readonly count: number;
};

export function flowTotals(flows: readonly StakeFlow[]): FlowTotals {
  const netuids = new Set(flows.map(({ netuid }) => netuid));
  const [netuid] = netuids;
  return {
    taoRao: flows.reduce((sum, flow) => sum + flow.taoRao, 0n),
    alphaRao: flows.reduce((sum, flow) => sum + flow.alphaRao, 0n),
    netuid: netuids.size === 1 ? netuid : undefined,
    count: flows.length,
  };
}

/** All own flows of one direction in the transactions of a request. */
export function flowsOf(
  records: readonly TxRecord[],
  direction: StakeFlow['direction'],
): readonly StakeFlow[] {
  return records
    .flatMap((record) =>
      (record.outcome?.flows ?? []).filter(({ coldkey }) => coldkey === record.address),
    )
    .filter((flow) => flow.direction === direction);
}

/** Result of a stake: TAO spent and alpha received, both from events; null until included. */
export function stakeResultData(records: readonly TxRecord[]): Readonly<Record<string, unknown>> {
  const { taoRao, alphaRao, netuid, count } = flowTotals(flowsOf(records, 'in'));
  return {
    ...requestData(records),
    spent: count === 0 ? null : taoJson(tao(taoRao)),
    received: netuid === undefined ? null : alphaJson(alpha(netuid, alphaRao)),
  };
}

/** Result of an unstake: alpha that left and TAO received, both from events; null until included. */
export function unstakeResultData(records: readonly TxRecord[]): Readonly<Record<string, unknown>> {
  const { taoRao, alphaRao, netuid, count } = flowTotals(flowsOf(records, 'out'));
  return {
    ...requestData(records),
    unstaked: netuid === undefined ? null : alphaJson(alpha(netuid, alphaRao)),
    received: count === 0 ? null : taoJson(tao(taoRao)),
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
    ...feeRows(feesOf(record)),
    ['Transaction', `${signed?.hash ?? 'none'}`],
    ['State', place],
  ];
}
