/** The chain client stays connected while the runtime under it is upgraded. */
import { expect, it } from 'vitest';
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { readSubnets } from '../../src/chain/queries/read-subnets.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import { openChain as openDevChain } from '../../src/devnode/blocks/chain.ts';
import { createCore, seal } from '../../src/devnode/node/core.ts';
import { rpcMethods } from '../../src/devnode/rpc/methods.ts';
import { createEndpoint } from '../../src/devnode/rpc/session.ts';
import { realClock } from '../helpers/real-clock.ts';

it('reads and decodes by the metadata of the block it asks for, before and after', async () => {
  const core = createCore(openDevChain({ preset: 'small' }), { sealing: 'manual' });
  const channel = connectInMemory(createEndpoint(core, rpcMethods));
  const rpc = createRpcClient(channel, { clock: realClock, timeoutMs: 20_000 });
  const target = resolveNetwork('dev');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock: realClock });
  seal(core);
  expect((await chain.at()).runtime.specVersion).toBe(424);
  seal(core, [{ kind: 'set-profile', profile: '425' }]);
  const after = await chain.at();
  expect(after.runtime.specVersion).toBe(425);
  expect(await readSubnets(after)).toHaveLength(4);
  expect((await chain.at(1)).runtime.specVersion).toBe(424);
  chain.close();
});
