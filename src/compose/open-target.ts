/** A chain over its connection: what every command that reads needs at once, loaded at once. */
import { createMetadataCache } from '../chain/metadata-cache.ts';
import { openChain } from '../chain/open-chain.ts';
import { createRpcClient } from '../chain/rpc-client.ts';
import type { Chain, JsonRpc, NetworkTarget } from '../chain/types.ts';
import { connectWebSocket } from '../chain/web-socket.ts';
import { type ResourceNeeds, RPC_TIMEOUT_MS } from './resources.ts';

/** Opens the chain of `target`; `connectDev` reaches the embedded one. NETWORK_ and CHAIN_ codes. */
export async function openTarget(
  needs: ResourceNeeds,
  target: NetworkTarget,
  connectDev: () => Promise<JsonRpc>,
): Promise<Chain> {
  const rpc = target.kind === 'dev' ? await connectDev() : await connect(needs, target);
  const metadataCache = createMetadataCache(needs.files, needs.paths.cache);
  return openChain({ rpc, target, metadataCache, clock: needs.clock });
}

async function connect(needs: ResourceNeeds, target: NetworkTarget): Promise<JsonRpc> {
  const channel = await connectWebSocket({
    url: target.url ?? '',
    timeoutMs: RPC_TIMEOUT_MS,
    signal: needs.signal,
  });
  return createRpcClient(channel, { clock: needs.clock, timeoutMs: RPC_TIMEOUT_MS });
}
