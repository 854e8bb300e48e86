/** For tests: a JSON-RPC client over a real WebSocket. */
import { WebSocket } from 'ws';
import type { RpcReply } from './dev-client.ts';

export type SocketClient = {
  /** The result; an error reply rejects with it. */
  readonly call: <T = unknown>(method: string, ...params: unknown[]) => Promise<T>;
  readonly reply: (method: string, ...params: unknown[]) => Promise<RpcReply>;
  /** Results of notifications so far, by subscription id. */
  readonly pushed: (subscription: unknown) => readonly unknown[];
  /** Texts that came and were no JSON. */
  readonly garbled: readonly string[];
  /** Sends any text; the next message that answers no call resolves. */
  readonly raw: (text: string) => Promise<unknown>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly close: () => void;
};

type Message = RpcReply & {
  readonly id?: number | null;
  readonly params?: { readonly subscription: string; readonly result: unknown };
};

export async function openSocket(url: string): Promise<SocketClient> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const waiting = new Map<number, (message: Message) => void>();
  const pushed = new Map<unknown, unknown[]>();
  const garbled: string[] = [];
  const raw: ((message: unknown) => void)[] = [];
  let lastId = 0;
  socket.on('message', (data) => {
    const message = parse(data.toString());
    if (message === undefined) {
      garbled.push(data.toString());
      return;
    }
    const answer = typeof message.id === 'number' ? waiting.get(message.id) : undefined;
    if (answer !== undefined) answer(message);
    else if (message.params === undefined) raw.shift()?.(message);
    else {
      const { subscription, result } = message.params;
      pushed.set(subscription, [...(pushed.get(subscription) ?? []), result]);
    }
  });
  const reply = (method: string, ...params: unknown[]): Promise<RpcReply> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params }));
    });
  return {
    reply,
    async call<T>(method: string, ...params: unknown[]): Promise<T> {
      const { result, error } = await reply(method, ...params);
      if (error !== undefined) throw Object.assign(new Error(error.message), error);
      return result as T;
    },
    pushed: (subscription) => pushed.get(subscription) ?? [],
    garbled,
    raw: (text) =>
      new Promise((resolve) => {
        raw.push(resolve);
        socket.send(text);
      }),
    closed: new Promise((resolve) => socket.once('close', resolve)),
    close: () => socket.close(),
  };
}

function parse(text: string): Message | undefined {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return undefined;
  }
}
