import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import { createManualClock } from '../../test/helpers/manual-clock.ts';
import { createScriptedChain, FINALIZED, HEAD } from '../../test/helpers/scripted-chain.ts';
import { rpcError, type ScriptedNode } from '../../test/helpers/scripted-node.ts';
import { encodedMetadata } from '../devnode/metadata/build.ts';
import { formatHex } from './codecs/hex.ts';
import { MAINNET_GENESIS, resolveNetwork } from './known-networks.ts';
import { createMetadataCache, type MetadataCache } from './metadata-cache.ts';
import { openChain } from './open-chain.ts';
import { createRpcClient } from './rpc-client.ts';
import type { Chain } from './types.ts';

const url = 'ws://node.example:9944';

type Setup = {
  readonly node: ScriptedNode;
  readonly cache?: MetadataCache;
  readonly name?: string;
};

async function open({ node, cache, name = url }: Setup) {
  const clock = createManualClock();
  const rpc = createRpcClient(node.channel, { clock, timeoutMs: 1_000 });
  const metadataCache = cache ?? createMetadataCache(createMemoryFiles(), '/cache');
  const chain = await openChain({ rpc, target: resolveNetwork(name), metadataCache, clock });
  return { chain, clock };
}

const countOf = (node: ScriptedNode, method: string): number =>
  node.calls().filter((call) => call === method).length;

describe('opening a chain', () => {
  it('asks everything at once and needs no second round trip with cached metadata', async () => {
    const scripted = createScriptedChain();
    const cache = createMetadataCache(createMemoryFiles(), '/cache');
    const code = { state_getStorageHash: () => `0x${'ab'.repeat(32)}` };
    await open({ node: scripted.createNode(code), cache });
    const node = scripted.createNode(code);
    const { chain } = await open({ node, cache });
    expect(chain.genesisHash).toBe(scripted.genesisHash);
    expect(chain.runtime.specVersion).toBe(424);
    expect([...node.calls()].sort()).toEqual([
      'chain_getBlockHash',
      'chain_getBlockHash',
      'chain_getHeader',
      'state_getRuntimeVersion',
      'state_getStorageHash',
    ]);
  });

  it('fetches metadata again when the runtime behind the same spec version changed', async () => {
    const scripted = createScriptedChain();
    const cache = createMetadataCache(createMemoryFiles(), '/cache');
    await open({
      node: scripted.createNode({ state_getStorageHash: () => `0x${'01'.repeat(32)}` }),
      cache,
    });
    const node = scripted.createNode({ state_getStorageHash: () => `0x${'02'.repeat(32)}` });
    await open({ node, cache });
    expect(countOf(node, 'state_call')).toBe(1);
  });

  it('caches nothing of an unknown chain that does not tell its code', async () => {
    const scripted = createScriptedChain();
    const files = createMemoryFiles();
    await open({ node: scripted.createNode(), cache: createMetadataCache(files, '/cache') });
    expect(files.paths()).toEqual([]);
  });

  it('falls back to version 15, and to the legacy call', async () => {
    const scripted = createScriptedChain();
    const only15 = scripted.createNode();
    const serve = scripted.apis.get('Metadata_metadata_at_version');
    scripted.apis.set('Metadata_metadata_at_version', (args) =>
      args === '0x10000000' ? '0x00' : serve?.(args),
    );
    expect((await open({ node: only15 })).chain.runtime.has.pallet('SubtensorModule')).toBe(true);
    const legacy = scripted.createNode({
      state_call: () => rpcError(-32_601, 'Method not found'),
      state_getMetadata: () => formatHex(encodedMetadata(14)),
    });
    const { chain } = await open({ node: legacy });
    expect(chain.runtime.has.call('SubtensorModule', 'add_stake')).toBe(true);
    expect(countOf(legacy, 'state_getMetadata')).toBe(1);
  });

  it('passes over a version whose metadata cannot be read', async () => {
    const scripted = createScriptedChain();
    const serve = scripted.apis.get('Metadata_metadata_at_version');
    scripted.apis.set('Metadata_metadata_at_version', (args) =>
      args === '0x10000000' ? '0x010c6d6574' : serve?.(args),
    );
    const { chain } = await open({ node: scripted.createNode() });
    expect(chain.runtime.has.call('SubtensorModule', 'add_stake')).toBe(true);
  });

  it('knows a public network by its genesis, whatever the URL is called', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode({
      chain_getBlockHash: ([number]) => (number === 0 ? MAINNET_GENESIS : scripted.hashOf(HEAD)),
    });
    const { chain } = await open({ node });
    expect(chain.target).toMatchObject({
      name: url,
      kind: 'mainnet',
      genesisHash: MAINNET_GENESIS,
    });
    const other = await open({ node: createScriptedChain().createNode() });
    expect(other.chain.target).toMatchObject({ kind: 'custom', genesisHash: undefined });
  });

  it('refuses a node of another chain, reads nothing from it, and hangs up', async () => {
    const node = createScriptedChain().createNode();
    await expect(open({ node, name: 'finney' })).rejects.toMatchObject({
      code: 'CHAIN_WRONG_GENESIS',
      exitCode: 7,
      data: { network: 'finney' },
    });
    expect(countOf(node, 'state_call')).toBe(0);
    expect(node.isClosed()).toBe(true);
  });

  it.each([
    ['a hash', 'chain_getBlockHash', 7],
    ['a version', 'state_getRuntimeVersion', { specName: 'x' }],
    ['a header', 'chain_getHeader', { number: 'x' }],
  ])('is NETWORK_BAD_REPLY when %s is none', async (_name, method, reply) => {
    const node = createScriptedChain().createNode({ [method]: () => reply });
    await expect(open({ node })).rejects.toMatchObject({ code: 'NETWORK_BAD_REPLY' });
    expect(node.isClosed()).toBe(true);
  });
});

