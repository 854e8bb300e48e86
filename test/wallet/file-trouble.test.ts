import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { TaoError } from '../../src/errors/tao-error.ts';
import { createFiles } from '../../src/platform/files.ts';
import { createWalletCli, PASSWORD, type WalletCli } from '../helpers/wallet-cli.ts';

/** The real file system under a folder of its own: links, folders and modes are as they are. */
let base: string;
let cli: WalletCli;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tao-wallet-'));
  writeFileSync(at('password'), `${PASSWORD}\n`);
  writeFileSync(at('uri'), '//Alice\n');
  cli = createWalletCli();
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const at = (...parts: string[]) => join(base, ...parts);
const wallets = (...parts: string[]) => at('wallets', ...parts);

/** Runs over the real files; `broken` changes what they answer. */
async function run(
  argv: readonly string[],
  broken: (files: Context['files']) => Partial<Context['files']> = () => ({}),
): Promise<readonly [exit: number, code: string, hint: string | null]> {
  let serial = 0;
  const random = {
    bytes: (length: number) => {
      serial += 1;
      return new Uint8Array(length).fill(serial);
    },
  };
  const real = createFiles(random);
  const files = { ...real, ...broken(real) };
  const [exit, document] = await cli.json([...argv, '--wallet-path', wallets()], {
    onOpen: (context) => Object.assign(context, { files }),
  });
  return [exit, document.error?.code ?? 'ok', document.error?.hint ?? null];
}

const create = ['wallet', 'create', 'savings', '--no-hotkey', '--password-file'];
const creating = () => [...create, at('password'), '--mnemonic-out', at('words')];
const importing = () => ['wallet', 'import', 'savings', '--uri-file', at('uri'), '--plain'];
const change = () => [
  ...['wallet', 'password', 'change', 'savings'],
  ...['--new-password-file', at('password')],
];

describe('a symbolic link', () => {
  it.each(['savings', 'savings/coldkey', 'savings/coldkeypub.txt'])(
    'in place of %s is never written through',
    async (name) => {
      mkdirSync(wallets('savings'), { recursive: true });
      if (name === 'savings') rmSync(wallets('savings'), { recursive: true });
      mkdirSync(at('elsewhere'));
      symlinkSync(name === 'savings' ? at('elsewhere') : at('elsewhere', 'x'), wallets(name));
      const [exit, code, hint] = await run([...importing(), '--overwrite', '--confirm', 'savings']);
      expect([exit, code]).toEqual([9, 'FILE_IS_SYMLINK']);
      expect(hint).toMatch(/\S/);
      expect(readdirSync(at('elsewhere'))).toEqual([]);
    },
  );

  it('in place of the words file gets no words, and there is no key', async () => {
    symlinkSync(at('elsewhere'), at('words'));
    const [exit, code] = await run(creating());
    expect([exit, code]).toEqual([9, 'FILE_IS_SYMLINK']);
    expect(readdirSync(base)).not.toContain('elsewhere');
    expect(readdirSync(base)).not.toContain('wallets');
  });

  it('in place of a key is not changed by a new password', async () => {
    await run(importing());
    const coldkey = wallets('savings', 'coldkey');
    writeFileSync(at('elsewhere'), readFileSync(coldkey));
    rmSync(coldkey);
    symlinkSync(at('elsewhere'), coldkey);
    expect((await run(change()))[1]).toBe('FILE_IS_SYMLINK');
    expect(readFileSync(at('elsewhere'), 'utf8')).toContain('privateKey');
  });
});

describe('a folder', () => {
  it.each(['coldkey', 'coldkeypub.txt'])('in place of %s is a clear error', async (name) => {
    mkdirSync(wallets('savings', name), { recursive: true });
    const [exit, code, hint] = await run([...importing(), '--overwrite', '--confirm', 'savings']);
    expect([exit, code]).toEqual([9, 'FILE_IS_DIRECTORY']);
    expect(hint).toMatch(/\S/);
    expect(statSync(wallets('savings', name)).isDirectory()).toBe(true);
  });

  it('in place of any file that is read is a clear error', async () => {
    mkdirSync(at('folder'));
    for (const argv of [
      ['wallet', 'import', 'x', '--mnemonic-file', at('folder')],
      [...create, at('folder'), '--mnemonic-out', at('words')],
      ['wallet', 'sign', '--file', at('folder'), '--wallet', '//Alice'],
    ]) {
      expect((await run(argv)).slice(0, 2), argv.join(' ')).toEqual([9, 'FILE_IS_DIRECTORY']);
    }
  });

  it('is what the folder of wallets has to be', async () => {
    writeFileSync(wallets(), 'not a folder');
    expect((await run(importing())).slice(0, 2)).toEqual([9, 'FILE_IS_DIRECTORY']);
    expect((await run(['wallet', 'list'])).slice(0, 2)).toEqual([9, 'FILE_IS_DIRECTORY']);
  });
});

