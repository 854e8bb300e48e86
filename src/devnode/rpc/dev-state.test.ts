import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { devAccounts } from '../genesis/accounts.ts';
import { type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { ed25519Key, encodeCall } from '../testing/dev-client.ts';

const TAO = 1_000_000_000n;
const NETUID = 4;
const AURORA = devAccounts['//Aurora//hot'];
const ALICE = devAccounts['//Alice'];
const ALICE_SS58 = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

let chain: DevChain;
let path: string;
beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'devnode-'));
  chain = await startDevChain();
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const call = <T = unknown>(method: string, ...params: unknown[]) =>
  chain.client.call<T>(method, ...params);
const set = (given: object) => call('dev_setStorage', given);
const subtensor = (item: string, keys: unknown[], value: unknown) =>
  set({ pallet: 'SubtensorModule', item, keys, value });

test('a setting of a subnet is the chain’s own from then on', async () => {
  expect(await subtensor('SubtokenEnabled', [NETUID], false)).toMatchObject({
    number: 1,
    value: '0x00',
    reach: 'chain',
  });
  expect(await chain.read('SubtensorModule', 'SubtokenEnabled', NETUID)).toBe(false);
  const stake = { hotkey: AURORA, netuid: NETUID, amount_staked: TAO };
  const refused = await chain.send('SubtensorModule', 'add_stake', stake);
  expect(refused.at(-1)?.name).toBe('System.ExtrinsicFailed');
  await subtensor('SubtokenEnabled', [NETUID], true);
  const events = await chain.send('SubtensorModule', 'add_stake', stake);
  expect(events.at(-1)?.name).toBe('System.ExtrinsicSuccess');
});

test('an account is set with its nonce, and the issuance follows', async () => {
  const before = (await chain.read('Balances', 'TotalIssuance')) as bigint;
  const free = (await chain.freeOf(ALICE)) + 5n * TAO;
  const value = {
    nonce: 7,
    consumers: 0,
    providers: 1,
    sufficients: 0,
    data: { free: free.toString(), reserved: '0', frozen: '0', flags: '0' },
  };
  const given = { pallet: 'System', item: 'Account', keys: [ALICE_SS58], value };
  expect(await set(given)).toMatchObject({ reach: 'chain' });
  expect(await call('system_accountNextIndex', ALICE_SS58)).toBe(7);
  expect(await chain.freeOf(ALICE)).toBe(free);
  const issued = (await chain.read('Balances', 'TotalIssuance')) as bigint;
  // A block issues at most one TAO beside.
  expect(issued - before).toBeGreaterThanOrEqual(5n * TAO);
  expect(issued - before).toBeLessThanOrEqual(6n * TAO);
});

test('the reserves of a pool change its price, and the account holds what the pool has', async () => {
  const prices = () => call<{ netuid: number; price: number }[]>('swap_currentAlphaPriceAll');
  const priceOf = async () => (await prices()).find(({ netuid }) => netuid === NETUID)?.price ?? 0;
  const before = await priceOf();
  const reserve = (await chain.read('SubtensorModule', 'SubnetTAO', NETUID)) as bigint;
  await subtensor('SubnetTAO', [NETUID], (reserve * 2n).toString());
  expect((await priceOf()) / before).toBeCloseTo(2, 1);
});

test('what the state has no place for is shown to readers, listed, and taken away again', async () => {
  const given = { pallet: 'SafeMode', item: 'EnteredUntil', keys: [] };
  expect(await set({ ...given, value: 900 })).toMatchObject({
    reach: 'readers',
    value: '0x84030000',
  });
  expect(await chain.read('SafeMode', 'EnteredUntil')).toBe(900);
  const { key } = (await set({ ...given, hex: '0x85030000' })) as { key: string };
  expect(await chain.read('SafeMode', 'EnteredUntil')).toBe(901);
  expect(await call('state_getKeysPaged', key, 10)).toEqual([key]);
  await set({ ...given, value: null });
  expect(await chain.read('SafeMode', 'EnteredUntil')).toBeUndefined();
  expect(await call('state_getKeysPaged', key, 10)).toEqual([]);
});

test.each([
  ['an unknown item', { pallet: 'System', item: 'Nothing', value: 1 }],
  ['too few keys', { pallet: 'SubtensorModule', item: 'Tempo', keys: [], value: 1 }],
  ['a value that does not fit', { pallet: 'SubtensorModule', item: 'Tempo', keys: [4], value: -1 }],
  ['a value of another kind', { pallet: 'SubtensorModule', item: 'Tempo', keys: [4], value: 'x' }],
  ['bytes too many', { pallet: 'SubtensorModule', item: 'Tempo', keys: [4], hex: '0x010203' }],
  ['no value', { pallet: 'SubtensorModule', item: 'Tempo', keys: [4] }],
])('%s is refused, and no block is made', async (_what, given) => {
  expect(await chain.client.reply('dev_setStorage', given)).toMatchObject({
    error: { code: -32602 },
  });
  expect(chain.node.status().number).toBe(0);
});

