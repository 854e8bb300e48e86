import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createDevNode } from './create-dev-node.ts';
import { type ServedNode, serveDevNode } from './serve-dev-node.ts';
import { encodeCall, signExtrinsic } from './testing/dev-client.ts';

const served: ServedNode[] = [];
afterEach(async () => {
  for (const one of served.splice(0)) await one.close();
});

async function serve() {
  const node = await createDevNode();
  const server = await serveDevNode(node, { port: 0 });
  served.push(server);
  return { node, server };
}

function open(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

function ask(socket: WebSocket, method: string, ...params: unknown[]): Promise<unknown> {
  return new Promise((resolve) => {
    socket.once('message', (data) => resolve(JSON.parse(data.toString())));
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  });
}

test('a client on loopback talks to the node in this process', async () => {
  const { node, server } = await serve();
  expect(server.url).toBe(`ws://127.0.0.1:${server.port}`);
  const socket = await open(server.url);
  expect(await ask(socket, 'chain_getBlockHash', 0)).toMatchObject({ result: node.genesisHash });
  node.advance(4);
  expect(await ask(socket, 'chain_getHeader')).toMatchObject({ result: { number: '0x4' } });
  socket.close();
});

test('a dropped submission cuts the connection, and the block is there', async () => {
  const { node, server } = await serve();
  const socket = await open(server.url);
  await ask(socket, 'dev_dropNextSubmit');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const xt = signExtrinsic(encodeCall('System', 'remark', { remark: '0x' }), {
    genesisHash: node.genesisHash,
  });
  socket.send(
    JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'author_submitExtrinsic', params: [xt] }),
  );
  await closed;
  expect(node.status().number).toBe(1);
  const again = await open(server.url);
  expect(await ask(again, 'chain_getHeader')).toMatchObject({ result: { number: '0x1' } });
  again.close();
});

test('a port that is taken is reported', async () => {
  const { node, server } = await serve();
  await expect(serveDevNode(node, { port: server.port })).rejects.toMatchObject({
    code: 'DEV_PORT_UNAVAILABLE',
    data: { port: server.port },
  });
});

test('closing the server ends its connections', async () => {
  const { server } = await serve();
  const socket = await open(server.url);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await server.close();
  await closed;
  served.splice(0);
});

const post = async (server: ServedNode, body: string, type = 'application/json') => {
  const url = server.url.replace('ws:', 'http:');
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
  return { status: response.status, text: await response.text() };
};
const request = (method: string, ...params: unknown[]) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

test('the same port answers posts, single ones and batches', async () => {
  const { node, server } = await serve();
  const single = await post(
    server,
    request('chain_getBlockHash', 0),
    'application/json; charset=utf-8',
  );
  expect(single.status).toBe(200);
  expect(JSON.parse(single.text)).toEqual({ jsonrpc: '2.0', id: 1, result: node.genesisHash });
  const batch = await post(server, `[${request('system_chain')},${request('nothing')}]`);
  expect(JSON.parse(batch.text)).toMatchObject([
    { result: 'Bittensor Dev' },
    { error: { code: -32601 } },
  ]);
  const note = await post(server, '{"jsonrpc":"2.0","method":"system_chain"}');
  expect(note).toEqual({ status: 200, text: '' });
});

test('a transaction may be posted; what needs a connection is refused with words', async () => {
  const { node, server } = await serve();
  const xt = signExtrinsic(encodeCall('System', 'remark', { remark: '0x' }), {
    genesisHash: node.genesisHash,
  });
  const sent = await post(server, request('author_submitExtrinsic', xt));
  expect(JSON.parse(sent.text)).toHaveProperty('result');
  expect(node.status().number).toBe(1);
  const watch = await post(server, request('chain_subscribeNewHeads'));
  expect(JSON.parse(watch.text)).toMatchObject({
    error: { message: 'Subscriptions need a WebSocket connection' },
  });
});

test('faults reach posts too', async () => {
  const { node, server } = await serve();
  await post(server, request('dev_garbleReplies'));
  const { text } = await post(server, request('system_chain'));
  expect(() => JSON.parse(text)).toThrow();
  await post(server, request('dev_dropNextSubmit'));
  const xt = signExtrinsic(encodeCall('System', 'remark', { remark: '0x' }), {
    genesisHash: node.genesisHash,
  });
  await expect(post(server, request('author_submitExtrinsic', xt))).rejects.toThrow();
  expect(node.status().number).toBe(1);
});

test('what is no post of JSON is refused by its status', async () => {
  const { server } = await serve();
  const url = server.url.replace('ws:', 'http:');
  expect((await fetch(url)).status).toBe(405);
  expect((await post(server, request('system_chain'), 'text/plain')).status).toBe(415);
  const wrong = await post(server, '{"jsonrpc"');
  expect(JSON.parse(wrong.text)).toMatchObject({ id: null, error: { code: -32700 } });
});

const TOO_LONG = 'x'.repeat(15 * 1024 * 1024);

test('an oversized message is refused unread, on either way in', async () => {
  const { server } = await serve();
  const posted = await post(server, request(TOO_LONG)).catch(() => ({ status: 413, text: '' }));
  expect(posted.status).toBe(413);
  const socket = await open(server.url);
  expect(await ask(socket, TOO_LONG)).toMatchObject({
    id: null,
    error: { code: -32007, message: 'Request is too big' },
  });
  expect(await ask(socket, 'system_chain')).toMatchObject({ result: 'Bittensor Dev' });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send('x'.repeat(61 * 1024 * 1024));
  expect(await closed).toBe(1_009);
});

test('it listens on this machine alone unless told otherwise', async () => {
  const { node } = await serve();
  const everywhere = await serveDevNode(node, { port: 0, host: '0.0.0.0' });
  expect(everywhere.url).toBe(`ws://127.0.0.1:${everywhere.port}`);
  const near = await open(everywhere.url);
  near.close();
  await everywhere.close();
  const six = await serveDevNode(node, { port: 0, host: '::1' });
  expect(six.url).toBe(`ws://[::1]:${six.port}`);
  const socket = await open(six.url);
  expect(await ask(socket, 'system_chain')).toMatchObject({ result: 'Bittensor Dev' });
  socket.close();
  await six.close();
});
