import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { CONFIRMED_LENGTH } from '../../pipeline/plan-transfer.ts';
import { walletTransferSpec } from './specs.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
/** Nobody's on the embedded chain. */
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const STRANGER_END = STRANGER.slice(-8);

let tool: DevTool;
beforeAll(() => {
  tool = createDevTool();
});
afterAll(() => tool.remove());

const transfer = (...args: string[]) => ['wallet', 'transfer', '--wallet', '//Alice', ...args];
const toBob = (...args: string[]) => transfer('--to', '//Bob', '--amount', '2.5', ...args);

async function freeOf(account: string): Promise<bigint> {
  const [, { data }] = await tool.json(['wallet', 'balance', account]);
  return BigInt(data.accounts[0].free.rao);
}

async function transactions(): Promise<number> {
  return (await tool.json(['tx', 'list']))[1].data.transactions.length;
}

describe('tao wallet transfer', () => {
  it('shows the plan, asks, and prints a receipt', async () => {
    const run = await tool.run(toBob(), {
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Send 2.5 TAO?', answer: true }],
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(
      new RegExp(
        `^✓ Sent +2\\.5 TAO\\n +To +${BOB}\\n +Fee +0\\.\\d+ TAO\\n +Transaction +0x[0-9a-f]{64}\\n +State +included in block 1\\n$`,
      ),
    );
    for (const row of [
      /Network +dev, block 0/,
      new RegExp(`From +//Alice \\(${ALICE}\\)`),
      /Send +2\.5 TAO/,
      new RegExp(`To +//Bob \\(${BOB}\\)`),
      /Known as +a development account/,
      /You keep +999,997\.49\d* TAO/,
    ]) {
      expect(run.stderr).toMatch(row);
    }
  });

  it('moves exactly the amount and the fee, and says both to machines', async () => {
    const before = [await freeOf('//Alice'), await freeOf('//Bob')] as const;
    const [exit, document] = await tool.json(toBob('--yes'));
    expect([exit, document.schema]).toEqual([0, 'wallet.transfer/1']);
    const { data } = document;
    expect(data).toMatchObject({
      to: BOB,
      amount: { rao: '2500000000', tao: '2.5' },
      isRepeat: false,
      transaction: { command: 'wallet.transfer', from: ALICE, state: 'succeeded', failure: null },
    });
    const feeRao = BigInt(data.transaction.fee.rao);
    expect(await freeOf('//Alice')).toBe(before[0] - 2_500_000_000n - feeRao);
    expect(await freeOf('//Bob')).toBe(before[1] + 2_500_000_000n);
    const [, shown] = await tool.json(['tx', 'show', data.transaction.id]);
    expect(shown.data).toMatchObject({ summary: 'Send 2.5 TAO to 5FHn…94ty' });
  });

  it('is the same receipt in a pipe', async () => {
    const { stdout, exitCode } = await tool.run(toBob('--yes'));
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, '✓ Sent            2.5 TAO']);
  });

  it('asks on a terminal for what is missing, and names it elsewhere', async () => {
    const run = await tool.run(transfer('--dry-run'), {
      terminal: 'all',
      answers: [
        { kind: 'text', question: 'Send to', answer: '//Bob' },
        { kind: 'text', question: 'Amount (TAO, or all)', answer: '1' },
      ],
    });
    expect(run.exitCode).toBe(0);
    const [exit, document] = await tool.json(transfer());
    expect([exit, document.error.data]).toEqual([2, { missing: ['--to', '--amount'] }]);
  });

  it('sends nothing when the answer is no or nobody can be asked', async () => {
    const before = await transactions();
    const declined = await tool.run(toBob(), {
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Send 2.5 TAO?', answer: false }],
    });
    expect([declined.exitCode, declined.stdout]).toEqual([3, '']);
    const [exit, document] = await tool.json(toBob(), { stdin: 'y\n' });
    expect([exit, document.error.hint]).toEqual([
      3,
      'Add --yes to confirm, or --dry-run to see the plan.',
    ]);
    expect(await transactions()).toBe(before);
  });

  it('plans without sending with --dry-run', async () => {
    const before = await transactions();
    const [exit, { data }] = await tool.json(toBob('--dry-run'));
    expect([exit, data]).toMatchObject([
      0,
      {
        isDryRun: true,
        plan: {
          command: 'wallet.transfer',
          call: 'Balances.transfer_keep_alive',
          to: BOB,
          amount: { tao: '2.5' },
          isNewDestination: false,
        },
      },
    ]);
    expect(await transactions()).toBe(before);
  });

  it('does a request once', async () => {
    const once = toBob('--yes', '--request-id', 'rent-2026-08');
    const [, first] = await tool.json(once);
    const [exit, second] = await tool.json(once);
    expect([exit, second.data.isRepeat, second.data.transaction.hash]).toEqual([
      0,
      true,
      first.data.transaction.hash,
    ]);
    expect(second.data.amount).toEqual(first.data.amount);
    const other = transfer('--to', '//Bob', '--amount', '3', '--yes');
    const [reused, document] = await tool.json([...other, '--request-id', 'rent-2026-08']);
    expect([reused, document.error.code]).toEqual([2, 'REQUEST_ID_REUSED']);
  });
});

