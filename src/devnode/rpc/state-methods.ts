/** `state_*`: storage by key, metadata, runtime version, runtime APIs, subscriptions to storage. */
import { callApi } from '../apis/call-api.ts';
import { hashAt, headHash, headNumber, viewAt } from '../blocks/chain.ts';
import { blake2 } from '../blocks/header.ts';
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import type { NodeCore } from '../node/core.ts';
import { codecOf } from '../scale/codec.ts';
import { fromHex, parseHex, toHex } from '../scale/hex.ts';
import { profileOf } from '../state/view.ts';
import { listKeys, readStorage } from '../storage/read.ts';
import { unsubscribe } from './chain-methods.ts';
import { blockParam, countParam, hexListParam, hexParam } from './params.ts';
import { CLIENT_ERROR, failedCall, invalidParams, RpcError } from './rpc-error.ts';
import type { Params, RpcMethod, RpcMethods } from './session.ts';

/** A page of keys holds at most this many, as on the real node. */
const MAX_PAGE_KEYS = 1_000;
/** Blocks one state_queryStorage may walk. */
const MAX_QUERY_BLOCKS = 4_096;

const read = (core: NodeCore, key: Uint8Array, number: number): string | undefined =>
  readStorage(viewAt(core.chain, number), key);

const getStorage: RpcMethod = ({ core }, params) =>
  read(core, hexParam(params, 0), blockParam(core, params, 1)) ?? null;

const getStorageSize: RpcMethod = ({ core }, params) => {
  const value = read(core, hexParam(params, 0), blockParam(core, params, 1));
  return value === undefined ? null : (value.length - 2) / 2;
};

const getStorageHash: RpcMethod = ({ core }, params) => {
  const value = read(core, hexParam(params, 0), blockParam(core, params, 1));
  return value === undefined ? null : toHex(blake2(fromHex(value)));
};

const getKeysPaged: RpcMethod = ({ core }, params) => {
  const limit = countParam(params, 1);
  if (limit > MAX_PAGE_KEYS) throw invalidParams(`at most ${MAX_PAGE_KEYS} keys a page`);
  const start = params[2];
  const after = start === undefined || start === null ? undefined : hexParam(params, 2);
  const view = viewAt(core.chain, blockParam(core, params, 3));
  return listKeys(view, { prefix: hexParam(params, 0), after, limit });
};

const call: RpcMethod = async ({ core }, params) => {
  const [method, data] = params;
  if (typeof method !== 'string') throw invalidParams('parameter 1 must be a method');
  const args = typeof data === 'string' ? parseHex(data) : undefined;
  if (args === undefined) throw invalidParams('parameter 2 must be 0x hex');
  const view = viewAt(core.chain, blockParam(core, params, 2));
  const result = await callApi(view, method, args);
  if (!result.ok) throw failedCall(method, result.reason);
  return toHex(result.bytes);
};

const profileAt = (core: NodeCore, number: number): RuntimeProfile =>
  profileOf(viewAt(core.chain, number));

const getRuntimeVersion: RpcMethod = ({ core }, params) =>
  runtimeVersionJson(profileAt(core, blockParam(core, params, 0)));

const subscribeRuntimeVersion: RpcMethod = ({ core, session }) =>
  session.subscribe('state_runtimeVersion', (push) => watchRuntimeVersion(core, push));

export const stateMethods: RpcMethods = {
  state_getMetadata: async ({ core }, params) => {
    const profile = profileAt(core, blockParam(core, params, 0));
    const { encodedMetadata } = await import('../metadata/build.ts');
    return toHex(encodedMetadata(14, profile));
  },
  state_getRuntimeVersion: getRuntimeVersion,
  chain_getRuntimeVersion: getRuntimeVersion,
  chain_subscribeRuntimeVersion: subscribeRuntimeVersion,
  chain_unsubscribeRuntimeVersion: unsubscribe,
  state_subscribeRuntimeVersion: subscribeRuntimeVersion,
  state_unsubscribeRuntimeVersion: unsubscribe,
  state_getStorage: getStorage,
  state_getStorageAt: getStorage,
  state_getStorageSize: getStorageSize,
  state_getStorageSizeAt: getStorageSize,
  state_getStorageHash: getStorageHash,
  state_getStorageHashAt: getStorageHash,
  state_getKeysPaged: getKeysPaged,
  state_getKeysPagedAt: getKeysPaged,
  state_getKeys: ({ core }, params) =>
    listKeys(viewAt(core.chain, blockParam(core, params, 1)), { prefix: hexParam(params, 0) }),
  state_queryStorageAt: ({ core }, params) => {
    const keys = hexListParam(params, 0);
    return [changesAt(core, keys, blockParam(core, params, 1))];
  },
  state_queryStorage: ({ core }, params) => queryStorage(core, params),
  state_subscribeStorage: ({ core, session }, params) => {
    const keys = hexListParam(params, 0);
    return session.subscribe('state_storage', (push) => watchStorage(core, keys, push));
  },
  state_unsubscribeStorage: unsubscribe,
  state_call: call,
  state_callAt: call,
  state_getPairs: ({ core }, params) => {
    const view = viewAt(core.chain, blockParam(core, params, 1));
    const keys = listKeys(view, { prefix: hexParam(params, 0) });
    return keys.map((key) => [key, readStorage(view, fromHex(key))]);
  },
  state_getReadProof: () => {
    throw new RpcError(CLIENT_ERROR, 'Read proofs are not served: the dev chain keeps no trie');
  },
};

