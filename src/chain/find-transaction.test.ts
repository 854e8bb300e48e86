import { Blake2256 } from '@polkadot-api/substrate-bindings';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../test/helpers/manual-clock.ts';
import { createScriptedChain, FINALIZED, HEAD } from '../../test/helpers/scripted-chain.ts';
import { encodeEvents, success } from '../../test/helpers/scripted-events.ts';
import { formatHex, parseHex } from './codecs/hex.ts';
import { findTransaction } from './find-transaction.ts';
import { resolveNetwork } from './known-networks.ts';
import { createNoCache } from './metadata-cache.ts';
import { openChain } from './open-chain.ts';
import { createRpcClient } from './rpc-client.ts';

const ours = '0x1c84aabbccddee';
const hash = formatHex(Blake2256(parseHex(ours) as Uint8Array));

async function openWith(inBlock: number) {
  const scripted = createScriptedChain();
  const node = scripted.createNode({
    chain_getBlock: ([block]) => ({
      block: { extrinsics: block === scripted.hashOf(inBlock) ? ['0x04', ours] : ['0x04'] },
    }),
  });
  const clock = createManualClock();
  const rpc = createRpcClient(node.channel, { clock, timeoutMs: 1_000 });
  const target = resolveNetwork('ws://node.example');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock });
  const events = encodeEvents([success(0), success(1)]);
  scripted.storage.set(chain.runtime.storage('System', 'Events').key(), events);
  scripted.storage.set(chain.runtime.storage('Timestamp', 'Now').key(), '0x0100000000000000');
  return { chain, node, scripted };
}

describe('looking for a transaction', () => {
  it('finds it by its bytes or its hash, and says whether it is final', async () => {
    const { chain } = await openWith(FINALIZED);
    const search = { fromBlock: 1, toBlock: HEAD };
    const found = { kind: 'included', blockNumber: FINALIZED, extrinsicIndex: 1, finalized: true };
    const bytes = parseHex(ours) as Uint8Array;
    expect(await findTransaction(chain, { ...search, extrinsic: bytes })).toMatchObject(found);
    expect(await findTransaction(chain, { ...search, extrinsic: hash })).toMatchObject(found);
  });

  it('knows that a block above the finalized one is not final', async () => {
    const { chain } = await openWith(HEAD);
    const search = { extrinsic: ours, fromBlock: HEAD, toBlock: HEAD + 100 };
    expect(await findTransaction(chain, search)).toMatchObject({ finalized: false });
  });

  it('looks at no block outside the range, nor beyond the head', async () => {
    const { chain, node } = await openWith(5);
    expect(
      await findTransaction(chain, { extrinsic: ours, fromBlock: 6, toBlock: 1_000_000 }),
    ).toBeUndefined();
    expect(node.calls().filter((call) => call === 'chain_getBlock')).toHaveLength(HEAD - 5);
    expect(
      await findTransaction(chain, { extrinsic: ours, fromBlock: 1, toBlock: 4 }),
    ).toBeUndefined();
  });
});
