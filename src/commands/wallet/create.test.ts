import { beforeEach, describe, expect, it } from 'vitest';
import {
  createWalletCli,
  PASSWORD,
  PASSWORD_FILE,
  WALLETS,
  type WalletCli,
  WITH_PASSWORD,
} from '../../../test/helpers/wallet-cli.ts';

const WORDS_FILE = '/home/ada/words.txt';
const QUIET = [...WITH_PASSWORD, '--mnemonic-out', WORDS_FILE];

let cli: WalletCli;
beforeEach(() => {
  cli = createWalletCli();
});

const wordsIn = (text: string): string | undefined =>
  /\n {2}([a-z]+(?: [a-z]+){11,})\n/.exec(text)?.[1];

describe('tao wallet create', () => {
  it('asks for a password twice, shows the words once, and says what was made', async () => {
    const { stdout, stderr, exitCode } = await cli.run(['wallet', 'create', 'savings'], {
      terminal: 'all',
      answers: [
        { kind: 'secret', question: 'New password', answer: PASSWORD },
        { kind: 'secret', question: 'again', answer: PASSWORD },
      ],
    });
    expect(exitCode).toBe(0);
    const [, coldkey = '', hotkey = ''] =
      /Coldkey +(5\w+)\n +Hotkey +(5\w+) \(default\)\n/.exec(stdout) ?? [];
    expect(stdout).toMatch(/^✓ Created +wallet savings\n/);
    expect(wordsIn(stderr)?.split(' ')).toHaveLength(12);
    expect(wordsIn(stdout)).toBeUndefined();
    expect(stderr).toContain('These words restore the coldkey savings.');
    expect(stderr).toContain('Send TAO to the coldkey');
    const { data } = (await cli.json(['wallet', 'list']))[1];
    expect(data.wallets).toMatchObject([
      {
        name: 'savings',
        address: coldkey,
        key: 'encrypted',
        hotkeys: [{ name: 'default', address: hotkey, key: 'plain' }],
        problems: [],
      },
    ]);
  });

  it('without a terminal takes password and outlet from files; the words restore the coldkey', async () => {
    const [exitCode, document] = await cli.json(['wallet', 'create', 'savings', ...QUIET]);
    expect([exitCode, document.schema]).toEqual([0, 'wallet.create/1']);
    const { data } = document;
    expect(data).toEqual({
      wallet: 'savings',
      coldkey: expect.stringMatching(/^5\w{47}$/),
      hotkey: expect.stringMatching(/^5\w{47}$/),
      files: ['coldkey', 'coldkeypub.txt', 'hotkeys/default', 'hotkeys/defaultpub.txt'].map(
        (name) => `${WALLETS}/savings/${name}`,
      ),
    });
    expect((await cli.files.stat(WORDS_FILE))?.mode).toBe(0o600);
    const restored = await cli.json([
      ...['wallet', 'import', 'again', '--mnemonic-file', WORDS_FILE],
      ...WITH_PASSWORD,
    ]);
    expect(restored[1].data.address).toBe(data.coldkey);
    expect(cli.derivations).toEqual([PASSWORD]);
  });

  it('makes as many words, and only the keys, that were asked for', async () => {
    await cli.run(['wallet', 'create', 'long', '--words', '24', '--no-hotkey', ...QUIET]);
    expect(cli.files.text(WORDS_FILE).trim().split(' ')).toHaveLength(24);
    expect(cli.files.paths().filter((path) => path.startsWith(`${WALLETS}/long/`))).toEqual([
      `${WALLETS}/long/coldkey`,
      `${WALLETS}/long/coldkeypub.txt`,
    ]);
  });

  it('warns of a plain coldkey and of a password that is easy to guess', async () => {
    const outlet = ['--mnemonic-out', WORDS_FILE];
    const plain = await cli.run(['wallet', 'create', 'open', '--plain', ...outlet]);
    expect(plain.stderr).toBe(
      'Warning: The coldkey is not encrypted: whoever reads its file owns the funds.\n',
    );
    cli.files.put('/weak.txt', 'abcdefg\n');
    const weak = ['--password-file', '/weak.txt', '--mnemonic-out', '/home/ada/more.txt'];
    const [, document] = await cli.json(['wallet', 'create', 'weak', ...weak]);
    expect(document.warnings[0]).toContain('easy to guess');
  });

  it.each([
    ['no outlet for the words', [...WITH_PASSWORD], 2, 'USAGE_MISSING', 'Add --mnemonic-out FILE'],
    ['no password', ['--mnemonic-out', WORDS_FILE], 4, 'KEY_PASSWORD_MISSING', '--password-file'],
    ['two words too many', ['x', 'y', ...QUIET], 2, 'USAGE_INVALID', '--help'],
    ['eleven words', ['--words', '11', ...QUIET], 2, 'USAGE_INVALID', '--words 12'],
    ['a name with a slash', ['a/b', ...QUIET], 2, 'WALLET_NAME_INVALID', 'Use letters'],
    ['two names', ['a', '--wallet', 'b', ...QUIET], 2, 'USAGE_CONFLICT', 'Leave one'],
    ['a bad hotkey name', ['--hotkey', '..', ...QUIET], 2, 'WALLET_NAME_INVALID', 'Use letters'],
    ['a password with --plain', ['--plain', ...QUIET], 2, 'USAGE_CONFLICT', 'Leave one'],
    ['a words file that is there', [...QUIET.slice(0, 3), PASSWORD_FILE], 9, 'FILE_EXISTS', ''],
  ])('refuses %s, and writes no key', async (_, args, exitCode, code, hint) => {
    const before = cli.files.paths();
    const [exit, document] = await cli.json(['wallet', 'create', ...args]);
    expect([exit, document.error.code]).toEqual([exitCode, code]);
    expect(document.error.hint ?? '').toContain(hint);
    expect(cli.files.paths()).toEqual(before);
  });

  it.each([
    ['is too short', 'short'],
    ['begins with a space', ' longer than six'],
  ])('refuses a password that %s before any words leave', async (_, password) => {
    cli.files.put('/new.txt', `${password}\n`);
    const args = ['--password-file', '/new.txt', '--mnemonic-out', WORDS_FILE];
    const [exit, document] = await cli.json(['wallet', 'create', ...args]);
    expect([exit, document.error.code]).toEqual([4, 'KEY_PASSWORD_WEAK']);
    expect(await cli.files.stat(WORDS_FILE)).toBeUndefined();
  });

  it('refuses two passwords that differ', async () => {
    const { exitCode, stderr } = await cli.run(['wallet', 'create'], {
      terminal: 'all',
      answers: [
        { kind: 'secret', question: 'New password', answer: PASSWORD },
        { kind: 'secret', question: 'again', answer: 'something else' },
      ],
    });
    expect([exitCode, wordsIn(stderr)]).toEqual([2, undefined]);
  });
});

