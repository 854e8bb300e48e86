import { afterEach, expect, test } from 'vitest';
import { createDevNode } from './create-dev-node.ts';
import { devAccounts } from './genesis/accounts.ts';
import { type ServedNode, serveDevNode } from './serve-dev-node.ts';
import { encodeCall, type SignOptions, signExtrinsic } from './testing/dev-client.ts';
import { openSocket, type SocketClient } from './testing/socket-client.ts';
import type { DevNode, DevNodeOptions } from './types.ts';

const ALICE = devAccounts['//Alice'];
const EVE = devAccounts['//Eve'];
const open: { served: ServedNode; node: DevNode; client: SocketClient }[] = [];
afterEach(async () => {
  for (const { served, node, client } of open.splice(0)) {
    client.close();
    await served.close();
    node.close();
  }
});

async function start(options: DevNodeOptions = {}) {
  const node = await createDevNode(options);
  const served = await serveDevNode(node, { port: 0 });
  const client = await openSocket(served.url);
  open.push({ served, node, client });
  const remark = (given: Partial<SignOptions> = {}, text = '0x01') =>
    signExtrinsic(encodeCall('System', 'remark', { remark: text }), {
      genesisHash: node.genesisHash,
      ...given,
    });
  return { node, served, client, remark };
}

test('blocks are made, and time passes, when the developer says so', async () => {
  const { client, remark } = await start({ blocks: { kind: 'manual' } });
  await client.call('author_submitExtrinsic', remark());
  expect(await client.call('chain_getHeader')).toMatchObject({ number: '0x0' });
  const hash = await client.call('dev_newBlock');
  const { block } = await client.call<{ block: { extrinsics: string[] } }>('chain_getBlock', hash);
  expect(block.extrinsics).toHaveLength(2);
  expect(await client.call('dev_advance', { blocks: 5 })).toMatchObject({ number: 6 });
  expect(await client.call('dev_timeTravel', { seconds: 3_600 })).toMatchObject({ number: 306 });
});

test('a balance is what the developer sets it to', async () => {
  const { client } = await start();
  expect(await client.call('dev_setBalance', EVE, '4200')).toMatchObject({ freeRao: '4200' });
  expect(await client.call('dev_fund', EVE, '800')).toMatchObject({ freeRao: '5000' });
});

test('a storage item is what the developer sets it to, for the rules and for readers', async () => {
  const { client } = await start();
  const storage = await client.call<{ key: string }>('dev_setStorage', {
    pallet: 'SubtensorModule',
    item: 'Tempo',
    keys: [4],
    value: 99,
  });
  expect(storage).toMatchObject({ number: 1, value: '0x6300', reach: 'chain' });
  expect(await client.call('state_getStorage', storage.key)).toBe('0x6300');
  const watched = await client.call('state_subscribeStorage', [storage.key]);
  await client.call('dev_setStorage', {
    pallet: 'SubtensorModule',
    item: 'Tempo',
    keys: [4],
    hex: '0x6400',
  });
  const pushed = client.pushed(watched).at(-1) as { changes: unknown };
  expect(pushed.changes).toEqual([[storage.key, '0x6400']]);
});

test('the connection is dropped after a submission that is included all the same', async () => {
  const { client, remark, node, served } = await start();
  await client.call('dev_dropNextSubmit');
  void client.reply('author_submitExtrinsic', remark());
  await client.closed;
  expect(node.status().number).toBe(1);
  const again = await openSocket(served.url);
  expect(await again.call('system_accountNextIndex', ALICE)).toBe(1);
  again.close();
});

test('the next submission is rejected with what was asked for, and only that one', async () => {
  const { client, remark } = await start();
  await client.call('dev_rejectNext', { code: 1014, message: 'Priority is too low: (1 vs 1)' });
  expect(await client.reply('author_submitExtrinsic', remark())).toMatchObject({
    error: { code: 1014 },
  });
  expect(await client.reply('author_submitExtrinsic', remark())).toHaveProperty('result');
});

test('a stalled reply never comes, the one after it does', async () => {
  const { client } = await start();
  await client.call('dev_stallReplies', { replies: 1, method: 'system_chain' });
  let came = false;
  void client.reply('system_chain').then(() => {
    came = true;
  });
  expect(await client.call('system_name')).toBe('taostake dev chain');
  expect(await client.call('system_chain')).toBe('Bittensor Dev');
  expect(came).toBe(false);
});

test('a delayed reply waits for its time, and those behind it wait with it', async () => {
  const sleeps: { ms: number; end: () => void }[] = [];
  const clock = {
    nowMs: () => 0,
    sleep: (ms: number) => new Promise<void>((end) => sleeps.push({ ms, end })),
  };
  const { client } = await start({ clock });
  await client.call('dev_delayReplies', { ms: 30_000, replies: 1, method: 'chain_getBlockHash' });
  const order: string[] = [];
  const late = client.call('chain_getBlockHash', 0).then(() => order.push('late'));
  const behind = client.call('system_chain').then(() => order.push('behind'));
  await expect.poll(() => sleeps.length).toBe(1);
  expect([sleeps[0]?.ms, order]).toEqual([30_000, []]);
  sleeps[0]?.end();
  await Promise.all([late, behind]);
  expect(order).toEqual(['late', 'behind']);
  await client.call('chain_getBlockHash', 0);
});

test('replies cannot be delayed without a clock', async () => {
  const { client } = await start();
  expect(await client.reply('dev_delayReplies', { ms: 5 })).toMatchObject({
    error: { code: -32602 },
  });
});

