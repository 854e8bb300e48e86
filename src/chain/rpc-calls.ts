/** Calls under way: each ends with its answer, its refusal, its timeout, its abort, or the connection. */
import type { Clock } from '../domain/ports.ts';
import type { TaoError } from '../errors/tao-error.ts';
import { type Batch, startBatch } from './rpc-batch.ts';
import { refusedError, timeoutError } from './rpc-errors.ts';
import type { RpcReply } from './rpc-message.ts';

export type CallOptions = { readonly timeoutMs?: number; readonly signal?: AbortSignal };

export type Call<T> = {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly options: CallOptions;
  /** Runs as soon as the answer is read, before any later message is. */
  readonly accept: (result: unknown) => T;
};

type Refusal = Omit<Extract<RpcReply, { readonly kind: 'refusal' }>, 'kind' | 'id'>;

export type Calls = {
  readonly start: <T>(call: Call<T>) => Promise<T>;
  /** Several calls in one message, which counts once. Fails as a whole, with the first refusal. */
  readonly startMany: (batch: Batch) => Promise<readonly unknown[]>;
  readonly settle: (reply: RpcReply) => void;
  /** Fails the batches under way: the node refuses such messages. False: there are none. */
  readonly refuseBatches: (refusal: Refusal) => boolean;
  /** Ends every call, now and later, with `error`. */
  readonly end: (error: TaoError) => void;
  readonly started: () => number;
};

export type CallsSetup = {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly send: (text: string) => void;
};

export type Pending = {
  readonly settle: (reply: RpcReply) => void;
  readonly fail: (error: Error) => void;
};

export function createCalls(setup: CallsSetup): Calls {
  const pending = new Map<number, Pending>();
  const batches = new Set<(error: Error) => void>();
  let started = 0;
  let lastId = 0;
  let ended: TaoError | undefined;

  const start = <T>(call: Call<T>): Promise<T> => {
    if (ended !== undefined) return Promise.reject(ended);
    const { signal } = call.options;
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    started += 1;
    lastId += 1;
    const id = lastId;
    return new Promise<T>((resolve, reject) => {
      const timer = new AbortController();
      const finish = (): void => {
        pending.delete(id);
        timer.abort();
        signal?.removeEventListener('abort', abort);
      };
      const fail = (error: Error): void => {
        finish();
        reject(error);
      };
      const abort = (): void => fail(signal?.reason as Error);
      const settle = (reply: RpcReply): void => {
        finish();
        if (reply.kind === 'refusal') reject(refusedError(call.method, reply));
        else resolve(call.accept(reply.result));
      };
      pending.set(id, { settle, fail });
      signal?.addEventListener('abort', abort, { once: true });
      const timeoutMs = call.options.timeoutMs ?? setup.timeoutMs;
      setup.clock.sleep(timeoutMs, timer.signal).then(
        () => fail(timeoutError(call.method, timeoutMs)),
        () => undefined,
      );
      setup.send(JSON.stringify({ jsonrpc: '2.0', id, method: call.method, params: call.params }));
    });
  };

  const startMany: Calls['startMany'] = (batch) => {
    if (ended !== undefined) return Promise.reject(ended);
    started += 1;
    const firstId = lastId + 1;
    lastId += batch.paramsOfEach.length;
    return startBatch(batch, { ...setup, pending, batches, firstId });
  };

  return {
    start,
    startMany,
    refuseBatches: (refusal) => {
      const failing = [...batches];
      const error = refusedError('a batch of calls', { kind: 'refusal', id: 0, ...refusal });
      for (const fail of failing) fail(error);
      return failing.length > 0;
    },
    settle: (reply) => pending.get(reply.id)?.settle(reply),
    end: (error) => {
      ended ??= error;
      for (const call of [...pending.values()]) call.fail(error);
    },
    started: () => started,
  };
}