describe('a block', () => {
  const pin = async (chain: Chain, block?: number | string) => {
    const view = await chain.at(block as 'best');
    return [view.number, view.hash];
  };

  /** A scripted chain that passes for mainnet. */
  const createMainnet = () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode({
      chain_getBlockHash: ([number]) =>
        number === 0 ? MAINNET_GENESIS : scripted.hashOf((number as number | undefined) ?? HEAD),
    });
    return { scripted, node };
  };

  it('is the best one by default', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode();
    const { chain } = await open({ node });
    const asked = node.calls().length;
    expect(await pin(chain)).toEqual([HEAD, scripted.hashOf(HEAD)]);
    expect(node.calls()).toHaveLength(asked + 3);
  });

  it('of a public network needs no second question right after opening', async () => {
    const { scripted, node } = createMainnet();
    const { chain } = await open({ node, name: 'finney' });
    const asked = node.calls().length;
    expect(await pin(chain)).toEqual([HEAD, scripted.hashOf(HEAD)]);
    expect(node.calls()).toHaveLength(asked);
    await pin(chain);
    expect(node.calls()).toHaveLength(asked + 3);
  });

  it('that was asked for while opening is not used once it is old', async () => {
    const { node } = createMainnet();
    const { chain, clock } = await open({ node, name: 'finney' });
    const asked = node.calls().length;
    clock.advance(3_000);
    await pin(chain);
    expect(node.calls()).toHaveLength(asked + 3);
  });

  it('has the number of its own hash when a new block came between the two questions', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode({
      chain_getHeader: ([hash]) => scripted.headerOf(hash === undefined ? HEAD - 1 : HEAD),
    });
    const { chain } = await open({ node });
    expect(await pin(chain)).toEqual([HEAD, scripted.hashOf(HEAD)]);
  });

  it('may be the finalized one, a number, or a hash', async () => {
    const scripted = createScriptedChain();
    const { chain } = await open({ node: scripted.createNode() });
    expect(await pin(chain, 'finalized')).toEqual([FINALIZED, scripted.hashOf(FINALIZED)]);
    expect(await pin(chain, 4)).toEqual([4, scripted.hashOf(4)]);
    expect(await pin(chain, scripted.hashOf(5))).toEqual([5, scripted.hashOf(5)]);
    expect(await pin(chain, 0)).toEqual([0, scripted.genesisHash]);
  });

  it('is CHAIN_UNKNOWN_BLOCK when the node has no such number, hash, or state', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode();
    const { chain } = await open({ node });
    const unknown = { code: 'CHAIN_UNKNOWN_BLOCK' };
    await expect(chain.at(99)).rejects.toMatchObject(unknown);
    await expect(chain.at(`0x${'ee'.repeat(32)}`)).rejects.toMatchObject(unknown);
    node.on('state_getRuntimeVersion', () => rpcError(4003, 'State already discarded'));
    await expect(chain.at(4)).rejects.toMatchObject(unknown);
  });

  it('is read with the runtime that made it: the one of its parent', async () => {
    const scripted = createScriptedChain();
    const old = { ...scripted.version, specVersion: 423 };
    const node = scripted.createNode({
      state_getRuntimeVersion: ([hash]) =>
        hash === undefined || hash === scripted.hashOf(HEAD) ? scripted.version : old,
    });
    const { chain } = await open({ node });
    expect((await chain.at('best')).runtime.specVersion).toBe(424);
    expect((await chain.at(HEAD)).runtime.specVersion).toBe(423);
    expect((await chain.at(HEAD)).runtime).toBe((await chain.at(4)).runtime);
    const metadataCalls = node.calls().filter((call) => call === 'state_call');
    expect(metadataCalls).toHaveLength(2);
  });
});

