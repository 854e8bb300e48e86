/** One JSON-RPC message, single or batch, to its reply. Never throws: defects become error replies. */
import { isTaoError } from '../../errors/tao-error.ts';
import { type ReplyFault, takeReplyFaults } from '../node/faults.ts';
import {
  BATCH_TOO_LARGE,
  CLIENT_ERROR,
  INTERNAL_ERROR,
  INVALID_REQUEST,
  invalidParams,
  METHOD_NOT_FOUND,
  PARSE_ERROR,
  RpcError,
  TOO_BIG,
} from './rpc-error.ts';
import type { Params, RpcContext, RpcMethods } from './session.ts';

export type Reply =
  | { readonly kind: 'message'; readonly message: unknown; readonly faults: readonly ReplyFault[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'drop'; readonly reason: string };

/** Thrown by a method to cut the connection instead of answering. */
export class DropConnection extends Error {}

export type Answering = { readonly context: RpcContext; readonly methods: RpcMethods };

/** Longest message read, as on the real node. */
export const MAX_MESSAGE_BYTES = 15 * 1024 * 1024;
const MAX_BATCH = 500;
const NOTHING: Reply = { kind: 'nothing' };
/** What a garbled result is. */
const GARBLED = '0xdeadbeef';

type Request = {
  readonly id: unknown;
  readonly method: string;
  /** Undefined when they are given by name. */
  readonly params: Params | undefined;
};

/** Answers one message; a longer one than the limit is refused unread. */
export async function answer(text: string, parts: Answering): Promise<Reply> {
  if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) return message(failure(null, tooBig()));
  const parsed = parse(text);
  if (parsed === undefined) return message(failure(null, new RpcError(PARSE_ERROR, 'Parse error')));
  try {
    return Array.isArray(parsed)
      ? await answerBatch(parsed, parts)
      : await answerOne(parsed, parts);
  } catch (error) {
    if (error instanceof DropConnection) return { kind: 'drop', reason: error.message };
    throw error;
  }
}

async function answerBatch(requests: readonly unknown[], parts: Answering): Promise<Reply> {
  if (requests.length === 0) return message(badRequest(null));
  if (requests.length > MAX_BATCH) {
    const text = 'The batch request was too large';
    return message(failure(null, new RpcError(BATCH_TOO_LARGE, text, `At most ${MAX_BATCH}`)));
  }
  const replies: unknown[] = [];
  const faults: ReplyFault[] = [];
  for (const one of requests) {
    const reply = await answerOne(one, parts);
    if (reply.kind !== 'message') continue;
    replies.push(reply.message);
    faults.push(...reply.faults);
  }
  return replies.length === 0 ? NOTHING : { kind: 'message', message: replies, faults };
}

async function answerOne(value: unknown, { context, methods }: Answering): Promise<Reply> {
  const request = readRequest(value);
  if (request === undefined) return message(badRequest(idOf(value)));
  const { id, method, params } = request;
  const faults = id === undefined ? [] : takeReplyFaults(context.core.faults, method);
  let body: unknown;
  try {
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (run === undefined) throw new RpcError(METHOD_NOT_FOUND, 'Method not found');
    if (params === undefined) throw invalidParams('parameters must be a list, by position');
    const result = (await run(context, params)) ?? null;
    body = { jsonrpc: '2.0', result, id };
  } catch (error) {
    if (error instanceof DropConnection) throw error;
    body = failure(id, toRpcError(error));
  }
  if (id === undefined || faults.some(({ kind }) => kind === 'stall')) return NOTHING;
  const isGarbled = faults.some((fault) => fault.kind === 'garble' && fault.how === 'result');
  if (isGarbled) body = { jsonrpc: '2.0', result: GARBLED, id };
  return { kind: 'message', message: body, faults };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined for what is no request; parameters by name count as none. */
function readRequest(value: unknown): Request | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { jsonrpc, method, params = [], id } = value as Readonly<Record<string, unknown>>;
  if (jsonrpc !== '2.0' || typeof method !== 'string') return undefined;
  return { id, method, params: Array.isArray(params) ? params : undefined };
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
}

function toRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (isTaoError(error, 'DEV_STATE_DISCARDED')) {
    return new RpcError(CLIENT_ERROR, 'Client error: UnknownBlock: State already discarded', text);
  }
  const data = isTaoError(error) ? { code: error.code } : undefined;
  return new RpcError(INTERNAL_ERROR, `Internal error: ${text}`, data);
}

function failure(id: unknown, { code, message: text, data }: RpcError): unknown {
  const error = data === undefined ? { code, message: text } : { code, message: text, data };
  return { jsonrpc: '2.0', error, id };
}

function badRequest(id: unknown): unknown {
  return failure(id, new RpcError(INVALID_REQUEST, 'Invalid request'));
}

function tooBig(): RpcError {
  return new RpcError(TOO_BIG, 'Request is too big', `At most ${MAX_MESSAGE_BYTES} bytes`);
}

function message(value: unknown): Reply {
  return { kind: 'message', message: value, faults: [] };
}
