/** Storage items by name: keys, prefixes, values and what a missing key reads as. */
import type { LookupEntry } from '@polkadot-api/metadata-builders';
import {
  Blake2128,
  Blake2128Concat,
  Blake2256,
  type Codec,
  Identity,
  Storage,
  Twox64Concat,
  Twox128,
  Twox256,
} from '@polkadot-api/substrate-bindings';
import { TaoError } from '../../errors/tao-error.ts';
import type { StorageCodec } from '../types.ts';
import { formatHex, parseHex } from './hex.ts';
import { decodeWith, type TypeRegistry, undecodable } from './type-registry.ts';

type Hasher = (encoded: Uint8Array) => Uint8Array;
type KeyPart = { readonly entry: LookupEntry; readonly hasher: HasherName };

const hashers = {
  Blake2128,
  Blake2128Concat,
  Blake2256,
  Identity,
  Twox64Concat,
  Twox128,
  Twox256,
} satisfies Readonly<Record<string, Hasher>>;
type HasherName = keyof typeof hashers;

export function hasStorage(registry: TypeRegistry, pallet: string, item: string): boolean {
  return findItem(registry, pallet, item) !== undefined;
}

/** The codec of one storage item. CHAIN_LACKS_ITEM when this runtime has none of that name. */
export function createStorageCodec(
  registry: TypeRegistry,
  pallet: string,
  item: string,
): StorageCodec {
  const found = findItem(registry, pallet, item);
  if (found === undefined) throw lacksItem(`storage ${pallet}.${item}`);
  const what = `${pallet}.${item}`;
  const { parts, valueEntry } = shapeOf(registry, found.item.type, what);
  const value = registry.codec(valueEntry);
  // Chain rule: keys begin with the hash of the storage prefix, which may differ from the pallet's
  // name.
  const keys = Storage(found.prefix)(
    item,
    ...parts.map(({ entry, hasher }): [Codec<unknown>, Hasher] => [
      registry.codec(entry),
      hashers[hasher],
    ]),
  );
  const prefix = keys.enc();
  const decode = (bytes: Uint8Array): unknown => {
    // A value of no bytes says that its key is there.
    if (valueEntry.type === 'void') return null;
    return registry.toPlain(valueEntry, decodeWith(value, bytes, `the value of ${what}`).value);
  };
  return {
    key: (...args) => {
      if (args.length > parts.length) {
        throw new TypeError(`${what} has ${parts.length} keys, not ${args.length}`);
      }
      const digits = args.map((arg, i) =>
        encodePart(registry, parts[i] as KeyPart, arg, `${what} key ${i + 1}`),
      );
      return prefix + digits.join('');
    },
    decodeKey: (key) => {
      if (!key.startsWith(prefix)) throw undecodable(`a key of ${what}`, 'it has another prefix');
      const values = decodeKeyParts(() => keys.dec(key), what);
      return values.map((part, i) => registry.toPlain((parts[i] as KeyPart).entry, part));
    },
    decodeValue: (hex) => {
      const bytes = parseHex(hex);
      if (bytes === undefined) throw undecodable(`the value of ${what}`, 'it is not hex');
      return decode(bytes);
    },
    fallback:
      found.item.modifier === DEFAULT_WHEN_MISSING
        ? decode(parseHex(found.item.fallback) ?? new Uint8Array())
        : undefined,
  };
}

/** The modifier of items that read as their default where there is no value. */
const DEFAULT_WHEN_MISSING = 1;
/** Most remembered parts of keys. */
const MAX_PARTS = 20_000;

/**
 * Hex digits of one part of a key. Hashing is most of the work of reading many positions, and chain
 * rule: each part is hashed on its own, so equal parts of all items are equal.
 */
function encodePart(
  registry: TypeRegistry,
  { entry, hasher }: KeyPart,
  arg: unknown,
  path: string,
): string {
  const isPlain = typeof arg === 'string' || typeof arg === 'number';
  const name = isPlain ? `${hasher} ${entry.id} ${typeof arg} ${arg}` : undefined;
  const known = name === undefined ? undefined : registry.keyParts.get(name);
  if (known !== undefined) return known;
  const hashed = hashers[hasher](registry.encode(entry, arg, path));
  const digits = formatHex(hashed).slice(2);
  if (name !== undefined) {
    if (registry.keyParts.size >= MAX_PARTS) registry.keyParts.clear();
    registry.keyParts.set(name, digits);
  }
  return digits;
}

/** The decoded value of a constant. CHAIN_LACKS_ITEM. */
export function decodeConstant(registry: TypeRegistry, pallet: string, name: string): unknown {
  const constant = findConstant(registry, pallet, name);
  if (constant === undefined) throw lacksItem(`constant ${pallet}.${name}`);
  const bytes = parseHex(constant.value) ?? new Uint8Array();
  return registry.decode(registry.entry(constant.type), bytes, `${pallet}.${name}`).value;
}

export function hasConstant(registry: TypeRegistry, pallet: string, name: string): boolean {
  return findConstant(registry, pallet, name) !== undefined;
}

/** The error for an item that this runtime does not have. */
export function lacksItem(what: string): TaoError {
  return new TaoError('CHAIN_LACKS_ITEM', {
    message: `Couldn't use the ${what}: this chain's runtime does not have it.`,
    hint: 'Look for a newer version of taostake, or try another network.',
    data: { item: what },
  });
}

type ItemType =
  | { readonly tag: 'plain'; readonly value: number }
  | {
      readonly tag: 'map';
      readonly value: {
        readonly hashers: readonly { readonly tag: HasherName }[];
        readonly key: number;
        readonly value: number;
      };
    };

function shapeOf(registry: TypeRegistry, type: ItemType, what: string) {
  if (type.tag === 'plain') {
    return { parts: [] as readonly KeyPart[], valueEntry: registry.entry(type.value) };
  }
  const { key, value } = type.value;
  const entries = keyEntries(registry.entry(key), type.value.hashers.length);
  if (entries === undefined) throw undecodable(what, 'the metadata contradicts itself about it');
  const parts = type.value.hashers.map((hasher, index): KeyPart => {
    return { entry: entries[index] as LookupEntry, hasher: hasher.tag };
  });
  return { parts, valueEntry: registry.entry(value) };
}

/** One type a hasher; undefined where the key's type has another number of parts. */
function keyEntries(entry: LookupEntry, count: number): readonly LookupEntry[] | undefined {
  if (count === 1) return [entry];
  if (entry.type === 'tuple' && entry.value.length === count) return entry.value;
  const isList = entry.type === 'array' && entry.len === count;
  return isList ? Array.from({ length: count }, () => entry.value) : undefined;
}

function decodeKeyParts(decode: () => unknown[], what: string): unknown[] {
  try {
    return decode();
  } catch (cause) {
    throw undecodable(`a key of ${what}`, 'it does not fit the types of its keys', cause);
  }
}

function findItem(registry: TypeRegistry, pallet: string, name: string) {
  const storage = registry.metadata.pallets.find((entry) => entry.name === pallet)?.storage;
  const item = storage?.items.find((entry) => entry.name === name);
  return storage === undefined || item === undefined ? undefined : { item, prefix: storage.prefix };
}

function findConstant(registry: TypeRegistry, pallet: string, name: string) {
  const constants = registry.metadata.pallets.find((entry) => entry.name === pallet)?.constants;
  return constants?.find((entry) => entry.name === name);
}