describe('a wallet that is there', () => {
  const again = ['wallet', 'create', 'savings', ...WITH_PASSWORD, '--mnemonic-out', '/more.txt'];
  const coldkeyFile = () => cli.files.read(`${WALLETS}/savings/coldkey`);
  beforeEach(async () => {
    await cli.run(['wallet', 'create', 'savings', ...QUIET]);
  });

  it('is never overwritten without being told', async () => {
    const before = await coldkeyFile();
    const [exit, document] = await cli.json(again);
    expect([exit, document.error.code]).toEqual([4, 'WALLET_EXISTS']);
    expect(document.error.data.keys).toHaveLength(2);
    expect(await coldkeyFile()).toEqual(before);
  });

  it('is overwritten only with its name typed; --yes is not an option', async () => {
    const before = await coldkeyFile();
    const unconfirmed = await cli.json([...again, '--overwrite']);
    expect([unconfirmed[0], unconfirmed[1].error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    expect(unconfirmed[1].error.hint).toContain('--confirm savings');
    const declined = await cli.run([...again, '--overwrite'], {
      terminal: 'all',
      answers: [{ kind: 'text', question: 'Replace savings for good?', answer: 'saving' }],
    });
    expect([declined.exitCode, await coldkeyFile()]).toEqual([3, before]);
    expect(await cli.files.stat('/more.txt')).toBeUndefined();
    const yes = await cli.json([...again, '--overwrite', '--yes']);
    expect(yes[1].error.code).toBe('USAGE_UNKNOWN_OPTION');
    const done = await cli.json([...again, '--overwrite', '--confirm', 'savings']);
    expect(done[0]).toBe(0);
    expect(await coldkeyFile()).not.toEqual(before);
  });
});

describe('tao wallet hotkey create', () => {
  const create = (...args: string[]) => ['wallet', 'hotkey', 'create', ...args];
  beforeEach(async () => {
    await cli.run(['wallet', 'create', 'savings', '--no-hotkey', ...QUIET]);
  });

  it('adds a hotkey, plain like the official ones, and shows its words once', async () => {
    const run = await cli.run(create('miner', '--wallet', 'savings'), { terminal: 'all' });
    expect(run.stdout).toMatch(/^✓ Created +hotkey savings\/miner\n +Address +5\w+\n$/);
    expect(run.stderr).toContain('These words restore the hotkey savings/miner.');
    const words = wordsIn(run.stderr) ?? '';
    expect(cli.files.text(`${WALLETS}/savings/hotkeys/miner`)).toContain(words);
    const listed = await cli.run(['wallet', 'hotkey', 'list', 'savings'], { terminal: 'all' });
    expect(listed.stdout).toMatch(/^Hotkey +Address +Key\nminer +5\w+ +plain\n$/);
  });

  it('takes WALLET/HOTKEY, encrypts on demand, and asks for the password then only', async () => {
    const args = ['--mnemonic-out', '/m.txt', '--encrypt', ...WITH_PASSWORD];
    const [exit, { data }] = await cli.json(create('savings/miner', ...args));
    expect(exit).toBe(0);
    expect(data).toMatchObject({ wallet: 'savings', hotkey: 'miner', encrypted: true });
    const listed = await cli.json(['wallet', 'hotkey', 'list', '--wallet', 'savings']);
    expect(listed[1].data).toEqual({
      wallet: 'savings',
      hotkeys: [{ name: 'miner', address: data.address, key: 'encrypted' }],
      strays: [],
    });
    const piped = await cli.run(['wallet', 'hotkey', 'list', 'savings']);
    expect(piped.stdout).toBe(`miner\t${data.address}\tencrypted\n`);
  });

  it.each([
    ['in a wallet that is not there', ['miner', '--wallet', 'nobody'], 4, 'WALLET_NOT_FOUND'],
    ['without a name', [], 2, 'USAGE_MISSING'],
    ['of two wallets', ['savings/miner', '--wallet', 'other'], 2, 'USAGE_CONFLICT'],
    ['of a wallet of two parts', ['a/b/c'], 2, 'WALLET_NAME_INVALID'],
    ['with a password that would be ignored', ['savings/m', ...WITH_PASSWORD], 2, 'USAGE_CONFLICT'],
  ])('refuses one %s', async (_, args, exitCode, code) => {
    const [exit, document] = await cli.json(create(...args, '--mnemonic-out', '/m.txt'));
    expect([exit, document.error.code]).toEqual([exitCode, code]);
    expect(await cli.files.stat('/m.txt')).toBeUndefined();
  });

  it('refuses to show the words where there is no terminal', async () => {
    const [exit, document] = await cli.json(create('savings/miner'));
    expect([exit, document.error.code]).toEqual([2, 'USAGE_MISSING']);
  });

  it('says what to do in a wallet without hotkeys', async () => {
    const run = await cli.run(['wallet', 'hotkey', 'list', 'savings'], { terminal: 'all' });
    expect([run.exitCode, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toContain('tao wallet hotkey create NAME --wallet savings');
    expect((await cli.run(['wallet', 'hotkey', 'list', 'savings'])).stdout).toBe('');
  });
});
