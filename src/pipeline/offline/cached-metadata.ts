/** Metadata this machine fetched itself from a chain, earlier: something to compare a file with. */
import { createMetadataCache, metadataKey } from '../../chain/metadata-cache.ts';
import type { Context } from '../../cli/context.ts';

const SUFFIX = '.metadata';

/** What is cached for this chain and spec version: several, where a chain was rebuilt. */
export async function readCachedMetadata(
  { files, paths }: Pick<Context, 'files' | 'paths'>,
  wanted: { readonly genesisHash: string; readonly specVersion: number },
): Promise<readonly Uint8Array[]> {
  const prefix = metadataKey({ ...wanted, codeHash: undefined });
  return load({ files, paths }, (name) => name.startsWith(prefix));
}

/** What is cached of the newest runtime of a chain, for when its nodes are out of reach. */
export async function readNewestMetadata(
  context: Pick<Context, 'files' | 'paths'>,
  genesisHash: string,
): Promise<Uint8Array | undefined> {
  // The spec version comes first in a key, and names are listed in order.
  const genesis = genesisHash.slice(2);
  return (await load(context, (name) => name.includes(genesis))).at(-1);
}

async function load(
  { files, paths }: Pick<Context, 'files' | 'paths'>,
  isWanted: (name: string) => boolean,
): Promise<readonly Uint8Array[]> {
  const cache = createMetadataCache(files, paths.cache);
  const names = (await files.list(paths.cache)).filter(
    (name) => name.endsWith(SUFFIX) && isWanted(name),
  );
  const keys = names.map((name) => name.slice(0, -SUFFIX.length));
  const found = await Promise.all(keys.map((key) => cache.load(key)));
  return found.filter((metadata) => metadata !== undefined);
}