describe('reads of a block', () => {
  const account = (free: string) => `0x${'00'.repeat(16)}${free}${'00'.repeat(32)}`;

  async function openView(node: ScriptedNode) {
    const { chain } = await open({ node });
    return { chain, view: await chain.at('best') };
  }

  const someone = (index: number): string => `0x${index.toString(16).padStart(64, '0')}`;

  it('take many keys of one item in one round trip, missing ones as the default', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode();
    const { chain, view } = await openView(node);
    const { storage } = chain.runtime;
    scripted.storage.set(storage('System', 'Account').key(someone(1)), account('0500000000000000'));
    const asked = node.calls().length;
    const values = await view.readMany('System', 'Account', [[someone(1)], [someone(2)]]);
    expect(values).toMatchObject([{ data: { free: 5n } }, { data: { free: 0n } }]);
    expect(node.calls().slice(asked)).toEqual(['state_queryStorageAt']);
    expect(node.paramsOf('state_queryStorageAt')[1]).toBe(scripted.hashOf(HEAD));
  });

  it('work key by key on a node without batched storage queries', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode({
      state_queryStorageAt: () => rpcError(-32_601, 'Method not found'),
    });
    const { chain, view } = await openView(node);
    const { storage } = chain.runtime;
    scripted.storage.set(storage('System', 'Account').key(someone(1)), account('0500000000000000'));
    const read = () => view.readMany('System', 'Account', [[someone(2)], [someone(1)]]);
    expect(await read()).toMatchObject([{ data: { free: 0n } }, { data: { free: 5n } }]);
    await read();
    expect(countOf(node, 'state_queryStorageAt')).toBe(1);
    expect(countOf(node, 'state_getStorage')).toBe(4);
  });

  it('ask again for a key that a batched answer leaves out, instead of taking it for absent', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode({
      state_queryStorageAt: () => [{ block: '0x', changes: [] }],
    });
    const { chain, view } = await openView(node);
    const { storage } = chain.runtime;
    scripted.storage.set(storage('System', 'Account').key(someone(1)), account('0500000000000000'));
    const values = await view.readMany('System', 'Account', [[someone(1)], [someone(2)]]);
    expect(values).toMatchObject([{ data: { free: 5n } }, { data: { free: 0n } }]);
  });

  it('list all entries under a prefix over several pages', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode();
    const { chain, view } = await openView(node);
    const codec = chain.runtime.storage('SubtensorModule', 'TotalHotkeyAlpha');
    for (let netuid = 0; netuid < 2_500; netuid += 1) {
      scripted.storage.set(codec.key(someone(1), netuid), '0x0700000000000000');
    }
    scripted.storage.set(codec.key(someone(2), 1), '0x0100000000000000');
    const entries = await view.entries('SubtensorModule', 'TotalHotkeyAlpha', someone(1));
    expect(entries).toHaveLength(2_500);
    expect(new Set(entries.map((entry) => entry.keys[1])).size).toBe(2_500);
    expect(entries.every((entry) => entry.value === 7n)).toBe(true);
    expect(countOf(node, 'state_getKeysPaged')).toBe(3);
    expect(await view.entries('SubtensorModule', 'TotalHotkeyAlpha')).toHaveLength(2_501);
  });

  it('stop at a limit of entries, and end cleanly when the connection goes in between', async () => {
    const scripted = createScriptedChain();
    const keyPages = (from: unknown): string[] => {
      const start = from === null ? 0 : Number.parseInt(String(from).slice(-8), 16) + 1;
      return Array.from(
        { length: 1_000 },
        (_, index) => `${prefix}${(start + index).toString(16).padStart(8, '0')}`,
      );
    };
    const node = scripted.createNode({
      state_getKeysPaged: ([, , from]) => keyPages(from),
      state_queryStorageAt: ([keys]) => [
        { block: '0x', changes: (keys as string[]).map((key) => [key, null]) },
      ],
    });
    const { chain, view } = await openView(node);
    const prefix = chain.runtime.storage('SubtensorModule', 'TotalHotkeyAlpha').key();
    await expect(view.entries('SubtensorModule', 'TotalHotkeyAlpha')).rejects.toMatchObject({
      code: 'CHAIN_TOO_MANY_ENTRIES',
    });
    let pages = 0;
    node.on('state_getKeysPaged', ([, , from]) => {
      pages += 1;
      if (pages === 3) node.drop('gone');
      return keyPages(from);
    });
    const listing = view.entries('SubtensorModule', 'TotalHotkeyAlpha');
    await expect(listing).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });
  });

  it('call runtime APIs at the same block', async () => {
    const scripted = createScriptedChain();
    const node = scripted.createNode();
    const { view } = await openView(node);
    scripted.apis.set('SwapRuntimeApi_current_alpha_price', (args) =>
      args === '0x0800' ? '0x0065cd1d00000000' : undefined,
    );
    expect(await view.callApi('SwapRuntimeApi', 'current_alpha_price', 8)).toBe(500_000_000n);
    expect(node.paramsOf('state_call')[2]).toBe(scripted.hashOf(HEAD));
    await expect(view.callApi('SwapRuntimeApi', 'nothing')).rejects.toMatchObject({
      code: 'CHAIN_LACKS_ITEM',
    });
  });

  it('know the next nonce, transactions in the pool included', async () => {
    const node = createScriptedChain().createNode();
    const { chain } = await open({ node });
    expect(await chain.nextNonce(someone(1))).toBe(3);
    node.on('system_accountNextIndex', () => 'three');
    await expect(chain.nextNonce(someone(1))).rejects.toMatchObject({ code: 'NETWORK_BAD_REPLY' });
  });
});
