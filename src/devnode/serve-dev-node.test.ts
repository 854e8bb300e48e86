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
