import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import type { Chain } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { renderView } from '../../cli/render/print-view.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { Position } from '../../pipeline/read-positions.ts';
import { devExamples } from '../dev-examples.ts';
import { renderPositions } from './list.view.ts';
import { LIST_ORDERS, sortPositions } from './sort-positions.ts';
import { stakeLookSpecs } from './specs-look.ts';

const { validator: BASALT, delegator: DELEGATOR2 } = devExamples;

let tool: DevTool;
beforeAll(() => {
  tool = createDevTool();
});
afterAll(() => tool.remove());

describe('tao stake list', () => {
  it('says what each position is worth at spot and sold, and what of the pool it is', async () => {
    const [exit, { data }] = await tool.json(['stake', 'list', DELEGATOR2]);
    expect([exit, data.address, data.positions.length]).toEqual([0, DELEGATOR2, 2]);
    const [first] = data.positions;
    expect(first).toMatchObject({
      address: DELEGATOR2,
      netuid: 1,
      subnet: 'Text',
      hotkey: BASALT,
      validator: 'Basalt',
      takePercent: '9.00',
      isRegistered: true,
      stake: { netuid: 1, alpha: '8000' },
      unlocked: { alpha: '8000' },
      // 8,000 of the 508,000 with Basalt.
      poolSharePercent: '1.5748',
      exitSource: 'node',
    });
    expect(BigInt(first.exitValue.rao)).toBeLessThan(BigInt(first.value.rao));
    const sum = (field: string) =>
      data.positions.reduce(
        (total: bigint, each: Record<string, { rao: string }>) =>
          total + BigInt(each[field]?.rao ?? 0),
        0n,
      );
    expect(data.totalValue.rao).toBe(String(sum('value')));
    expect(data.totalExitValue.rao).toBe(String(sum('exitValue')));
  });

  it('values root one to one, without a fee', async () => {
    const [, { data }] = await tool.json(['stake', 'list', '//Delegator4', '--netuid', '0']);
    for (const position of data.positions) {
      expect(position.netuid).toBe(0);
      expect(position.exitValue.rao).toBe(position.stake.rao);
      expect(position.exitFee.rao).toBe('0');
    }
    expect(data.positions).toHaveLength(2);
  });

  it('shows less of a position as unlocked once a lock holds some of its subnet', async () => {
    const lock = ['stake', 'lock', 'add', '--netuid', '1', '--hotkey', BASALT, '--amount', '7000'];
    await tool.run([...lock, '--wallet', '//Delegator2', '--yes']);
    const [, { data }] = await tool.json(['stake', 'list', DELEGATOR2, '--netuid', '1']);
    expect(data.positions[0].unlocked.alpha).toBe('1000');
    const run = await tool.run(['stake', 'list', DELEGATOR2], { terminal: 'all', width: 140 });
    expect(run.stdout).toMatch(/Unlocked\n.*1,000\n.*all\n/);
  });

  it('reads an earlier block, and says clearly when there is none', async () => {
    const [, { data }] = await tool.json(['stake', 'list', DELEGATOR2, '--at-block', '0']);
    expect([data.block.number, data.positions[0].unlocked.alpha]).toEqual([0, '8000']);
    const [exit, { error }] = await tool.json(['stake', 'list', DELEGATOR2, '--at-block', '999']);
    expect([exit, error.code]).toEqual([5, 'CHAIN_UNKNOWN_BLOCK']);
    expect(error.hint).toContain('--network archive');
    const [bad, document] = await tool.json(['stake', 'list', DELEGATOR2, '--at-block', '1.5']);
    expect([bad, document.error.code]).toEqual([2, 'USAGE_INVALID']);
  });

  it('of a block whose state the node dropped points to an archive', async () => {
    const pruned = (context: Context): Context => ({
      ...context,
      openChain: async (): Promise<Chain> => {
        const chain = await context.openChain();
        const at: Chain['at'] = async (block) => {
          if (block === 'best') return chain.at(block);
          throw new TaoError('CHAIN_UNKNOWN_BLOCK', {
            message: `Couldn't read block ${block}: the node no longer has its state.`,
            hint: 'Ask an archive node, for mainnet with --network archive.',
          });
        };
        return { ...chain, at };
      },
    });
    const argv = ['stake', 'list', DELEGATOR2, '--at-block', '1'];
    const run = await tool.run(argv, { adapt: pruned });
    expect(run.exitCode).toBe(5);
    expect(run.stderr).toContain('Ask an archive node, for mainnet with --network archive.');
  });

  it('groups every wallet with --all, and takes no account beside it', async () => {
    for (const name of ['one', 'two']) {
      tool.files.put('/uri', name === 'one' ? '//Delegator3' : '//Delegator5');
      await tool.run(['wallet', 'import', name, '--uri-file', '/uri', '--plain']);
    }
    const [exit, { data }] = await tool.json(['stake', 'list', '--all', '--sort', 'value']);
    expect([exit, data.address]).toEqual([0, null]);
    const accounts = data.accounts as { name: string; address: string; value: { rao: string } }[];
    expect(accounts.map(({ name }) => name)).toEqual(['one', 'two']);
    const values = data.positions
      .filter(({ address }: { address: string }) => address === accounts[0]?.address)
      .map(({ value }: { value: { rao: string } }) => BigInt(value.rao));
    expect(values).toEqual([...values].sort((a, b) => (a < b ? 1 : -1)));
    const run = await tool.run(['stake', 'list', '--all'], { terminal: 'all', width: 120 });
    expect(run.stdout).toMatch(/^one \(5\w+\)\n\nNetuid .*\ntwo \(5\w+\)\n/s);
    const [conflict, document] = await tool.json(['stake', 'list', DELEGATOR2, '--all']);
    expect([conflict, document.error.code]).toEqual([2, 'USAGE_CONFLICT']);
  });

  it('prints one full record a line into a pipe', async () => {
    const run = await tool.run(['stake', 'list', DELEGATOR2, '--netuid', '4']);
    const [record = [], ...rest] = run.stdout
      .trimEnd()
      .split('\n')
      .map((text) => text.split('\t'));
    expect(rest).toEqual([]);
    expect(record.slice(0, 3)).toEqual(['4', 'Compute', 'Aurora']);
    expect(record).toHaveLength(11);
  });

  it('is empty without an error where nothing is staked', async () => {
    const [exit, { data }] = await tool.json(['stake', 'list', '//Eve']);
    expect([exit, data.positions, data.totalValue.rao]).toEqual([0, [], '0']);
    const run = await tool.run(['stake', 'list', '//Eve'], { terminal: 'all' });
    expect([run.stdout, run.stderr]).toEqual(['', expect.stringContaining('tao delegate list')]);
  });
});

