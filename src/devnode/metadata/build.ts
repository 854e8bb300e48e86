/**
 * Builds the runtime's metadata from the declarations and encodes it, once per process and
 * version. Loaded only when somebody asks for metadata.
 */
import { metadata as metadataCodec } from '@polkadot-api/substrate-bindings';
import type { PalletDeclaration, StorageDeclaration } from './declare.ts';
import { extensions } from './extensions.ts';
import { EXTENSIONS_TYPE, hasOuter, type OuterKind } from './outer-types.ts';
import { perProfile, type RuntimeProfile } from './profiles/profile.ts';
import { createRegistry, type Registry } from './registry.ts';
import { baseProfile } from './runtime.ts';

export const METADATA_VERSIONS = [14, 15, 16] as const;
export type MetadataVersion = (typeof METADATA_VERSIONS)[number];

export function isMetadataVersion(version: number): version is MetadataVersion {
  return (METADATA_VERSIONS as readonly number[]).includes(version);
}

const MAGIC = 0x6174_656d;
const EXTRINSIC_VERSION = 4;
const builtOf = perProfile(() => new Map<MetadataVersion, Uint8Array>());

/** The encoded metadata of one version, without the length prefix of the runtime API's result. */
export function encodedMetadata(
  version: MetadataVersion,
  profile: RuntimeProfile = baseProfile,
): Uint8Array {
  const built = builtOf(profile);
  const found = built.get(version);
  if (found !== undefined) return found;
  const bytes = encode(version, profile);
  built.set(version, bytes);
  return bytes;
}

function encode(version: MetadataVersion, profile: RuntimeProfile): Uint8Array {
  const registry = createRegistry(profile);
  const form = version === 14 ? v14 : version === 15 ? v15 : v16;
  const value = form(registry, profile);
  const whole = {
    magicNumber: MAGIC,
    metadata: { tag: `v${version}`, value: { ...value, lookup: registry.entries } },
  };
  return metadataCodec.enc(whole as unknown as Parameters<typeof metadataCodec.enc>[0]);
}

const NOT_DEPRECATED = { tag: 'NotDeprecated', value: undefined } as const;

function v14(registry: Registry, profile: RuntimeProfile) {
  return {
    pallets: profile.pallets.map((pallet) => palletV15(registry, pallet)),
    extrinsic: {
      type: registry.idOf('UncheckedExtrinsic'),
      version: EXTRINSIC_VERSION,
      signedExtensions: signedExtensions(registry),
    },
    type: registry.idOf('Runtime'),
    apis: [],
  };
}

function v15(registry: Registry, profile: RuntimeProfile) {
  return {
    pallets: profile.pallets.map((pallet) => ({ ...palletV15(registry, pallet), docs: [] })),
    extrinsic: {
      version: EXTRINSIC_VERSION,
      ...extrinsicTypes(registry),
      extra: registry.idOf(EXTENSIONS_TYPE),
      signedExtensions: signedExtensions(registry),
    },
    type: registry.idOf('Runtime'),
    apis: apiList(registry, profile).map(({ name, methods }) => ({ name, methods, docs: [] })),
    outerEnums: outerEnums(registry),
    custom: [],
  };
}

function v16(registry: Registry, profile: RuntimeProfile) {
  return {
    pallets: profile.pallets.map((pallet) => palletV16(registry, pallet)),
    extrinsic: {
      version: [EXTRINSIC_VERSION],
      ...extrinsicTypes(registry),
      signedExtensionsByVersion: [[0, extensions.map((_, index) => index)]],
      signedExtensions: signedExtensions(registry),
    },
    apis: apiList(registry, profile).map(({ name, version, methods }) => ({
      name,
      methods: methods.map((method) => ({ ...method, deprecationInfo: NOT_DEPRECATED })),
      docs: [],
      version,
      deprecationInfo: NOT_DEPRECATED,
    })),
    outerEnums: outerEnums(registry),
    custom: [],
  };
}

