import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHome, type Home, VALIDATOR } from './tool.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const CHARLIE = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
const TEAM = '5DjYJStmdZ2rcqXbXGX7TW85JsrW6uG4y9MUcLq2BoPMpRA7';
const REMARK = '0x00000c74616f';

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

const data = async (...args: string[]) => {
  const document = await home.json(args);
  expect(document.ok, JSON.stringify(document.error)).toBe(true);
  return document.data;
};
const failure = async (...args: string[]) => {
  const run = await home.tao([...args, '--json']);
  const document = JSON.parse(run.stdout);
  expect(document.ok).toBe(false);
  return { code: run.code, error: document.error };
};
/** Free TAO of one account, in rao. */
const freeRao = async (account: string): Promise<bigint> =>
  BigInt((await data('wallet', 'balance', account)).accounts[0].free.rao);
const signatories = ['--signatory', '//Alice', '--signatory', '//Bob', '--signatory', '//Charlie'];
const stakeAs = (signer: string, name: string, amount = '5', netuid = '8') => [
  ...['stake', 'add', '--netuid', netuid, '--hotkey', VALIDATOR, '--amount', amount],
  ...['--wallet', signer, '--as', name, '--yes'],
];
const approve = (name: string, signer: string, ...more: string[]) => [
  ...['multisig', 'approve', name, '--wallet', signer, '--yes', ...more],
];

describe('a saved multisig', () => {
  it('has the address that follows from its signatories', async () => {
    const saved = await data('multisig', 'add', 'team', '--threshold', '2', ...signatories);
    expect(saved).toEqual({
      name: 'team',
      address: TEAM,
      threshold: 2,
      signatories: [BOB, CHARLIE, ALICE],
    });
    expect(await data('multisig', 'show', 'team')).toEqual(saved);
    expect((await data('multisig', 'list')).multisigs).toEqual([saved]);
  });

  it('is an account like any other wherever one is named', async () => {
    await data('dev', 'fund', 'team', '100');
    const { accounts } = await data('wallet', 'balance', 'team');
    expect(accounts).toMatchObject([{ address: TEAM, free: { tao: '100' } }]);
  });
});

