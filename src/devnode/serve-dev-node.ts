/**
 * Serves a dev chain on one port, over WebSocket and over HTTP POST. The only module here that
 * loads a server; it knows nothing of chains.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { TaoError } from '../errors/tao-error.ts';
import { MAX_MESSAGE_BYTES } from './rpc/answer.ts';
import type { DevNode } from './types.ts';

const LOOPBACK = '127.0.0.1';
/** A longer message than the node reads is refused with words up to here; beyond it the line is cut. */
const MAX_PAYLOAD_BYTES = 4 * MAX_MESSAGE_BYTES;
const MAX_CONNECTIONS = 512;
/** What a client that does not read may leave unsent before it is cut off. */
const MAX_UNSENT_BYTES = 256 * 1024 * 1024;
const GOING_AWAY = 1_001;
const JSON_TYPE = 'application/json';

export type ServeOptions = {
  /** 0 picks a free one. */
  readonly port: number;
  /** Address to listen on; this machine alone when left out. */
  readonly host?: string | undefined;
};

export type ServedNode = {
  readonly url: string;
  readonly port: number;
  /** Closes the server and its connections; the node lives on. */
  readonly close: () => Promise<void>;
};

/** Starts the server and publishes its URL in the node's folder. DEV_PORT_UNAVAILABLE. */
export async function serveDevNode(node: DevNode, options: ServeOptions): Promise<ServedNode> {
  const { port: wanted, host = LOOPBACK } = options;
  const http = createServer((request, response) => answerHttp(node, request, response));
  http.maxConnections = MAX_CONNECTIONS;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES });
  http.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (opened) => connect(node, opened));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('listening', resolve);
    http.once('error', (error) => reject(portTaken(wanted, error)));
    http.listen(wanted, host);
  });
  const { port } = http.address() as AddressInfo;
  const url = `ws://${reachableHost(host)}:${port}`;
  node.publishUrl(url);
  return { url, port, close: () => closeServer(http, sockets) };
}

/** How this machine reaches what listens on an address, all of them included. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return LOOPBACK;
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}

function connect(node: DevNode, socket: WebSocket): void {
  const session = node.endpoint.openSession(
    (text) => {
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
      else socket.send(text);
    },
    () => socket.terminate(),
  );
  socket.on('message', (data: RawData) => session.receive(data.toString()));
  socket.on('close', () => session.close());
  // A broken connection also closes, and the session ends there.
  socket.on('error', () => {});
}

/** One JSON-RPC message, or batch, as the body of a POST. */
function answerHttp(node: DevNode, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'POST') {
    refuse(response, 405, 'Used HTTP Method is not allowed. POST is required\n');
    return;
  }
  // A web page can send no JSON elsewhere without being asked first, and it is not allowed to.
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== JSON_TYPE) {
    refuse(response, 415, `Supplied content type is not allowed. ${JSON_TYPE} is required\n`);
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_MESSAGE_BYTES) chunks.push(chunk);
    else if (!response.headersSent) {
      refuse(response, 413, 'The request body was too large\n');
      request.destroy();
    }
  });
  request.on('error', () => response.destroy());
  request.on('end', () => {
    if (length > MAX_MESSAGE_BYTES) return;
    const reply = (text: string): void => {
      response.writeHead(200, { 'content-type': JSON_TYPE }).end(text);
    };
    node.answerOnce(Buffer.concat(chunks).toString(), reply, () => response.destroy());
  });
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(text);
}

async function closeServer(http: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.close(GOING_AWAY, 'the dev chain is stopping');
  await new Promise<void>((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
    for (const socket of sockets.clients) socket.terminate();
  });
  sockets.close();
}

function portTaken(port: number, cause: Error): TaoError {
  return new TaoError('DEV_PORT_UNAVAILABLE', {
    message: `Failed to serve the dev chain on port ${port}: ${cause.message}.`,
    hint: 'Use --port 0 for a free one.',
    data: { port },
    cause,
  });
}
