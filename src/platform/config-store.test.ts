import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createConfigStore } from './config-store.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tao-config-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

it('keeps preferences as private JSON and leaves what it does not know', async () => {
  const path = join(base, 'deep', 'config.json');
  const store = createConfigStore(path);
  expect(store.path).toBe(path);
  await store.set('network', 'dev');
  await store.set('wallet-path', '/w');
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ network: 'dev', 'wallet-path': '/w' });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  await writeFile(path, '{"network":"dev","of":{"later":1}}');
  await store.unset('network');
  await store.unset('era');
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ of: { later: 1 } });
});

it('refuses to replace a file that is damaged', async () => {
  const path = join(base, 'config.json');
  await writeFile(path, '{"network"');
  await expect(createConfigStore(path).set('network', 'dev')).rejects.toMatchObject({
    code: 'CONFIG_CORRUPT',
    exitCode: 9,
  });
  expect(await readFile(path, 'utf8')).toBe('{"network"');
});

it('says what keeps it from writing', async () => {
  await writeFile(join(base, 'file'), '');
  const store = createConfigStore(join(base, 'file', 'config.json'));
  await expect(store.set('network', 'dev')).rejects.toMatchObject({ exitCode: 9 });
});