describe('two of three', () => {
  let callHash = '';

  it('need both: the first approval moves nothing', async () => {
    const { transaction, spent } = await data(...stakeAs('//Alice', 'team'));
    callHash = transaction.approval.callHash;
    expect(transaction).toMatchObject({
      from: ALICE,
      actedFor: TEAM,
      state: 'succeeded',
      approval: { threshold: 2, approvals: 1, isExecuted: false },
    });
    expect(spent).toBe(null);
    expect(await freeRao('team')).toBe(100_000_000_000n);
  });

  it('see what is open, who approved it, and the call itself', async () => {
    const { pending } = await data('multisig', 'pending', 'team');
    expect(pending).toMatchObject([
      {
        callHash,
        call: 'SubtensorModule.add_stake_limit',
        arguments: { amount_staked: '5000000000', hotkey: VALIDATOR, netuid: 8 },
        approvals: [ALICE],
        missing: [BOB, CHARLIE],
        depositor: ALICE,
        deposit: { rao: '196000000' },
      },
    ]);
    const run = await home.tao(['multisig', 'pending', 'team']);
    expect(run.stdout).toContain(`Approved by\t${ALICE}`);
    expect(run.stdout).toContain(`Not yet\t${BOB}`);
  });

  it('are told when a second plan would open another call', async () => {
    const document = await home.json([...stakeAs('//Bob', 'team', '6'), '--dry-run']);
    expect(document.data.plan).toMatchObject({
      call: 'Multisig.as_multi',
      as: { kind: 'multisig', account: TEAM, signer: BOB },
      approval: { number: 1, threshold: 2, executes: false, depositRao: '196000000' },
    });
    expect(document.warnings).toEqual([expect.stringContaining('tao multisig approve team')]);
  });

  it('approve each once, and nobody else does', async () => {
    const again = await failure(...approve('team', '//Alice', '--call-hash', callHash));
    expect([again.code, again.error.code]).toEqual([2, 'MULTISIG_APPROVED_ALREADY']);
    const stranger = await failure(...approve('team', '//Dave', '--call-hash', callHash));
    expect([stranger.code, stranger.error.code]).toEqual([2, 'MULTISIG_NOT_SIGNATORY']);
    const staking = await failure(...stakeAs('//Dave', 'team'));
    expect([staking.code, staking.error.code]).toEqual([2, 'MULTISIG_NOT_SIGNATORY']);
  });

  it('do not join blindly: a call that was not named has to be repeated', async () => {
    const { code, error } = await failure(...approve('team', '//Bob'));
    expect([code, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    expect(error.hint).toContain(`--confirm ${callHash.slice(0, 10)}`);
  });

  it('execute with the last approval; the stake is that of the account', async () => {
    const before = await freeRao('//Alice');
    const { transaction } = await data(
      ...approve('team', '//Bob', '--confirm', callHash.slice(0, 10)),
    );
    expect(transaction).toMatchObject({
      from: BOB,
      actedFor: TEAM,
      approval: { callHash, threshold: 2, approvals: 2, isExecuted: true },
    });
    const { positions, unexplained } = await data('rewards', 'show', 'team');
    expect(positions).toMatchObject([{ netuid: 8, paid: { tao: '5' } }]);
    expect(unexplained).toEqual([]);
    expect((await data('multisig', 'pending', 'team')).pending).toEqual([]);
    expect((await freeRao('//Alice')) - before).toBe(196_000_000n);
    const nothing = await failure(...approve('team', '//Bob'));
    expect([nothing.code, nothing.error.code]).toEqual([2, 'MULTISIG_NOTHING_OPEN']);
  });

  it('can be cancelled by who opened it, and by nobody else', async () => {
    await data(...approve('team', '//Alice', '--call', REMARK));
    const other = await failure('multisig', 'cancel', 'team', '--wallet', '//Bob', '--yes');
    expect([other.code, other.error.code]).toEqual([2, 'MULTISIG_NOT_SIGNATORY']);
    await data('multisig', 'cancel', 'team', '--wallet', '//Alice', '--yes');
    expect((await data('multisig', 'pending', 'team')).pending).toEqual([]);
  });

  it('have to say which, where several are open', async () => {
    const other = '0x00000c746162';
    await data(...approve('team', '//Alice', '--call', REMARK));
    await data(...approve('team', '//Alice', '--call', other));
    const { code, error } = await failure(...approve('team', '//Bob'));
    expect([code, error.code, error.data.open.length]).toEqual([2, 'USAGE_MISSING', 2]);
    const cancel = ['multisig', 'cancel', 'team', '--wallet', '//Alice', '--yes'];
    await data(...cancel, '--call', REMARK);
    await data(...cancel, '--call', other);
  });
});

describe('other thresholds', () => {
  it('of three count each approval', async () => {
    await data('multisig', 'add', 'all', '--threshold', '3', ...signatories);
    await data(...approve('all', '//Alice', '--call', REMARK));
    const second = await data(...approve('all', '//Bob', '--call', REMARK));
    expect(second.transaction.approval).toMatchObject({ approvals: 2, isExecuted: false });
    const third = await data(...approve('all', '//Charlie', '--call', REMARK));
    expect(third.transaction.approval).toMatchObject({ approvals: 3, isExecuted: true });
  });

  it('of one execute at once', async () => {
    const { address } = await data('multisig', 'add', 'any', '--threshold', '1', ...signatories);
    await data('dev', 'fund', 'any', '10');
    const { transaction, spent } = await data(...stakeAs('//Charlie', 'any', '1', '0'));
    expect([transaction.actedFor, spent.tao]).toEqual([address, '1']);
  });
});

describe('a call that fails inside the last approval', () => {
  it('is a failure, although the transaction itself succeeded', async () => {
    const { plan } = await data(...stakeAs('//Charlie', 'any', '1', '0'), '--dry-run');
    const call = plan.as.callData;
    await data(...approve('all', '//Alice', '--call', call));
    await data(...approve('all', '//Bob', '--call', call));
    const { code, error } = await failure(...approve('all', '//Charlie', '--call', call));
    expect([code, error.code]).toEqual([6, 'CHAIN_NOT_ENOUGH_BALANCE']);
    const [newest] = (await data('tx', 'list')).transactions;
    expect(newest).toMatchObject({ state: 'failed', failure: error.data.chainError });
  });
});

describe('bad input', () => {
  const add = (name: string, threshold: string, ...names: string[]) => [
    ...['multisig', 'add', name, '--threshold', threshold],
    ...names.flatMap((one) => ['--signatory', one]),
  ];
  it.each([
    ['no signatories', ['multisig', 'add', 'x', '--threshold', '2'], 'USAGE_MISSING'],
    ['no threshold', ['multisig', 'add', 'x', '--signatory', '//Alice'], 'USAGE_MISSING'],
    ['a threshold of none', add('x', '0', '//Alice', '//Bob'), 'USAGE_INVALID'],
    ['a threshold too high', add('x', '3', '//Alice', '//Bob'), 'MULTISIG_INVALID'],
    ['one signatory', add('x', '1', '//Alice'), 'MULTISIG_INVALID'],
    ['the same twice', add('x', '1', '//Alice', ALICE), 'MULTISIG_INVALID'],
    ['a name that is taken', add('team', '1', '//Alice', '//Bob'), 'MULTISIG_NAME_TAKEN'],
    ['a broken address', add('x', '1', '//Alice', `${BOB.slice(0, -1)}z`), 'ADDRESS_INVALID'],
    ['a name nobody saved', ['multisig', 'pending', 'nobody'], 'MULTISIG_UNKNOWN'],
    ['nobody to remove', ['multisig', 'remove', 'nobody'], 'MULTISIG_UNKNOWN'],
    ['--as', approve('team', '//Alice', '--as', '//Bob'), 'USAGE_CONFLICT'],
  ])('%s is refused with exit 2', async (_, args, expected) => {
    const { code, error } = await failure(...args);
    expect([code, error.code]).toEqual([2, expected]);
  });

  it('a name of the address book that is another account is ambiguous', async () => {
    await data('wallet', 'address-book', 'add', 'team', BOB);
    expect((await failure(...stakeAs('//Alice', 'team'))).error.code).toBe('ADDRESS_AMBIGUOUS');
    await data('wallet', 'address-book', 'remove', 'team');
  });

  it('a file that was changed so that the address lies is not used', async () => {
    const path = join(home.path, 'config', 'multisigs.json');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.replace(TEAM, BOB));
    const { code, error } = await failure('multisig', 'show', 'team');
    expect([code, error.code]).toEqual([9, 'MULTISIG_BOOK_DAMAGED']);
    writeFileSync(path, whole);
    expect((await data('multisig', 'remove', 'team')).address).toBe(TEAM);
  });
});