describe('a destination that is new', () => {
  it('is confirmed by as many characters as help says', () => {
    const help = walletTransferSpec.description?.join(' ');
    expect(help).toContain(`its last ${CONFIRMED_LENGTH} characters`);
    expect(STRANGER_END).toHaveLength(CONFIRMED_LENGTH);
  });

  const first = (...args: string[]) => transfer('--to', STRANGER, '--amount', '1', ...args);

  it('is confirmed by the end of its address, not by --yes, nor by another end', async () => {
    for (const args of [['--yes'], ['--confirm', ALICE.slice(-8)], ['--yes', '--confirm', 'x']]) {
      const [exit, document] = await tool.json(first(...args));
      expect([exit, document.error.code]).toEqual([3, 'CONSENT_REQUIRED']);
      expect(document.error.hint).toContain(`--confirm ${STRANGER_END}`);
    }
    const run = await tool.run(first(), {
      terminal: 'all',
      answers: [{ kind: 'text', question: `(${STRANGER_END})`, answer: 'yes' }],
    });
    expect([run.exitCode, run.stdout]).toEqual([3, '']);
    expect(run.stderr).toMatch(/Known as +new: no wallet, no address book entry/);
    expect(run.stderr).toContain('Warning: The address holds no TAO and has signed nothing');
    expect(await freeOf(STRANGER)).toBe(0n);
  });

  it('is known once it was paid, named, or imported, and a wrong --confirm still counts', async () => {
    const [planned] = await tool.json(first('--dry-run'));
    expect(planned).toBe(0);
    await tool.run(['wallet', 'address-book', 'add', 'friend', STRANGER]);
    const named = await tool.run(transfer('--to', 'friend', '--amount', '1', '--dry-run'));
    expect(named.stdout).toContain(`To\tfriend (${STRANGER})\nKnown as\tin your address book\n`);
    await tool.run(['wallet', 'address-book', 'remove', 'friend']);
    await tool.run(['wallet', 'import', 'theirs', '--address', STRANGER]);
    const own = await tool.run(first('--dry-run'));
    expect(own.stdout).toContain('Known as\tyour own wallet\n');
    await tool.files.remove(`${tool.path}/wallets/theirs/coldkeypub.txt`);

    expect((await tool.json(first('--dry-run')))[1].data.plan.isNewDestination).toBe(true);
    const [paid] = await tool.json(first('--confirm', STRANGER_END));
    expect(paid).toBe(0);
    expect(await freeOf(STRANGER)).toBe(1_000_000_000n);
    const again = await tool.run(first('--dry-run'));
    expect(again.stdout).toContain('Known as\tpaid from here before\n');
    expect((await tool.json(first('--yes')))[0]).toBe(0);
    expect((await tool.json(first('--yes', '--confirm', 'x')))[0]).toBe(3);
    expect((await tool.json(first('--confirm', STRANGER_END)))[0]).toBe(0);
  });

  it('is none of the hotkeys here, but a hotkey is warned of', async () => {
    tool.files.put('/uri', '//Charlie');
    await tool.run(['wallet', 'hotkey', 'import', 'x/miner', '--uri-file', '/uri']);
    const args = transfer('--to', 'x/miner', '--amount', '1', '--dry-run');
    const [, document] = await tool.json(args);
    expect(document.data.plan.isNewDestination).toBe(false);
    expect(document.warnings[0]).toContain('This is a hotkey');
  });
});

describe('everything', () => {
  it('leaves the deposit, to the last rao, and is planned to the same number', async () => {
    tool.files.put('/uri', '//Spender');
    await tool.run(['wallet', 'import', 'spender', '--uri-file', '/uri', '--plain']);
    await tool.run(transfer('--to', 'spender', '--amount', '7.123456789', '--yes'));
    const all = ['wallet', 'transfer', '--wallet', 'spender', '--to', '//Bob', '--amount', 'all'];
    const [, planned] = await tool.json([...all, '--dry-run']);
    const [exit, { data }] = await tool.json([...all, '--yes']);
    expect([exit, data.amount]).toEqual([0, planned.data.plan.amount]);
    const amountRao = BigInt(data.amount.rao);
    expect(amountRao + BigInt(data.transaction.fee.rao) + 500n).toBe(7_123_456_789n);
    expect(await freeOf('spender')).toBe(500n);
    const [broke, document] = await tool.json([...all, '--yes']);
    expect([broke, document.error.code]).toEqual([2, 'BALANCE_TOO_LOW']);
  });
});

