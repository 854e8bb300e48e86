/**
 * A channel to a node in this process. Texts arrive later and in order, as over a socket, so that
 * no caller comes to rely on an answer within its own call.
 */
import type { RpcEndpoint, TextChannel } from '../domain/ports.ts';

/** Opens a session on `endpoint` and carries texts both ways. */
export function connectInMemory(endpoint: RpcEndpoint): TextChannel {
  let listener: ((text: string) => void) | undefined;
  let closeListener: ((reason: string) => void) | undefined;
  let closeReason: string | undefined;
  let undelivered: string[] = [];

  const receive = (text: string): void => {
    if (closeReason !== undefined) return;
    if (listener === undefined) undelivered.push(text);
    else listener(text);
  };
  const finish = (reason: string): void => {
    if (closeReason !== undefined) return;
    closeReason = reason;
    closeListener?.(reason);
  };

  const session = endpoint.openSession(
    (text) => later(() => receive(text)),
    (reason) => later(() => finish(reason)),
  );

  return {
    send: (text) => {
      later(() => {
        if (closeReason === undefined) session.receive(text);
      });
    },
    close: () => {
      if (closeReason !== undefined) return;
      session.close();
      finish('closed here');
    },
    onMessage: (given) => {
      listener = given;
      const waiting = undelivered;
      undelivered = [];
      for (const text of waiting) given(text);
    },
    onClose: (given) => {
      closeListener = given;
      if (closeReason !== undefined) given(closeReason);
    },
  };
}

function later(action: () => void): void {
  setImmediate(action);
}
