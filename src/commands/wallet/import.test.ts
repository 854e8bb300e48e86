import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createWalletCli,
  PASSWORD,
  PASSWORD_FILE,
  WALLETS,
  type WalletCli,
  WITH_PASSWORD,
} from '../../../test/helpers/wallet-cli.ts';

type Vector = { readonly inputs: Record<string, string>; readonly expect: Record<string, string> };
const { vectors } = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/vectors-wallet.json', import.meta.url), 'utf8'),
) as { readonly vectors: Record<string, readonly Vector[]> };
const [oldLeopard] = vectors.mnemonic_to_key ?? [];
const MNEMONIC = oldLeopard?.inputs.mnemonic ?? '';
const {
  seed: SEED = '',
  private_key: PRIVATE_KEY = '',
  ss58: ADDRESS = '',
} = oldLeopard?.expect ?? {};
const PUBLIC_KEY = oldLeopard?.expect.public_key ?? '';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const SECRET = '/home/ada/secret.txt';

let cli: WalletCli;
beforeEach(() => {
  cli = createWalletCli();
});

const load = (...args: string[]) => ['wallet', 'import', 'savings', ...args, ...WITH_PASSWORD];

describe('tao wallet import', () => {
  it('has the published vector to compare with', () => {
    expect(ADDRESS).toBe('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX');
  });

  it.each([
    ['words', '--mnemonic-file', `  ${MNEMONIC}\n`],
    ['a seed', '--seed-file', `${SEED}\n`],
    ['a seed without 0x', '--seed-file', SEED.slice(2)],
    ['a private key', '--private-key-file', PRIVATE_KEY],
    ['a secret URI', '--uri-file', `${MNEMONIC}\n`],
  ])('reads %s from a file, a pipe and a file descriptor', async (_, option, secret) => {
    cli.files.put(SECRET, secret);
    cli.files.put('/dev/fd/3', secret);
    for (const [path, name] of [
      [SECRET, 'a'],
      ['-', 'b'],
      ['/dev/fd/3', 'c'],
    ] as const) {
      const argv = ['wallet', 'import', name, option, path, ...WITH_PASSWORD];
      const [exit, document] = await cli.json(argv, { stdin: secret });
      expect([exit, document.data]).toEqual([
        0,
        {
          wallet: name,
          hotkey: null,
          address: ADDRESS,
          scheme: 'sr25519',
          canSign: true,
          files: [`${WALLETS}/${name}/coldkey`, `${WALLETS}/${name}/coldkeypub.txt`],
        },
      ]);
    }
  });

  it.each([
    ['words', MNEMONIC],
    ['a seed', SEED],
    ['a private key', PRIVATE_KEY],
    ['a URI', `${SEED}///ignored`],
  ])('tells %s apart when it is typed', async (_, secret) => {
    const { stdout, exitCode } = await cli.run(load(), {
      terminal: 'all',
      answers: [{ kind: 'secret', question: 'Mnemonic, seed', answer: secret }],
    });
    expect([exitCode, stdout]).toEqual([
      0,
      `✓ Imported        wallet savings\n  Address         ${ADDRESS}\n`,
    ]);
  });

  it('derives along a URI', async () => {
    cli.files.put(SECRET, '//Alice\n');
    expect((await cli.json(load('--uri-file', SECRET)))[1].data.address).toBe(ALICE);
  });

  it('keeps the scheme that was named, and says what cannot open it', async () => {
    cli.files.put(SECRET, MNEMONIC);
    const [, document] = await cli.json(load('--mnemonic-file', SECRET, '--scheme', 'ed25519'));
    expect(document.data.scheme).toBe('ed25519');
    expect(document.data.address).not.toBe(ADDRESS);
    expect(document.warnings).toEqual(['The key is ed25519: btcli 9 cannot open its file.']);
  });

  it('reads a polkadot-js export, with its password from a file or asked for', async () => {
    const [vector] = vectors.polkadot_js_json ?? [];
    const { json = '', password = '' } = vector?.inputs ?? {};
    cli.files.put('/export.json', json);
    cli.files.put('/export-password', `${password}\n`);
    const from = ['--json-file', '/export.json'];
    const [, document] = await cli.json(load(...from, '--json-password-file', '/export-password'));
    expect(document.data.address).toBe('5CuByUQBWZci5AtXonuHHhcbRL3yxM5xDdJsTNaYN3vPDY6f');
    const asked = await cli.run(['wallet', 'import', 'two', ...from, ...WITH_PASSWORD], {
      terminal: 'all',
      answers: [{ kind: 'secret', question: 'the polkadot-js export', answer: password }],
    });
    expect(asked.exitCode).toBe(0);
    const [exit, missing] = await cli.json(['wallet', 'import', 'three', ...from]);
    expect([exit, missing.error.code]).toEqual([4, 'KEY_PASSWORD_MISSING']);
    expect(missing.error.hint).toContain('--json-password-file');
    cli.files.put('/wrong', 'no\n');
    const wrong = await cli.json(load(...from, '--json-password-file', '/wrong').with(2, 'four'));
    expect(wrong[1].error.code).toBe('KEY_PASSWORD_WRONG');
  });
});

