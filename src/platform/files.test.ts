import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import type { Files } from '../domain/ports.ts';
import { createFiles } from './files.ts';
import { createRandom } from './random.ts';

const text = (content: string) => new TextEncoder().encode(content);

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tao-files-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** What every implementation of the port does; `link` makes a symbolic link. */
const implementations: readonly (readonly [
  string,
  () => {
    readonly files: Files;
    readonly base: string;
    readonly link: (path: string, target: string) => Promise<void>;
  },
])[] = [
  [
    'the real one',
    () => ({
      files: createFiles(createRandom()),
      base,
      link: (path, target) => symlink(target, path),
    }),
  ],
  [
    'the one in memory',
    () => {
      const files = createMemoryFiles();
      files.put('/x/keep', '');
      return { files, base: '/x', link: async (path, target) => files.link(path, target) };
    },
  ],
];

describe.each(implementations)('files: %s', (_, create) => {
  it('reads back what was written, with its mode, and knows what is absent', async () => {
    const { files, base: at } = create();
    await files.makeDirectory(`${at}/a/b`, 0o700);
    await files.writeAtomic(`${at}/a/b/f`, text('one'), { mode: 0o640, overwrite: false });
    expect(await files.read(`${at}/a/b/f`)).toEqual(text('one'));
    expect(await files.stat(`${at}/a/b/f`)).toEqual({ kind: 'file', mode: 0o640, sizeBytes: 3 });
    expect((await files.stat(`${at}/a/b`))?.mode).toBe(0o700);
    expect(await files.read(`${at}/none`)).toBeUndefined();
    expect(await files.stat(`${at}/none`)).toBeUndefined();
    expect(await files.list(`${at}/none`)).toEqual([]);
  });

  it('overwrites only when told to', async () => {
    const { files, base: at } = create();
    await files.writeAtomic(`${at}/f`, text('one'), { mode: 0o600, overwrite: true });
    const again = files.writeAtomic(`${at}/f`, text('two'), { mode: 0o600, overwrite: false });
    await expect(again).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(await files.read(`${at}/f`)).toEqual(text('one'));
    await files.writeAtomic(`${at}/f`, text('three'), { mode: 0o600, overwrite: true });
    expect(await files.read(`${at}/f`)).toEqual(text('three'));
    expect((await files.list(at)).filter((name) => name.includes('.new'))).toEqual([]);
  });

  it('never writes through a link, nor over a folder, nor into a missing one', async () => {
    const { files, base: at, link } = create();
    await files.writeAtomic(`${at}/target`, text('old'), { mode: 0o600, overwrite: true });
    await link(`${at}/link`, `${at}/target`);
    await link(`${at}/dangling`, `${at}/nowhere`);
    await files.makeDirectory(`${at}/folder`, 0o700);
    const write = (name: string) =>
      files.writeAtomic(`${at}/${name}`, text('new'), { mode: 0o600, overwrite: true });
    await expect(write('link')).rejects.toMatchObject({ code: 'FILE_IS_SYMLINK' });
    await expect(write('dangling')).rejects.toMatchObject({ code: 'FILE_IS_SYMLINK' });
    await expect(write('folder')).rejects.toMatchObject({ code: 'FILE_IS_DIRECTORY' });
    await expect(write('none/f')).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE' });
    expect(await files.read(`${at}/link`)).toEqual(text('old'));
    expect((await files.stat(`${at}/link`))?.kind).toBe('symlink');
  });

  it('keeps to the limit and refuses to read a folder', async () => {
    const { files, base: at } = create();
    await files.writeAtomic(`${at}/f`, text('12345'), { mode: 0o600, overwrite: true });
    expect(await files.read(`${at}/f`, 5)).toEqual(text('12345'));
    await expect(files.read(`${at}/f`, 4)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    await expect(files.read(at)).rejects.toMatchObject({ code: 'FILE_IS_DIRECTORY' });
    await expect(files.list(`${at}/f`)).rejects.toMatchObject({ code: 'FILE_IS_DIRECTORY' });
  });

  it('removes files, links and empty folders, and forgives absence', async () => {
    const { files, base: at, link } = create();
    await files.writeAtomic(`${at}/f`, text(''), { mode: 0o600, overwrite: true });
    await link(`${at}/l`, `${at}/f`);
    await files.makeDirectory(`${at}/d/e`, 0o700);
    await files.remove(`${at}/l`);
    expect(await files.read(`${at}/f`)).toEqual(text(''));
    await expect(files.remove(`${at}/d`)).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE' });
    await files.remove(`${at}/d/e`);
    await files.remove(`${at}/d`);
    await files.remove(`${at}/f`);
    await files.remove(`${at}/f`);
    expect((await files.list(at)).filter((name) => name !== 'keep')).toEqual([]);
  });
});

describe('the real files', () => {
  it('give the exact mode, whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      const path = join(base, 'f');
      await createFiles(createRandom()).writeAtomic(path, text('x'), {
        mode: 0o644,
        overwrite: true,
      });
      expect((await stat(path)).mode & 0o777).toBe(0o644);
    } finally {
      process.umask(before);
    }
  });

  it('read a pipe to its end', async () => {
    const path = join(base, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    const reading = createFiles(createRandom()).read(path, 100);
    await writeFile(path, 'secret\n');
    expect(await reading).toEqual(text('secret\n'));
  });

  it('let one of two writers win when neither may overwrite', async () => {
    const files = createFiles(createRandom());
    const path = join(base, 'f');
    const writes = Array.from({ length: 8 }, (_, index) =>
      files.writeAtomic(path, text(`${index}`), { mode: 0o600, overwrite: false }).then(
        () => 'written',
        (error: { code: string }) => error.code,
      ),
    );
    const outcomes = (await Promise.all(writes)).sort();
    expect(outcomes).toEqual([...Array(7).fill('FILE_EXISTS'), 'written']);
    expect(await readdir(base)).toEqual(['f']);
  });
});
