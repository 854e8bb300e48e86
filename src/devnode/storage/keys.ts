/** Storage keys: hashing them, and reading them back. Every hasher used here keeps the key's bytes. */
import { Blake2128, Twox64Concat, Twox128 } from '@polkadot-api/substrate-bindings';
import { joinBytes } from '../blocks/header.ts';
import type { Hasher } from '../metadata/declare.ts';
import { perProfile, type RuntimeProfile } from '../metadata/profiles/profile.ts';
import { baseProfile } from '../metadata/runtime.ts';
import { codecOf } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { type StorageItem, storageItems } from './items.ts';
import type { Keys } from './provide.ts';

/** Bytes of pallet and item hash together. */
export const PREFIX_BYTES = 32;
const HASH_BYTES: Readonly<Record<Hasher, number>> = {
  Blake2128Concat: 16,
  Twox64Concat: 8,
  Identity: 0,
};

const text = new TextEncoder();
const palletHashes = new Map<string, Uint8Array>();
const prefixes = new Map<StorageItem, Uint8Array>();
const byPrefix = perProfile(
  (profile) => new Map(storageItems(profile).map((item) => [toHex(itemPrefix(item)), item])),
);

/** twox128 of the pallet's name. */
export function palletPrefix(pallet: string): Uint8Array {
  const found = palletHashes.get(pallet);
  if (found !== undefined) return found;
  const hash = Twox128(text.encode(pallet));
  palletHashes.set(pallet, hash);
  return hash;
}

/** twox128 of the pallet and of the item. */
export function itemPrefix(item: StorageItem): Uint8Array {
  const found = prefixes.get(item);
  if (found !== undefined) return found;
  const prefix = joinBytes(palletPrefix(item.pallet), Twox128(text.encode(item.name)));
  prefixes.set(item, prefix);
  return prefix;
}

/** The item a key or longer prefix belongs to. */
export function itemAt(
  key: Uint8Array,
  profile: RuntimeProfile = baseProfile,
): StorageItem | undefined {
  return byPrefix(profile).get(toHex(key.subarray(0, PREFIX_BYTES)));
}

export function encodeKey(item: StorageItem, keys: Keys): Uint8Array {
  const parts = item.declaration.keys.map(({ hasher, type }, i) =>
    hashed(hasher, codecOf(type).enc(keys[i])),
  );
  return joinBytes(itemPrefix(item), ...parts);
}

/** The decoded keys of a full key of `item`; undefined when it is not exactly one. */
export function decodeKey(item: StorageItem, key: Uint8Array): Keys | undefined {
  const keys: unknown[] = [];
  let rest = key.subarray(PREFIX_BYTES);
  for (const { hasher, type } of item.declaration.keys) {
    const bytes = rest.subarray(HASH_BYTES[hasher]);
    const codec = codecOf(type);
    try {
      const value = codec.dec(Uint8Array.from(bytes));
      const again = codec.enc(value);
      keys.push(value);
      rest = bytes.subarray(again.length);
    } catch {
      return undefined;
    }
  }
  return rest.length === 0 && sameBytes(encodeKey(item, keys), key) ? keys : undefined;
}

function hashed(hasher: Hasher, bytes: Uint8Array): Uint8Array {
  if (hasher === 'Identity') return bytes;
  if (hasher === 'Twox64Concat') return Twox64Concat(bytes);
  return joinBytes(Blake2128(bytes), bytes);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