describe('a key file of another wallet', () => {
  beforeEach(async () => {
    cli.files.put(SECRET, MNEMONIC);
    await cli.run(['wallet', 'import', 'old', '--mnemonic-file', SECRET, ...WITH_PASSWORD]);
    await cli.run(['wallet', 'import', 'bare', '--mnemonic-file', SECRET, '--plain']);
  });
  const encrypted = `${WALLETS}/old/coldkey`;

  it('is opened with its own password and gets another', async () => {
    cli.files.put('/new', 'a quite different one\n');
    const argv = ['wallet', 'import', 'savings', '--keyfile', encrypted];
    const passwords = ['--keyfile-password-file', PASSWORD_FILE, '--password-file', '/new'];
    const [exit, { data }] = await cli.json([...argv, ...passwords]);
    expect([exit, data.address]).toEqual([0, ADDRESS]);
    expect(cli.derivations).toEqual([PASSWORD, 'a quite different one']);
    const [, check] = await cli.json(['wallet', 'check', 'savings', '--unlock'], {
      env: { TAO_PASSWORD: 'a quite different one' },
    });
    expect(check.data.keys[0]).toMatchObject({ address: ADDRESS, proof: 'proved', findings: [] });
  });

  it('asks for a password only when it has one', async () => {
    const plain = await cli.run(load('--keyfile', `${WALLETS}/bare/coldkey`));
    expect(plain.exitCode).toBe(0);
    const asked = await cli.run(
      ['wallet', 'import', 'two', '--keyfile', encrypted, ...WITH_PASSWORD],
      {
        terminal: 'all',
        answers: [{ kind: 'secret', question: `the key file ${encrypted}`, answer: PASSWORD }],
      },
    );
    expect(asked.exitCode).toBe(0);
  });

  it.each([
    ['a public file', `${WALLETS}/old/coldkeypub.txt`, 'KEYFILE_MISSING'],
    ['a polkadot-js export', '/export', 'KEYFILE_UNSUPPORTED'],
    ['something else', '/garbage', 'KEYFILE_FORMAT_UNKNOWN'],
    ['an empty file', '/empty', 'USAGE_MISSING'],
    ['a file that is not there', '/nowhere', 'USAGE_MISSING'],
    ['a folder', WALLETS, 'FILE_IS_DIRECTORY'],
    ['a file that is too large', '/large', 'FILE_TOO_LARGE'],
  ])('is refused when it is %s', async (_, path, code) => {
    cli.files.put('/export', '{"encoded":"AAAA","encoding":{"version":"3"}}');
    cli.files.put('/garbage', 'not a key at all');
    cli.files.put('/empty', '');
    cli.files.put('/large', 'x'.repeat(70_000));
    const [, document] = await cli.json(load('--keyfile', path));
    expect(document.error.code).toBe(code);
    expect(await cli.files.stat(`${WALLETS}/savings`)).toBeUndefined();
  });
});

describe('a secret that cannot be used', () => {
  const SHORT = 'old leopard transfer';
  it.each([
    ['too few words', '--mnemonic-file', SHORT, 4, 'MNEMONIC_INVALID'],
    ['a word too many', '--mnemonic-file', `${MNEMONIC} zoo`, 4, 'MNEMONIC_INVALID'],
    ['a seed cut short', '--seed-file', SEED.slice(0, -2), 4, 'SEED_INVALID'],
    ['a seed that is no hex', '--seed-file', `${SEED.slice(0, -1)}z`, 4, 'SEED_INVALID'],
    ['half a private key', '--private-key-file', SEED, 4, 'SEED_INVALID'],
    ['a private key that is no hex', '--private-key-file', 'zz', 4, 'SEED_INVALID'],
    ['a URI of nonsense', '--uri-file', 'nonsense//x', 4, 'MNEMONIC_INVALID'],
    ['nothing', '--mnemonic-file', '', 2, 'USAGE_MISSING'],
  ])(
    '%s: a clear error that does not repeat it, and no file',
    async (_, option, secret, exit, code) => {
      cli.files.put(SECRET, secret);
      const run = await cli.run(load(option, SECRET));
      expect([run.exitCode, run.stdout]).toEqual([exit, '']);
      expect(run.stderr).toContain(`[${code}]`);
      if (secret.length > 2) expect(run.stderr).not.toContain(secret);
      expect(await cli.files.stat(`${WALLETS}/savings`)).toBeUndefined();
    },
  );

  it.each([
    ['no source', [], 2, 'USAGE_MISSING'],
    ['two sources', ['--seed-file', SECRET, '--mnemonic-file', SECRET], 2, 'USAGE_CONFLICT'],
    [
      'a password of no export',
      ['--seed-file', SECRET, '--json-password-file', SECRET],
      2,
      'USAGE_CONFLICT',
    ],
    ['a scheme for a key file', ['--keyfile', SECRET, '--scheme', 'sr25519'], 2, 'USAGE_CONFLICT'],
    ['an unknown scheme', ['--seed-file', SECRET, '--scheme', 'ecdsa'], 2, 'USAGE_INVALID'],
    ['one stdin for two', ['--mnemonic-file', '-', '--password-file', '-'], 2, 'USAGE_CONFLICT'],
    ['a file that is not there', ['--seed-file', '/nowhere'], 2, 'USAGE_MISSING'],
    ['a terminal as stdin', ['--seed-file', '-'], 2, 'USAGE_MISSING'],
  ])('%s is refused', async (_, args, exitCode, code) => {
    const password = args.includes('--password-file') ? [] : WITH_PASSWORD;
    const [exit, document] = await cli.json(['wallet', 'import', 'x', ...args, ...password]);
    expect([exit, document.error.code]).toEqual([exitCode, code]);
  });
});

