import { beforeEach, describe, expect, it } from 'vitest';
import {
  createWalletCli,
  PASSWORD,
  WALLETS,
  type WalletCli,
  WITH_PASSWORD,
} from '../../../test/helpers/wallet-cli.ts';

const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
const ADDRESS = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const PUBLIC_KEY = '0xe4359ad3e2716c539a1d663ebd0a51bdc5c98a12e663bb4c4402db47828c9446';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const COLDKEY = `${WALLETS}/savings/coldkey`;

let cli: WalletCli;
beforeEach(async () => {
  cli = createWalletCli();
  cli.files.put('/words', MNEMONIC);
  cli.files.put('/alice', '//Alice');
  await cli.run(['wallet', 'import', 'savings', '--mnemonic-file', '/words', ...WITH_PASSWORD]);
  await cli.run(['wallet', 'hotkey', 'import', 'savings/miner', '--uri-file', '/alice']);
});

describe('tao wallet show', () => {
  it('shows addresses, files and encryption on a terminal', async () => {
    const { stdout, exitCode } = await cli.run(['wallet', 'show', 'savings'], { terminal: 'all' });
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "  Wallet          savings
        Folder          /home/ada/wallets/savings
        Coldkey         5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX
        Key             encrypted (nacl), sr25519
        Public key      0xe4359ad3e2716c539a1d663ebd0a51bdc5c98a12e663bb4c4402db47828c9446
        File            /home/ada/wallets/savings/coldkey (mode 600)
        File            /home/ada/wallets/savings/coldkeypub.txt (mode 600)
        Hotkey          miner  5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY  plain, sr25519
      "
    `);
  });

  it('is label and value in a pipe and fields in JSON', async () => {
    const piped = await cli.run(['wallet', 'show', '--wallet', 'savings']);
    expect(piped.stdout).toContain(`Coldkey\t${ADDRESS}\n`);
    const [, { data }] = await cli.json(['wallet', 'show', 'savings']);
    expect(data).toEqual({
      name: 'savings',
      path: `${WALLETS}/savings`,
      coldkey: {
        address: ADDRESS,
        publicKey: PUBLIC_KEY,
        scheme: 'sr25519',
        key: 'encrypted',
        encryption: 'nacl',
        files: [
          { path: COLDKEY, mode: '600' },
          { path: `${COLDKEY}pub.txt`, mode: '600' },
        ],
      },
      hotkeys: [
        {
          name: 'miner',
          address: ALICE,
          publicKey: expect.stringMatching(/^0xd43593c7/),
          scheme: 'sr25519',
          key: 'plain',
          encryption: 'none',
          files: [
            { path: `${WALLETS}/savings/hotkeys/miner`, mode: '600' },
            { path: `${WALLETS}/savings/hotkeys/minerpub.txt`, mode: '600' },
          ],
        },
      ],
      strays: [],
      problems: [],
    });
  });

  it('names what is wrong, and what is no key', async () => {
    cli.files.put(`${COLDKEY}pub.txt`, `{"ss58Address":"${ALICE}"}`);
    cli.files.put(`${WALLETS}/savings/hotkeys/notes`, 'buy milk');
    cli.files.put(`${WALLETS}/savings/hotkeys/minerpub.txt`, `{"ss58Address":"${ADDRESS}"}`);
    const run = await cli.run(['wallet', 'show', 'savings'], { terminal: 'all' });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('No key          hotkeys/notes');
    expect(run.stdout).toMatch(/Problem +savings\/miner: Couldn't trust the key savings\/miner/);
    expect(run.stderr).toContain('Warning: savings/miner: ');
    expect(run.stderr).toContain('tao wallet check savings says more.');
    const [, { data }] = await cli.json(['wallet', 'list']);
    expect(data.wallets[0].problems).toEqual([
      { key: 'savings/miner', code: 'KEY_MISMATCH', message: expect.any(String) },
    ]);
  });

  it('says that an address is known only to its password', async () => {
    await cli.files.remove(`${COLDKEY}pub.txt`);
    const { stdout } = await cli.run(['wallet', 'show', 'savings']);
    expect(stdout).toContain('Coldkey\tnot known without its password\n');
  });

  it.each([
    ['a wallet that is not there', 'nobody', 4, 'WALLET_NOT_FOUND'],
    ['a name that leaves the folder', '../savings', 2, 'WALLET_NAME_INVALID'],
  ])('refuses %s', async (_, name, exitCode, code) => {
    const [exit, document] = await cli.json(['wallet', 'show', name]);
    expect([exit, document.error.code]).toEqual([exitCode, code]);
    expect(document.error.hint).toMatch(/\S/);
  });
});

describe('tao wallet list', () => {
  it('has one record a key, and none in an empty folder but a hint', async () => {
    expect((await cli.run(['wallet', 'list'])).stdout).toBe(
      `savings\t\t${ADDRESS}\tencrypted\nsavings\tminer\t${ALICE}\tplain\n`,
    );
    const none = await cli.run(['wallet', 'list', '--wallet-path', '/nowhere'], {
      terminal: 'all',
    });
    expect([none.exitCode, none.stdout]).toEqual([0, '']);
    expect(none.stderr).toContain('tao wallet create makes one.');
  });
});

describe('tao wallet check', () => {
  const check = (...args: string[]) => ['wallet', 'check', 'savings', ...args];
  const unlocked = () => cli.json(check('--unlock', ...WITH_PASSWORD));

  it('opens nothing that is encrypted, and says so', async () => {
    const { stdout, stderr, exitCode } = await cli.run(check(), { terminal: 'all', width: 120 });
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Key            Address                                           Secret     Encryption  Mode  Proof       Findings
      savings        5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX  encrypted  nacl        600   not-opened
      savings/miner  5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY  plain      none        600   proved

      No errors found.
      "
    `);
    expect(stderr).toContain('add --unlock');
    expect(cli.derivations).toEqual([PASSWORD]);
  });

  it('proves with the password that a secret gives its address', async () => {
    const [exit, { data }] = await unlocked();
    expect([exit, data.errors, data.warnings, data.repaired]).toEqual([0, 0, 0, []]);
    expect(data.keys).toEqual([
      {
        key: 'savings',
        path: COLDKEY,
        address: ADDRESS,
        secret: 'encrypted',
        encryption: 'nacl',
        mode: '600',
        proof: 'proved',
        findings: [],
      },
      expect.objectContaining({ key: 'savings/miner', proof: 'proved', findings: [] }),
    ]);
    const asked = await cli.run(check('--unlock'), {
      terminal: 'all',
      answers: [{ kind: 'secret', question: 'Password of savings', answer: PASSWORD }],
    });
    expect(asked.stdout).toContain('No errors found.');
  });

  it('ends with 4 when there is an error, in every form of output', async () => {
    cli.files.put(`${COLDKEY}pub.txt`, `{"ss58Address":"${ALICE}"}`);
    const [exit, document] = await unlocked();
    expect([exit, document.ok, document.data.errors]).toEqual([4, true, 1]);
    expect(document.data.keys[0]).toMatchObject({
      proof: 'failed',
      findings: [{ severity: 'error', code: 'mismatch' }],
    });
    const terminal = await cli.run(check('--unlock', ...WITH_PASSWORD), { terminal: 'all' });
    expect([terminal.exitCode, terminal.stderr]).toEqual([4, '']);
    expect(terminal.stdout).toContain(`error: savings: The secret belongs to ${ADDRESS}`);
    expect(terminal.stdout).toContain('Errors found: 1.');
    const piped = await cli.run(check('--unlock', ...WITH_PASSWORD));
    expect(piped.exitCode).toBe(4);
    expect(piped.stdout.split('\n')[0]).toBe(
      `savings\t${ALICE}\tencrypted\tnacl\t600\tfailed\tmismatch`,
    );
  });

  it.each([
    ['a file others can read', () => cli.files.put(COLDKEY, '{}', 0o644), 'open-to-others'],
    ['a file that is no key', () => cli.files.put(COLDKEY, '{"a":1}'), 'unreadable'],
    ['a folder in its place', () => cli.files.put(`${COLDKEY}/x`, ''), 'unreadable'],
  ])('finds %s', async (_, damage, code) => {
    await cli.files.remove(COLDKEY);
    damage();
    const [exit, { data }] = await cli.json(check());
    expect(data.keys[0].findings.map((f: { code: string }) => f.code)).toContain(code);
    expect(exit).toBe(4);
  });

  it('takes warnings for no errors', async () => {
    await cli.run(['wallet', 'import', 'open', '--mnemonic-file', '/words', '--plain']);
    const [exit, { data }] = await cli.json(['wallet', 'check', 'open']);
    expect([exit, data.warnings, data.keys[0].findings[0].code]).toEqual([0, 1, 'not-encrypted']);
  });

  it('reports a wrong password as a finding, and a missing one as an error', async () => {
    cli.files.put('/wrong', 'wrong password\n');
    const [exit, { data }] = await cli.json(check('--unlock', '--password-file', '/wrong'));
    expect([exit, data.keys[0].findings[0].code]).toEqual([4, 'password-wrong']);
    const [missing, document] = await cli.json(check('--unlock'));
    expect([missing, document.error.code]).toEqual([4, 'KEY_PASSWORD_MISSING']);
  });

  it('writes a missing public file again with --repair, asking for the password once', async () => {
    await cli.files.remove(`${COLDKEY}pub.txt`);
    const before = await cli.json(['wallet', 'sign', 'x', '--wallet', 'savings', ...WITH_PASSWORD]);
    expect(before[0]).toBe(0);
    const { stdout, exitCode, platform } = await cli.run(check('--repair'), {
      terminal: 'all',
      answers: [{ kind: 'secret', question: 'Password of savings', answer: PASSWORD }],
    });
    expect([exitCode, platform.streams.asked().length]).toEqual([0, 1]);
    expect(stdout).toContain(`Written again: ${COLDKEY}pub.txt`);
    expect(JSON.parse(cli.files.text(`${COLDKEY}pub.txt`)).ss58Address).toBe(ADDRESS);
    const [, { data }] = await unlocked();
    expect([data.errors, data.warnings]).toEqual([0, 0]);
  });

  it('checks every wallet with --all, which names none', async () => {
    await cli.run(['wallet', 'import', 'watched', '--address', ALICE]);
    const [, { data }] = await cli.json(['wallet', 'check', '--all']);
    expect(data.keys.map((key: { key: string }) => key.key)).toEqual([
      'savings',
      'savings/miner',
      'watched',
    ]);
    expect(data.keys[2]).toMatchObject({ secret: 'absent', proof: 'no-secret', mode: null });
    const [exit, document] = await cli.json(check('--all'));
    expect([exit, document.error.code]).toEqual([2, 'USAGE_CONFLICT']);
    const none = await cli.run(['wallet', 'check', '--all', '--wallet-path', '/nowhere'], {
      terminal: 'all',
    });
    expect([none.exitCode, none.stdout]).toEqual([0, '']);
  });
});
