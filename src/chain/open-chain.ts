/**
 * Opens a chain: who it is, which runtime it runs, and where its head stands, all asked at once. A
 * node of another chain than the one named is refused before anything is read from it.
 */
import type { Clock } from '../domain/ports.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import { createBlockView } from './block-view.ts';
import { isHex } from './codecs/hex.ts';
import { type PinnedBlock, readBest, readByHash, readByNumber, readFinalized } from './head.ts';
import { publicNetworkOf } from './known-networks.ts';
import { loadRuntime } from './load-runtime.ts';
import { type MetadataCache, metadataKey } from './metadata-cache.ts';
import { expectHash, expectOptionalHex, unexpected } from './replies.ts';
import { createStorageReader } from './storage-reader.ts';
import type { BlockView, Chain, JsonRpc, NetworkTarget, Runtime } from './types.ts';

export type OpenChainRequest = {
  readonly rpc: JsonRpc;
  readonly target: NetworkTarget;
  readonly metadataCache: MetadataCache;
  readonly clock: Clock;
};

/** On networks with blocks of 12 s the head asked for while opening serves the first read this long. */
const HEAD_FRESH_MS = 3_000;
/** The storage key of the runtime's own code, `:code`. */
const CODE_KEY = '0x3a636f6465';

/**
 * CHAIN_WRONG_GENESIS, CHAIN_METADATA_UNUSABLE and the NETWORK_ codes. On failure the connection is
 * closed. With cached metadata it takes one round trip.
 */
export async function openChain(request: OpenChainRequest): Promise<Chain> {
  try {
    return await open(request);
  } catch (error) {
    request.rpc.close();
    throw error;
  }
}

async function open({ rpc, target, metadataCache, clock }: OpenChainRequest): Promise<Chain> {
  const [genesisReply, head, codeHash] = await Promise.all([
    rpc.request('chain_getBlockHash', [0]),
    readBest(rpc),
    target.genesisHash === undefined ? readCodeHash(rpc) : undefined,
  ]);
  const genesisHash = expectHash(genesisReply, 'chain_getBlockHash');
  assertGenesis(target, genesisHash);
  const publicKind = publicNetworkOf(genesisHash);
  const openedAtMs = clock.nowMs();
  // Other chains may make blocks at any moment, and their nodes are near.
  let freshHead: PinnedBlock | undefined = publicKind === undefined ? undefined : head;

  const runtimes = new Map<number, Promise<Runtime>>();
  const runtimeOf = (block: PinnedBlock): Promise<Runtime> => {
    const { version } = block;
    const known = runtimes.get(version.specVersion);
    if (known !== undefined) return known;
    // Other chains than the public ones may change their code and keep the number.
    const isHead = version.specVersion === head.version.specVersion;
    const cacheKey =
      publicKind !== undefined || (codeHash !== undefined && isHead)
        ? metadataKey({
            genesisHash,
            specVersion: version.specVersion,
            codeHash: publicKind === undefined ? codeHash : undefined,
          })
        : undefined;
    const blockHash = isHead ? undefined : block.hash;
    const loading = loadRuntime({ rpc, cache: metadataCache, cacheKey, version, blockHash });
    runtimes.set(version.specVersion, loading);
    loading.catch(() => runtimes.delete(version.specVersion));
    return loading;
  };

  const findBlock = (block: 'best' | 'finalized' | number | string): Promise<PinnedBlock> => {
    const fresh = freshHead;
    freshHead = undefined;
    if (block === 'best') {
      const isFresh = fresh !== undefined && clock.nowMs() - openedAtMs < HEAD_FRESH_MS;
      return isFresh ? Promise.resolve(fresh) : readBest(rpc);
    }
    if (block === 'finalized') return readFinalized(rpc);
    if (typeof block === 'number') return readByNumber(rpc, block);
    if (isHex(block)) return readByHash(rpc, block.toLowerCase());
    throw new TypeError(`Not a block: ${block}`);
  };

  const runtime = await runtimeOf(head);
  const storage = createStorageReader(rpc);
  return {
    target: publicKind === undefined ? target : { ...target, kind: publicKind, genesisHash },
    genesisHash,
    rpc,
    runtime,
    at: async (block = 'best'): Promise<BlockView> => {
      const pinned = await findBlock(block);
      const { hash, number } = pinned;
      return createBlockView({ rpc, storage, runtime: await runtimeOf(pinned), hash, number });
    },
    nextNonce: (address) => readNextNonce(rpc, address),
    close: rpc.close,
  };
}

function assertGenesis(target: NetworkTarget, genesisHash: string): void {
  if (target.genesisHash === undefined || target.genesisHash === genesisHash) return;
  throw new TaoError('CHAIN_WRONG_GENESIS', {
    message: `Failed to open ${target.name}: the node serves another chain.`,
    details: [`Expected genesis ${target.genesisHash}`, `Found genesis ${genesisHash}`],
    hint: 'Do not trust this node. Choose another one with --network.',
    data: { network: target.name, expected: target.genesisHash, found: genesisHash },
  });
}

/** The hash of the runtime's code; undefined where the node does not tell. */
async function readCodeHash(rpc: JsonRpc): Promise<string | undefined> {
  try {
    const method = 'state_getStorageHash';
    return expectOptionalHex(await rpc.request(method, [CODE_KEY]), method);
  } catch (error) {
    if (isTaoError(error, 'RPC_REFUSED')) return undefined;
    throw error;
  }
}

async function readNextNonce(rpc: JsonRpc, address: string): Promise<number> {
  const method = 'system_accountNextIndex';
  const nonce = await rpc.request(method, [address]);
  if (typeof nonce === 'number' && Number.isSafeInteger(nonce) && nonce >= 0) return nonce;
  throw unexpected(method, 'no nonce');
}
