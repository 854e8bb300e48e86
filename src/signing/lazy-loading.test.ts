import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Every module that importing `entry` loads at once: dynamic imports are not followed. */
async function loadedBy(entry: string): Promise<readonly string[]> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: '/never-written',
    write: false,
    metafile: true,
    external: ['@node-rs/argon2'],
  });
  const { outputs } = result.metafile;
  const isEntry = (path: string): boolean => outputs[path]?.entryPoint === entry;
  const queue = Object.keys(outputs).filter(isEntry);
  const seen = new Set<string>();
  const loaded: string[] = [];
  for (const path of queue) {
    if (seen.has(path)) continue;
    seen.add(path);
    const output = outputs[path];
    loaded.push(...Object.keys(output?.inputs ?? {}));
    for (const { path: next, kind, external } of output?.imports ?? []) {
      if (kind !== 'import-statement') continue;
      if (external === true) loaded.push(next);
      else queue.push(next);
    }
  }
  return loaded;
}

const HEAVY = /@polkadot\/|@scure\/sr25519|@node-rs\/argon2|@noble\/(ciphers|curves)/;

describe('loading signing', () => {
  it.each([
    'src/signing/wallet/wallet-store.ts',
    'src/signing/keyfile/unlocker.ts',
    'src/signing/messages.ts',
    'src/signing/artifact.ts',
    'src/signing/resolve-address.ts',
    'src/signing/address-book.ts',
    'src/signing/policy/check-policy.ts',
    'src/signing/wallet/official-passwords.ts',
  ])('%s loads no key crypto before it is needed', async (entry) => {
    const loaded = await loadedBy(entry);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((path) => HEAVY.test(path))).toEqual([]);
  });

  it('would notice a module that does', async () => {
    const loaded = await loadedBy('src/signing/keys/key-signer.ts');
    expect(loaded.some((path) => HEAVY.test(path))).toBe(true);
  });
});
