/** What one received text is: an answer, a subscription's message, or nothing we can use. Pure. */

export type RpcReply =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | {
      readonly kind: 'refusal';
      readonly id: number;
      readonly code: number;
      readonly message: string;
      readonly data: unknown;
    };

export type RpcNotification = {
  readonly kind: 'notification';
  readonly subscription: string;
  readonly result: unknown;
};

export type RpcGarbage = { readonly kind: 'garbage'; readonly why: string };

/** Sorts a message. Never throws. */
export function parseRpcMessage(text: string): RpcReply | RpcNotification | RpcGarbage {
  const message = parseObject(text);
  if (message === undefined) return garbage('something that is no JSON object');
  if ('method' in message) return parseNotification(message.params);
  const { id } = message;
  // An error without id answers a request the node could not read, or refuses all of them.
  if (id === null || id === undefined) return garbage(describeStrayError(message.error));
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return garbage('an unknown request id');
  if (isObject(message.error)) {
    const { code, message: words, data } = message.error;
    return {
      kind: 'refusal',
      id,
      code: typeof code === 'number' ? code : 0,
      message: typeof words === 'string' ? words : 'no reason given',
      data,
    };
  }
  if (!('result' in message)) return garbage('an answer with neither result nor error');
  return { kind: 'result', id, result: message.result };
}

function parseNotification(params: unknown): RpcNotification | RpcGarbage {
  if (!isObject(params)) return garbage('a notification without parameters');
  const { subscription } = params;
  if (typeof subscription !== 'string' && typeof subscription !== 'number') {
    return garbage('a notification without subscription');
  }
  return {
    kind: 'notification',
    subscription: String(subscription),
    result: params.result ?? params.error,
  };
}

function describeStrayError(error: unknown): string {
  if (!isObject(error) || typeof error.message !== 'string') return 'an answer without request id';
  return `the error "${error.message.slice(0, 200)}" without request id`;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function garbage(why: string): RpcGarbage {
  return { kind: 'garbage', why };
}
