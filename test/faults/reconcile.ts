/** Compares what the chain executed with what the tool says, intent by intent and byte by byte. */
import type { ChainEvent } from '../../src/chain/types.ts';
import { decodeSigned } from '../../src/devnode/runtime/extrinsic.ts';
import { fromHex } from '../../src/devnode/scale/hex.ts';
import type { TxRecord } from '../../src/ledger/types.ts';
import type { FaultIntent } from './intents.ts';
import type { Verdict } from './settle.ts';
import type { Executed } from './world.ts';

export type Settled = {
  readonly intent: FaultIntent;
  readonly verdict: Verdict;
  readonly fault: string;
};

/** Where only other runs of the tool are in the way: they must not cost each other anything. */
const UNHURT: readonly string[] = ['none', 'two intents at once', 'started twice at once'];

export type Difference = string;

/** Every way in which chain and tool disagree; empty when they do not. */
export function reconcile(
  records: readonly TxRecord[],
  executed: readonly Executed[],
  settled: readonly Settled[],
): {
  readonly done: number;
  readonly partly: number;
  readonly notDone: number;
  readonly differences: readonly Difference[];
} {
  const differences: Difference[] = [];
  const timesDone = countDone(executed);
  const byRequest = new Map(
    records.flatMap((record) =>
      record.requestId === undefined || record.state === 'abandoned'
        ? []
        : [[record.requestId, record] as const],
    ),
  );
  const recorded = new Set(
    records.flatMap(({ state, signed }) => (state === 'succeeded' ? amountsOf(signed) : [])),
  );
  let done = 0;
  let partly = 0;
  for (const { intent, verdict, fault } of settled) {
    const times = intent.amounts.map((amount) => timesDone.get(amount) ?? 0);
    const record = byRequest.get(intent.requestId);
    const isDone =
      verdict.kind === 'done' || (record?.state === 'succeeded' && record.part === undefined);
    const name = `${intent.requestId} (${fault}; ${intent.argv.slice(0, 2).join(' ')})`;
    // Of a batch in parts some may be done and others not: the journal says which.
    const wanted = intent.amounts.map((amount) => (isDone || recorded.has(amount) ? 1 : 0));
    if (wanted.every((count) => count === 1)) done += 1;
    else if (wanted.some((count) => count === 1)) partly += 1;
    if (times.join() !== wanted.join()) {
      differences.push(`${name}: done ${times.join()} times, wanted ${wanted.join()}`);
    }
    if (UNHURT.includes(fault) && record?.state === 'refused') {
      differences.push(`${name}: nothing was in its way, and it is refused`);
    }
    if (verdict.kind === 'done' && record?.state !== 'succeeded') {
      differences.push(
        `${name}: reported done, and the journal says ${record?.state ?? 'nothing'}`,
      );
    }
    if (verdict.kind === 'not done' && record?.state === 'succeeded' && !record.part) {
      differences.push(`${name}: reported ${verdict.code}, and the journal says succeeded`);
    }
  }
  differences.push(...lostRecords(records, executed));
  return { done, partly, notDone: settled.length - done - partly, differences };
}

/** How often each amount was moved, by the extrinsics that succeeded. */
function countDone(executed: readonly Executed[]): ReadonlyMap<bigint, number> {
  const times = new Map<bigint, number>();
  for (const { signed, events } of executed) {
    if (!isSuccess(events)) continue;
    for (const amount of new Set(amountsIn(signed.call))) {
      times.set(amount, (times.get(amount) ?? 0) + 1);
    }
  }
  return times;
}

function amountsOf(bytes: TxRecord['signed']): readonly bigint[] {
  const signed = bytes === undefined ? undefined : decodeSigned(fromHex(bytes.extrinsic));
  return signed === undefined ? [] : amountsIn(signed.call);
}

/** Every amount in a call, however deep. */
function amountsIn(value: unknown): readonly bigint[] {
  if (typeof value === 'bigint') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(amountsIn);
}

export function isSuccess(events: readonly ChainEvent[]): boolean {
  const isOk = events.some(({ pallet, name }) => `${pallet}.${name}` === 'System.ExtrinsicSuccess');
  const failed = events.some(
    ({ pallet, name, fields }) =>
      `${pallet}.${name}` === 'Proxy.ProxyExecuted' &&
      (fields.result as { readonly success: boolean }).success === false,
  );
  return isOk && !failed;
}

/** Every extrinsic has its record with the same block, outcome and fee, and the other way round. */
function lostRecords(
  records: readonly TxRecord[],
  executed: readonly Executed[],
): readonly Difference[] {
  const unseen = new Map<string, TxRecord>();
  for (const record of records) {
    if (record.signed !== undefined) unseen.set(record.signed.extrinsic.toLowerCase(), record);
  }
  const differences: Difference[] = [];
  for (const { hex, blockHash, blockNumber, events } of executed) {
    const record = unseen.get(hex);
    unseen.delete(hex);
    const state = isSuccess(events) ? 'succeeded' : 'failed';
    if (record?.outcome?.blockHash !== blockHash || record.state !== state) {
      differences.push(
        `block ${blockNumber}: ${state} (${record?.requestId}, ${record?.summary ?? hex}), and ` +
          `the journal says ${record?.state ?? 'nothing'} in ${record?.outcome?.blockNumber}`,
      );
    }
  }
  for (const record of unseen.values()) {
    if (record.state === 'succeeded' || record.state === 'failed') {
      differences.push(`${record.id} says ${record.state}, and no block has it`);
    } else if (!['refused', 'expired', 'abandoned'].includes(record.state)) {
      differences.push(`${record.id} is left ${record.state}`);
    }
  }
  return differences;
}