test('a garbled reply is cut in the middle, or is a result that means nothing', async () => {
  const { client } = await start();
  await client.call('dev_garbleReplies', { method: 'system_properties' });
  void client.reply('system_properties');
  expect(await client.call('system_chain')).toBe('Bittensor Dev');
  expect(client.garbled).toHaveLength(1);
  expect(client.garbled[0]).toMatch(/^\{"jsonrpc"/);
  await client.call('dev_garbleReplies', { how: 'result', replies: 2 });
  expect(await client.call('chain_getHeader')).toBe('0xdeadbeef');
  expect(await client.call('state_getRuntimeVersion')).toBe('0xdeadbeef');
  expect(await client.call('chain_getHeader')).toMatchObject({ number: '0x0' });
});

test('finality can be frozen and released, and transactions become final then', async () => {
  const { client, remark } = await start();
  const heads = await client.call('chain_subscribeFinalizedHeads');
  expect(await client.call('dev_freezeFinality')).toEqual({ finalized: 0, isFrozen: true });
  const watched = await client.call('author_submitAndWatchExtrinsic', remark());
  await client.call('dev_newBlock');
  const first = await client.call('chain_getBlockHash', 1);
  expect(client.pushed(watched)).toEqual(['ready', { inBlock: first }]);
  expect(await client.call('chain_getFinalizedHead')).toBe(
    await client.call('chain_getBlockHash', 0),
  );
  expect(await client.call('dev_unfreezeFinality')).toEqual({ finalized: 2, isFrozen: false });
  expect(client.pushed(watched)).toEqual(['ready', { inBlock: first }, { finalized: first }]);
  const numbers = client.pushed(heads).map((head) => (head as { number: string }).number);
  expect(numbers).toEqual(['0x0', '0x1', '0x2']);
});

test('a watcher is told when finality is 512 blocks late', async () => {
  const { client, remark } = await start();
  await client.call('dev_freezeFinality');
  const watched = await client.call('author_submitAndWatchExtrinsic', remark());
  const hash = await client.call('chain_getBlockHash', 1);
  await client.call('dev_advance', { blocks: 511 });
  expect(client.pushed(watched)).toHaveLength(2);
  await client.call('dev_advance', { blocks: 1 });
  expect(client.pushed(watched).at(-1)).toEqual({ finalityTimeout: hash });
});

test('finality lags as many blocks behind as the chain was started with', async () => {
  const { client, remark } = await start({ finalityLag: 3 });
  const finalized = await client.call('chain_subscribeFinalizedHeads');
  const watched = await client.call('author_submitAndWatchExtrinsic', remark());
  const hash = await client.call('chain_getBlockHash', 1);
  await client.call('dev_advance', { blocks: 2 });
  expect(client.pushed(watched)).toEqual(['ready', { inBlock: hash }]);
  expect(await client.call('dev_status')).toMatchObject({ finalized: 0, finalityLag: 3 });
  await client.call('dev_newBlock');
  expect(client.pushed(watched).at(-1)).toEqual({ finalized: hash });
  expect(client.pushed(finalized)).toHaveLength(2);
  expect(await client.call('chain_getFinalizedHead')).toBe(hash);
});

test('a tip replaces a waiting transaction only where the developer says that tips count', async () => {
  const { client, remark } = await start({ blocks: { kind: 'manual' } });
  const first = await client.call('author_submitAndWatchExtrinsic', remark());
  const tipped = remark({ tip: 1_000n });
  expect(await client.reply('author_submitExtrinsic', tipped)).toMatchObject({
    error: { code: 1014, message: 'Priority is too low: (1 vs 1)' },
  });
  expect(await client.call('dev_tipPriority', true)).toBe(true);
  const second = await client.call<string>('author_submitExtrinsic', tipped);
  expect(client.pushed(first)).toEqual(['ready', { usurped: second }]);
  expect(await client.reply('author_submitExtrinsic', tipped)).toMatchObject({
    error: { code: 1013, data: second },
  });
  expect(await client.reply('author_submitExtrinsic', remark({ tip: 999n }))).toMatchObject({
    error: { code: 1014, message: 'Priority is too low: (1001 vs 1000)' },
  });
  expect(await client.call('author_pendingExtrinsics')).toEqual([tipped]);
});

test('a waiting transaction can be dropped, and its watcher is told', async () => {
  const { client, remark } = await start({ blocks: { kind: 'manual' } });
  const watched = await client.call('author_submitAndWatchExtrinsic', remark());
  const later = await client.call('author_submitAndWatchExtrinsic', remark({ nonce: 1 }));
  const [hash] = await client.call<string[]>('dev_dropPending');
  expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
  expect(client.pushed(watched)).toEqual(['ready', 'dropped']);
  expect(client.pushed(later)).toEqual(['ready', 'dropped']);
  expect(await client.call('author_pendingExtrinsics')).toEqual([]);
});

test('a waiting mortal transaction leaves the pool when its era is over', async () => {
  const { client, remark, node } = await start({ blocks: { kind: 'manual' } });
  // Period 8, phase 0: two bytes of log2(8) − 1 and the phase.
  const mortal = { era: Uint8Array.of(0x02, 0x00), birthHash: node.genesisHash };
  const future = await client.call('author_submitAndWatchExtrinsic', remark({ mortal, nonce: 1 }));
  await client.call('dev_advance', { blocks: 6 });
  expect(client.pushed(future)).toEqual(['future']);
  await client.call('dev_newBlock');
  await client.call('dev_newBlock');
  expect(client.pushed(future)).toEqual(['future', 'invalid']);
  expect(await client.call('author_pendingExtrinsics')).toEqual([]);
});
