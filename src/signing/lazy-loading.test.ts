import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';

/** Every module that importing `entry` loads at once: dynamic imports are not followed. */
async function loadedBy(entry: string): Promise<readonly string[]> {
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    external: ['@node-rs/argon2'],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  const queue = output.filter((chunk) => chunk.type === 'chunk' && chunk.isEntry);
  const seen = new Set(queue);
  const loaded: string[] = [];
  for (const chunk of queue) {
    if (chunk.type !== 'chunk') continue;
    loaded.push(...Object.keys(chunk.modules));
    for (const imported of chunk.imports) {
      const next = output.find(({ fileName }) => fileName === imported);
      if (next === undefined) loaded.push(imported);
      else if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
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
