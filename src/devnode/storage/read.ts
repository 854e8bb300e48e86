/** Reads the state through real storage keys: one value, or the keys below a prefix in order. */
import { CODE_KEY, codeBytes } from '../metadata/code.ts';
import { codecOf } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { profileOf, type View } from '../state/view.ts';
import { type StorageItem, storageItems } from './items.ts';
import { decodeKey, encodeKey, itemAt, itemPrefix, PREFIX_BYTES } from './keys.ts';
import type { Keys } from './provide.ts';

/** The SCALE bytes under a key as 0x hex, or undefined when nothing is stored there. */
export function readStorage(view: View, key: Uint8Array): string | undefined {
  if (key.length < PREFIX_BYTES) {
    return toHex(key) === CODE_KEY ? toHex(codeBytes(profileOf(view))) : undefined;
  }
  const item = itemAt(key, profileOf(view));
  const keys = item === undefined ? undefined : decodeKey(item, key);
  return item === undefined || keys === undefined ? undefined : readItem(view, item, keys);
}

export function readItem(view: View, item: StorageItem, keys: Keys): string | undefined {
  const { provider, declaration } = item;
  if (provider.bytes !== undefined) return toHex(provider.bytes(view));
  const value = provider.read(view, keys);
  if (value === undefined) return undefined;
  return toHex(codecOf(declaration.value, profileOf(view)).enc(value));
}

export type KeyPage = {
  readonly prefix: Uint8Array;
  /** Only keys after this one. */
  readonly after?: Uint8Array | undefined;
  readonly limit?: number;
};

/** Keys that exist below a prefix as 0x hex, in the order of their bytes. */
export function listKeys(view: View, page: KeyPage): string[] {
  const prefix = toHex(page.prefix);
  const after = page.after === undefined ? undefined : toHex(page.after);
  const found: string[] = [];
  for (const item of itemsBelow(view, page.prefix)) {
    for (const key of itemKeys(view, item)) {
      if (key.startsWith(prefix) && (after === undefined || key > after)) found.push(key);
    }
  }
  found.sort();
  return page.limit === undefined ? found : found.slice(0, page.limit);
}

function itemsBelow(view: View, prefix: Uint8Array): readonly StorageItem[] {
  const profile = profileOf(view);
  if (prefix.length >= PREFIX_BYTES) {
    const item = itemAt(prefix, profile);
    return item === undefined ? [] : [item];
  }
  const start = toHex(prefix);
  return storageItems(profile).filter((item) => toHex(itemPrefix(item)).startsWith(start));
}

function* itemKeys(view: View, item: StorageItem): Iterable<string> {
  for (const keys of item.provider.list(view)) yield toHex(encodeKey(item, keys));
}
