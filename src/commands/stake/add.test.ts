import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { bobStakesFirst, loseAfterSubmit } from '../../../test/helpers/front-run.ts';
import { devExamples } from '../dev-examples.ts';

const { validator: BASALT, otherValidator: DUNLIN } = devExamples;
const TAO = 1_000_000_000n;
/** Moves the price of subnet 8 by several percent. */
const LARGE = { netuid: 8, hotkey: BASALT, amountRao: 20_000n * TAO };

let tool: DevTool;
beforeAll(() => {
  tool = createDevTool();
});
afterAll(() => tool.remove());

const add = (...args: string[]) => ['stake', 'add', '--wallet', '//Alice', ...args];
const basalt = (...args: string[]) => add('--netuid', '8', '--hotkey', BASALT, ...args);
const three = [
  '--to',
  `${BASALT}:8=2`,
  '--to',
  `${DUNLIN}:8=1.5`,
  '--to',
  `${BASALT}:0=5`,
] as const;

async function freeOf(account: string): Promise<bigint> {
  return BigInt((await tool.json(['wallet', 'balance', account]))[1].data.accounts[0].free.rao);
}

async function journalled(): Promise<number> {
  return (await tool.json(['tx', 'list']))[1].data.transactions.length;
}

describe('one stake', () => {
  it('is shown, asked for, and receipted on a terminal', async () => {
    const run = await tool.run(basalt('--amount', '2.5'), {
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Stake 2.5 TAO?', answer: true }],
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(
      /^✓ Staked +2\.5 TAO\n +Received +6\.\d+ alpha\n +Fee +0\.\d+ TAO\n +Transaction +0x[0-9a-f]{64}\n +State +included in block 1\n$/,
    );
    for (const row of [/You receive +about 6\.\d+ alpha/, /At least +6\.\d+ alpha, or the chain/]) {
      expect(run.stderr).toMatch(row);
    }
  });

  it('changes nothing when declined, planned only, or nobody can answer', async () => {
    const before = await journalled();
    const declined = await tool.run(basalt('--amount', '1'), {
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Stake 1 TAO?', answer: false }],
    });
    expect([declined.exitCode, declined.stdout]).toEqual([3, '']);
    expect((await tool.run(basalt('--amount', '1'))).exitCode).toBe(3);
    const [exit, { data }] = await tool.json(basalt('--amount', '1', '--dry-run'));
    expect([exit, data.plan.call]).toEqual([0, 'SubtensorModule.add_stake_limit']);
    expect(data.plan).toMatchObject({ quoteSource: 'node', amount: { tao: '1' } });
    expect(await journalled()).toBe(before);
  });

  it('of a share, or of all, is a number in the plan', async () => {
    const free = await freeOf('//Dave');
    const dave = (...args: string[]) => [
      ...['stake', 'add', '--wallet', '//Dave', '--netuid', '0', '--hotkey', BASALT],
      ...args,
    ];
    const [, half] = await tool.json(dave('--percent', '50', '--dry-run'));
    expect(half.data.plan.amount.rao).toBe(`${free / 2n}`);
    const [exit, all] = await tool.json(dave('--amount', 'all', '--yes'));
    expect(exit).toBe(0);
    const left = await freeOf('//Dave');
    // The fee was reserved for a call with a limit; on root it is a little less.
    expect(left).toBeGreaterThanOrEqual(10_000_500n);
    expect(left).toBeLessThan(10_500_000n);
    expect(BigInt(all.data.spent.rao)).toBe(free - left - BigInt(all.data.transaction.fee.rao));
    const [poor, again] = await tool.json(dave('--amount', 'all', '--yes'));
    expect([poor, again.error.code]).toEqual([2, 'BALANCE_TOO_LOW']);
  });

  it.each([
    [['--amount', '1', '--percent', '5'], 'USAGE_CONFLICT'],
    [['--percent', '0'], 'USAGE_INVALID'],
    [['--percent', '100.5'], 'USAGE_INVALID'],
    [['--amount', '1', '--to', `${BASALT}:8=1`], 'USAGE_CONFLICT'],
    [['--amount', 'some'], 'AMOUNT_INVALID'],
    [['--amount', '0.001'], 'AMOUNT_BELOW_MINIMUM'],
    [['--amount', '2000000'], 'BALANCE_TOO_LOW'],
  ])('with %j is %s', async (args, code) => {
    const [exit, document] = await tool.json(basalt(...args, '--yes'));
    expect([exit, document.error.code]).toEqual([2, code]);
  });

  it('that would move the price past its limit is refused with the tolerance it needs', async () => {
    const [exit, { error }] = await tool.json(basalt('--amount', '20000', '--yes'));
    expect([exit, error.code]).toEqual([7, 'PRICE_LIMIT_TOO_TIGHT']);
    const needed = error.data.neededTolerancePercent;
    expect(error.hint).toContain(`--tolerance ${needed}`);
    const enough = await tool.json(basalt('--amount', '20000', '--dry-run', '--tolerance', needed));
    expect(enough[0]).toBe(0);
  });
});

describe('a price that moved between plan and block', () => {
  it('is refused by the chain, and told with the limit and the price of now', async () => {
    const [exit, { error }] = await tool.json(basalt('--amount', '1', '--yes'), {
      adapt: bobStakesFirst(LARGE),
    });
    expect([exit, error.code]).toEqual([7, 'CHAIN_PRICE_LIMIT']);
    const [price] = error.data.prices;
    expect(price).toMatchObject({ netuid: 8, side: 'buy' });
    expect(BigInt(price.nowRaoPerAlpha)).toBeGreaterThan(BigInt(price.limitRaoPerAlpha));
    expect(error.details.join(' ')).toMatch(/The limit on subnet 8 was 0\.\d+ TAO per alpha; the/);
    expect(error.details.join(' ')).toContain('the fee of');
  });

  it('with --best-effort leaves that item out and does the others: exit 6, and who failed', async () => {
    const adapt = bobStakesFirst(LARGE);
    const [exit, { data, warnings }] = await tool.json(add(...three, '--best-effort', '--yes'), {
      adapt,
    });
    expect(exit).toBe(6);
    expect(data.transaction.items.map((item: { state: string }) => item.state)).toEqual([
      'failed',
      'failed',
      'done',
    ]);
    expect(data.transaction.items[0].failure).toMatch(/SlippageTooHigh|PriceLimitExceeded/);
    expect(data.transaction.state).toBe('succeeded');
    expect(data.spent.tao).toBe('5');
    expect(warnings).toContain('2 of 3 items failed; the others are done.');
    const shown = await tool.run(['tx', 'show', 'last']);
    expect(shown.stdout).toMatch(/Item 1\tStake 2 TAO .*: refused, \w+\.\w+\n/);
    const listed = await tool.run(['tx', 'list']);
    expect(listed.stdout.split('\n')[0]).toMatch(/succeeded in part\t.*\(2 of 3 items failed\)$/);
  });

  it('keeps a batch out whole without it, and says which limits were passed', async () => {
    const before = await freeOf('//Alice');
    const [exit, { error }] = await tool.json(add(...three, '--yes'), {
      adapt: bobStakesFirst(LARGE),
    });
    expect([exit, error.code]).toEqual([7, 'CHAIN_PRICE_LIMIT']);
    expect(error.data.prices).toHaveLength(2);
    const [, shown] = await tool.json(['tx', 'show', error.data.id]);
    expect(shown.data.items.map((item: { state: string }) => item.state)).toEqual([
      'kept-out',
      'kept-out',
      'kept-out',
    ]);
    expect(before - (await freeOf('//Alice'))).toBe(BigInt(shown.data.fee.rao));
  });
});

describe('several stakes in one transaction', () => {
  it('have one fee, and each its own outcome', async () => {
    const before = await journalled();
    const [exit, { data }] = await tool.json(add(...three, '--yes', '--request-id', 'three'));
    expect(exit).toBe(0);
    expect(data.transaction.items.map((item: { state: string }) => item.state)).toEqual([
      'done',
      'done',
      'done',
    ]);
    expect([data.spent.tao, data.received, data.parts]).toEqual(['8.5', null, null]);
    expect(await journalled()).toBe(before + 1);
    const [again, repeat] = await tool.json(add(...three, '--yes', '--request-id', 'three'));
    expect([again, repeat.data.isRepeat, repeat.data.transaction.id]).toEqual([
      0,
      true,
      data.transaction.id,
    ]);
    expect(await journalled()).toBe(before + 1);
  });

  it('are settled by resume when the connection goes after they were sent', async () => {
    const [exit, { error }] = await tool.json(add(...three, '--yes'), { adapt: loseAfterSubmit() });
    expect([exit, error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    const [, { data }] = await tool.json(['tx', 'resume', error.data.id]);
    const [record] = data.transactions;
    expect([record.state, record.items.length, record.items[2].state]).toEqual([
      'succeeded',
      3,
      'done',
    ]);
  });

  it('are open items while nobody waited, and done once somebody looked', async () => {
    const options = ['--wait', 'submitted', '--era', '64', '--timeout', '30', '--yes'];
    const [exit, { data }] = await tool.json(add(...three, ...options));
    expect([exit, data.spent]).toEqual([0, null]);
    const { items } = data.transaction;
    expect(items.map((item: { state: string }) => item.state)).toEqual(['open', 'open', 'open']);
    const [, resumed] = await tool.json(['tx', 'resume', data.transaction.id]);
    expect(resumed.data.transactions[0].items[1].state).toBe('done');
  });

  it('take a nonce and a finalized block where they are asked for', async () => {
    const { nonce } = (await tool.json(['tx', 'list']))[1].data.transactions[0];
    const options = ['--nonce', `${nonce + 1}`, '--wait', 'finalized', '--yes'];
    const [exit, { data }] = await tool.json(add(...three, ...options));
    expect([exit, data.transaction.nonce, data.transaction.finalized]).toEqual([
      0,
      nonce + 1,
      true,
    ]);
    const [stale, { error }] = await tool.json(add(...three, '--nonce', '0', '--yes'));
    expect([stale, error.code]).toEqual([6, 'CHAIN_TX_STALE']);
  });

  it.each([
    ['nonsense', 'USAGE_INVALID'],
    [`${BASALT}:8`, 'USAGE_INVALID'],
    [`${BASALT}:99999999=1`, 'NETUID_INVALID'],
    [`${BASALT}:8=one`, 'AMOUNT_INVALID'],
    ['nobody-here:8=1', 'ADDRESS_UNKNOWN'],
  ])('with --to %s is %s', async (text, code) => {
    const [exit, document] = await tool.json(add('--to', text, '--yes'));
    expect(exit).not.toBe(0);
    expect(document.error.code).toBe(code);
  });

  it('name a position once', async () => {
    const [exit, { error }] = await tool.json(
      add('--to', `${BASALT}:8=1`, '--to', `${BASALT}:8=2`, '--yes'),
    );
    expect([exit, error.code]).toEqual([2, 'USAGE_INVALID']);
  });
});
