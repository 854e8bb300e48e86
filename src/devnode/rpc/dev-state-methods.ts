/** `dev_*` that set, save, restore and verify the whole state. */
import { headHash, headNumber } from '../blocks/chain.ts';
import { encodeChain, restoreChain } from '../blocks/saved-chain.ts';
import { type NodeCore, replaceChain, seal } from '../node/core.ts';
import { headDigest } from '../node/status.ts';
import { verifyNext } from '../node/verification.ts';
import { codecOf } from '../scale/codec.ts';
import { parseHex, toHex } from '../scale/hex.ts';
import { profileOf } from '../state/view.ts';
import { type StorageItem, storageItems } from '../storage/items.ts';
import { valueOfJson } from '../storage/json-value.ts';
import { encodeKey } from '../storage/keys.ts';
import { isWrittenThrough } from '../storage/write.ts';
import { invalidParams } from './rpc-error.ts';
import type { Params, RpcMethods } from './session.ts';

/** Bytes of a snapshot in one message. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const MAX_SNAPSHOT_BYTES = 512 * 1024 * 1024;
/** Blocks that one call may verify. */
const MAX_VERIFIED_BLOCKS = 100_000;

/** A snapshot on its way out or in, one of each a chain. */
type Transfer = { saved: Uint8Array | undefined; arriving: Uint8Array[] };
const transfers = new WeakMap<NodeCore, Transfer>();

export const devStateMethods: RpcMethods = {
  dev_setStorage: ({ core }, params) => setStorage(core, params),
  dev_saveSnapshot: ({ core }, params) => saveSnapshot(core, params),
  dev_restoreSnapshot: ({ core }, params) => restoreSnapshot(core, params),
  dev_verify: ({ core }, params) => {
    const { blocks = MAX_VERIFIED_BLOCKS } = objectParam(params);
    return verifyNext(core, wholeNumber('blocks', blocks, MAX_VERIFIED_BLOCKS));
  },
};

/**
 * `{pallet, item, keys, value}` with JSON, or `hex` with SCALE bytes instead of `value`; null of
 * either removes. In a block of its own.
 */
function setStorage(core: NodeCore, params: Params): unknown {
  const { pallet, item: name, keys = [], value, hex } = objectParam(params);
  const profile = profileOf(core.chain.live.state);
  const item = storageItems(profile).find((one) => one.pallet === pallet && one.name === name);
  if (item === undefined) throw invalidParams(`there is no storage item ${pallet}.${name}`);
  if (value === undefined && hex === undefined) throw invalidParams('value or hex is missing');
  const given = hex === undefined ? value : hex;
  const bytes = given === null ? null : valueBytes(core, item, { value, hex });
  const key = toHex(encodeKey(item, readKeys(core, item, keys)));
  seal(core, [{ kind: 'set-storage', key, value: bytes }]);
  const reach = isWrittenThrough(core.chain.live.state, key) ? 'chain' : 'readers';
  return { ...headFacts(core), key, value: bytes, reach };
}

function readKeys(core: NodeCore, item: StorageItem, keys: unknown): readonly unknown[] {
  const wanted = item.declaration.keys;
  if (!Array.isArray(keys) || keys.length !== wanted.length) {
    throw invalidParams(`keys must be a list of ${wanted.length}`);
  }
  return wanted.map(({ type }, i) => fitted(core, type, keys[i]));
}

function valueBytes(
  core: NodeCore,
  { declaration }: StorageItem,
  { value, hex }: { readonly value: unknown; readonly hex: unknown },
): string {
  const codec = codecOf(declaration.value, profileOf(core.chain.live.state));
  if (hex === undefined) return toHex(codec.enc(fitted(core, declaration.value, value)));
  const bytes = typeof hex === 'string' ? parseHex(hex) : undefined;
  if (bytes === undefined) throw invalidParams('hex must be 0x hex');
  try {
    const again = toHex(codec.enc(codec.dec(Uint8Array.from(bytes))));
    if (again === toHex(bytes)) return again;
  } catch {
    // Said below.
  }
  throw invalidParams(`hex is not one ${declaration.value}`);
}

function fitted(core: NodeCore, type: string, json: unknown): unknown {
  try {
    return valueOfJson(type, json, profileOf(core.chain.live.state));
  } catch (error) {
    throw invalidParams(error instanceof Error ? error.message : String(error));
  }
}

/** Piece by piece: `next` is the offset of the piece to ask for, null after the last. */
function saveSnapshot(core: NodeCore, params: Params): unknown {
  const { offset = 0 } = objectParam(params);
  const transfer = transferOf(core);
  const bytes = offset === 0 ? encodeChain(core.chain) : transfer.saved;
  const at = wholeNumber('offset', offset, bytes?.length ?? 0);
  if (bytes === undefined) throw invalidParams('begin with offset 0');
  const piece = bytes.subarray(at, at + CHUNK_BYTES);
  const next = at + piece.length < bytes.length ? at + piece.length : null;
  transfer.saved = next === null ? undefined : bytes;
  const data = Buffer.from(piece).toString('base64');
  if (offset !== 0) return { data, next };
  const facts = { ...headFacts(core), stateDigest: headDigest(core.chain) };
  return { ...facts, sizeBytes: bytes.length, data, next };
}

/** Piece by piece: `more` says that another follows. The last one replaces the chain. */
function restoreSnapshot(core: NodeCore, params: Params): unknown {
  const { data, more = false, first = true } = objectParam(params);
  if (typeof data !== 'string') throw invalidParams('data must be base64');
  const transfer = transferOf(core);
  if (first === true) transfer.arriving = [];
  transfer.arriving.push(Buffer.from(data, 'base64'));
  const sizeBytes = transfer.arriving.reduce((sum, { length }) => sum + length, 0);
  if (sizeBytes > MAX_SNAPSHOT_BYTES) {
    transfer.arriving = [];
    throw invalidParams(`a snapshot has at most ${MAX_SNAPSHOT_BYTES} bytes`);
  }
  if (more === true) return { sizeBytes };
  const bytes = Buffer.concat(transfer.arriving.splice(0));
  replaceChain(core, restoreChain(new Uint8Array(bytes), core.chain.store));
  return { ...headFacts(core), stateDigest: headDigest(core.chain) };
}

function transferOf(core: NodeCore): Transfer {
  const found = transfers.get(core) ?? { saved: undefined, arriving: [] };
  transfers.set(core, found);
  return found;
}

function headFacts({ chain }: NodeCore): { readonly number: number; readonly hash: string } {
  return { number: headNumber(chain), hash: headHash(chain) };
}

function objectParam([first]: Params): Readonly<Record<string, unknown>> {
  if (first === undefined) return {};
  if (typeof first === 'object' && first !== null) return first as Record<string, unknown>;
  throw invalidParams('parameter 1 must be an object');
}

function wholeNumber(name: string, value: unknown, limit: number): number {
  const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  if (fits && value <= limit) return value;
  throw invalidParams(`${name} must be a whole number up to ${limit}`);
}