describe('an address to watch', () => {
  const watch = (text: string, ...more: string[]) => [
    ...['wallet', 'import', 'watched', '--address', text],
    ...more,
  ];

  it.each([ADDRESS, PUBLIC_KEY, PUBLIC_KEY.slice(2)])('may be written %s', async (text) => {
    const run = await cli.run(watch(text), { terminal: 'all' });
    expect(run.stdout).toBe(`✓ Watching        wallet watched\n  Address         ${ADDRESS}\n`);
    expect(cli.files.paths()).toEqual([PASSWORD_FILE, `${WALLETS}/watched/coldkeypub.txt`]);
    const [exit, document] = await cli.json(['wallet', 'sign', 'hello', '--wallet', 'watched']);
    expect([exit, document.error.code]).toEqual([4, 'KEYFILE_MISSING']);
  });

  it.each([
    ['cut short', ADDRESS.slice(0, -1), 'ADDRESS_INVALID'],
    [
      'of another chain',
      '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5',
      'ADDRESS_WRONG_PREFIX',
    ],
    ['a name', 'savings', 'ADDRESS_INVALID'],
  ])('is refused when it is %s', async (_, text, code) => {
    const [exit, document] = await cli.json(watch(text));
    expect([exit, document.error.code]).toEqual([2, code]);
  });

  it('gets its secret later without --overwrite, but only its own', async () => {
    await cli.run(watch(ADDRESS));
    cli.files.put(SECRET, '//Alice');
    const other = await cli.json(['wallet', 'import', 'watched', '--uri-file', SECRET, '--plain']);
    expect([other[0], other[1].error.code]).toEqual([4, 'WALLET_EXISTS']);
    cli.files.put(SECRET, MNEMONIC);
    const [exit] = await cli.json(load('--mnemonic-file', SECRET).with(2, 'watched'));
    expect(exit).toBe(0);
    const [, { error }] = await cli.json(watch(ALICE, '--overwrite', '--confirm', 'watched'));
    expect(error.code).toBe('WALLET_EXISTS');
    expect(error.message).toContain('there is a secret key of that name');
  });

  it('replaces another watched one with its name typed', async () => {
    await cli.run(watch(ADDRESS));
    expect((await cli.json(watch(ALICE)))[1].error.code).toBe('WALLET_EXISTS');
    expect((await cli.json(watch(ALICE, '--overwrite')))[1].error.code).toBe('CONSENT_REQUIRED');
    const done = await cli.json(watch(ALICE, '--overwrite', '--confirm', 'watched'));
    expect([done[0], done[1].data.address]).toEqual([0, ALICE]);
  });
});

describe('tao wallet hotkey import', () => {
  const hotkey = (...args: string[]) => ['wallet', 'hotkey', 'import', 'savings/miner', ...args];

  it('writes a hotkey, plain unless --encrypt is given', async () => {
    cli.files.put(SECRET, MNEMONIC);
    const [exit, { data }] = await cli.json(hotkey('--mnemonic-file', SECRET));
    expect([exit, data]).toMatchObject([0, { wallet: 'savings', hotkey: 'miner', canSign: true }]);
    expect(cli.files.text(data.files[0])).toContain(MNEMONIC);
    const [again, document] = await cli.json(hotkey('--mnemonic-file', SECRET));
    expect([again, document.error.code]).toEqual([4, 'WALLET_EXISTS']);
    const args = ['--mnemonic-file', SECRET, '--overwrite', '--confirm', 'savings/miner'];
    const replaced = await cli.run(hotkey(...args, '--encrypt', ...WITH_PASSWORD), {
      terminal: 'all',
    });
    expect(replaced.stdout).toContain('Imported        hotkey savings/miner');
    expect(cli.files.text(data.files[0])).not.toContain(MNEMONIC);
  });

  it('may only watch one', async () => {
    const [, { data }] = await cli.json(hotkey('--address', ADDRESS));
    expect(data).toMatchObject({
      canSign: false,
      files: [`${WALLETS}/savings/hotkeys/minerpub.txt`],
    });
  });

  it('asks before a secret is typed whether the name is taken', async () => {
    cli.files.put(SECRET, MNEMONIC);
    await cli.run(hotkey('--mnemonic-file', SECRET));
    const run = await cli.run(hotkey(), { terminal: 'all' });
    expect([run.exitCode, run.platform.streams.asked()]).toEqual([4, []]);
  });
});
