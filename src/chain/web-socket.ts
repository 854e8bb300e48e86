/**
 * A channel to a node over WebSocket. Connecting either works or ends in one clear error; URLs are
 * shown without credentials, path and query, since providers put keys into all three.
 */
import type { WebSocket } from 'ws';
import type { TextChannel } from '../domain/ports.ts';
import { TaoError } from '../errors/tao-error.ts';
import { MAX_MESSAGE_LENGTH } from './rpc-client.ts';
import { showableUrl } from './showable-url.ts';

export type WebSocketRequest = {
  readonly url: string;
  /** How long the connection may take to open. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
};

/** Idle time after which TCP asks whether the other side is still there. */
const KEEP_ALIVE_MS = 30_000;
const NORMAL_CLOSURE = 1000;

/** Connects. NETWORK_UNREACHABLE with the reason in `data.reason`. */
export async function connectWebSocket(request: WebSocketRequest): Promise<TextChannel> {
  const { WebSocket } = await import('ws');
  const socket = openSocket(WebSocket, request);
  await waitUntilOpen(socket, request);
  return channelOf(socket);
}

function openSocket(Socket: typeof WebSocket, request: WebSocketRequest): WebSocket {
  try {
    return new Socket(request.url, {
      maxPayload: MAX_MESSAGE_LENGTH,
      perMessageDeflate: false,
      followRedirects: false,
    });
  } catch (cause) {
    throw unreachable(request.url, { reason: 'invalid-url', words: 'the URL is not valid', cause });
  }
}

function waitUntilOpen(socket: WebSocket, request: WebSocketRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const { url, signal, timeoutMs } = request;
    const deadline = AbortSignal.timeout(timeoutMs);
    const settle = (outcome: () => void): void => {
      signal?.removeEventListener('abort', interrupt);
      deadline.removeEventListener('abort', giveUp);
      outcome();
    };
    const fail = (error: unknown): void => {
      settle(() => reject(error));
      socket.terminate();
    };
    const interrupt = (): void => fail(signal?.reason);
    const giveUp = (): void => fail(unreachable(url, tooSlow(timeoutMs)));
    socket.on('upgrade', (response) => response.socket.setKeepAlive(true, KEEP_ALIVE_MS));
    socket.once('open', () => settle(resolve));
    socket.once('unexpected-response', (_request, response) =>
      fail(unreachable(url, notWebSocket(response.statusCode ?? 0))),
    );
    // Stays attached: an error after the close of a failed attempt must not end the program.
    socket.on('error', (error) => settle(() => reject(unreachable(url, describeFailure(error)))));
    deadline.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted === true) interrupt();
    else signal?.addEventListener('abort', interrupt, { once: true });
  });
}

function channelOf(socket: WebSocket): TextChannel {
  let closeReason: string | undefined;
  let closeListener: ((reason: string) => void) | undefined;
  let lastError: string | undefined;
  const finish = (reason: string): void => {
    if (closeReason !== undefined) return;
    closeReason = reason;
    closeListener?.(reason);
  };
  socket.on('error', (error) => {
    lastError = describeFailure(error).words;
  });
  socket.on('close', (code) => finish(lastError ?? `the node closed it (code ${code})`));
  return {
    send: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: () => {
      finish('closed here');
      socket.close(NORMAL_CLOSURE);
      socket.terminate();
    },
    onMessage: (listener) => {
      socket.on('message', (data) => listener(data.toString()));
    },
    onClose: (listener) => {
      closeListener = listener;
      if (closeReason !== undefined) listener(closeReason);
    },
  };
}

type Failure = { readonly reason: string; readonly words: string; readonly cause?: unknown };

const failureByCode: Readonly<Record<string, readonly [reason: string, words: string]>> = {
  ECONNREFUSED: ['refused', 'nothing listens there'],
  ECONNRESET: ['reset', 'the connection was reset'],
  EPIPE: ['reset', 'the connection was reset'],
  ETIMEDOUT: ['timeout', 'it did not answer in time'],
  EHOSTUNREACH: ['no-route', 'there is no route to it'],
  ENETUNREACH: ['no-route', 'there is no network'],
  ENOTFOUND: ['unknown-host', 'the host name is unknown'],
  EAI_AGAIN: ['dns', 'the host name could not be looked up'],
  EPROTO: ['tls', 'it does not speak TLS there; use ws:// instead of wss:// if that is intended'],
  CERT_HAS_EXPIRED: ['tls', 'its certificate has expired'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', 'its certificate is self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', 'its certificate chain is self-signed'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', 'its certificate cannot be verified'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', 'its certificate cannot be verified'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'its certificate is for another host'],
};

function describeFailure(error: Error): Failure {
  const code = codeOf(error);
  const [reason, words] = failureByCode[code] ?? describeUnlistedCode(code);
  return { reason, words, cause: error };
}

function describeUnlistedCode(code: string): readonly [reason: string, words: string] {
  if (code.startsWith('ERR_SSL')) return ['tls', 'it does not speak TLS there'];
  if (code.startsWith('HPE_')) return ['not-websocket', 'it does not speak WebSocket'];
  // The library gives no code to an answer that breaks the protocol.
  if (code === '') return ['not-websocket', 'it does not speak WebSocket properly'];
  return ['failed', `the connection failed (${code})`];
}

/** A host with several addresses fails with one error per address. */
function codeOf(error: Error & { readonly code?: unknown; readonly errors?: unknown }): string {
  if (typeof error.code === 'string') return error.code;
  const [first] = Array.isArray(error.errors) ? (error.errors as Error[]) : [];
  return first === undefined ? '' : codeOf(first);
}

function tooSlow(timeoutMs: number): Failure {
  return { reason: 'timeout', words: `it did not answer within ${timeoutMs / 1000} s` };
}

function notWebSocket(status: number): Failure {
  const denied = status === 401 || status === 403;
  return {
    reason: denied ? 'denied' : 'not-websocket',
    words: denied
      ? `it denied access (HTTP ${status})`
      : `it answered HTTP ${status} instead of opening a WebSocket`,
  };
}

function unreachable(url: string, failure: Failure): TaoError {
  const shown = showableUrl(url);
  return new TaoError('NETWORK_UNREACHABLE', {
    message: `Failed to connect to ${shown}: ${failure.words}.`,
    hint: 'Check the network name or URL given with --network, or try another node.',
    data: { url: shown, reason: failure.reason },
    cause: failure.cause,
  });
}