const position: Position = {
  coldkey: DELEGATOR2,
  hotkey: BASALT,
  netuid: 128,
  alphaRao: 123_456_789_123_456_789n,
  isRegistered: true,
  subnet: 'A subnet of many words',
  validator: 'A validator of many words',
  takeU16: 11_796,
  priceRaoPerAlpha: 500_000_000n,
  valueRao: 61_728_394_561_728_394n,
  exit: undefined,
  poolRao: 999_999_999_999_999_999n,
  unlockedRao: 123_456_789_123_456_789n,
};

describe('the table of positions', () => {
  it.each([80, 120, 200])('fits %i columns, large figures and long names included', (width) => {
    const group = { name: 'savings', address: DELEGATOR2, positions: [position] };
    const groups = [{ ...group, valueRao: position.valueRao, exitRao: undefined }];
    const style = { isTerminal: true, width };
    const view = renderPositions(groups, { style, block: { number: 1 }, isAll: true });
    const canvas = {
      ...style,
      paint: (text: string) => text,
      measure: (text: string) => text.length,
    };
    for (const text of renderView(view, canvas).split('\n')) {
      expect(text.length, text).toBeLessThanOrEqual(width);
    }
  });

  it('offers the orders that the option names', () => {
    const sort = stakeLookSpecs[0]?.options?.find(({ name }) => name === 'sort');
    expect(sort?.choices).toEqual([...LIST_ORDERS]);
    const other = { ...position, netuid: 2, validator: '', valueRao: 1n, alphaRao: 1n };
    for (const order of LIST_ORDERS) {
      const netuids = sortPositions([position, other], order).map(({ netuid }) => netuid);
      expect(netuids).toEqual(order === 'netuid' ? [2, 128] : [128, 2]);
    }
  });
});

