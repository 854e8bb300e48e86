/**
 * Metadata on disk, so that a read need not fetch 340 KB. A cache that cannot be read or written is
 * as good as empty: it never makes a command fail. A damaged file is fetched again.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { mergeUint8 } from '@polkadot-api/utils';
import type { Files } from '../domain/ports.ts';

export type MetadataCache = {
  /** The bytes stored under `key`, or undefined. */
  readonly load: (key: string) => Promise<Uint8Array | undefined>;
  readonly store: (key: string, bytes: Uint8Array) => Promise<void>;
};

/** Files kept; the lowest spec versions go first. */
export const MAX_CACHED_FILES = 16;
const MAX_FILE_BYTES = 16 * 1024 * 1024;
const SUFFIX = '.metadata';
const CHECKSUM_BYTES = 32;

/** The key of one runtime's metadata. `codeHash` tells rebuilds of one spec version apart. */
export function metadataKey(parts: {
  readonly genesisHash: string;
  readonly specVersion: number;
  readonly codeHash: string | undefined;
}): string {
  const spec = String(parts.specVersion).padStart(10, '0');
  const code = parts.codeHash === undefined ? '' : `-${parts.codeHash.slice(2, 18)}`;
  return `${spec}-${parts.genesisHash.slice(2)}${code}`;
}

/** A cache in `directory`, which is created when first needed. */
export function createMetadataCache(files: Files, directory: string): MetadataCache {
  const pathOf = (key: string): string => join(directory, `${key}${SUFFIX}`);
  return {
    load: (key) =>
      orElse(undefined, async () => {
        const content = await files.read(pathOf(key), MAX_FILE_BYTES);
        return content === undefined ? undefined : withoutChecksum(content);
      }),
    store: (key, bytes) =>
      orElse(undefined, async () => {
        await files.makeDirectory(directory, 0o700);
        const content = mergeUint8([checksumOf(bytes), bytes]);
        await files.writeAtomic(pathOf(key), content, { mode: 0o600, overwrite: true });
        await removeSurplus(files, directory, `${key}${SUFFIX}`);
      }),
  };
}

/** A cache that keeps nothing. */
export function createNoCache(): MetadataCache {
  return { load: () => Promise.resolve(undefined), store: () => Promise.resolve() };
}

/** Against damage, not against forgery; native, because every command that reads pays for it. */
function checksumOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function withoutChecksum(content: Uint8Array): Uint8Array | undefined {
  const bytes = content.slice(CHECKSUM_BYTES);
  const checksum = checksumOf(bytes);
  return checksum.every((byte, index) => byte === content[index]) ? bytes : undefined;
}

async function removeSurplus(files: Files, directory: string, kept: string): Promise<void> {
  const names = (await files.list(directory)).filter(
    (name) => name.endsWith(SUFFIX) && name !== kept,
  );
  const surplus = [...names].sort().slice(0, Math.max(0, names.length + 1 - MAX_CACHED_FILES));
  for (const name of surplus) await files.remove(join(directory, name));
}

async function orElse<T>(fallback: T, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch {
    return fallback;
  }
}
