import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createManualClock } from '../../test/helpers/manual-clock.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { createRpcClient } from './rpc-client.ts';
import { connectWebSocket } from './web-socket.ts';

const TIMEOUT_MS = 2_000;
const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function serve(): Promise<{ readonly url: string; readonly server: WebSocketServer }> {
  const http = createHttpServer();
  const server = new WebSocketServer({ server: http });
  cleanups.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return { url: `ws://127.0.0.1:${await listen(http)}`, server };
}

async function failure(url: string, timeoutMs = TIMEOUT_MS) {
  try {
    (await connectWebSocket({ url, timeoutMs })).close();
  } catch (error) {
    if (isTaoError(error, 'NETWORK_UNREACHABLE')) return error;
    throw error;
  }
  throw new Error('It connected');
}

describe('a WebSocket to a node', () => {
  it('carries JSON-RPC both ways', async () => {
    const { url, server } = await serve();
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        const { id } = JSON.parse(data.toString()) as { readonly id: number };
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: 'hello' }));
      });
    });
    const channel = await connectWebSocket({ url, timeoutMs: TIMEOUT_MS });
    const rpc = createRpcClient(channel, { clock: createManualClock(), timeoutMs: TIMEOUT_MS });
    expect(await rpc.request('greet', [])).toBe('hello');
    rpc.close();
  });

  it('ends pending calls when the node hangs up in the middle', async () => {
    const { url, server } = await serve();
    server.on('connection', (socket) => {
      socket.on('message', () => socket.close(1011));
    });
    const channel = await connectWebSocket({ url, timeoutMs: TIMEOUT_MS });
    const rpc = createRpcClient(channel, { clock: createManualClock(), timeoutMs: TIMEOUT_MS });
    await expect(rpc.request('ask', [])).rejects.toMatchObject({
      code: 'NETWORK_CLOSED',
      message: 'Failed to keep the connection to the node: the node closed it (code 1011).',
    });
  });

  it('closes once, whoever closes', async () => {
    const { url } = await serve();
    const channel = await connectWebSocket({ url, timeoutMs: TIMEOUT_MS });
    const reasons: string[] = [];
    channel.onClose((reason) => reasons.push(reason));
    channel.close();
    channel.close();
    channel.send('into the void');
    expect(reasons).toEqual(['closed here']);
  });
});

describe('a WebSocket that cannot be opened', () => {
  it('says that nothing listens, without credentials, path or query of the URL', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(`ws://ada:secret@127.0.0.1:${port}/apikey123?token=abc`);
    expect(error.exitCode).toBe(5);
    expect(error.data).toEqual({ url: `ws://127.0.0.1:${port}`, reason: 'refused' });
    expect(error.message).toBe(
      `Failed to connect to ws://127.0.0.1:${port}: nothing listens there.`,
    );
    expect(JSON.stringify([error.message, error.hint, error.data])).not.toMatch(
      /secret|apikey|token/,
    );
  });

  it('says that the host name is unknown', async () => {
    const { data } = await failure('ws://no-such-host.invalid:9944');
    expect(['unknown-host', 'dns']).toContain(data.reason);
  });

  it('says that it is HTTP and not a WebSocket, or that access is denied', async () => {
    let status = 200;
    const port = await listen(
      createHttpServer((_request, response) => {
        response.statusCode = status;
        response.end('hello');
      }),
    );
    const answered = await failure(`ws://127.0.0.1:${port}`);
    expect(answered.data.reason).toBe('not-websocket');
    expect(answered.message).toContain('HTTP 200');
    status = 403;
    expect((await failure(`ws://127.0.0.1:${port}`)).data.reason).toBe('denied');
  });

  it('says that it does not speak TLS', async () => {
    const port = await listen(createHttpServer());
    const { data } = await failure(`wss://127.0.0.1:${port}`);
    expect(data.reason).toBe('tls');
  });

  it('says that it is no HTTP at all', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('220 mail ready\r\n')));
    const { data } = await failure(`ws://127.0.0.1:${port}`);
    expect(data.reason).toBe('not-websocket');
  });

  it('gives up on a host that never answers', async () => {
    const port = await listen(createTcpServer(() => undefined));
    const { data } = await failure(`ws://127.0.0.1:${port}`, 50);
    expect(data.reason).toBe('timeout');
  });

  it('stops when it is interrupted', async () => {
    const port = await listen(createTcpServer(() => undefined));
    const controller = new AbortController();
    const url = `ws://127.0.0.1:${port}`;
    const opening = connectWebSocket({ url, timeoutMs: TIMEOUT_MS, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
  });

  it('refuses what is no WebSocket URL', async () => {
    expect((await failure('ftp://host')).data).toEqual({
      url: 'ftp://host',
      reason: 'invalid-url',
    });
  });
});
