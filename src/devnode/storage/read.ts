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
  if (item?.provider.bytes !== undefined) return toHex(item.provider.bytes(view));
  const laid = view.state.storageOverlay?.[toHex(key)];
  if (laid !== undefined) return laid ?? undefined;
  const keys = item === undefined ? undefined : decodeKey(item, key);
  return item === undefined || keys === undefined ? undefined : readItem(view, item, keys);
}

function readItem(view: View, item: StorageItem, keys: Keys): string | undefined {
  const { provider, declaration } = item;
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
  const limit = page.limit ?? Number.POSITIVE_INFINITY;
  const found: string[] = [];
  for (const item of itemsBelow(view, page.prefix)) {
    const keys = sortedKeys(view, item);
    for (let at = after === undefined ? 0 : placeAfter(keys, after); at < keys.length; at += 1) {
      const key = keys[at] as string;
      if (key.startsWith(prefix)) found.push(key);
      if (found.length >= limit) return found;
    }
  }
  return found;
}

type Listed = { readonly block: string; readonly item: StorageItem; readonly keys: string[] };

/** Who asks for a page of an item's keys asks for the next one: those asked for last stay listed. */
const MAX_LISTED = 3;
const listed: Listed[] = [];

function sortedKeys(view: View, item: StorageItem): readonly string[] {
  const block = view.block.hash;
  const known = listed.find((one) => one.block === block && one.item === item);
  if (known !== undefined) return known.keys;
  const keys = [...itemKeys(view, item)].sort();
  listed.push({ block, item, keys });
  if (listed.length > MAX_LISTED) listed.shift();
  return keys;
}

/** Index of the first key after `after` in a sorted list. */
function placeAfter(keys: readonly string[], after: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

function itemsBelow(view: View, prefix: Uint8Array): readonly StorageItem[] {
  const profile = profileOf(view);
  if (prefix.length >= PREFIX_BYTES) {
    const item = itemAt(prefix, profile);
    return item === undefined ? [] : [item];
  }
  const start = toHex(prefix);
  return storageItems(profile)
    .map((item) => [toHex(itemPrefix(item)), item] as const)
    .filter(([of]) => of.startsWith(start))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

function* itemKeys(view: View, item: StorageItem): Iterable<string> {
  const overlay = view.state.storageOverlay ?? {};
  const start = toHex(itemPrefix(item));
  for (const key of Object.keys(overlay)) {
    if (key.startsWith(start) && overlay[key] !== null) yield key;
  }
  for (const keys of item.provider.list(view)) {
    const key = toHex(encodeKey(item, keys));
    if (!(key in overlay)) yield key;
  }
}