describe('a disk that does not take it', () => {
  const refusing = (code: 'FILE_DISK_FULL' | 'FILE_NOT_WRITABLE', file: RegExp) => {
    return (files: Context['files']): Partial<Context['files']> => ({
      writeAtomic: async (path, content, options) => {
        if (!file.test(path)) return files.writeAtomic(path, content, options);
        throw new TaoError(code, { message: `Couldn't write ${path}.`, hint: 'Make room.' });
      },
    });
  };

  it.each([
    ['the words', /words$/, []],
    ['the secret', /coldkey$/, ['words']],
    ['the public file', /coldkeypub\.txt$/, ['words']],
  ] as const)('full at %s: no key without its words', async (_, file, words) => {
    const [exit, code, hint] = await run(creating(), refusing('FILE_DISK_FULL', file));
    expect([exit, code, hint]).toEqual([9, 'FILE_DISK_FULL', 'Make room.']);
    expect(readdirSync(base).filter((name) => name === 'words')).toEqual(words);
    if (words.length === 0) expect(readdirSync(base)).not.toContain('wallets');
  });

  it('full when a password is changed: the old file stands', async () => {
    await run(importing());
    const before = readFileSync(wallets('savings', 'coldkey'));
    const [exit, code] = await run(change(), refusing('FILE_DISK_FULL', /coldkey$/));
    expect([exit, code]).toEqual([9, 'FILE_DISK_FULL']);
    expect(readFileSync(wallets('savings', 'coldkey'))).toEqual(before);
  });

  it('read-only: every command that writes says so', async () => {
    await run(importing());
    const readOnly = refusing('FILE_NOT_WRITABLE', /./);
    const noFolder = (files: Context['files']) => ({
      ...readOnly(files),
      makeDirectory: async (path: string) => {
        throw new TaoError('FILE_NOT_WRITABLE', { message: `Couldn't write ${path}.` });
      },
    });
    for (const argv of [
      creating().with(2, 'other'),
      importing().with(2, 'other'),
      ['wallet', 'hotkey', 'import', 'savings/miner', '--uri-file', at('uri')],
      change(),
      ['wallet', 'address-book', 'add', 'x', '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'],
    ]) {
      const given = argv.includes('address-book') ? runBare(argv, noFolder) : run(argv, noFolder);
      expect((await given).slice(0, 2), argv.join(' ')).toEqual([9, 'FILE_NOT_WRITABLE']);
    }
  });

  /** The address book takes no --wallet-path. */
  async function runBare(
    argv: readonly string[],
    broken: (files: Context['files']) => Partial<Context['files']>,
  ): Promise<readonly [number, string, null]> {
    const [exit, document] = await cli.json(argv, {
      onOpen: (context) => {
        Object.assign(context, { files: { ...context.files, ...broken(context.files) } });
      },
    });
    return [exit, document.error?.code ?? 'ok', null];
  }
});

describe('modes', () => {
  it('of what is made are for the owner alone, whatever the umask', async () => {
    const before = process.umask(0o000);
    try {
      expect((await run(creating()))[1]).toBe('ok');
      await run(['wallet', 'hotkey', 'import', 'savings/miner', '--uri-file', at('uri')]);
    } finally {
      process.umask(before);
    }
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(modeOf(at('words'))).toBe('600');
    for (const name of ['coldkey', 'coldkeypub.txt', 'hotkeys/miner', 'hotkeys/minerpub.txt']) {
      expect(modeOf(wallets('savings', name)), name).toBe('600');
    }
    expect(modeOf(wallets('savings'))).toBe('700');
    expect(modeOf(wallets('savings', 'hotkeys'))).toBe('700');
    chmodSync(wallets('savings', 'coldkey'), 0o644);
    expect((await run(['wallet', 'check', 'savings']))[0]).toBe(0);
  });
});
