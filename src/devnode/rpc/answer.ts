/** One JSON-RPC message, single or batch, to its reply. Never throws: defects become error replies. */
import { isTaoError } from '../../errors/tao-error.ts';
import type { Faults } from '../node/core.ts';
import {
  INTERNAL_ERROR,
  INVALID_REQUEST,
  METHOD_NOT_FOUND,
  PARSE_ERROR,
  RpcError,
} from './rpc-error.ts';
import type { Params, RpcContext, RpcMethods } from './session.ts';

export type Reply =
  | { readonly kind: 'message'; readonly message: unknown }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'drop'; readonly reason: string };

/** Thrown by a method to cut the connection instead of answering. */
export class DropConnection extends Error {}

export type Answering = { readonly context: RpcContext; readonly methods: RpcMethods };

const MAX_MESSAGE_CHARS = 15 * 1024 * 1024;
const MAX_BATCH = 500;
const NOTHING: Reply = { kind: 'nothing' };

type Request = { readonly id: unknown; readonly method: string; readonly params: Params };

export async function answer(text: string, parts: Answering): Promise<Reply> {
  const parsed = parse(text);
  if (parsed === undefined) return message(failure(null, new RpcError(PARSE_ERROR, 'Parse error')));
  try {
    if (!Array.isArray(parsed)) return await answerOne(parsed, parts);
    if (parsed.length === 0 || parsed.length > MAX_BATCH) return message(badRequest(null));
    const replies: unknown[] = [];
    for (const one of parsed) {
      const reply = await answerOne(one, parts);
      if (reply.kind === 'message') replies.push(reply.message);
    }
    return replies.length === 0 ? NOTHING : message(replies);
  } catch (error) {
    if (error instanceof DropConnection) return { kind: 'drop', reason: error.message };
    throw error;
  }
}

async function answerOne(value: unknown, { context, methods }: Answering): Promise<Reply> {
  const request = readRequest(value);
  if (request === undefined) return message(badRequest(idOf(value)));
  const { id, method, params } = request;
  let body: unknown;
  try {
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (run === undefined) throw new RpcError(METHOD_NOT_FOUND, 'Method not found');
    const result = (await run(context, params)) ?? null;
    body = { jsonrpc: '2.0', result, id };
  } catch (error) {
    if (error instanceof DropConnection) throw error;
    body = failure(id, toRpcError(error));
  }
  if (id === undefined || isStalled(context.core.faults, method)) return NOTHING;
  return message(body);
}

function parse(text: string): unknown {
  if (text.length > MAX_MESSAGE_CHARS) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRequest(value: unknown): Request | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { method, params = [], id } = value as { method?: unknown; params?: unknown; id?: unknown };
  if (typeof method !== 'string' || !Array.isArray(params)) return undefined;
  return { method, params, id };
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
}

/** Uses up one stalled reply; the controls of the developer always answer. */
function isStalled(faults: Faults, method: string): boolean {
  if (faults.stalledReplies <= 0 || method.startsWith('dev_')) return false;
  if (faults.stalledMethod !== undefined && faults.stalledMethod !== method) return false;
  faults.stalledReplies -= 1;
  return true;
}

function toRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  const text = error instanceof Error ? error.message : String(error);
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

function message(value: unknown): Reply {
  return { kind: 'message', message: value };
}
