import { beforeEach, describe, expect, it } from 'vitest';
import {
  createWalletCli,
  PASSWORD,
  type WalletCli,
  WITH_PASSWORD,
} from '../../../test/helpers/wallet-cli.ts';

const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
const ADDRESS = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const ALICE_KEY = '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d';
const MESSAGE = 'I own this account';

let cli: WalletCli;
beforeEach(async () => {
  cli = createWalletCli();
  cli.files.put('/words', MNEMONIC);
  cli.files.put('/alice', '//Alice');
  await cli.run(['wallet', 'import', 'savings', '--mnemonic-file', '/words', ...WITH_PASSWORD]);
  await cli.run(['wallet', 'hotkey', 'import', 'savings/miner', '--uri-file', '/alice']);
});

const sign = (...args: string[]) => ['wallet', 'sign', '--wallet', 'savings', ...args];

async function signature(...args: string[]): Promise<string> {
  return (await cli.json(sign(...args, ...WITH_PASSWORD)))[1].data.signature;
}

async function isValid(message: string, given: string, ...more: string[]): Promise<boolean> {
  const args = ['--signature', given, '--signer', ADDRESS, ...more];
  const [exit, { data }] = await cli.json(['wallet', 'verify', message, ...args]);
  expect(exit).toBe(data.valid ? 0 : 4);
  return data.valid;
}

