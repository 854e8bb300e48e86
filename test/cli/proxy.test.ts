import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHome, type Home, VALIDATOR } from './tool.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const CHARLIE = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
const REMARK = '0x00000c74616f';

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

const as = (signer: string, real: string) => ['--wallet', signer, '--as', real, '--yes'];
const stake = (amount: string, netuid = '0') => [
  'stake',
  'add',
  '--netuid',
  netuid,
  '--hotkey',
  VALIDATOR,
  '--amount',
  amount,
];
/** Exit code and error code of a command that fails. */
const failure = async (...args: string[]) => {
  const run = await home.tao([...args, '--json']);
  const document = JSON.parse(run.stdout);
  expect(document.ok).toBe(false);
  return { code: run.code, error: document.error };
};
const data = async (...args: string[]) => {
  const document = await home.json(args);
  expect(document.ok, JSON.stringify(document.error)).toBe(true);
  return document.data;
};
/** Free TAO of one account, in rao. */
const freeRao = async (account: string): Promise<bigint> =>
  BigInt((await data('wallet', 'balance', account)).accounts[0].free.rao);

describe('a Staking proxy', () => {
  beforeAll(async () => {
    const added = await data(
      ...['proxy', 'add', '//Bob', '--type', 'Staking', '--wallet', '//Alice', '--yes'],
    );
    expect([added.delegate, added.type, added.delayBlocks]).toEqual([BOB, 'Staking', 0]);
  });

  it('is listed with what it may do and its deposit', async () => {
    const { proxies, deposit } = await data('proxy', 'list', '//Alice');
    expect(proxies).toEqual([
      { delegate: BOB, type: 'Staking', delayBlocks: 0, allows: expect.stringContaining('only ') },
    ]);
    expect(deposit.rao).toBe('93000000');
  });

  it('shows in the plan whose stake it is and who pays', async () => {
    const { plan } = await data(...stake('5', '8'), ...as('//Bob', '//Alice'), '--dry-run');
    expect(plan).toMatchObject({
      call: 'Proxy.proxy',
      proxyType: 'Staking',
      as: {
        kind: 'proxy',
        account: ALICE,
        signer: BOB,
        call: 'SubtensorModule.add_stake_limit',
      },
    });
    const run = await home.tao([...stake('5', '8'), ...as('//Bob', '//Alice'), '--dry-run']);
    expect(run.stdout).toContain(`From\t//Bob (${BOB})`);
    expect(run.stdout).toContain(`Acting for\t//Alice (${ALICE})`);
  });

  it('stakes for the account, at its own cost, and the rewards are those of the account', async () => {
    const before = await freeRao('//Bob');
    const { transaction, spent, received } = await data(
      ...[...stake('5', '8'), ...as('//Bob', '//Alice'), '--request-id', 'as-1'],
    );
    expect(spent.tao).toBe('5');
    expect(transaction).toMatchObject({
      from: BOB,
      actedFor: ALICE,
      approval: null,
      state: 'succeeded',
    });
    const after = await freeRao('//Bob');
    expect(before - after).toBe(BigInt(transaction.fee.rao));
    const { positions, unexplained } = await data('rewards', 'show', '//Alice');
    expect(positions).toMatchObject([{ netuid: 8, paid: { tao: '5' }, added: received }]);
    expect(unexplained).toEqual([]);
    expect((await data('stake', 'list', '//Bob')).positions).toEqual([]);
  });

  it('does it once for one request id', async () => {
    const again = await data(
      ...[...stake('5', '8'), ...as('//Bob', '//Alice'), '--request-id', 'as-1'],
    );
    expect(again.isRepeat).toBe(true);
    const own = await failure(
      ...[...stake('5', '8'), '--wallet', '//Bob', '--yes', '--request-id', 'as-1'],
    );
    expect(own.error.code).toBe('REQUEST_ID_REUSED');
  });

  it('unstakes everything that the account has, not what the signer has', async () => {
    const held = (await data('stake', 'list', '//Alice')).positions[0].stake;
    const { unstaked } = await data(
      ...['unstake', '--netuid', '8', '--hotkey', VALIDATOR, '--all', ...as('//Bob', '//Alice')],
    );
    expect(unstaked).toEqual(held);
    expect((await data('rewards', 'show', '//Alice')).unexplained).toEqual([]);
  });

  it('may not transfer: the plan says so, and nothing is sent', async () => {
    const count = (await data('tx', 'list')).transactions.length;
    const { code, error } = await failure(
      ...['wallet', 'transfer', '--to', '//Eve', '--amount', '1', ...as('//Bob', '//Alice')],
    );
    expect([code, error.code]).toEqual([6, 'PROXY_NOT_ALLOWED']);
    expect(error.data).toMatchObject({
      account: ALICE,
      signer: BOB,
      call: 'Balances.transfer_keep_alive',
      proxies: [{ type: 'Staking', delayBlocks: 0 }],
    });
    expect((await data('tx', 'list')).transactions).toHaveLength(count);
  });

  it('is nobody else', async () => {
    const { code, error } = await failure(...stake('1'), ...as('//Dave', '//Alice'));
    expect([code, error.code, error.data.proxies]).toEqual([6, 'PROXY_NOT_ALLOWED', []]);
  });

  it('ends when the account removes it', async () => {
    const wrong = await failure(
      ...['proxy', 'remove', '//Bob', '--type', 'Any', '--wallet', '//Alice', '--yes'],
    );
    expect([wrong.code, wrong.error.code]).toEqual([2, 'PROXY_UNKNOWN']);
    await data('proxy', 'remove', '//Bob', '--type', 'Staking', '--wallet', '//Alice', '--yes');
    expect((await data('proxy', 'list', '//Alice')).proxies).toEqual([]);
    expect((await failure(...stake('1'), ...as('//Bob', '//Alice'))).error.code).toBe(
      'PROXY_NOT_ALLOWED',
    );
  });
});

