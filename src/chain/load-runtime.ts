/** The runtime of a block: its metadata from the cache, or fetched in the best version served. */
import { Bytes, Option, u32 } from '@polkadot-api/substrate-bindings';
import { isTaoError } from '../errors/tao-error.ts';
import { decodeRuntime } from './codecs/decode-metadata.ts';
import { formatHex } from './codecs/hex.ts';
import type { MetadataCache } from './metadata-cache.ts';
import { expectHexBytes, type VersionReply } from './replies.ts';
import type { JsonRpc, Runtime } from './types.ts';

export type RuntimeRequest = {
  readonly rpc: JsonRpc;
  readonly cache: MetadataCache;
  /** Undefined: this runtime's metadata is not kept on disk. */
  readonly cacheKey: string | undefined;
  readonly version: VersionReply;
  /** The block whose metadata is wanted; undefined for the best one. */
  readonly blockHash: string | undefined;
};

/** Newest first. Version 16 and 15 describe the runtime APIs, 14 does not. */
const METADATA_VERSIONS = [16, 15] as const;

const opaqueMetadata = Option(Bytes());

/** CHAIN_METADATA_UNUSABLE when no version served can be read; NETWORK_ errors. */
export async function loadRuntime(request: RuntimeRequest): Promise<Runtime> {
  return (await loadCached(request)) ?? (await fetchRuntime(request));
}

async function loadCached(request: RuntimeRequest): Promise<Runtime | undefined> {
  if (request.cacheKey === undefined) return undefined;
  const bytes = await request.cache.load(request.cacheKey);
  return bytes === undefined ? undefined : tryDecode(bytes, request.version);
}

async function fetchRuntime(request: RuntimeRequest): Promise<Runtime> {
  for (const version of METADATA_VERSIONS) {
    const bytes = await fetchVersion(request, version);
    const runtime = bytes === undefined ? undefined : tryDecode(bytes, request.version);
    if (bytes !== undefined && runtime !== undefined) {
      await keep(request, bytes);
      return runtime;
    }
  }
  const method = 'state_getMetadata';
  const bytes = expectHexBytes(
    await request.rpc.request(method, blockParams(request.blockHash)),
    method,
  );
  const runtime = decodeRuntime(bytes, request.version);
  await keep(request, bytes);
  return runtime;
}

async function fetchVersion(
  { rpc, blockHash }: RuntimeRequest,
  version: number,
): Promise<Uint8Array | undefined> {
  const api = 'Metadata_metadata_at_version';
  try {
    const params = [api, formatHex(u32.enc(version)), ...blockParams(blockHash)];
    const reply = expectHexBytes(await rpc.request('state_call', params), 'state_call');
    return opaqueMetadata.dec(reply);
  } catch (error) {
    // A runtime too old for the API, or a node that does not offer state_call.
    if (isTaoError(error, 'RPC_REFUSED')) return undefined;
    throw error;
  }
}

function tryDecode(bytes: Uint8Array, version: VersionReply): Runtime | undefined {
  try {
    return decodeRuntime(bytes, version);
  } catch (error) {
    if (isTaoError(error, 'CHAIN_METADATA_UNUSABLE')) return undefined;
    throw error;
  }
}

async function keep(request: RuntimeRequest, bytes: Uint8Array): Promise<void> {
  if (request.cacheKey !== undefined) await request.cache.store(request.cacheKey, bytes);
}

function blockParams(blockHash: string | undefined): readonly string[] {
  return blockHash === undefined ? [] : [blockHash];
}
