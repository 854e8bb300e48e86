/** The errors of a connection, in one place so that every one reads the same. */
import { TaoError } from '../errors/tao-error.ts';
import { cleanText } from './clean-text.ts';
import type { RpcReply } from './rpc-message.ts';

/** The node answered with an error of its own. */
export function refusedError(
  method: string,
  reply: Extract<RpcReply, { readonly kind: 'refusal' }>,
): TaoError {
  const message = cleanText(reply.message);
  return new TaoError('RPC_REFUSED', {
    message: `Failed to ask the node for ${method}: it answered "${message}" (${reply.code}).`,
    data: { method, rpcCode: reply.code, rpcMessage: message, rpcData: reply.data ?? null },
  });
}

export function timeoutError(method: string, timeoutMs: number): TaoError {
  return new TaoError('NETWORK_TIMEOUT', {
    message: `Failed to get an answer from the node to ${method} within ${timeoutMs / 1000} s.`,
    hint: 'Try again, raise --timeout, or choose another node with --network.',
    data: { method, timeoutMs },
  });
}

export function closedError(reason: string): TaoError {
  return new TaoError('NETWORK_CLOSED', {
    message: `Failed to keep the connection to the node: ${cleanText(reason)}.`,
    hint: 'Try again, or choose another node with --network.',
  });
}

/** The node sent something that is no reply to anything. */
export function badReplyError(what: string): TaoError {
  return new TaoError('NETWORK_BAD_REPLY', {
    message: `Failed to understand the node: it sent ${cleanText(what)}.`,
    hint: 'Check that the URL is a Subtensor node and not another service.',
  });
}