describe('tao stake quote', () => {
  const quote = (...args: string[]) => ['stake', 'quote', '--netuid', '8', ...args];

  it('puts a tenth and ten times as much beside one amount', async () => {
    const [exit, { data }] = await tool.json(quote('--amount', '10'));
    expect([exit, data.kind, data.tolerancePercent]).toEqual([0, 'buy', '0.5']);
    const ins = data.quotes.map((each: { in: { tao: string } }) => each.in.tao);
    expect(ins).toEqual(['1', '10', '100']);
    for (const each of data.quotes) {
      expect(BigInt(each.least.rao)).toBeLessThan(BigInt(each.out.rao));
      expect([each.out.netuid, each.isWithinLimit, each.source]).toEqual([8, true, 'node']);
    }
  });

  it('quotes several as given, and says which the chain would refuse or the pool not serve', async () => {
    const sizes = ['--sell', '--amount', '50', '--amount', '500000', '--amount', '9999999999'];
    const [, { data }] = await tool.json(quote(...sizes));
    const found = data.quotes.map((each: { least: unknown; out: unknown }) => [
      each.out !== null,
      each.least !== null,
    ]);
    expect(found).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
    const run = await tool.run(quote(...sizes), { terminal: 'all', width: 100 });
    expect(run.stdout).toMatch(/^Unstake from subnet 8 \(Trading\), now 0\.41\d+ TAO per alpha\n/);
    expect(run.stdout).toMatch(/refused\n.*pool too small/);
  });

  it('of root is one to one, and of a swap in alpha of both subnets', async () => {
    const [, root] = await tool.json(['stake', 'quote', '--netuid', '0', '--amount', '2']);
    expect(root.data.quotes[1]).toMatchObject({ out: { rao: '2000000000' }, limitRao: null });
    const [, swap] = await tool.json(quote('--to-netuid', '4', '--amount', '2'));
    expect(swap.data).toMatchObject({ kind: 'swap', netuid: 8, toNetuid: 4 });
    expect(swap.data.quotes[0].out.netuid).toBe(4);
  });

  it.each([
    [['stake', 'quote', '--amount', '1'], 'USAGE_MISSING'],
    [quote(), 'USAGE_MISSING'],
    [quote('--amount', '0'), 'AMOUNT_INVALID'],
    [quote('--amount', 'all'), 'AMOUNT_INVALID'],
    [quote('--amount', '1', '--sell', '--to-netuid', '4'), 'USAGE_CONFLICT'],
    [quote('--amount', '1', '--to-netuid', '8'), 'USAGE_INVALID'],
    [['stake', 'quote', '--netuid', '77', '--amount', '1'], 'SUBNET_UNKNOWN'],
  ])('%s is refused', async (argv, code) => {
    const [exit, { error }] = await tool.json(argv);
    expect([exit, error.code]).toEqual([2, code]);
  });
});

describe('tao stake lock list and tao stake auto show', () => {
  it('show the lock with its course', async () => {
    const [, { data }] = await tool.json(['stake', 'lock', 'list', DELEGATOR2]);
    expect(data.unlockBlocks).toBe(934_866);
    const [lock] = data.locks;
    expect(lock).toMatchObject({
      netuid: 1,
      hotkey: BASALT,
      validator: 'Basalt',
      isPerpetual: false,
    });
    const locked = lock.course.map((each: { locked: { rao: string } }) => BigInt(each.locked.rao));
    expect(locked).toEqual([...locked].sort((a, b) => (a < b ? 1 : -1)));
    const run = await tool.run(['stake', 'lock', 'list', DELEGATOR2], {
      terminal: 'all',
      width: 100,
    });
    expect(run.stdout).toMatch(/Locked +30 days +90 days +180 days +365 days +730 days\n/);
    expect((await tool.json(['stake', 'lock', 'list', '//Eve']))[1].data.locks).toEqual([]);
  });

  it('show the destinations, none at first, and clear them', async () => {
    const show = ['stake', 'auto', 'show', '//Owner1'];
    expect((await tool.json(show))[1].data.destinations).toEqual([]);
    const auto = (...args: string[]) => ['stake', 'auto', ...args, '--wallet', '//Owner1', '--yes'];
    await tool.run(auto('set', '--netuid', '1', '--hotkey', BASALT));
    const [, { data }] = await tool.json(show);
    expect(data.destinations).toEqual([
      { netuid: 1, subnet: 'Text', hotkey: BASALT, validator: 'Basalt' },
    ]);
    const [exit] = await tool.json(auto('clear', '--netuid', '1'));
    expect(exit).toBe(0);
    const [, after] = await tool.json(show);
    expect(after.data.destinations[0].hotkey).not.toBe(BASALT);
  });
});
