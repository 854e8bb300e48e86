import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';

const BASALT = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const DUNLIN = '5EU4dqmsJ8b57Ur57gahmrrWuovF6Ag5556z3jvKPx1b4nXp';

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  await tool.run(['dev', 'advance', '--blocks', '1500']);
});
afterAll(() => tool.remove());

const replay = (...args: string[]) => ['rewards', 'replay', '--hotkey', BASALT, ...args];

describe('tao rewards replay', () => {
  it('pays what a position really earned, to the rao', async () => {
    const argv = replay('--netuid', '1', '--position', '--from', '400', '--wallet', '//Delegator2');
    const [exit, { data }] = await tool.json(argv);
    expect(exit).toBe(0);
    expect(data.position).toMatchObject({
      stretches: 1,
      hasExactShares: true,
      difference: { rao: '0' },
    });
    expect(BigInt(data.position.earned.rao)).toBeGreaterThan(0n);
    expect(data.position.replayed.rao).toBe(data.position.earned.rao);
  });

  it('misses by no more than the rounding of shares where stake was added in between', async () => {
    const stake = ['stake', 'add', '--netuid', '1', '--hotkey', BASALT, '--amount', '5', '--yes'];
    const from = (await tool.json(['dev', 'status']))[1].data.block.number;
    for (let i = 0; i < 3; i += 1) {
      expect((await tool.run([...stake, '--wallet', '//Delegator2'])).exitCode).toBe(0);
      await tool.run(['dev', 'advance', '--blocks', '400']);
    }
    const argv = replay('--netuid', '1', '--position', '--from', `${from}`, '--wallet');
    const [, { data }] = await tool.json([...argv, '//Delegator2']);
    expect(data.position.stretches).toBe(4);
    const difference = BigInt(data.position.difference.rao);
    expect(difference >= -4n && difference <= 4n).toBe(true);
  });

  it('tells what TAO would have become, beside other validators, root and holding', async () => {
    const against = ['--against', DUNLIN, '--against', `${BASALT}:0`];
    const argv = replay('--netuid', '8', '--amount', '10', '--from', '800', ...against);
    const [exit, { data }] = await tool.json(argv);
    expect(exit).toBe(0);
    expect(data.replay.amount.tao).toBe('10');
    expect(BigInt(data.replay.alphaGain.rao)).toBeGreaterThan(0n);
    expect(data.replay.course.length).toBeGreaterThan(10);
    expect(data.against.map((each: { readonly netuid: number }) => each.netuid)).toEqual([8, 0]);
    // Dunlin takes nothing, Basalt nine percent.
    const [dunlin, root] = data.against;
    expect(BigInt(dunlin.alphaGain.rao)).toBeGreaterThan(BigInt(data.replay.alphaGain.rao));
    expect(root.alphaGain.rao).toBe('0');
    expect(BigInt(root.rootDividends.rao)).toBeGreaterThan(0n);
    expect(data.hold.taoGain.rao).toBe('0');
  });

  it('grades the estimate that was possible at the first block', async () => {
    const argv = replay('--netuid', '8', '--amount', '10', '--from', '1100', '--to', '1480');
    const [, { data }] = await tool.json(argv);
    expect(data.estimate.isAlphaInRange).toBe(true);
    expect(Math.abs(Number.parseFloat(data.estimate.alphaErrorPercent))).toBeLessThan(1);
    const people = await tool.run(argv, { terminal: 'all' });
    expect(people.stdout).toMatch(/Estimate then +stake off by -?0\.\d+ %, within its range/);
  });

  it.each([
    [replay('--netuid', '8', '--amount', '10'), 'USAGE_MISSING'],
    [replay('--netuid', '8', '--amount', '10', '--from', 'yesterday'), 'USAGE_INVALID'],
    [replay('--netuid', '8', '--amount', '10', '--from', '99999999'), 'USAGE_INVALID'],
    [replay('--netuid', '8', '--amount', '10', '--position', '--from', '9'), 'USAGE_CONFLICT'],
    [replay('--netuid', '4', '--position', '--from', '9', '--wallet', '//Alice'), 'POSITION_EMPTY'],
  ])('%j is %s', async (argv, code) => {
    const [exit, document] = await tool.json(argv);
    expect(document.error?.code).toBe(code);
    expect(exit).toBe(2);
  });
});

describe('tao rewards estimate, at random and of a position', () => {
  const estimate = (...args: string[]) => ['rewards', 'estimate', '--hotkey', BASALT, ...args];

  it('gives the same runs for the same seed, with their basis', async () => {
    const argv = estimate('--netuid', '8', '--amount', '10', '--days', '10');
    const runs = [...argv, '--runs', '40', '--volatility', '4', '--seed', '7'];
    const [exit, first] = await tool.json(runs);
    expect(exit).toBe(0);
    const { randomRuns } = first.data.estimate;
    expect(randomRuns).toMatchObject({
      runs: 40,
      seed: 7,
      volatility: { percentPerDay: '4.00', source: 'given' },
    });
    expect((await tool.json(runs))[1].data.estimate.randomRuns).toEqual(randomRuns);
    const gains = randomRuns.quantiles.map((each: { readonly taoGain: { readonly rao: string } }) =>
      BigInt(each.taoGain.rao),
    );
    expect(gains).toEqual([...gains].sort((a, b) => (a < b ? -1 : 1)));
    expect(first.data.estimate.alternatives.root.hotkey).toBe(BASALT);
  });

  it('asks for a basis where nothing is recorded, and refuses a seed without runs', async () => {
    const argv = estimate('--netuid', '4', '--amount', '10', '--days', '10');
    const fresh = createDevTool();
    const [, none] = await fresh.json([...argv, '--runs', '10']);
    fresh.remove();
    expect(none.error.code).toBe('LEDGER_TOO_LITTLE');
    const [, seed] = await tool.json([...argv, '--seed', '10']);
    expect(seed.error.code).toBe('USAGE_CONFLICT');
    const [, wild] = await tool.json([...argv, '--runs', '10', '--volatility', '999']);
    expect(wild.error.code).toBe('USAGE_INVALID');
  });

  it('takes a position as it is: nothing is bought, and selling now is what it is measured by', async () => {
    const argv = estimate(
      '--netuid',
      '1',
      '--position',
      '--days',
      '10',
      '--wallet',
      '//Delegator2',
    );
    const [exit, { data }] = await tool.json(argv);
    expect(exit).toBe(0);
    expect(data.estimate.isPosition).toBe(true);
    expect(data.estimate.entry.fee.rao).toBe('0');
    const [, list] = await tool.json(['stake', 'list', '//Delegator2', '--netuid', '1']);
    expect(data.estimate.entry.alpha.rao).toBe(list.data.positions[0].stake.rao);
  });
});

it('shows nothing of the life that a chain had before it was reset, and says so', async () => {
  const own = createDevTool();
  const stake = ['stake', 'add', '--hotkey', BASALT, '--amount', '3', '--wallet', '//Alice'];
  await own.run([...stake, '--netuid', '8', '--yes']);
  await own.run(['rewards', 'show', '//Alice']);
  await own.run(['dev', 'reset', '--yes']);
  await own.run([...stake, '--netuid', '4', '--yes']);
  const [, { data, warnings }] = await own.json(['rewards', 'show', '//Alice']);
  own.remove();
  expect(data.positions.map((each: { readonly netuid: number }) => each.netuid)).toEqual([4]);
  expect(warnings[0]).toContain('This chain was reset since it was last read');
});