function palletV15(registry: Registry, pallet: PalletDeclaration) {
  return {
    name: pallet.name,
    storage: storageOf(registry, pallet),
    calls: outerId(registry, pallet, 'Call'),
    events: outerId(registry, pallet, 'Event'),
    constants: constantsOf(registry, pallet),
    errors: outerId(registry, pallet, 'Error'),
    index: pallet.index,
  };
}

function palletV16(registry: Registry, pallet: PalletDeclaration) {
  const older = palletV15(registry, pallet);
  const withNotes = (type: number | undefined) =>
    type === undefined ? undefined : { type, deprecationInfo: [] };
  const current = <T extends object>(item: T) => ({ ...item, deprecationInfo: NOT_DEPRECATED });
  return {
    ...older,
    storage:
      older.storage === undefined
        ? undefined
        : { ...older.storage, items: older.storage.items.map(current) },
    calls: withNotes(older.calls),
    events: withNotes(older.events),
    errors: withNotes(older.errors),
    constants: older.constants.map(current),
    associatedTypes: [],
    viewFns: [],
    docs: [],
    deprecationInfo: NOT_DEPRECATED,
  };
}

function outerId(registry: Registry, pallet: PalletDeclaration, kind: OuterKind) {
  return hasOuter(pallet, kind) ? registry.idOf(`${pallet.module}::${kind}`) : undefined;
}

function storageOf(registry: Registry, pallet: PalletDeclaration) {
  const items = Object.entries(pallet.storage);
  if (items.length === 0) return undefined;
  return {
    prefix: pallet.name,
    items: items.map(([name, item]) => storageItem(registry, name, item)),
  };
}

function storageItem(registry: Registry, name: string, item: StorageDeclaration) {
  const value = registry.idOf(item.value);
  const type =
    item.keys.length === 0
      ? { tag: 'plain', value }
      : {
          tag: 'map',
          value: {
            hashers: item.keys.map((key) => ({ tag: key.hasher, value: undefined })),
            key: registry.idOf(keyType(item)),
            value,
          },
        };
  const modifier = item.fallback === undefined ? 0 : 1;
  return { name, modifier, type, fallback: item.fallback ?? '0x00', docs: [] };
}

/** The type of a map's key: several parts are a tuple. */
export function keyType(item: StorageDeclaration): string {
  const types = item.keys.map((key) => key.type);
  return types.length === 1 ? (types[0] as string) : `(${types.join(', ')})`;
}

function constantsOf(registry: Registry, pallet: PalletDeclaration) {
  return Object.entries(pallet.constants).map(([name, [type, value]]) => ({
    name,
    type: registry.idOf(type),
    value,
    docs: [],
  }));
}

function signedExtensions(registry: Registry) {
  return extensions.map(({ identifier, extra, implicit }) => ({
    identifier,
    type: registry.idOf(extra),
    additionalSigned: registry.idOf(implicit),
  }));
}

function extrinsicTypes(registry: Registry) {
  return {
    address: registry.idOf('MultiAddress<AccountId32, ()>'),
    call: registry.idOf('RuntimeCall'),
    signature: registry.idOf('MultiSignature'),
  };
}

function outerEnums(registry: Registry) {
  return {
    call: registry.idOf('RuntimeCall'),
    event: registry.idOf('RuntimeEvent'),
    error: registry.idOf('RuntimeError'),
  };
}

function apiList(registry: Registry, { apis }: RuntimeProfile) {
  return Object.entries(apis).map(([name, { version, methods }]) => ({
    name,
    version,
    methods: Object.entries(methods).map(([method, [params, returns]]) => ({
      name: method,
      inputs: Object.entries(params).map(([param, type]) => ({
        name: param,
        type: registry.idOf(type),
      })),
      output: registry.idOf(returns),
      docs: [],
    })),
  }));
}
