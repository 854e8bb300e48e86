import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { bobSellsFirst, loseAfterSubmit } from '../../../test/helpers/front-run.ts';
import { devExamples } from '../dev-examples.ts';

const { validator: BASALT, otherValidator: DUNLIN } = devExamples;

type Position = { readonly netuid: number; readonly hotkey: string; readonly stakeRao: bigint };

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  const targets = [`${BASALT}:8=20`, `${DUNLIN}:8=10`, `${BASALT}:1=6`, `${BASALT}:0=5`];
  const to = targets.flatMap((target) => ['--to', target]);
  for (const wallet of ['//Alice', '//Charlie']) {
    const [exit] = await tool.json(['stake', 'add', '--wallet', wallet, ...to, '--yes']);
    expect(exit).toBe(0);
  }
});
afterAll(() => tool.remove());

const unstake = (...args: string[]) => ['unstake', '--wallet', '//Alice', ...args];
const basalt = (...args: string[]) => unstake('--netuid', '8', '--hotkey', BASALT, ...args);

async function positions(account = '//Alice'): Promise<readonly Position[]> {
  const [, { data }] = await tool.json(['stake', 'list', account]);
  return data.positions.map(
    (one: { netuid: number; hotkey: string; stake: { rao: string } }): Position => ({
      netuid: one.netuid,
      hotkey: one.hotkey,
      stakeRao: BigInt(one.stake.rao),
    }),
  );
}

async function stakeRao(netuid: number, hotkey: string, account?: string): Promise<bigint> {
  const found = (await positions(account)).find(
    (one) => one.netuid === netuid && one.hotkey === hotkey,
  );
  return found?.stakeRao ?? 0n;
}

async function freeOf(account: string): Promise<bigint> {
  return BigInt((await tool.json(['wallet', 'balance', account]))[1].data.accounts[0].free.rao);
}

const statesOf = (data: { transaction: { items: readonly { state: string }[] } }) =>
  data.transaction.items.map(({ state }) => state);

