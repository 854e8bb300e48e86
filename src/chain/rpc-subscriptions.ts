/** Open subscriptions, and messages that came before their subscription's own confirmation. */
import type { RpcNotification } from './rpc-message.ts';
import type { Subscription } from './types.ts';

/** Messages kept for subscriptions that are being opened. */
const MAX_EARLY_MESSAGES = 1_000;

export type Subscriptions = {
  /** Runs `open` while early messages are kept. */
  readonly whileOpening: <T>(open: () => Promise<T>) => Promise<T>;
  /** Adds a confirmed subscription and gives it what came early. Returns its id. */
  readonly add: (subscription: Subscription, confirmation: unknown) => string;
  /** Whether it was still open. */
  readonly remove: (id: string) => boolean;
  readonly deliver: (message: RpcNotification) => void;
  readonly end: (error: Error) => void;
};

export function createSubscriptions(): Subscriptions {
  const open = new Map<string, Subscription>();
  let early: RpcNotification[] = [];
  let opening = 0;
  return {
    whileOpening: async (openOne) => {
      opening += 1;
      try {
        return await openOne();
      } finally {
        opening -= 1;
        if (opening === 0) early = [];
      }
    },
    add: (subscription, confirmation) => {
      const id = String(confirmation);
      open.set(id, subscription);
      const mine = early.filter((message) => message.subscription === id);
      early = early.filter((message) => message.subscription !== id);
      for (const message of mine) subscription.onMessage(message.result);
      return id;
    },
    remove: (id) => open.delete(id),
    deliver: (message) => {
      const subscription = open.get(message.subscription);
      if (subscription !== undefined) subscription.onMessage(message.result);
      else if (opening > 0 && early.length < MAX_EARLY_MESSAGES) early.push(message);
    },
    end: (error) => {
      const ending = [...open.values()];
      open.clear();
      for (const subscription of ending) subscription.onEnd(error);
    },
  };
}
