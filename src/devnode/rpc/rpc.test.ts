import { beforeEach, expect, test } from 'vitest';
import { openChain } from '../blocks/chain.ts';
import type { ChainStore } from '../blocks/store.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { createCore } from '../node/core.ts';
import { codecOf, encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { storageItems } from '../storage/items.ts';
import { encodeKey, itemPrefix } from '../storage/keys.ts';
import { type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { alice, connect, encodeCall } from '../testing/dev-client.ts';
import { rpcMethods } from './methods.ts';
import { createEndpoint } from './session.ts';

const TAO = 1_000_000_000n;
const ALICE_SS58 = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

let chain: DevChain;
beforeEach(async () => {
  chain = await startDevChain();
});

const keyOf = (pallet: string, name: string, ...keys: unknown[]) => {
  const item = storageItems().find((one) => one.pallet === pallet && one.name === name);
  if (item === undefined) throw new Error(`no ${pallet}.${name}`);
  return toHex(encodeKey(item, keys));
};
const call = <T = unknown>(method: string, ...params: unknown[]) =>
  chain.client.call<T>(method, ...params);
const remark = (nonce = 0) =>
  chain.sign(encodeCall('System', 'remark', { remark: '0x01' }), { nonce });

type HeadJson = { readonly number: string; readonly parentHash: string };

test('a batch of requests is answered as a batch, in its order', async () => {
  const replies = await chain.client.raw(
    JSON.stringify([
      { jsonrpc: '2.0', id: 'a', method: 'system_chain', params: [] },
      { jsonrpc: '2.0', id: 'b', method: 'no_such', params: [] },
      { jsonrpc: '2.0', method: 'system_health' },
    ]),
  );
  expect(replies).toEqual([
    { jsonrpc: '2.0', id: 'a', result: 'Bittensor Dev' },
    { jsonrpc: '2.0', id: 'b', error: { code: -32601, message: 'Method not found' } },
  ]);
});

test.each([
  ['no JSON', '{', -32700],
  ['an empty batch', '[]', -32600],
  ['no method', '{"id":1}', -32600],
  ['no version', '{"id":1,"method":"system_chain"}', -32600],
  ['parameters by name', '{"jsonrpc":"2.0","id":1,"method":"system_chain","params":{}}', -32602],
  ['too large a batch', `[${'1,'.repeat(500)}1]`, -32010],
])('%s gets an error reply', async (_what, text, code) => {
  expect(await chain.client.raw(text)).toMatchObject({ error: { code } });
});

test('every method that is offered is named, old names too', async () => {
  const { methods } = await call<{ methods: string[] }>('rpc_methods');
  expect(methods).toEqual([...methods].sort());
  expect(methods).toEqual(
    expect.arrayContaining([
      'author_submitAndWatchExtrinsic',
      'chain_getFinalisedHead',
      'delegateInfo_getDelegates',
      'dev_newBlock',
      'payment_queryInfo',
      'state_getKeysPagedAt',
      'state_queryStorage',
      'subscribe_newHead',
      'system_dryRun',
    ]),
  );
});

test('what has no meaning here says so', async () => {
  expect(await chain.client.reply('state_getReadProof', ['0x00'])).toMatchObject({
    error: { message: expect.stringContaining('no trie') },
  });
});

test('methods that only exist on every object are not methods', async () => {
  expect(await chain.client.reply('toString')).toMatchObject({ error: { code: -32601 } });
});

test('heads are pushed: the newest at once, then each one', async () => {
  const heads = await call('chain_subscribeNewHeads');
  const finalized = await call('chain_subscribeFinalizedHeads');
  await call('dev_newBlock');
  await call('dev_advance', { blocks: 2 });
  for (const id of [heads, finalized]) {
    const numbers = chain.client.pushed(id).map((head) => (head as HeadJson).number);
    expect(numbers).toEqual(['0x0', '0x1', '0x2', '0x3']);
  }
  expect(await call('chain_unsubscribeNewHeads', heads)).toBe(true);
  expect(await call('chain_unsubscribeNewHeads', heads)).toBe(false);
  await call('dev_newBlock');
  expect(chain.client.pushed(heads)).toHaveLength(4);
  expect(chain.client.pushed(finalized)).toHaveLength(5);
});

test('of a long run of empty blocks only the newest head is pushed', async () => {
  const heads = await call('chain_subscribeNewHeads');
  await call('dev_advance', { blocks: 500 });
  const numbers = chain.client.pushed(heads).map((head) => (head as HeadJson).number);
  expect(numbers).toEqual(['0x0', '0x1f4']);
});

test('storage is pushed when it changes, and only what changed', async () => {
  const mine = keyOf('System', 'Account', alice.account);
  const constant = keyOf('SubtensorModule', 'Tempo', 4);
  const id = await call('state_subscribeStorage', [mine, constant]);
  await call('dev_newBlock');
  await call('author_submitExtrinsic', remark());
  const changes = chain.client.pushed(id).map((push) => (push as { changes: unknown[] }).changes);
  expect(changes).toHaveLength(2);
  expect(changes[0]).toHaveLength(2);
  expect(changes[1]).toEqual([[mine, await call('state_getStorage', mine)]]);
});

test('reads pinned to a block give that block, whatever came after', async () => {
  const key = keyOf('System', 'Account', alice.account);
  const before = await call('state_getStorage', key);
  const hash = await call('chain_getBlockHash');
  await call('dev_setBalance', ALICE_SS58, '12345678901');
  await call('dev_advance', { blocks: 30 });
  expect(await call('state_getStorage', key, hash)).toBe(before);
  expect(await call('state_queryStorageAt', [key], hash)).toEqual([
    { block: hash, changes: [[key, before]] },
  ]);
  const [now] = await call<{ changes: string[][] }[]>('state_queryStorageAt', [key]);
  expect(now?.changes[0]?.[1]).not.toBe(before);
});

test('a block is found by hash with its extrinsics; an unknown hash is null or an error', async () => {
  const xt = remark();
  await call('author_submitExtrinsic', xt);
  const hash = await call('chain_getBlockHash', 1);
  const { block } = await call<{ block: { header: HeadJson; extrinsics: string[] } }>(
    'chain_getBlock',
    hash,
  );
  expect(block.extrinsics).toHaveLength(2);
  expect(block.extrinsics[1]).toBe(xt);
  expect(block.header).toEqual(await call('chain_getHeader', hash));
  expect(await call('chain_getBlockHash', [0, '0x1', 9])).toEqual([
    chain.node.genesisHash,
    hash,
    null,
  ]);
  const nowhere = `0x${'55'.repeat(32)}`;
  expect(await call('chain_getBlock', nowhere)).toBeNull();
  expect(await call('chain_getHeader', nowhere)).toBeNull();
  const key = keyOf('System', 'Number');
  expect(await chain.client.reply('state_getStorage', key, nowhere)).toMatchObject({
    error: { code: 4003, message: 'Client error: UnknownBlock' },
  });
});

test('the time is in the first extrinsic, 12 seconds after that of the block before', async () => {
  await call('dev_advance', { blocks: 3 });
  const now = await chain.read('Timestamp', 'Now');
  expect(now).toBe(1_786_320_000_000n + 36_000n);
  const hash = await call('chain_getBlockHash', 3);
  const { block } = await call<{ block: { extrinsics: string[] } }>('chain_getBlock', hash);
  const [time] = block.extrinsics;
  // Length, version 4 without a signature, pallet 2, call 0, compact time.
  expect(time).toMatch(/^0x[0-9a-f]{2}040200/);
  expect(time?.slice(10)).toBe(toHex(codecOf('Compact<u64>').enc(now)).slice(2));
});

test('keys are paged within the limit of a page', async () => {
  const item = storageItems().find((one) => one.name === 'IdentitiesV2');
  if (item === undefined) throw new Error('no IdentitiesV2');
  const prefix = toHex(itemPrefix(item));
  const first = await call<string[]>('state_getKeysPaged', prefix, 4, null);
  const rest = await call<string[]>('state_getKeysPaged', prefix, 4, first.at(-1));
  expect([...first, ...rest]).toHaveLength(6);
  expect(await chain.client.reply('state_getKeysPaged', prefix, 5_000)).toMatchObject({
    error: { code: -32602 },
  });
});

test('metadata 14 comes from its own method, 14 to 16 from the runtime API', async () => {
  const plain = await call<string>('state_getMetadata');
  expect(plain.startsWith('0x6d6574610e')).toBe(true);
  const versions = await call<string>('state_call', 'Metadata_metadata_versions', '0x');
  expect(codecOf('Vec<u32>').dec(versions)).toEqual([14, 15, 16]);
  for (const version of [14, 15, 16]) {
    const args = toHex(encode('u32', version));
    const hex = await call<string>('state_call', 'Metadata_metadata_at_version', args);
    const bytes = codecOf('Option<OpaqueMetadata>').dec(hex) as string;
    expect(bytes.startsWith(`0x6d657461${version.toString(16).padStart(2, '0')}`)).toBe(true);
  }
  const none = await call('state_call', 'Metadata_metadata_at_version', '0x63000000');
  expect(none).toBe('0x00');
});

test('the runtime version is that of spec 424, pushed to who subscribes', async () => {
  const version = await call<Record<string, unknown>>('state_getRuntimeVersion');
  expect(version).toMatchObject({
    specName: 'node-subtensor',
    specVersion: 424,
    transactionVersion: 1,
  });
  const id = await call('state_subscribeRuntimeVersion');
  expect(chain.client.pushed(id)).toEqual([version]);
});

test('an unknown runtime API and arguments that do not fit are errors with the method', async () => {
  expect(await chain.client.reply('state_call', 'No_such', '0x')).toMatchObject({
    error: { code: 4003, message: expect.stringContaining('No_such is not found') },
  });
  const short = await chain.client.reply(
    'state_call',
    'SwapRuntimeApi_current_alpha_price',
    '0x01',
  );
  expect(short).toMatchObject({ error: { message: expect.stringContaining('cannot decode') } });
});

test('funding adds, setting replaces, and each is a block with its event', async () => {
  const account = devAccounts['//Eve'];
  const funded = await call('dev_fund', account, (3n * TAO).toString());
  expect(funded).toMatchObject({ number: 1, freeRao: (2_003n * TAO).toString() });
  await call('dev_setBalance', account, '42000');
  expect(await chain.freeOf(account)).toBe(42_000n);
  const events = await chain.events();
  expect(events[0]).toMatchObject({ extrinsic: undefined, name: 'Balances.BalanceSet' });
  expect(await chain.client.reply('dev_fund', account, '-1')).toMatchObject({
    error: { code: -32602 },
  });
});

test('time travel makes the blocks that fit, and too many are refused', async () => {
  expect(await call('dev_timeTravel', { seconds: 25 })).toMatchObject({ number: 3 });
  expect(await chain.client.reply('dev_advance', { blocks: 1e9 })).toMatchObject({
    error: { code: -32602 },
  });
});

test('a dropped submission is in a block although its connection is cut', async () => {
  await call('dev_dropNextSubmit');
  const unanswered = chain.client.reply('author_submitExtrinsic', remark());
  await expect.poll(() => chain.client.dropped()).toBe('dev_dropNextSubmit');
  expect(chain.node.status().number).toBe(1);
  expect(unanswered).toBeInstanceOf(Promise);
});

test('a rejected submission fails once with what was asked for', async () => {
  await call('dev_rejectNext', {
    code: 1010,
    message: 'Invalid Transaction',
    data: 'Custom error: 6',
  });
  expect(await chain.client.reply('author_submitExtrinsic', remark())).toMatchObject({
    error: { code: 1010, data: 'Custom error: 6' },
  });
  expect(await chain.client.reply('author_submitExtrinsic', remark())).toHaveProperty('result');
});

test('stalled replies are never sent, those of the developer are', async () => {
  await call('dev_stallReplies', { replies: 1, method: 'system_chain' });
  let answered = false;
  const stalled = chain.client.reply('system_chain').then(() => {
    answered = true;
  });
  expect(await call('system_name')).toBe('taostake dev chain');
  expect(answered).toBe(false);
  expect(await call('system_chain')).toBe('Bittensor Dev');
  expect(stalled).toBeInstanceOf(Promise);
});

test('a reset is the genesis again, for readers and nonces', async () => {
  await call('author_submitExtrinsic', remark());
  expect(await call('dev_reset')).toEqual({ number: 0, hash: chain.node.genesisHash });
  expect(await call('system_accountNextIndex', ALICE_SS58)).toBe(0);
  expect(await chain.client.reply('author_submitExtrinsic', remark())).toHaveProperty('result');
});

test('two connections see the same chain and keep their subscriptions apart', async () => {
  const other = connect(chain.node.endpoint);
  const mine = await call('chain_subscribeNewHeads');
  const theirs = await other.call('chain_subscribeNewHeads');
  expect(mine).toBe(theirs);
  other.close();
  await call('dev_newBlock');
  expect(chain.client.pushed(mine)).toHaveLength(2);
  expect(other.pushed(theirs)).toHaveLength(1);
});

test('a block that cannot be written ends the connection of who waits for it', async () => {
  const store: ChainStore = {
    load: () => ({ records: [], entries: new Uint8Array(), droppedBytes: 0 }),
    append: ({ kind }) => {
      if (kind === 'block') throw new Error('the disk is full');
    },
    writeEntries: () => {},
    isLasting: true,
    appendEntries: () => {},
    snapshots: () => [],
    readSnapshot: () => undefined,
    writeSnapshot: () => {},
    removeSnapshot: () => {},
    clear: () => {},
    close: () => {},
  };
  const core = createCore(openChain({ preset: 'small', store }), { sealing: 'instant' });
  const client = connect(createEndpoint(core, rpcMethods));
  await client.call('author_submitAndWatchExtrinsic', remark());
  await expect.poll(() => client.dropped()).toBe('the disk is full');
});
