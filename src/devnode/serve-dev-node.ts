/** Serves a dev chain over WebSocket on this machine. The only module here that loads a server. */
import type { AddressInfo } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { TaoError } from '../errors/tao-error.ts';
import type { DevNode } from './types.ts';

const LOOPBACK = '127.0.0.1';
const MAX_MESSAGE_BYTES = 15 * 1024 * 1024;
const GOING_AWAY = 1_001;

export type ServeOptions = {
  /** 0 picks a free one. */
  readonly port: number;
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
  const server = new WebSocketServer({ port: wanted, host, maxPayload: MAX_MESSAGE_BYTES });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) => reject(portTaken(wanted, error)));
  });
  server.on('connection', (socket) => connect(node, socket));
  const { port } = server.address() as AddressInfo;
  const url = `ws://${host}:${port}`;
  node.publishUrl(url);
  return { url, port, close: () => closeServer(server) };
}

function connect(node: DevNode, socket: WebSocket): void {
  const session = node.endpoint.openSession(
    (text) => socket.send(text),
    () => socket.terminate(),
  );
  socket.on('message', (data: RawData) => session.receive(data.toString()));
  socket.on('close', () => session.close());
  // A broken connection also closes, and the session ends there.
  socket.on('error', () => {});
}

async function closeServer(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.close(GOING_AWAY, 'the dev chain is stopping');
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const socket of server.clients) socket.terminate();
  });
}

function portTaken(port: number, cause: Error): TaoError {
  return new TaoError('DEV_PORT_UNAVAILABLE', {
    message: `Failed to serve the dev chain on port ${port}: ${cause.message}.`,
    hint: 'Use --port 0 for a free one.',
    data: { port },
    cause,
  });
}
