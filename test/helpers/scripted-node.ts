/**
 * The other end of a text channel, answering as a test says. A call it was not told to expect makes
 * that call fail with a plain error, which no code under test catches.
 */
import type { TextChannel } from '../../src/domain/ports.ts';

export type Answer = (params: readonly unknown[], id: number) => unknown;

export type ScriptedNode = {
  readonly channel: TextChannel;
  /** Every call so far, as `method`. */
  readonly calls: () => readonly string[];
  readonly paramsOf: (method: string) => readonly unknown[];
  /** Adds or replaces an answer. */
  readonly on: (method: string, answer: Answer) => void;
  readonly notify: (subscription: string | number, result: unknown) => void;
  /** Sends any text as it is. */
  readonly say: (text: string) => void;
  readonly drop: (reason: string) => void;
  readonly isClosed: () => boolean;
};

/** An answer that is an error of the node. */
export function rpcError(code: number, message: string, data?: unknown): RpcErrorAnswer {
  return new RpcErrorAnswer(code, message, data);
}

/** An answer that never comes. */
export const silence = Symbol('silence');

class RpcErrorAnswer {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
  constructor(code: number, message: string, data: unknown) {
    this.code = code;
    this.message = message;
    this.data = data;
  }
}

type Received = { readonly id: number; readonly method: string; readonly params: unknown[] };

export function createScriptedNode(answers: Readonly<Record<string, Answer>>): ScriptedNode {
  const known = new Map(Object.entries(answers));
  const received: Received[] = [];
  let listener: (text: string) => void = () => undefined;
  let closeListener: (reason: string) => void = () => undefined;
  let closed = false;

  const say = (text: string): void => {
    if (!closed) listener(text);
  };
  const drop = (reason: string): void => {
    if (closed) return;
    closed = true;
    closeListener(reason);
  };
  const replyTo = (call: Received, answer: unknown): unknown => {
    const body =
      answer instanceof RpcErrorAnswer
        ? { error: { code: answer.code, message: answer.message, data: answer.data } }
        : { result: answer };
    return { jsonrpc: '2.0', id: call.id, ...body };
  };
  const answerTo = (call: Received): Answer => {
    const answer = known.get(call.method);
    if (answer === undefined) throw new Error(`Unexpected call: ${call.method}`);
    received.push(call);
    return answer;
  };
  const answerBatch = (calls: readonly Received[]): void => {
    const answers = calls.map((call) => [call, answerTo(call)] as const);
    queueMicrotask(() => {
      const replies = answers
        .map(([call, answer]) => [call, answer(call.params, call.id)] as const)
        .filter(([, answer]) => answer !== silence)
        .map(([call, answer]) => replyTo(call, answer));
      // Order is the node's own; a client must go by the ids.
      if (replies.length > 0) say(JSON.stringify(replies.toReversed()));
    });
  };

  return {
    channel: {
      send: (text) => {
        const call = JSON.parse(text) as Received | Received[];
        if (Array.isArray(call)) {
          answerBatch(call);
          return;
        }
        const answer = answerTo(call);
        queueMicrotask(() => {
          const given = answer(call.params, call.id);
          if (given !== silence) say(JSON.stringify(replyTo(call, given)));
        });
      },
      close: () => drop('closed here'),
      onMessage: (given) => {
        listener = given;
      },
      onClose: (given) => {
        closeListener = given;
      },
    },
    calls: () => received.map((call) => call.method),
    paramsOf: (method) => received.findLast((call) => call.method === method)?.params ?? [],
    on: (method, answer) => known.set(method, answer),
    notify: (subscription, result) =>
      say(JSON.stringify({ jsonrpc: '2.0', method: 'note', params: { subscription, result } })),
    say,
    drop,
    isClosed: () => closed,
  };
}