describe('one position', () => {
  it('gives an amount, shown, asked for and receipted on a terminal', async () => {
    const run = await tool.run(basalt('--amount', '1.5'), {
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Unstake 1.5 alpha?', answer: true }],
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(
      /^✓ Unstaked +1\.5 alpha\n +Received +0\.61\d+ TAO\n +Fee +0\.\d+ TAO\n +Transaction +0x[0-9a-f]{64}\n +State +included in block \d+\n$/,
    );
    expect(run.stderr).toMatch(/At least +0\.61\d* TAO, or the chain refuses/);
  });

  it('gives as much as brings the TAO that was asked for, within a few rao', async () => {
    const [exit, { data }] = await tool.json(basalt('--tao', '0.75', '--dry-run'));
    const expected = BigInt(data.plan.expected.rao);
    expect(exit).toBe(0);
    expect(expected - 750_000_000n).toBeGreaterThanOrEqual(0n);
    expect(expected - 750_000_000n).toBeLessThan(5n);
    const [tooMuch, { error }] = await tool.json(basalt('--tao', '5000', '--dry-run'));
    expect([tooMuch, error.code]).toEqual([2, 'STAKE_TOO_LOW']);
  });

  it('gives a share, floored', async () => {
    const held = await stakeRao(8, BASALT);
    const [, { data }] = await tool.json(basalt('--percent', '12.5', '--dry-run'));
    // Blocks may pass between the two looks; stake only grows.
    const amount = BigInt(data.plan.amount.rao);
    expect(amount).toBeGreaterThanOrEqual(held / 8n);
    expect(amount - held / 8n).toBeLessThan(1_000_000n);
  });

  it('goes to root stake with the same validator, in one limited swap', async () => {
    const before = await stakeRao(0, BASALT);
    const [exit, { data }] = await tool.json(basalt('--amount', '2', '--to-root', '--yes'));
    expect(exit).toBe(0);
    expect((await stakeRao(0, BASALT)) - before).toBe(BigInt(data.received.rao));
    const [, dry] = await tool.json(basalt('--amount', '2', '--to-root', '--dry-run'));
    expect(dry.data.plan).toMatchObject({ call: 'SubtensorModule.swap_stake_limit', toRoot: true });
  });

  it.each([
    [['--amount', '1', '--all'], 'USAGE_CONFLICT'],
    [['--tao', '1', '--percent', '5'], 'USAGE_CONFLICT'],
    [['--everything'], 'USAGE_CONFLICT'],
    [['--percent', '101'], 'USAGE_INVALID'],
    [['--amount', '1000000'], 'STAKE_TOO_LOW'],
    [['--amount', '0.001'], 'AMOUNT_BELOW_MINIMUM'],
    [['--tao', 'much'], 'AMOUNT_INVALID'],
  ])('with %j is %s', async (args, code) => {
    const [exit, document] = await tool.json(basalt(...args, '--yes'));
    expect([exit, document.error.code]).toEqual([2, code]);
  });

  it('on root cannot go to root, and an empty one says so', async () => {
    const root = await tool.json(
      unstake('--netuid', '0', '--hotkey', BASALT, '--all', '--to-root'),
    );
    expect(root[1].error.code).toBe('USAGE_INVALID');
    const empty = await tool.json(unstake('--netuid', '4', '--hotkey', DUNLIN, '--all', '--yes'));
    expect(empty[1].error.code).toBe('POSITION_EMPTY');
    const missing = await tool.json(unstake('--all', '--yes'));
    expect([missing[0], missing[1].error.code]).toEqual([2, 'USAGE_MISSING']);
  });
});

describe('many positions', () => {
  it('of a subnet leave in one transaction, each with an outcome of its own', async () => {
    const [exit, { data }] = await tool.json(unstake('--netuid', '8', '--percent', '50', '--yes'));
    expect([exit, statesOf(data)]).toEqual([0, ['done', 'done']]);
    const flows = data.transaction.items.flatMap((item: { flows: unknown[] }) => item.flows);
    expect(flows).toHaveLength(2);
    expect(data.unstaked.netuid).toBe(8);
  });

  it('of a validator leave whole, and the rest stays', async () => {
    const [exit, { data }] = await tool.json(
      unstake('--hotkey', BASALT, '--all', '--best-effort', '--yes'),
    );
    expect([exit, statesOf(data)]).toEqual([0, ['done', 'done', 'done']]);
    expect((await positions()).map(({ netuid, hotkey }) => [netuid, hotkey])).toEqual([
      [8, DUNLIN],
    ]);
  });

  it('are told beforehand that one is left out, and why', async () => {
    const small = ['--netuid', '1', '--hotkey', BASALT, '--amount', '0.002002', '--yes'];
    await tool.json(['stake', 'add', '--wallet', '//Alice', ...small]);
    const [exit, { data, warnings }] = await tool.json(
      unstake('--hotkey', BASALT, '--percent', '50', '--dry-run'),
    );
    expect([exit, data]).toMatchObject([2, undefined]);
    const [all, planned] = await tool.json(
      unstake('--everything', '--to-root', '--dry-run', '--tolerance', '2'),
    );
    expect(all).toBe(0);
    expect(planned.data.plan.leftOut).toMatchObject([{ code: 'AMOUNT_BELOW_MINIMUM' }]);
    expect(planned.warnings.join(' ')).toContain('Left out: ');
    expect(warnings).toEqual([]);
  });

  it('on several subnets take a tolerance, not one price', async () => {
    const [exit, { error }] = await tool.json(
      unstake('--everything', '--limit-price', '0.1', '--dry-run'),
    );
    expect([exit, error.code]).toEqual([2, 'USAGE_CONFLICT']);
  });

  it('of everything are confirmed by the word, and not by --yes', async () => {
    const [refused, { error }] = await tool.json(unstake('--everything', '--yes'));
    expect([refused, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    const [exit] = await tool.json(unstake('--everything', '--confirm', 'everything'));
    expect(exit).toBe(0);
    expect(await positions()).toEqual([]);
    const [none, document] = await tool.json(unstake('--everything', '--confirm', 'everything'));
    expect([none, document.error.code]).toEqual([2, 'POSITION_EMPTY']);
  });

  it('are settled by the same request id after a lost connection, and leave once', async () => {
    const command = [
      ...['unstake', '--wallet', '//Charlie', '--netuid', '8', '--percent', '25'],
      ...['--yes', '--request-id', 'quarter'],
    ];
    const before = await stakeRao(8, BASALT, '//Charlie');
    const [exit, { error }] = await tool.json(command, { adapt: loseAfterSubmit() });
    expect([exit, error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    for (let again = 0; again < 2; again += 1) {
      const [settled, { data }] = await tool.json(command);
      expect([settled, data.isRepeat, statesOf(data)]).toEqual([0, true, ['done', 'done']]);
    }
    const after = await stakeRao(8, BASALT, '//Charlie');
    expect(after).toBeGreaterThan((before * 74n) / 100n);
    expect(after).toBeLessThan((before * 76n) / 100n);
  });

  it('are kept out whole by one whose price moved, or left out one by one', async () => {
    const large = ['--netuid', '8', '--hotkey', BASALT, '--amount', '40000', '--tolerance', '50'];
    expect((await tool.json(['stake', 'add', '--wallet', '//Bob', ...large, '--yes']))[0]).toBe(0);
    const rival = { netuid: 8, hotkey: BASALT, amountRao: 20_000_000_000_000n };
    const charlie = ['unstake', '--wallet', '//Charlie', '--hotkey', BASALT, '--all', '--yes'];
    const before = await positions('//Charlie');
    const [exit, { error }] = await tool.json(charlie, { adapt: bobSellsFirst(rival) });
    expect([exit, error.code]).toEqual([7, 'CHAIN_PRICE_LIMIT']);
    expect(error.data.prices).toMatchObject([{ netuid: 8, side: 'sell' }]);
    expect((await positions('//Charlie')).length).toBe(before.length);

    const [partly, { data }] = await tool.json([...charlie, '--best-effort'], {
      adapt: bobSellsFirst(rival),
    });
    expect([partly, statesOf(data)]).toEqual([6, ['done', 'done', 'failed']]);
    const left = (await positions('//Charlie')).filter(({ hotkey }) => hotkey === BASALT);
    expect(left.map(({ netuid }) => netuid)).toEqual([8]);
    const [again] = await tool.json([
      'stake',
      'add',
      '--wallet',
      '//Charlie',
      '--to',
      `${BASALT}:1=6`,
      '--yes',
    ]);
    expect(again).toBe(0);
  });
});

describe('a lock', () => {
  it('keeps its part, with words, and all that is free leaves', async () => {
    const charlie = (...args: string[]) => ['unstake', '--wallet', '//Charlie', ...args];
    const lock = ['stake', 'lock', 'add', '--wallet', '//Charlie', '--netuid', '1'];
    const [locked] = await tool.json([...lock, '--hotkey', BASALT, '--amount', '20', '--yes']);
    expect(locked).toBe(0);
    const position = ['--netuid', '1', '--hotkey', BASALT];
    const [too, { error }] = await tool.json(charlie(...position, '--amount', '50', '--yes'));
    expect([too, error.code]).toEqual([2, 'STAKE_LOCKED']);
    const [exit, { data, warnings }] = await tool.json(charlie(...position, '--all', '--dry-run'));
    expect(exit).toBe(0);
    expect(data.plan.all).toBe(false);
    expect(warnings.join(' ')).toMatch(/A lock holds 20(\.\d+)? alpha of this position/);
    const [left] = await tool.json(charlie(...position, '--all', '--yes'));
    expect(left).toBe(0);
    const rest = await stakeRao(1, BASALT, '//Charlie');
    expect(rest).toBeLessThanOrEqual(20_000_000_000n);
    expect(rest).toBeGreaterThan(19_000_000_000n);
  });
});

describe('unclaimed root dividends', () => {
  it('are claimed first where it is asked for, in the same transaction', async () => {
    await tool.json(['dev', 'advance', '--tempos', '3']);
    const root = ['unstake', '--wallet', '//Delegator4', '--netuid', '0', '--all', '--dry-run'];
    const [, plain] = await tool.json(root);
    expect(plain.warnings.join(' ')).toContain('--claim-first');
    const [exit, { data, warnings }] = await tool.json([...root, '--claim-first']);
    expect(exit).toBe(0);
    const calls = data.plan.items.map((item: { call: string }) => item.call);
    expect(calls[0]).toBe('SubtensorModule.claim_root');
    expect(calls.slice(1).every((call: string) => call.includes('remove_stake'))).toBe(true);
    expect(warnings.join(' ')).not.toContain('--claim-first');
    const done = [...root.filter((word) => word !== '--dry-run'), '--claim-first', '--yes'];
    const before = await freeOf('//Delegator4');
    const [paid, result] = await tool.json(done);
    expect([paid, new Set(statesOf(result.data))]).toEqual([0, new Set(['done'])]);
    // What was claimed became root stake, and left with it.
    expect((await freeOf('//Delegator4')) - before).toBeGreaterThan(3_250_000_000_000n);
  });

  it('are asked about on a terminal, and left when the answer is no', async () => {
    const run = await tool.run(
      ['unstake', '--wallet', '//Delegator1', '--netuid', '0', '--percent', '10', '--dry-run'],
      {
        terminal: 'all',
        answers: [{ kind: 'confirm', question: 'Claim it first?', answer: false }],
      },
    );
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('--claim-first');
  });
});
