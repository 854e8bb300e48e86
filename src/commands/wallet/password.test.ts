import { beforeEach, describe, expect, it } from 'vitest';
import {
  createWalletCli,
  PASSWORD,
  PASSWORD_FILE,
  WALLETS,
  type WalletCli,
  WITH_PASSWORD,
} from '../../../test/helpers/wallet-cli.ts';

const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
const ADDRESS = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const COLDKEY = `${WALLETS}/savings/coldkey`;
const NEW = 'a quite different one';

let cli: WalletCli;
beforeEach(async () => {
  cli = createWalletCli();
  cli.files.put('/words', MNEMONIC);
  cli.files.put('/new', `${NEW}\n`);
  await cli.run(['wallet', 'import', 'savings', '--mnemonic-file', '/words', ...WITH_PASSWORD]);
});

const bytes = () => cli.files.read(COLDKEY);

async function opensWith(password: string): Promise<boolean> {
  const env = { TAO_PASSWORD: password };
  const [exit] = await cli.json(['wallet', 'sign', 'x', '--wallet', 'savings'], { env });
  return exit === 0;
}

describe('tao wallet password change', () => {
  const change = (...args: string[]) => ['wallet', 'password', 'change', 'savings', ...args];

  it('asks for the current password, then twice for the new one', async () => {
    const { stdout, exitCode } = await cli.run(change(), {
      terminal: 'all',
      answers: [
        { kind: 'secret', question: 'Password of savings', answer: 'not this one' },
        { kind: 'secret', question: 'Password of savings', answer: PASSWORD },
        { kind: 'secret', question: 'New password', answer: NEW },
        { kind: 'secret', question: 'again', answer: NEW },
      ],
    });
    expect([exitCode, stdout]).toEqual([
      0,
      `✓ Changed         password of savings\n  Address         ${ADDRESS}\n  File            ${COLDKEY}\n`,
    ]);
    expect([await opensWith(NEW), await opensWith(PASSWORD)]).toEqual([true, false]);
  });

  it('takes both from files, a pipe or a file descriptor', async () => {
    const [exit, { data }] = await cli.json(
      change(...WITH_PASSWORD, '--new-password-file', '/new'),
    );
    expect([exit, data]).toEqual([
      0,
      { key: 'savings', address: ADDRESS, file: COLDKEY, wasEncrypted: true, encrypted: true },
    ]);
    expect(await opensWith(NEW)).toBe(true);
    cli.files.put('/dev/fd/3', `${NEW}\n`);
    const back = change('--password-fd', '3', '--new-password-file', '-');
    expect((await cli.json(back, { stdin: `${PASSWORD}\n` }))[0]).toBe(0);
    expect(await opensWith(PASSWORD)).toBe(true);
    const again = change('--password-file', '-', '--new-password-file', '/new');
    expect((await cli.json(again, { stdin: `${PASSWORD}\n` }))[0]).toBe(0);
  });

  it('sets a first one on a plain key', async () => {
    await cli.run(['wallet', 'hotkey', 'import', 'savings/miner', '--mnemonic-file', '/words']);
    const argv = ['wallet', 'password', 'change', 'savings/miner', '--new-password-file', '/new'];
    const { stdout, exitCode } = await cli.run(argv);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([
      0,
      '✓ Set             password of savings/miner',
    ]);
    const [, { data }] = await cli.json(['wallet', 'show', 'savings']);
    expect(data.hotkeys[0].key).toBe('encrypted');
  });

  it('drops what btcli 9 cannot read only with --portable', async () => {
    const content = JSON.parse(
      await plainContent(['wallet', 'import', 'plain', '--mnemonic-file', '/words', '--plain']),
    );
    cli.files.put(`${WALLETS}/plain/coldkey`, JSON.stringify({ ...content, cryptoType: 1 }));
    const findings = async () => {
      const env = { TAO_PASSWORD: NEW };
      const [, { data }] = await cli.json(['wallet', 'check', 'plain', '--unlock'], { env });
      return data.keys[0].findings.map((finding: { code: string }) => finding.code);
    };
    const argv = ['wallet', 'password', 'change', 'plain', '--new-password-file', '/new'];
    await cli.run(argv);
    expect(await findings()).toEqual(['not-portable']);
    await cli.run([...argv, '--portable'], { env: { TAO_PASSWORD: NEW } });
    expect(await findings()).toEqual([]);
  });

  async function plainContent(argv: readonly string[]): Promise<string> {
    await cli.run(argv);
    return cli.files.text(`${WALLETS}/plain/coldkey`);
  }

  it.each([
    ['no new password', [...WITH_PASSWORD], 2, 'USAGE_MISSING'],
    ['no current one', ['--new-password-file', '/new'], 4, 'KEY_PASSWORD_MISSING'],
    [
      'a wrong one',
      ['--password-file', '/new', '--new-password-file', '/new'],
      4,
      'KEY_PASSWORD_WRONG',
    ],
    [
      'one that is too short',
      [...WITH_PASSWORD, '--new-password-file', '/short'],
      4,
      'KEY_PASSWORD_WEAK',
    ],
    [
      'an empty file',
      [...WITH_PASSWORD, '--new-password-file', '/empty'],
      4,
      'KEY_PASSWORD_MISSING',
    ],
    [
      'a file that is not there',
      [...WITH_PASSWORD, '--new-password-file', '/no'],
      4,
      'KEY_PASSWORD_MISSING',
    ],
    [
      'one stdin for both',
      ['--password-file', '-', '--new-password-file', '-'],
      2,
      'USAGE_CONFLICT',
    ],
    [
      'another wallet in --wallet',
      ['--wallet', 'x', '--new-password-file', '/new'],
      2,
      'USAGE_CONFLICT',
    ],
  ])('refuses %s, and changes nothing', async (_, args, exitCode, code) => {
    cli.files.put('/short', 'short\n');
    cli.files.put('/empty', '\n');
    const before = await bytes();
    const [exit, document] = await cli.json(change(...args));
    expect([exit, document.error.code]).toEqual([exitCode, code]);
    expect(await bytes()).toEqual(before);
  });

  it('refuses keys that cannot have one', async () => {
    await cli.run(['wallet', 'import', 'watched', '--address', ADDRESS]);
    for (const [key, code] of [
      ['watched', 'KEYFILE_MISSING'],
      ['savings/none', 'KEYFILE_MISSING'],
      ['nobody', 'WALLET_NOT_FOUND'],
      ['a/b/c', 'WALLET_NAME_INVALID'],
    ] as const) {
      const argv = ['wallet', 'password', 'change', key, '--new-password-file', '/new'];
      expect((await cli.json(argv))[1].error.code, key).toBe(code);
    }
  });
});

