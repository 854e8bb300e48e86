/** Metadata this machine fetched itself from a chain, earlier: something to compare a file with. */
import { createMetadataCache, metadataKey } from '../../chain/metadata-cache.ts';
import type { Context } from '../../cli/context.ts';

const SUFFIX = '.metadata';

/** What is cached for this chain and spec version: several, where a chain was rebuilt. */
export async function readCachedMetadata(
  { files, paths }: Pick<Context, 'files' | 'paths'>,
  wanted: { readonly genesisHash: string; readonly specVersion: number },
): Promise<readonly Uint8Array[]> {
  const cache = createMetadataCache(files, paths.cache);
  const prefix = metadataKey({ ...wanted, codeHash: undefined });
  const names = await files.list(paths.cache);
  const found = await Promise.all(
    names
      .filter((name) => name.startsWith(prefix) && name.endsWith(SUFFIX))
      .map((name) => cache.load(name.slice(0, -SUFFIX.length))),
  );
  return found.filter((metadata) => metadata !== undefined);
}