describe('a proxy that could empty the account', () => {
  const add = ['proxy', 'add', '//Dave', '--type', 'Any', '--wallet', '//Alice', '--yes'];

  it('is only added when the end of its address is repeated', async () => {
    const { code, error } = await failure(...add);
    expect([code, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    await data(...add, '--confirm', 'um3PTXFy');
    const sent = await data(
      ...['wallet', 'transfer', '--to', '//Eve', '--amount', '1', ...as('//Dave', '//Alice')],
    );
    expect(sent.transaction).toMatchObject({ actedFor: ALICE, state: 'succeeded' });
  });
});

describe('a proxy with a delay', () => {
  const announce = (call: string) => [
    ...['proxy', 'announce', '//Alice', '--call', call, '--wallet', '//Charlie', '--yes'],
  ];
  const execute = (call: string) => [
    ...['proxy', 'execute', '//Alice', '--call', call, '--wallet', '//Charlie', '--yes'],
  ];
  let callData = '';

  beforeAll(async () => {
    await data(
      ...['proxy', 'add', '//Charlie', '--type', 'NonTransfer', '--delay', '3'],
      ...['--wallet', '//Alice', '--yes'],
    );
  });

  it('is told to announce, with the call to announce', async () => {
    const { code, error } = await failure(...stake('5'), ...as('//Charlie', '//Alice'));
    expect([code, error.code]).toEqual([6, 'PROXY_MUST_ANNOUNCE']);
    callData = error.data.callData;
    expect(error.hint).toBe(`Run tao proxy announce ${ALICE} --call ${callData}`);
  });

  it('announces, waits, and then stakes for the account', async () => {
    const announced = await data(...announce(callData));
    expect([announced.real, announced.callData]).toEqual([ALICE, callData]);
    const { announcements } = await data('proxy', 'pending', '//Alice');
    expect(announcements).toMatchObject([
      { real: ALICE, delegate: CHARLIE, callHash: announced.callHash, isReady: false },
    ]);
    const early = await failure(...execute(callData));
    expect([early.code, early.error.code]).toEqual([6, 'ANNOUNCEMENT_TOO_EARLY']);

    await data('dev', 'advance', '--blocks', '3');
    expect((await data('proxy', 'pending', '//Charlie')).announcements).toMatchObject([
      { isReady: true },
    ]);
    const { transaction } = await data(...execute(callData));
    expect(transaction).toMatchObject({ from: CHARLIE, actedFor: ALICE, state: 'succeeded' });
    const { positions } = await data('rewards', 'show', '//Alice');
    const root = positions.find((position: { netuid: number }) => position.netuid === 0);
    expect(root.paid.tao).toBe('5');
    expect((await failure(...execute(callData))).error.code).toBe('ANNOUNCEMENT_UNKNOWN');
  });

  it('is vetoed by the account, and gets its deposit back', async () => {
    const before = await freeRao('//Charlie');
    const { callHash, transaction } = await data(...announce(REMARK));
    const paid = async () => before - (await freeRao('//Charlie')) - BigInt(transaction.fee.rao);
    expect(await paid()).toBe(104_000_000n);
    await data(
      ...['proxy', 'reject', '//Charlie', '--call-hash', callHash, '--wallet', '//Alice', '--yes'],
    );
    expect(await paid()).toBe(0n);
    expect((await data('proxy', 'pending', '//Alice')).announcements).toEqual([]);
    await data('dev', 'advance', '--blocks', '3');
    expect((await failure(...execute(REMARK))).error.code).toBe('ANNOUNCEMENT_UNKNOWN');
  });

  it('withdraws what it announced itself', async () => {
    await data(...announce(REMARK));
    const withdraw = ['proxy', 'withdraw', '//Alice', '--call', REMARK];
    await data(...withdraw, '--wallet', '//Charlie', '--yes');
    expect((await data('proxy', 'pending', '//Charlie')).announcements).toEqual([]);
  });

  it('fails with the call inside, although the transaction itself succeeded', async () => {
    const unpayable = callData.replace(/[0-9a-f]{16}$/, 'ffffffffffffff0f');
    await data(...announce(unpayable));
    await data('dev', 'advance', '--blocks', '3');
    const { code, error } = await failure(...execute(unpayable));
    expect([code, error.code]).toEqual([6, 'CHAIN_NOT_ENOUGH_BALANCE']);
    const [newest] = (await data('tx', 'list')).transactions;
    expect(newest).toMatchObject({ state: 'failed', failure: error.data.chainError });
  });

  it('may not announce what its type could never do', async () => {
    const transfer = `0x050300${'90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22'}04`;
    const { code, error } = await failure(...announce(transfer));
    expect([code, error.code]).toEqual([6, 'PROXY_NOT_ALLOWED']);
  });
});

describe('bad input', () => {
  const own = ['--wallet', '//Alice', '--yes'];
  it.each([
    ['no type', ['proxy', 'add', '//Bob', ...own], 'USAGE_MISSING'],
    ['a type nobody has', ['proxy', 'add', '//Bob', '--type', 'Nope', ...own], 'USAGE_INVALID'],
    [
      'a delay that is no number',
      ['proxy', 'add', '//Bob', '--type', 'Staking', '--delay', 'soon', ...own],
      'USAGE_INVALID',
    ],
    ['itself', ['proxy', 'add', '//Alice', '--type', 'Staking', ...own], 'USAGE_INVALID'],
    ['a name nobody has', [...stake('1'), ...as('//Bob', 'nobody')], 'ADDRESS_UNKNOWN'],
    ['the signer itself', [...stake('1'), ...as('//Bob', '//Bob')], 'USAGE_INVALID'],
    ['no call', ['proxy', 'announce', '//Bob', ...own], 'USAGE_MISSING'],
    ['half a byte', ['proxy', 'announce', '//Bob', '--call', '0x0', ...own], 'USAGE_INVALID'],
    ['no call at all', ['proxy', 'announce', '//Bob', '--call', '0xffff', ...own], 'USAGE_INVALID'],
    [
      'a file that is not there',
      ['proxy', 'announce', '//Bob', '--call', 'absent.json', ...own],
      'FILE_NOT_FOUND',
    ],
    ['a short hash', ['proxy', 'reject', '//Bob', '--call-hash', '0x12', ...own], 'USAGE_INVALID'],
    [
      'a call and a hash',
      ['proxy', 'reject', '//Bob', '--call-hash', '0x12', '--call', REMARK, ...own],
      'USAGE_CONFLICT',
    ],
    [
      '--as where the account is named already',
      ['proxy', 'execute', '//Bob', '--call', REMARK, '--as', '//Bob', ...own],
      'USAGE_CONFLICT',
    ],
  ])('%s is refused with exit 2 and a hint', async (_, args, expected) => {
    const { code, error } = await failure(...args);
    expect([code, error.code]).toEqual([2, expected]);
  });
});