describe('tao wallet password remove', () => {
  const remove = (...args: string[]) => ['wallet', 'password', 'remove', 'savings', ...args];
  const question = { kind: 'text', question: 'Remove the password of savings?' } as const;

  it('needs the name of the key typed; anything else is a no', async () => {
    const password = { kind: 'secret', question: 'Password of savings', answer: PASSWORD } as const;
    const before = await bytes();
    const declined = await cli.run(remove(), {
      terminal: 'all',
      answers: [password, { ...question, answer: 'yes' }],
    });
    expect([declined.exitCode, await bytes()]).toEqual([3, before]);
    const done = await cli.run(remove(), {
      terminal: 'all',
      answers: [password, { ...question, answer: 'savings' }],
    });
    expect(done.exitCode).toBe(0);
    expect(done.stdout).toContain('✓ Removed         password of savings');
    expect(done.stderr).toContain('whoever reads the file owns the funds');
    expect(cli.files.text(COLDKEY)).toContain(MNEMONIC);
  });

  it('without a terminal needs --confirm with the name', async () => {
    for (const args of [[], ['--confirm', 'other']]) {
      const [exit, document] = await cli.json(remove(...WITH_PASSWORD, ...args));
      expect([exit, document.error.code]).toEqual([3, 'CONSENT_REQUIRED']);
      expect(document.error.hint).toContain('--confirm savings');
    }
    const [exit, document] = await cli.json(remove(...WITH_PASSWORD, '--confirm', 'savings'));
    expect([exit, document.data]).toEqual([
      0,
      { key: 'savings', address: ADDRESS, file: COLDKEY, changed: true, encrypted: false },
    ]);
    expect(document.warnings).toEqual(['The key is now stored without a password.']);
    expect((await cli.files.stat(COLDKEY))?.mode).toBe(0o600);
  });

  it('has nothing to do for a key without one', async () => {
    await cli.run(['wallet', 'import', 'open', '--mnemonic-file', '/words', '--plain']);
    const { stdout, exitCode } = await cli.run(['wallet', 'password', 'remove', 'open']);
    expect([exitCode, stdout]).toEqual([0, 'open has no password; nothing was changed.\n']);
  });

  it.each([
    ['no password', ['--confirm', 'savings'], 4, 'KEY_PASSWORD_MISSING'],
    [
      'a wrong password',
      ['--password-file', '/new', '--confirm', 'savings'],
      4,
      'KEY_PASSWORD_WRONG',
    ],
  ])('refuses %s before it asks for anything', async (_, args, exitCode, code) => {
    const before = await bytes();
    const [exit, document] = await cli.json(remove(...args));
    expect([exit, document.error.code, await bytes()]).toEqual([exitCode, code, before]);
  });

  it('refuses keys that are not there', async () => {
    await cli.run(['wallet', 'import', 'watched', '--address', ADDRESS]);
    const codes = [];
    for (const key of ['watched', 'savings/none', 'nobody']) {
      codes.push((await cli.json(['wallet', 'password', 'remove', key]))[1].error.code);
    }
    expect(codes).toEqual(['KEYFILE_MISSING', 'KEYFILE_MISSING', 'WALLET_NOT_FOUND']);
  });
});

it('an environment variable opens a key, and never sets a new password', async () => {
  const env = { TAO_PASSWORD: PASSWORD };
  const [exit, document] = await cli.json(['wallet', 'password', 'change', 'savings'], { env });
  expect([exit, document.error.code]).toEqual([2, 'USAGE_MISSING']);
  const file = { TAO_PASSWORD_FILE: PASSWORD_FILE };
  const argv = ['wallet', 'password', 'change', 'savings', '--new-password-file', '/new'];
  expect((await cli.json(argv, { env: file }))[0]).toBe(0);
});
