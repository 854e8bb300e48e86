import { beforeEach, expect, test } from 'vitest';
import { devAccounts } from '../genesis/accounts.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { chainOwnMethods } from './chain-own-methods.ts';

const ALICE_SS58 = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const AURORA = devAccounts['//Aurora//hot'];
const PLAIN = new Set([
  'subnetInfo_getLockCost',
  'subnetInfo_getSubnetToPrune',
  'swap_currentAlphaPrice',
  'swap_currentAlphaPriceAll',
]);

let chain: DevChain;
beforeEach(async () => {
  chain = await startDevChain();
});

/** Arguments that every method finds something with, by how many it takes. */
const given: Readonly<Record<string, readonly unknown[]>> = {
  delegateInfo_getDelegate: [AURORA],
  delegateInfo_getDelegated: [ALICE_SS58],
  subnetInfo_getMechagraph: [4, 0],
  neuronInfo_getNeuron: [4, 1],
  neuronInfo_getNeuronLite: [4, 1],
  subnetInfo_getSelectiveMetagraph: [4, [0, 52]],
  subnetInfo_getSelectiveMechagraph: [4, 0, [0, 52]],
  subnetInfo_getColdkeyAutoStakeHotkey: [ALICE_SS58, 4],
  stakeInfo_getColdkeyLock: [ALICE_SS58, 4],
  swap_simSwapTaoForAlpha: [4, 1_000_000_000],
  swap_simSwapAlphaForTao: [4, '1000000000'],
};
const argumentsOf = (method: string): readonly unknown[] =>
  given[method] ?? (/All|getDelegates$|Subnets|LockCost|ToPrune/.test(method) ? [] : [4]);

test.each(Object.keys(chainOwnMethods))('%s answers, at a past block too', async (method) => {
  const hash = chain.node.genesisHash;
  chain.node.advance(2);
  const args = argumentsOf(method);
  const now = await chain.client.call(method, ...args);
  const then = await chain.client.call(method, ...args, hash);
  for (const result of [now, then]) {
    if (PLAIN.has(method)) continue;
    const bytes = result as number[];
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256)).toBe(true);
  }
});

test('the bytes are those of the runtime API', async () => {
  const bytes = await chain.client.call<number[]>('neuronInfo_getNeuron', 4, 1);
  const data = toHex(encode('(u16, u16)', [4, 1]));
  expect(toHex(Uint8Array.from(bytes))).toBe(
    await chain.client.call('state_call', 'NeuronInfoRuntimeApi_get_neuron', data),
  );
});

test('prices and costs are plain numbers', async () => {
  const price = await chain.client.call<number>('swap_currentAlphaPrice', 4);
  expect(price).toBeGreaterThan(0);
  const all = await chain.client.call<object[]>('swap_currentAlphaPriceAll');
  expect(all).toContainEqual({ netuid: 4, price });
  expect(await chain.client.call('subnetInfo_getLockCost')).toEqual(expect.any(Number));
});

test.each([
  ['no netuid', []],
  ['a netuid too large', [70_000]],
  ['text', ['four']],
])('%s is refused', async (_what, args) => {
  expect(await chain.client.reply('neuronInfo_getNeurons', ...args)).toMatchObject({
    error: { code: -32602 },
  });
});
