import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import type { Files } from '../domain/ports.ts';
import {
  createMetadataCache,
  createNoCache,
  MAX_CACHED_FILES,
  metadataKey,
} from './metadata-cache.ts';

const genesisHash = `0x${'ab'.repeat(32)}`;
const keyOf = (specVersion: number, codeHash?: string): string =>
  metadataKey({ genesisHash, specVersion, codeHash });
const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index % 251);

describe('the metadata cache', () => {
  it('returns what was stored, by genesis, spec version and code', async () => {
    const cache = createMetadataCache(createMemoryFiles(), '/cache/metadata');
    await cache.store(keyOf(424), bytes);
    expect(await cache.load(keyOf(424))).toEqual(bytes);
    expect(await cache.load(keyOf(425))).toBeUndefined();
    expect(await cache.load(keyOf(424, `0x${'01'.repeat(32)}`))).toBeUndefined();
  });

  it('forgets a file that was cut short or changed, at every length', async () => {
    const files = createMemoryFiles();
    const cache = createMetadataCache(files, '/cache');
    await cache.store(keyOf(424), bytes);
    const [path = ''] = files.paths();
    const whole = (await files.read(path)) ?? new Uint8Array();
    for (let length = 0; length < whole.length; length += 37) {
      files.put(path, whole.slice(0, length));
      expect(await cache.load(keyOf(424))).toBeUndefined();
    }
    files.put(
      path,
      whole.map((byte, index) => (index === 500 ? byte ^ 1 : byte)),
    );
    expect(await cache.load(keyOf(424))).toBeUndefined();
    files.put(path, whole);
    expect(await cache.load(keyOf(424))).toEqual(bytes);
  });

  it('keeps a bounded number of files, the newest runtimes and the one just stored', async () => {
    const files = createMemoryFiles();
    const cache = createMetadataCache(files, '/cache');
    for (let spec = 100; spec < 100 + MAX_CACHED_FILES + 5; spec += 1) {
      await cache.store(keyOf(spec), bytes);
    }
    await cache.store(keyOf(7), bytes);
    expect(files.paths()).toHaveLength(MAX_CACHED_FILES);
    expect(await cache.load(keyOf(7))).toEqual(bytes);
    expect(await cache.load(keyOf(100 + MAX_CACHED_FILES + 4))).toEqual(bytes);
    expect(await cache.load(keyOf(100))).toBeUndefined();
  });

  it('never fails a command: an unusable folder is an empty cache', async () => {
    const broken = Object.fromEntries(
      ['read', 'writeAtomic', 'makeDirectory', 'list', 'remove', 'stat'].map((name) => [
        name,
        () => Promise.reject(new Error('disk on fire')),
      ]),
    ) as unknown as Files;
    const cache = createMetadataCache(broken, '/cache');
    await cache.store(keyOf(424), bytes);
    expect(await cache.load(keyOf(424))).toBeUndefined();
  });

  it('can be none at all', async () => {
    const cache = createNoCache();
    await cache.store('x', bytes);
    expect(await cache.load('x')).toBeUndefined();
  });
});
