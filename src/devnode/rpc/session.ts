/**
 * One connection: reads JSON-RPC messages, runs their methods, writes replies and notifications.
 * It knows no method by name; those come in a table.
 */
import type { RpcEndpoint, RpcSession } from '../../domain/ports.ts';
import type { NodeCore } from '../node/core.ts';
import { answer, type Reply } from './answer.ts';
import { INVALID_REQUEST, RpcError } from './rpc-error.ts';

export type Params = readonly unknown[];

export type Session = {
  /**
   * Opens a subscription whose notifications carry `method`. `start` begins it once the id has
   * been replied, and gives what ends it. Gives the id.
   */
  readonly subscribe: (method: string, start: (push: Push) => () => void) => string;
  /** False when there was no such subscription. */
  readonly unsubscribe: (id: string) => boolean;
};
export type Push = (result: unknown) => void;

export type RpcContext = { readonly core: NodeCore; readonly session: Session };
export type RpcMethod = (context: RpcContext, params: Params) => unknown;
export type RpcMethods = Readonly<Record<string, RpcMethod>>;

const MAX_SUBSCRIPTIONS = 1_024;

export function createEndpoint(core: NodeCore, methods: RpcMethods): RpcEndpoint {
  return { openSession: (send, drop) => openSession({ core, methods, send, drop }) };
}

/** Answers single messages without a connection to push anything to, as over HTTP. */
export function createAnswerer(
  core: NodeCore,
  methods: RpcMethods,
): (text: string, reply: (text: string) => void, drop: (reason: string) => void) => void {
  const session: Session = {
    subscribe() {
      throw new RpcError(INVALID_REQUEST, 'Subscriptions need a WebSocket connection');
    },
    unsubscribe: () => false,
  };
  return (text, reply, drop) => {
    const run = async (): Promise<void> => {
      const answered = await answer(text, { context: { core, session }, methods });
      if (answered.kind === 'drop') drop(answered.reason);
      else if (answered.kind === 'nothing') reply('');
      else reply(await spoiled(core, answered));
    };
    run().catch((error: unknown) => drop(error instanceof Error ? error.message : String(error)));
  };
}

/** The text of a reply as a fault leaves it: late, or cut in the middle. */
async function spoiled(
  { clock }: NodeCore,
  { message, faults }: Extract<Reply, { kind: 'message' }>,
): Promise<string> {
  const text = JSON.stringify(message);
  let isCut = false;
  for (const fault of faults) {
    if (fault.kind === 'delay') await clock?.sleep(fault.ms);
    if (fault.kind === 'garble') isCut ||= fault.how === 'cut';
  }
  return isCut ? text.slice(0, Math.ceil(text.length / 2)) : text;
}

type SessionParts = {
  readonly core: NodeCore;
  readonly methods: RpcMethods;
  readonly send: (text: string) => void;
  readonly drop: (reason: string) => void;
};

function openSession({ core, methods, send, drop }: SessionParts): RpcSession {
  const stops = new Map<string, () => void>();
  const starting: (() => void)[] = [];
  let isOpen = true;
  let count = 0;
  const sendText = (text: string): void => {
    if (isOpen) send(text);
  };
  const session: Session = {
    subscribe(method, start) {
      if (stops.size >= MAX_SUBSCRIPTIONS) {
        throw new RpcError(INVALID_REQUEST, 'Too many subscriptions on the connection');
      }
      count += 1;
      const id = count.toString(36).padStart(16, '0');
      const push = (result: unknown): void => {
        if (!stops.has(id)) return;
        const params = { subscription: id, result };
        sendText(JSON.stringify({ jsonrpc: '2.0', method, params }));
      };
      stops.set(id, () => {});
      starting.push(() => {
        if (stops.has(id)) stops.set(id, start(push));
      });
      return id;
    },
    unsubscribe(id) {
      stops.get(id)?.();
      return stops.delete(id);
    },
  };
  const close = (): void => {
    isOpen = false;
    for (const stop of stops.values()) stop();
    stops.clear();
  };
  async function receive(text: string): Promise<void> {
    const reply = await answer(text, { context: { core, session }, methods });
    if (reply.kind === 'drop') {
      close();
      drop(reply.reason);
      return;
    }
    if (reply.kind === 'message') sendText(await spoiled(core, reply));
    try {
      for (const start of starting.splice(0)) start();
    } catch (error) {
      // The reply is out already; a connection that ends is the only way left to say so.
      close();
      drop(error instanceof Error ? error.message : String(error));
    }
  }
  // One message after the other: what a client sent first has happened when the next one runs.
  let last: Promise<void> = Promise.resolve();
  return {
    receive(text) {
      last = last
        .then(() => (isOpen ? receive(text) : undefined))
        // Only a defect comes here; it ends the connection and not the chain.
        .catch((error: unknown) => {
          close();
          drop(error instanceof Error ? error.message : String(error));
        });
    },
    close,
  };
}