describe('a transfer that cannot be', () => {
  it.each([
    ['more than there is', ['--to', '//Bob', '--amount', '1000001'], 2, 'BALANCE_TOO_LOW'],
    [
      'less than an account holds',
      ['--to', '//Nobody', '--amount', '0.000000499'],
      2,
      'AMOUNT_BELOW_MINIMUM',
    ],
    ['to itself', ['--to', '//Alice', '--amount', '1'], 2, 'USAGE_INVALID'],
    ['nothing', ['--to', '//Bob', '--amount', '0'], 2, 'AMOUNT_INVALID'],
    ['All', ['--to', '//Bob', '--amount', 'All'], 2, 'AMOUNT_INVALID'],
    ['ten decimals', ['--to', '//Bob', '--amount', '0.0000000001'], 2, 'AMOUNT_TOO_PRECISE'],
    [
      'to a broken address',
      ['--to', `${BOB.slice(0, -1)}x`, '--amount', '1'],
      2,
      'ADDRESS_INVALID',
    ],
    [
      'to another chain',
      ['--to', '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5', '--amount', '1'],
      2,
      'ADDRESS_WRONG_PREFIX',
    ],
    ['to a name nobody has', ['--to', 'nobody', '--amount', '1'], 2, 'ADDRESS_UNKNOWN'],
    [
      'from a wallet that is not there',
      ['--to', '//Bob', '--amount', '1', '--wallet', 'none'],
      4,
      'WALLET_NOT_FOUND',
    ],
  ])('%s: a clear error, nothing recorded', async (_, args, exitCode, code) => {
    const before = await transactions();
    const wallet = args.includes('--wallet') ? [] : ['--wallet', '//Alice'];
    const argv = ['wallet', 'transfer', ...wallet, ...args, '--yes'];
    const [exit, document] = await tool.json(argv);
    expect([exit, document.error.code]).toEqual([exitCode, code]);
    expect(document.error.hint).toMatch(/\S/);
    expect(await transactions()).toBe(before);
  });

  it('because the wallet only watches: nothing is signed', async () => {
    await tool.run(['wallet', 'import', 'watched', '--address', ALICE]);
    const argv = ['wallet', 'transfer', '--wallet', 'watched', '--to', '//Bob', '--amount', '1'];
    const [exit, document] = await tool.json([...argv, '--yes']);
    expect([exit, document.error.code]).toEqual([4, 'KEYFILE_MISSING']);
  });

  it('because the chain changes its mind: the fee is paid and the reason given', async () => {
    tool.files.put('/uri', '//Racer');
    await tool.run(['wallet', 'import', 'racer', '--uri-file', '/uri', '--plain']);
    await tool.run(transfer('--to', 'racer', '--amount', '1', '--yes'));
    const argv = ['wallet', 'transfer', '--wallet', 'racer', '--to', '//Bob', '--amount', 'all'];
    // Between the plan and the signature the balance goes elsewhere.
    const [exit, document] = await tool.json([...argv, '--yes'], {
      adapt: (context) => ({
        ...context,
        openChain: async () => {
          const chain = await context.openChain();
          let isSpent = false;
          return {
            ...chain,
            nextNonce: async (address: string) => {
              if (!isSpent) {
                isSpent = true;
                await chain.rpc.request('dev_setBalance', [address, '1000000']);
              }
              return chain.nextNonce(address);
            },
          };
        },
      }),
    });
    expect([exit, document.ok]).toEqual([6, false]);
    expect(document.error.details.join(' ')).toContain('the fee of');
    const [, listed] = await tool.json(['tx', 'list']);
    expect(listed.data.transactions[0].state).toBe('failed');
  });

  it('because the connection goes after it was sent: the outcome is unknown, and resume finds it', async () => {
    const before = await freeOf('//Bob');
    const [exit, document] = await tool.json(toBob('--yes'), {
      adapt: (context) => ({
        ...context,
        openChain: async () => {
          const chain = await context.openChain();
          let isSent = false;
          const gone = () =>
            new TaoError('NETWORK_CLOSED', { message: 'The connection was lost.' });
          const request: typeof chain.rpc.request = async (method, params) => {
            if (isSent) throw gone();
            if (!method.startsWith('author_submit')) return chain.rpc.request(method, params);
            isSent = true;
            await chain.rpc.request('author_submitExtrinsic', params);
            throw gone();
          };
          const subscribe: typeof chain.rpc.subscribe = async (wanted) => {
            isSent = true;
            await chain.rpc.request('author_submitExtrinsic', wanted.params);
            throw gone();
          };
          return { ...chain, rpc: { ...chain.rpc, request, subscribe } };
        },
      }),
    });
    expect([exit, document.error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    const [resumed] = await tool.json(['tx', 'resume', document.error.data.id]);
    expect(resumed).toBe(0);
    expect(await freeOf('//Bob')).toBe(before + 2_500_000_000n);
  });
});
