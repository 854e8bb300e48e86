/**
 * JSON-RPC over a text channel: matches answers to calls, keeps subscriptions, and gives every call
 * an end. It never retries and never decides what an answer means.
 */
import type { Clock, TextChannel } from '../domain/ports.ts';
import type { TaoError } from '../errors/tao-error.ts';
import { createCalls } from './rpc-calls.ts';
import { badReplyError, closedError } from './rpc-errors.ts';
import { parseRpcText, type RpcMessage } from './rpc-message.ts';
import { createSubscriptions } from './rpc-subscriptions.ts';
import type { JsonRpc } from './types.ts';

export type RpcClientOptions = {
  readonly clock: Clock;
  /** How long one call may wait for its answer. */
  readonly timeoutMs: number;
  /** Longest message read, in characters. */
  readonly maxMessageLength?: number;
};

/** 64 million characters: far above any answer we ask for, far below what exhausts memory. */
export const MAX_MESSAGE_LENGTH = 64 * 1024 * 1024;

/**
 * Speaks JSON-RPC 2.0 over `channel`, whose listeners it takes. A message that is no reply ends the
 * connection: what else the other side says cannot be trusted. Closing it closes the channel.
 */
export function createRpcClient(channel: TextChannel, options: RpcClientOptions): JsonRpc {
  const { clock, timeoutMs, maxMessageLength = MAX_MESSAGE_LENGTH } = options;
  const calls = createCalls({ clock, timeoutMs, send: channel.send });
  const subscriptions = createSubscriptions();
  let isEnded = false;

  const end = (error: TaoError): void => {
    if (isEnded) return;
    isEnded = true;
    calls.end(error);
    subscriptions.end(error);
  };
  const endWithBadReply = (what: string): void => {
    end(badReplyError(what));
    channel.close();
  };

  const receive = (message: RpcMessage): void => {
    if (message.kind === 'notification') subscriptions.deliver(message);
    else if (message.kind !== 'garbage') calls.settle(message);
    else if (message.refusal === undefined || !calls.refuseBatches(message.refusal)) {
      endWithBadReply(message.why);
    }
  };

  channel.onMessage((text) => {
    if (isEnded) return;
    if (text.length > maxMessageLength) {
      endWithBadReply('a message longer than the limit');
      return;
    }
    for (const message of parseRpcText(text)) {
      if (!isEnded) receive(message);
    }
  });
  channel.onClose((reason) => end(closedError(reason)));

  return {
    request: (method, params, callOptions = {}) =>
      calls.start({ method, params, options: callOptions, accept: (result) => result }),
    requestMany: (method, paramsOfEach) =>
      paramsOfEach.length === 0 ? Promise.resolve([]) : calls.startMany({ method, paramsOfEach }),
    subscribe: async (subscription) => {
      const { method, params, unsubscribe } = subscription;
      const accept = (result: unknown): string => subscriptions.add(subscription, result);
      const id = await subscriptions.whileOpening(() =>
        calls.start({ method, params, options: {}, accept }),
      );
      return () => {
        if (!subscriptions.remove(id)) return;
        const stop = { method: unsubscribe, params: [id], options: {}, accept: () => undefined };
        calls.start(stop).catch(() => undefined);
      };
    },
    roundTrips: calls.started,
    close: () => {
      end(closedError('closed here'));
      channel.close();
    },
  };
}
