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

export type RpcGarbage = {
  readonly kind: 'garbage';
  readonly why: string;
  /** Set for an error without id: it may refuse a batch. */
  readonly refusal?: { readonly code: number; readonly message: string; readonly data: unknown };
};

export type RpcMessage = RpcReply | RpcNotification | RpcGarbage;

/** Sorts what came: one message, or the answers to a batch. Never throws. */
export function parseRpcText(text: string): readonly RpcMessage[] {
  const value = parseJson(text);
  const isBatch = Array.isArray(value) && value.length > 0;
  return isBatch ? value.map(sortMessage) : [sortMessage(value)];
}

/** Sorts one message. Never throws. */
export function parseRpcMessage(text: string): RpcMessage {
  return sortMessage(parseJson(text));
}

function sortMessage(message: unknown): RpcMessage {
  if (!isObject(message)) return garbage('something that is no JSON object');
  if ('method' in message) return parseNotification(message.params);
  const { id } = message;
  // An error without id answers a request the node could not read, or refuses all of them.
  if (id === null || id === undefined) return strayError(message.error);
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return garbage('an unknown request id');
  if (isObject(message.error)) {
    return { kind: 'refusal', id, ...refusalOf(message.error) };
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

function strayError(error: unknown): RpcGarbage {
  if (!isObject(error) || typeof error.message !== 'string') {
    return garbage('an answer without request id');
  }
  const why = `the error "${error.message.slice(0, 200)}" without request id`;
  return { ...garbage(why), refusal: refusalOf(error) };
}

function refusalOf({ code, message, data }: Record<string, unknown>) {
  return {
    code: typeof code === 'number' ? code : 0,
    message: typeof message === 'string' ? message : 'no reason given',
    data,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
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
