/** Calls under way: each ends with its answer, its refusal, its timeout, its abort, or the connection. */
import type { Clock } from '../domain/ports.ts';
import type { TaoError } from '../errors/tao-error.ts';
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

export type Calls = {
  readonly start: <T>(call: Call<T>) => Promise<T>;
  readonly settle: (reply: RpcReply) => void;
  /** Ends every call, now and later, with `error`. */
  readonly end: (error: TaoError) => void;
  readonly started: () => number;
};

export type CallsSetup = {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly send: (text: string) => void;
};

type Pending = {
  readonly settle: (reply: RpcReply) => void;
  readonly fail: (error: Error) => void;
};

export function createCalls(setup: CallsSetup): Calls {
  const pending = new Map<number, Pending>();
  let started = 0;
  let ended: TaoError | undefined;

  const start = <T>(call: Call<T>): Promise<T> => {
    if (ended !== undefined) return Promise.reject(ended);
    const { signal } = call.options;
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    started += 1;
    const id = started;
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

  return {
    start,
    settle: (reply) => pending.get(reply.id)?.settle(reply),
    end: (error) => {
      ended ??= error;
      for (const call of [...pending.values()]) call.fail(error);
    },
    started: () => started,
  };
}
