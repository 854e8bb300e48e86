/** Storage items by name: keys, prefixes, values and what a missing key reads as. */
import type { LookupEntry } from '@polkadot-api/metadata-builders';
import type { Codec } from '@polkadot-api/substrate-bindings';
import { Twox128 } from '@polkadot-api/substrate-bindings';
import { TaoError } from '../../errors/tao-error.ts';
import type { StorageCodec } from '../types.ts';
import { formatHex, parseHex } from './hex.ts';
import { decodeWith, type TypeRegistry, undecodable } from './type-registry.ts';

/** Hex digits of a hashed pallet name, 0x included. */
const PALLET_DIGITS = 2 + 32;

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
  const built = buildItem(registry, pallet, item);
  const { keyEntries, valueEntry } = shapeOf(registry, found.item.type);
  const prefix = formatHex(Twox128(new TextEncoder().encode(found.prefix)));
  const named = built.keys.enc().slice(0, PALLET_DIGITS);
  const value = built.value as Codec<unknown>;
  // Chain rule: keys begin with the hash of the storage prefix, which may differ from the pallet's
  // name.
  const encode = (args: readonly unknown[]): string => {
    const wired = args.map((arg, i) =>
      registry.toWire(keyEntries[i] as LookupEntry, arg, `${what} key ${i + 1}`),
    );
    return prefix + built.keys.enc(...wired).slice(PALLET_DIGITS);
  };
  const encodeParts = createPartMemo(encode, prefix.length);
  return {
    key: (...args) => {
      if (args.length > keyEntries.length) {
        throw new TypeError(`${what} has ${keyEntries.length} keys, not ${args.length}`);
      }
      return args.length < 2 ? encode(args) : prefix + encodeParts(args);
    },
    decodeKey: (key) => {
      if (!key.startsWith(prefix)) throw undecodable(`a key of ${what}`, 'it has another prefix');
      const parts = decodeKeyParts(() => built.keys.dec(named + key.slice(PALLET_DIGITS)), what);
      return parts.map((part, i) => registry.toPlain(keyEntries[i] as LookupEntry, part));
    },
    decodeValue: (hex) => {
      const bytes = parseHex(hex);
      if (bytes === undefined) throw undecodable(`the value of ${what}`, 'it is not hex');
      return registry.toPlain(valueEntry, decodeWith(value, bytes, `the value of ${what}`).value);
    },
    fallback:
      built.fallback === undefined ? undefined : registry.toPlain(valueEntry, built.fallback),
  };
}

/** Most remembered parts of the keys of one item. */
const MAX_PARTS = 5_000;

/**
 * Remembers the parts of an item's keys, since hashing them is most of the work of reading many
 * positions. Chain rule: each part of a key is hashed on its own, so equal parts stay equal.
 */
function createPartMemo(encode: (args: readonly unknown[]) => string, prefixDigits: number) {
  const known = new Map<string, string>();
  return (args: readonly unknown[]): string => {
    let digits = '';
    for (const [i, arg] of args.entries()) {
      const isPlain = typeof arg === 'string' || typeof arg === 'number';
      const name = isPlain ? `${i} ${typeof arg} ${arg}` : undefined;
      const found = name === undefined ? undefined : known.get(name);
      const part = found ?? encode(args.slice(0, i + 1)).slice(prefixDigits + digits.length);
      if (found === undefined && name !== undefined) {
        if (known.size >= MAX_PARTS) known.clear();
        known.set(name, part);
      }
      digits += part;
    }
    return digits;
  };
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

function buildItem(registry: TypeRegistry, pallet: string, item: string) {
  try {
    return registry.builder.buildStorage(pallet, item);
  } catch (cause) {
    throw undecodable(`${pallet}.${item}`, 'the metadata contradicts itself about it', cause);
  }
}

type ItemType =
  | { readonly tag: 'plain'; readonly value: number }
  | {
      readonly tag: 'map';
      readonly value: {
        readonly hashers: readonly unknown[];
        readonly key: number;
        readonly value: number;
      };
    };

function shapeOf(registry: TypeRegistry, type: ItemType) {
  if (type.tag === 'plain') {
    return { keyEntries: [] as readonly LookupEntry[], valueEntry: registry.entry(type.value) };
  }
  const { key, value, hashers } = type.value;
  const keyEntry = registry.entry(key);
  return { keyEntries: keyParts(keyEntry, hashers.length), valueEntry: registry.entry(value) };
}

function keyParts(entry: LookupEntry, count: number): readonly LookupEntry[] {
  if (count === 1) return [entry];
  if (entry.type === 'tuple') return entry.value;
  return entry.type === 'array' ? Array.from({ length: count }, () => entry.value) : [entry];
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
