/** Which block is meant: the best one in one round trip, or one pinned by number or hash. */
import { Blake2256, compact } from '@polkadot-api/substrate-bindings';
import { mergeUint8 } from '@polkadot-api/utils';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import { formatHex, parseHex } from './codecs/hex.ts';
import {
  expectHash,
  expectHeader,
  expectVersion,
  type Header,
  type VersionReply,
} from './replies.ts';
import type { JsonRpc } from './types.ts';

export type PinnedBlock = {
  readonly hash: string;
  readonly number: number;
  /** The runtime that made the block, and in whose form its state and events are. */
  readonly version: VersionReply;
};

const GET_HEADER = 'chain_getHeader';
const GET_HASH = 'chain_getBlockHash';
const GET_VERSION = 'state_getRuntimeVersion';

/** The best block, asked for in parallel. */
export async function readBest(rpc: JsonRpc): Promise<PinnedBlock> {
  const [headerReply, hashReply, version] = await Promise.all([
    rpc.request(GET_HEADER, []),
    rpc.request(GET_HASH, []),
    readVersion(rpc, undefined),
  ]);
  const hash = expectHash(hashReply, GET_HASH);
  const header = expectHeader(headerReply, GET_HEADER);
  // Two questions about the best block may meet a new one between them: then the hash decides.
  const isSame = header !== undefined && hashHeader(header) === hash;
  const number = isSame ? header.number : (await readHeader(rpc, hash)).number;
  return { hash, number, version };
}

/** The last finalized block. */
export async function readFinalized(rpc: JsonRpc): Promise<PinnedBlock> {
  const method = 'chain_getFinalizedHead';
  return readByHash(rpc, expectHash(await rpc.request(method, []), method));
}

/** A block by its hash. CHAIN_UNKNOWN_BLOCK. */
export async function readByHash(rpc: JsonRpc, hash: string): Promise<PinnedBlock> {
  const header = await readHeader(rpc, hash);
  return pin(rpc, { hash, number: header.number, parentHash: header.parentHash });
}

/** A block by its number. CHAIN_UNKNOWN_BLOCK. */
export async function readByNumber(rpc: JsonRpc, number: number): Promise<PinnedBlock> {
  const [hash, parentHash] = await Promise.all([
    readHash(rpc, number),
    number === 0 ? undefined : readHash(rpc, number - 1),
  ]);
  if (hash === undefined) throw unknownBlock(String(number));
  return pin(rpc, { hash, number, parentHash: parentHash ?? hash });
}

/** The hash of a block of the best chain, or undefined when it has no such number. */
export async function readHash(rpc: JsonRpc, number: number): Promise<string | undefined> {
  const reply = await rpc.request(GET_HASH, [number]);
  return reply === null ? undefined : expectHash(reply, GET_HASH);
}

/** Block numbers asked for in one message. */
const HASHES_AT_ONCE = 500;

/** The hashes of many blocks, in order, in few messages; one by one where the node takes no batches. */
export async function readHashes(
  rpc: JsonRpc,
  numbers: readonly number[],
): Promise<readonly (string | undefined)[]> {
  const hashes: (string | undefined)[] = [];
  for (let at = 0; at < numbers.length; at += HASHES_AT_ONCE) {
    const some = numbers.slice(at, at + HASHES_AT_ONCE);
    hashes.push(...(await readSome(rpc, some)));
  }
  return hashes;
}

async function readSome(
  rpc: JsonRpc,
  numbers: readonly number[],
): Promise<readonly (string | undefined)[]> {
  try {
    const replies = await rpc.requestMany(
      GET_HASH,
      numbers.map((number) => [number]),
    );
    return replies.map((reply) => (reply === null ? undefined : expectHash(reply, GET_HASH)));
  } catch (error) {
    if (!isTaoError(error, 'RPC_REFUSED')) throw error;
    return Promise.all(numbers.map((number) => readHash(rpc, number)));
  }
}

/** CHAIN_UNKNOWN_BLOCK. */
export async function readHeader(rpc: JsonRpc, hash: string): Promise<Header> {
  const header = expectHeader(await rpc.request(GET_HEADER, [hash]), GET_HEADER);
  if (header === undefined) throw unknownBlock(hash);
  return header;
}

export async function readVersion(rpc: JsonRpc, hash: string | undefined): Promise<VersionReply> {
  const reply = await rpc.request(GET_VERSION, hash === undefined ? [] : [hash]);
  return expectVersion(reply, GET_VERSION);
}

/** blake2-256 of the header's SCALE bytes: the block's hash. */
export function hashHeader(header: Header): string {
  const parts = [header.parentHash, header.stateRoot, header.extrinsicsRoot, ...header.logs].map(
    (hex) => parseHex(hex) ?? new Uint8Array(),
  );
  const [parent, ...rest] = parts as [Uint8Array, ...Uint8Array[]];
  const [state, extrinsics, ...logs] = rest as [Uint8Array, Uint8Array, ...Uint8Array[]];
  return formatHex(
    Blake2256(
      mergeUint8([
        parent,
        compact.enc(header.number),
        state,
        extrinsics,
        compact.enc(logs.length),
        ...logs,
      ]),
    ),
  );
}

/**
 * Chain rule: a block that brings a new runtime was itself made by the old one, so its parent's
 * version is the one that fits its state and events.
 */
async function pin(
  rpc: JsonRpc,
  block: { readonly hash: string; readonly number: number; readonly parentHash: string },
): Promise<PinnedBlock> {
  const { hash, number } = block;
  const before = await tryVersion(rpc, number === 0 ? hash : block.parentHash);
  const version = before ?? (await tryVersion(rpc, hash));
  if (version === undefined) throw withoutState(number);
  return { hash, number, version };
}

async function tryVersion(rpc: JsonRpc, hash: string): Promise<VersionReply | undefined> {
  try {
    return await readVersion(rpc, hash);
  } catch (error) {
    if (isTaoError(error, 'RPC_REFUSED')) return undefined;
    throw error;
  }
}

function unknownBlock(block: string): TaoError {
  return new TaoError('CHAIN_UNKNOWN_BLOCK', {
    message: `Couldn't find block ${block}: the node does not have it.`,
    hint: 'Check the number or hash, or ask an archive node with --network archive.',
    data: { block },
  });
}

function withoutState(number: number): TaoError {
  return new TaoError('CHAIN_UNKNOWN_BLOCK', {
    message: `Couldn't read block ${number}: the node no longer has its state.`,
    hint: 'Ask an archive node, for mainnet with --network archive.',
    data: { block: number },
  });
}
