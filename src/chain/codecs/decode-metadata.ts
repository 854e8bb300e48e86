/**
 * A runtime from its metadata: everything the rest of the house looks up by name. Codecs are made
 * when first asked for and kept; decoding the metadata itself is the only work done up front.
 */
import type { ApiCodec, ExtensionShape, Runtime, RuntimeFeatures, StorageCodec } from '../types.ts';
import { createApiCodec, hasApi } from './api-codec.ts';
import { decodeCall, encodeCall, hasCall } from './call-codec.ts';
import { decodeExtrinsic } from './decode-extrinsic.ts';
import { decodeEvents, errorDocs, nameError } from './event-codec.ts';
import { createStorageCodec, decodeConstant, hasConstant, hasStorage } from './storage-codec.ts';
import { createTypeRegistry, type TypeRegistry } from './type-registry.ts';

/** What the node says of the runtime beside its metadata (`state_getRuntimeVersion`). */
export type RuntimeVersion = {
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** Hashes of the runtime APIs it has (0x hex of 8 bytes), where known: metadata 14 lists none. */
  readonly apiHashes?: readonly string[];
};

/** Decodes metadata of version 14, 15 or 16. CHAIN_METADATA_UNUSABLE. */
export function decodeRuntime(metadataBytes: Uint8Array, version: RuntimeVersion): Runtime {
  const registry = createTypeRegistry(metadataBytes);
  const storage = remember((pallet, item) => createStorageCodec(registry, pallet, item));
  const api = remember((name, method) => createApiCodec(registry, version.apiHashes, name, method));
  const constant = remember((pallet, name) => ({
    value: decodeConstant(registry, pallet, name),
  }));
  return {
    metadataBytes,
    specName: version.specName,
    specVersion: version.specVersion,
    transactionVersion: version.transactionVersion,
    has: featuresOf(registry, version),
    encodeCall: (call) => encodeCall(registry, call),
    decodeCall: (bytes) => decodeCall(registry, bytes),
    storage: storage satisfies (pallet: string, item: string) => StorageCodec,
    constant: (pallet, name) => constant(pallet, name).value,
    api: api satisfies (api: string, method: string) => ApiCodec,
    decodeEvents: (bytes) => decodeEvents(registry, bytes),
    errorName: (palletIndex, errorIndex) => nameError(registry, palletIndex, errorIndex),
    errorDocs: (pallet, name) => errorDocs(registry, pallet, name),
    extensions: extensionShapes(registry),
    encodeExtension: (identifier, part, value) =>
      encodeExtension(registry, { identifier, part, value }),
    decodeExtrinsic: (bytes) => decodeExtrinsic(registry, bytes),
  };
}

function featuresOf(registry: TypeRegistry, version: RuntimeVersion): RuntimeFeatures {
  return {
    pallet: (name) => registry.metadata.pallets.some((pallet) => pallet.name === name),
    call: (pallet, name) => hasCall(registry, pallet, name),
    storage: (pallet, item) => hasStorage(registry, pallet, item),
    constant: (pallet, name) => hasConstant(registry, pallet, name),
    api: (name, method) => hasApi(registry, version.apiHashes, name, method),
  };
}

function extensionShapes(registry: TypeRegistry): readonly ExtensionShape[] {
  return listExtensions(registry).map(({ identifier, type, additionalSigned }) => ({
    identifier,
    extraIsEmpty: registry.entry(type).type === 'void',
    implicitIsEmpty: registry.entry(additionalSigned).type === 'void',
  }));
}

type ExtensionPart = {
  readonly identifier: string;
  readonly part: 'extra' | 'implicit';
  readonly value: unknown;
};

function encodeExtension(registry: TypeRegistry, wanted: ExtensionPart): Uint8Array {
  const found = listExtensions(registry).find((entry) => entry.identifier === wanted.identifier);
  if (found === undefined) return new Uint8Array();
  const type = wanted.part === 'extra' ? found.type : found.additionalSigned;
  return registry.encode(registry.entry(type), wanted.value, wanted.identifier);
}

/** Version 0 of the extensions is the one that extrinsics of format 4 use. */
function listExtensions(registry: TypeRegistry) {
  return registry.metadata.extrinsic.extensionsByVersion[0] ?? [];
}

function remember<T>(make: (first: string, second: string) => T) {
  const known = new Map<string, T>();
  return (first: string, second: string): T => {
    const key = `${first}.${second}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(first, second);
    known.set(key, made);
    return made;
  };
}