describe('tao wallet sign', () => {
  it('signs with the coldkey, asking for its password', async () => {
    const { stdout, stderr, exitCode } = await cli.run(sign(MESSAGE), {
      terminal: 'all',
      answers: [{ kind: 'secret', question: 'Password of savings', answer: PASSWORD }],
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^ *Signature +[0-9a-f]{128}\\n *Signer +${ADDRESS}\\n *Scheme +sr25519\\n$`),
    );
    expect(stderr).toContain('tao wallet verify');
  });

  it('asks again after a wrong password, three times at most', async () => {
    const answers = (...texts: string[]) =>
      texts.map((answer) => ({ kind: 'secret' as const, question: 'Password', answer }));
    const run = await cli.run(sign('x'), {
      terminal: 'all',
      answers: answers('wrong password', PASSWORD),
    });
    expect([run.exitCode, run.stderr.match(/Wrong password/g)?.length]).toEqual([0, 1]);
    const failed = await cli.run(sign('x'), {
      terminal: 'all',
      answers: answers('wrong one', 'wrong two', 'wrong three'),
    });
    expect([failed.exitCode, failed.stdout]).toEqual([4, '']);
    expect(failed.stderr).toContain('[KEY_PASSWORD_WRONG]');
  });

  it('is label and value in a pipe and fields in JSON', async () => {
    const piped = await cli.run(sign(MESSAGE, ...WITH_PASSWORD));
    expect(piped.stdout).toMatch(/^Signature\t[0-9a-f]{128}\nSigner\t5\w+\nScheme\tsr25519\n$/);
    const [, { data }] = await cli.json(sign(MESSAGE, '--hotkey', 'miner'));
    expect(data).toEqual({
      signature: expect.stringMatching(/^[0-9a-f]{128}$/),
      signer: ALICE,
      scheme: 'sr25519',
      message: MESSAGE,
      wallet: 'savings',
      hotkey: 'miner',
    });
  });

  it('takes the message from a file or a pipe, every byte of it', async () => {
    cli.files.put('/message', `${MESSAGE}\n`);
    const fromFile = await signature('--file', '/message');
    expect(await isValid(`${MESSAGE}\n`, fromFile)).toBe(true);
    expect(await isValid(MESSAGE, fromFile)).toBe(false);
    const run = await cli.json(sign('--file', '-', ...WITH_PASSWORD), { stdin: MESSAGE });
    expect(await isValid(MESSAGE, run[1].data.signature)).toBe(true);
    const asked = await cli.run(sign('--hotkey', 'miner'), {
      terminal: 'all',
      answers: [{ kind: 'text', question: 'Message', answer: MESSAGE }],
    });
    expect(asked.exitCode).toBe(0);
  });

  it('signs with a development key, which proves nothing, on any network', async () => {
    const [exit, { data }] = await cli.json(['wallet', 'sign', MESSAGE, '--wallet', '//Alice']);
    expect([exit, data.signer]).toEqual([0, ALICE]);
  });

  it('asks before it signs 32 bytes, which could be the hash of a transaction', async () => {
    const hash = 'x'.repeat(32);
    const args = sign(hash, '--hotkey', 'miner');
    const [exit, document] = await cli.json(args);
    expect([exit, document.error.code, document.error.hint]).toEqual([
      3,
      'CONSENT_REQUIRED',
      'Add --yes to confirm.',
    ]);
    const question = 'Sign these 32 bytes?';
    const declined = await cli.run(args, {
      terminal: 'all',
      answers: [{ kind: 'confirm', question, answer: false }],
    });
    expect([declined.exitCode, declined.stdout]).toEqual([3, '']);
    expect(declined.stderr).toContain('its signature may move your funds');
    const agreed = await cli.run(args, {
      terminal: 'all',
      answers: [{ kind: 'confirm', question, answer: true }],
    });
    expect(agreed.exitCode).toBe(0);
    expect((await cli.run([...args, '--yes'])).exitCode).toBe(0);
    expect((await cli.run(sign(`${hash}.`, '--hotkey', 'miner'))).exitCode).toBe(0);
    expect((await cli.json(sign('ü'.repeat(16), '--hotkey', 'miner')))[0]).toBe(3);
  });

  it.each([
    ['no message', [], 2, 'USAGE_MISSING'],
    ['an empty message', [''], 2, 'USAGE_INVALID'],
    ['two messages', ['x', '--file', '/words'], 2, 'USAGE_CONFLICT'],
    ['a file that is not there', ['--file', '/nowhere'], 2, 'USAGE_MISSING'],
    ['a file that is no text', ['--file', '/bytes'], 2, 'USAGE_INVALID'],
    ['a file that is a folder', ['--file', '/home'], 9, 'FILE_IS_DIRECTORY'],
    ['no password', ['x'], 4, 'KEY_PASSWORD_MISSING'],
    ['a hotkey that is not there', ['x', '--hotkey', 'other'], 4, 'KEYFILE_MISSING'],
    ['a hotkey outside the folder', ['x', '--hotkey', '../coldkey'], 2, 'WALLET_NAME_INVALID'],
  ])('refuses %s', async (_, args, exitCode, code) => {
    cli.files.put('/bytes', Uint8Array.of(0xff, 0xfe));
    const [exit, document] = await cli.json(sign(...args));
    expect([exit, document.error.code]).toEqual([exitCode, code]);
    expect(document.error.message).toMatch(/\S/);
  });
});

describe('tao wallet verify', () => {
  it('says valid or not valid, with exit 0 or 4', async () => {
    const made = await signature(MESSAGE);
    const args = ['--signature', made, '--signer', ADDRESS];
    const good = await cli.run(['wallet', 'verify', MESSAGE, ...args]);
    expect([good.exitCode, good.stdout]).toEqual([
      0,
      `Signature\tvalid\nSigner\t${ADDRESS}\nScheme\tsr25519\n`,
    ]);
    const bad = await cli.run(['wallet', 'verify', `${MESSAGE}.`, ...args], { terminal: 'all' });
    expect(bad.exitCode).toBe(4);
    expect(bad.stdout).toMatch(/^ *Signature +not valid\n/);
    expect(bad.stderr).toContain('--scheme ed25519');
    const [exit, document] = await cli.json(['wallet', 'verify', `${MESSAGE}.`, ...args]);
    expect([exit, document.ok, document.data]).toEqual([
      4,
      true,
      { valid: false, signer: ADDRESS, scheme: 'sr25519', form: null, message: `${MESSAGE}.` },
    ]);
  });

  it('takes hex of any case and prefix; what is no signature is not valid', async () => {
    const made = await signature(MESSAGE);
    expect(await isValid(MESSAGE, `0x${made.toUpperCase()}`)).toBe(true);
    for (const other of ['00', 'zz', made.slice(2), `${made}00`, 'f'.repeat(128)]) {
      expect(await isValid(MESSAGE, other), other).toBe(false);
    }
  });

  it('knows the form that browser extensions sign', async () => {
    const made = await signature(`<Bytes>${MESSAGE}</Bytes>`);
    const args = ['--signature', made, '--signer', ADDRESS];
    const [, { data }] = await cli.json(['wallet', 'verify', MESSAGE, ...args]);
    expect(data).toMatchObject({ valid: true, form: 'wrapped' });
    const run = await cli.run(['wallet', 'verify', MESSAGE, ...args]);
    expect(run.stdout).toContain('Form\twrapped in <Bytes>\n');
  });

  it('finds the signer by address, public key, wallet, hotkey, book name and development name', async () => {
    const [, { data }] = await cli.json(sign(MESSAGE, '--hotkey', 'miner'));
    await cli.run(['wallet', 'address-book', 'add', 'friend', ALICE]);
    const signers = ['savings/miner', 'friend', '//Alice', ALICE, ALICE_KEY, ALICE_KEY.slice(2)];
    // The same account as another chain spells it.
    signers.push('15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5');
    for (const signer of signers) {
      const args = ['--signature', data.signature, '--signer', signer];
      const [exit, document] = await cli.json(['wallet', 'verify', MESSAGE, ...args]);
      expect([exit, document.data?.signer], signer).toEqual([0, ALICE]);
    }
    expect(await isValid(MESSAGE, data.signature)).toBe(false);
  });

  it('takes the scheme from the wallet, or as it is told', async () => {
    const load = ['wallet', 'import', 'ed', '--mnemonic-file', '/words', '--plain'];
    await cli.run([...load, '--scheme', 'ed25519']);
    const [, signed] = await cli.json(['wallet', 'sign', MESSAGE, '--wallet', 'ed']);
    const { signature: made, signer } = signed.data;
    const verify = async (...args: string[]) =>
      (await cli.json(['wallet', 'verify', MESSAGE, '--signature', made, ...args]))[1].data;
    expect(await verify('--signer', 'ed')).toMatchObject({ valid: true, scheme: 'ed25519' });
    expect(await verify('--signer', signer)).toMatchObject({ valid: false, scheme: 'sr25519' });
    expect(await verify('--signer', signer, '--scheme', 'ed25519')).toMatchObject({ valid: true });
  });

  it('asks on a terminal for what is missing, and names it elsewhere', async () => {
    const made = await signature(MESSAGE);
    const run = await cli.run(['wallet', 'verify', MESSAGE], {
      terminal: 'all',
      answers: [
        { kind: 'text', question: 'Signature', answer: made },
        { kind: 'text', question: 'Signer', answer: ADDRESS },
      ],
    });
    expect(run.exitCode).toBe(0);
    const [exit, document] = await cli.json(['wallet', 'verify', MESSAGE]);
    expect([exit, document.error.data]).toEqual([2, { missing: ['--signature', '--signer'] }]);
  });

  it.each([
    ['an address with a wrong letter', `${ADDRESS.slice(0, -1)}Y`, 'ADDRESS_INVALID'],
    ['a name nobody has', 'nobody', 'ADDRESS_UNKNOWN'],
  ])('refuses %s', async (_, signer, code) => {
    const args = ['--signature', '00', '--signer', signer];
    const [exit, document] = await cli.json(['wallet', 'verify', MESSAGE, ...args]);
    expect([exit, document.error.code]).toEqual([2, code]);
  });
});