type StorageChanges = { readonly block: string; readonly changes: (string | null)[][] };

function changesAt(core: NodeCore, keys: readonly Uint8Array[], number: number): StorageChanges {
  const view = viewAt(core.chain, number);
  const changes = keys.map((key) => [toHex(key), readStorage(view, key) ?? null]);
  return { block: hashAt(core.chain, number) as string, changes };
}

function queryStorage(core: NodeCore, params: Params): readonly StorageChanges[] {
  const keys = hexListParam(params, 0);
  const from = blockParam(core, params, 1);
  const to = blockParam(core, params, 2);
  if (to - from > MAX_QUERY_BLOCKS) throw invalidParams(`at most ${MAX_QUERY_BLOCKS} blocks`);
  const found: StorageChanges[] = [];
  const seen = new Map<string, string | null>();
  for (let number = from; number <= to; number += 1) {
    const { block, changes } = changesAt(core, keys, number);
    const changed = changes.filter(([key, value]) => seen.get(key as string) !== value);
    for (const [key, value] of changed) seen.set(key as string, value ?? null);
    if (changed.length > 0) found.push({ block, changes: changed });
  }
  return found;
}

/** Pushes all values once, and after every block those that changed. */
function watchStorage(
  core: NodeCore,
  keys: readonly Uint8Array[],
  push: (result: unknown) => void,
): () => void {
  const first = changesAt(core, keys, headNumber(core.chain));
  const seen = new Map(first.changes.map(([key, value]) => [key, value]));
  push(first);
  const listener = (): void => {
    const { changes } = changesAt(core, keys, headNumber(core.chain));
    const changed = changes.filter(([key, value]) => seen.get(key as string) !== value);
    if (changed.length === 0) return;
    for (const [key, value] of changed) seen.set(key as string, value as string | null);
    push({ block: headHash(core.chain), changes: changed });
  };
  core.listeners.add(listener);
  return () => core.listeners.delete(listener);
}

/** Pushes the version once, and again after the block that changed it. */
function watchRuntimeVersion(core: NodeCore, push: (result: unknown) => void): () => void {
  let known = profileAt(core, headNumber(core.chain));
  push(runtimeVersionJson(known));
  const listener = (number: number): void => {
    const profile = profileAt(core, number);
    if (profile === known) return;
    known = profile;
    push(runtimeVersionJson(profile));
  };
  core.listeners.add(listener);
  return () => core.listeners.delete(listener);
}

type RuntimeVersion = {
  readonly spec_name: string;
  readonly impl_name: string;
  readonly authoring_version: number;
  readonly spec_version: number;
  readonly impl_version: number;
  readonly apis: readonly (readonly [id: string, version: number])[];
  readonly transaction_version: number;
  readonly system_version: number;
};

/** The Version constant in the node's JSON form. */
export function runtimeVersionJson({ pallets }: RuntimeProfile): unknown {
  const [type, hex] = pallets.find(({ name }) => name === 'System')?.constants.Version ?? ['', ''];
  const version = codecOf(type).dec(fromHex(hex)) as RuntimeVersion;
  return {
    specName: version.spec_name,
    implName: version.impl_name,
    authoringVersion: version.authoring_version,
    specVersion: version.spec_version,
    implVersion: version.impl_version,
    apis: version.apis,
    transactionVersion: version.transaction_version,
    systemVersion: version.system_version,
    stateVersion: version.system_version,
  };
}
