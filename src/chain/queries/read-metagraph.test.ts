import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutFeatures } from '../../../test/helpers/open-scripted.ts';
import { realClock } from '../../../test/helpers/real-clock.ts';
import { createDevNode } from '../../devnode/create-dev-node.ts';
import { connectInMemory } from '../in-memory.ts';
import { resolveNetwork } from '../known-networks.ts';
import { createNoCache } from '../metadata-cache.ts';
import { openChain } from '../open-chain.ts';
import { createRpcClient } from '../rpc-client.ts';
import type { BlockView } from '../types.ts';
import { readMetagraph } from './read-metagraph.ts';

const closers: (() => void)[] = [];
let view: BlockView;

beforeAll(async () => {
  const node = await createDevNode();
  node.advance(400);
  const channel = connectInMemory(node.endpoint);
  const rpc = createRpcClient(channel, { clock: realClock, timeoutMs: 20_000 });
  const target = resolveNetwork('dev');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock: realClock });
  closers.push(chain.close, node.close);
  view = await chain.at();
});

afterAll(() => {
  for (const close of closers) close();
});

describe('the metagraph', () => {
  it('has everyone by uid, with what the epoch made of them', async () => {
    const neurons = await readMetagraph(view, 4);
    expect(neurons.map(({ uid }) => uid)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(neurons[1]).toMatchObject({ name: 'Aurora', hasPermit: true, incentiveU16: 0 });
    expect(neurons[1]?.validatorTrustU16).toBeGreaterThan(60_000);
    expect(neurons[6]?.validatorTrustU16).toBeLessThan(30_000);
    expect(neurons[7]).toMatchObject({ name: '', hasPermit: false, dividendsU16: 0 });
    expect(neurons[7]?.incentiveU16).toBeGreaterThan(neurons[8]?.incentiveU16 ?? 0);
    const sum = neurons.reduce((all, { dividendsU16 }) => all + dividendsU16, 0);
    expect(sum).toBeGreaterThan(65_500);
  });

  it('is the same from storage where the runtime has no metagraph', async () => {
    const older = withoutFeatures(view, ['SubnetInfoRuntimeApi.get_metagraph']);
    const fromApi = await readMetagraph(view, 4);
    const fromStorage = await readMetagraph(older, 4);
    // The runtime rounds the weight of root stake in its own fixed point.
    const exact = fromApi.map(({ stakeRao: _, trustU16: __, ...rest }) => rest);
    expect(fromStorage.map(({ stakeRao: _, trustU16: __, ...rest }) => rest)).toEqual(exact);
    for (const [uid, { stakeRao }] of fromApi.entries()) {
      const gap = stakeRao - (fromStorage[uid]?.stakeRao ?? 0n);
      expect(gap < 0n ? -gap : gap).toBeLessThan(1_000_000n);
    }
    expect(new Set(fromStorage.map(({ trustU16 }) => trustU16))).toEqual(new Set([undefined]));
  });

  it('of a subnet that does not exist is empty, and without vectors zero', async () => {
    expect(await readMetagraph(view, 77)).toEqual([]);
    const missing = ['ValidatorTrust', 'Consensus', 'Dividends', 'LastUpdate', 'ValidatorPermit'];
    const bare = withoutFeatures(view, [
      'SubnetInfoRuntimeApi.get_metagraph',
      ...missing.map((item) => `SubtensorModule.${item}`),
    ]);
    const [, aurora] = await readMetagraph(bare, 4);
    expect(aurora).toMatchObject({
      name: 'Aurora',
      validatorTrustU16: 0,
      consensusU16: 0,
      dividendsU16: 0,
      lastUpdateBlock: 0,
      hasPermit: false,
    });
  });

  it('is undecodable, not zero, when a field of it went missing', async () => {
    const callApi = async () => ({ hotkeys: [] });
    await expect(readMetagraph({ ...view, callApi }, 4)).rejects.toMatchObject({
      code: 'CHAIN_UNDECODABLE',
    });
  });
});
