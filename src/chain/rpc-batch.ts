/** A batch under way: several calls in one message, which end together. */
import type { CallsSetup, Pending } from './rpc-calls.ts';
import { refusedError, timeoutError } from './rpc-errors.ts';
import type { RpcReply } from './rpc-message.ts';

export type Batch = {
  readonly method: string;
  readonly paramsOfEach: readonly (readonly unknown[])[];
};

/** What the batch shares with the other calls of its connection. */
export type BatchSetup = CallsSetup & {
  readonly pending: Map<number, Pending>;
  /** How to fail each batch under way. */
  readonly batches: Set<(error: Error) => void>;
  /** Ids from here on, one a call. */
  readonly firstId: number;
};

/** Sends the batch; the answers in the order of its calls. The first refusal fails all of it. */
export function startBatch(batch: Batch, setup: BatchSetup): Promise<readonly unknown[]> {
  const { method, paramsOfEach } = batch;
  const { pending, batches, firstId, timeoutMs } = setup;
  return new Promise((resolve, reject) => {
    const results: unknown[] = [];
    let missing = paramsOfEach.length;
    const timer = new AbortController();
    const finish = (): void => {
      for (let id = firstId; id < firstId + paramsOfEach.length; id += 1) pending.delete(id);
      timer.abort();
      batches.delete(fail);
    };
    const fail = (error: Error): void => {
      finish();
      reject(error);
    };
    const settle = (index: number, reply: RpcReply): void => {
      if (reply.kind === 'refusal') {
        fail(refusedError(method, reply));
        return;
      }
      pending.delete(firstId + index);
      results[index] = reply.result;
      missing -= 1;
      if (missing > 0) return;
      finish();
      resolve(results);
    };
    batches.add(fail);
    const messages = paramsOfEach.map((params, index) => {
      pending.set(firstId + index, { settle: (reply) => settle(index, reply), fail });
      return { jsonrpc: '2.0', id: firstId + index, method, params };
    });
    setup.clock.sleep(timeoutMs, timer.signal).then(
      () => fail(timeoutError(method, timeoutMs)),
      () => undefined,
    );
    setup.send(JSON.stringify(messages));
  });
}