const key = ed25519Key(new Uint8Array(32).fill(7));

/** A chain with blocks of every kind, the same at every run. */
async function busyChain(on: DevChain): Promise<void> {
  on.node.fund(key.account, 100n * TAO);
  await on.send('System', 'remark', { remark: '0x01' }, { key });
  on.node.advance(1_100);
  on.node.fund(devAccounts['//Eve'], 5n);
  await on.client.call('dev_setStorage', {
    pallet: 'SafeMode',
    item: 'EnteredUntil',
    value: 12,
  });
  const stake = { hotkey: AURORA, netuid: NETUID, amount_staked: TAO };
  const events = await on.send('SubtensorModule', 'add_stake', stake, { key });
  expect(events.at(-1)?.name).toBe('System.ExtrinsicSuccess');
  on.node.advance(7);
}

test('the same preset and the same extrinsics give this digest on every machine', async () => {
  await busyChain(chain);
  expect(chain.node.status().stateDigest).toBe(
    '0xc89de52309fc10d3321cc80b23a9e2b0e3f5640e55978806c733be98f926f0e0',
  );
});

test('replaying the blocks from the genesis gives the same digest, step by step', async () => {
  await busyChain(chain);
  const { number, hash, stateDigest } = chain.node.status();
  expect(await call('dev_verify', { blocks: 700 })).toEqual({ number: 700, head: number });
  expect(await call('dev_verify', { blocks: 700 })).toEqual({
    number,
    head: number,
    hash,
    stateDigest,
  });
});

type Saved = { readonly data: string; readonly next: number | null; readonly hash: string };

test('a snapshot restores the chain elsewhere: its head, its past and its future', async () => {
  await busyChain(chain);
  const { data, next, hash } = await call<Saved>('dev_saveSnapshot');
  expect(next).toBeNull();
  const before = chain.node.status();
  const old = await call<string>('chain_getBlockHash', 500);
  const folder = { path, owner: { pid: 1, isAlive: () => false } };
  const other = await startDevChain({ folder });
  other.node.advance(40);
  expect(await other.client.call('dev_restoreSnapshot', { data })).toMatchObject({ hash });
  const { stateFrom } = other.node.status();
  expect(other.node.status()).toEqual({ ...before, stateFrom });
  expect(await other.client.call('chain_getBlockHash', 500)).toBe(old);
  const events = (on: DevChain) => on.events(old);
  expect(await events(other)).toEqual(await events(chain));
  for (const one of [chain, other]) {
    await one.send('System', 'remark', { remark: '0x77' }, { key });
    one.node.advance(400);
  }
  const after = other.node.status();
  expect(after.stateDigest).toBe(chain.node.status().stateDigest);
  other.node.close();
  const again = await startDevChain({ folder });
  expect(again.node.status()).toEqual(after);
  again.node.close();
});

test('a snapshot comes and goes in pieces', async () => {
  const { data } = await call<Saved>('dev_saveSnapshot');
  const bytes = Buffer.from(data, 'base64');
  const other = await startDevChain();
  other.node.advance(3);
  const pieces = [bytes.subarray(0, 100), bytes.subarray(100)].map((one) => one.toString('base64'));
  const sent = await other.client.call('dev_restoreSnapshot', { data: pieces[0], more: true });
  expect(sent).toEqual({ sizeBytes: 100 });
  await other.client.call('dev_restoreSnapshot', { data: pieces[1], first: false });
  expect(other.node.status().number).toBe(0);
});

test('bytes that are no snapshot change nothing', async () => {
  chain.node.advance(5);
  const { data } = await call<Saved>('dev_saveSnapshot');
  const bytes = Buffer.from(data, 'base64');
  const flipped = Buffer.from(bytes);
  flipped[bytes.length - 40] = (flipped[bytes.length - 40] as number) ^ 1;
  for (const wrong of [Buffer.from('nothing'), bytes.subarray(0, -20), flipped]) {
    const reply = await chain.client.reply('dev_restoreSnapshot', {
      data: wrong.toString('base64'),
    });
    expect(reply).toMatchObject({ error: { data: { code: 'DEV_SNAPSHOT_INVALID' } } });
  }
  expect(chain.node.status().number).toBe(5);
});

test('a dry run says what would happen and changes nothing', async () => {
  const ok = chain.sign(encodeCall('System', 'remark', { remark: '0x01' }));
  expect(await call('system_dryRun', ok)).toBe('0x0000');
  const stale = chain.sign(encodeCall('System', 'remark', { remark: '0x01' }), { nonce: 3 });
  expect(await call('system_dryRun', stale)).toBe('0x010002');
  const fails = chain.sign(
    encodeCall('SubtensorModule', 'add_stake', {
      hotkey: AURORA,
      netuid: NETUID,
      amount_staked: 5n,
    }),
  );
  // Ok(Err(Module(7, AmountTooLow))).
  expect(await call('system_dryRun', fails)).toBe('0x0001030752000000');
  expect(chain.node.status().number).toBe(0);
});
