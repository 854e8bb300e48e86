import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';

const BASALT = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const DUNLIN = '5EU4dqmsJ8b57Ur57gahmrrWuovF6Ag5556z3jvKPx1b4nXp';
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';

type Row = {
  readonly hotkey: string;
  readonly name: string;
  readonly takeU16: number;
  readonly stake: { readonly rao: string };
  readonly ownStake: { readonly rao: string };
  readonly delegated: { readonly rao: string };
  readonly netYield: { readonly aprPercent: string; readonly method: string } | null;
  readonly trustPercent: string | null;
  readonly nominators: number | null;
};

let tool: DevTool;
beforeAll(() => {
  tool = createDevTool();
});
afterAll(() => tool.remove());

async function list(...args: string[]): Promise<readonly Row[]> {
  return (await tool.json(['delegate', 'list', ...args]))[1].data.delegates;
}

const aprOf = (row: Row): number => Number.parseFloat(row.netYield?.aprPercent ?? '-1');

describe('before the first epoch', () => {
  it('lists validators without a yield or a trust that nobody has seen', async () => {
    const rows = await list('--netuid', '8');
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.every((row) => row.netYield === null && row.trustPercent === null)).toBe(true);
  });

  it('recommends those who may validate, with the wide range of a guess', async () => {
    const args = ['delegate', 'recommend', '--netuid', '8', '--amount', '10'];
    const [exit, { data }] = await tool.json(args);
    expect([exit, data.earning]).toEqual([0, 0]);
    const gains = data.validators.map(
      (each: {
        readonly estimate: { readonly taoGain: { readonly expected: { readonly rao: string } } };
      }) => BigInt(each.estimate.taoGain.expected.rao),
    );
    expect(gains.length).toBe(5);
    expect(gains).toEqual([...gains].sort((a, b) => (a < b ? 1 : -1)));
  });
});

describe('after epochs have paid', () => {
  beforeAll(() => tool.run(['dev', 'advance', '--blocks', '1600']));

  it('sorts by stake, by yield and by take, and splits stake into own and delegated', async () => {
    const byStake = await list('--netuid', '8');
    const stakes = byStake.map((row) => BigInt(row.stake.rao));
    expect(stakes).toEqual([...stakes].sort((a, b) => (a < b ? 1 : -1)));
    for (const row of byStake) {
      expect(BigInt(row.ownStake.rao) + BigInt(row.delegated.rao)).toBe(BigInt(row.stake.rao));
    }
    const yields = (await list('--netuid', '8', '--sort', 'yield')).map(aprOf);
    expect(yields).toEqual([...yields].sort((a, b) => b - a));
    expect(yields[0]).toBeGreaterThan(0);
    const takes = (await list('--sort', 'take')).map((row) => row.takeU16);
    expect(takes).toEqual([...takes].sort((a, b) => a - b));
  });

  it('filters by take and stake, counts nominators on request, and says how many it left out', async () => {
    const cheap = await list('--max-take', '9');
    expect(cheap.map((row) => row.name).sort()).toEqual(['Basalt', 'Dunlin', 'Fjord']);
    const large = await list('--min-stake', '900000', '--nominators');
    expect(large.map((row) => row.name)).toEqual(['Aurora', 'Basalt', 'Cobalt']);
    expect(large.every((row) => (row.nominators ?? 0) > 0)).toBe(true);
    const [, { data }] = await tool.json(['delegate', 'list', '--limit', '2']);
    expect([data.delegates.length, data.total]).toEqual([2, 6]);
    expect((await list()).every((row) => row.nominators === null)).toBe(true);
  });

  it("names the yield's method and equals what the stake then grows by in one epoch", async () => {
    const [row] = (await list('--netuid', '8')).filter(({ hotkey }) => hotkey === BASALT);
    expect(row?.netYield?.method).toContain('after take');
    const before = BigInt(row?.stake.rao ?? '0');
    await tool.run(['dev', 'advance', '--blocks', '360']);
    const [after] = (await list('--netuid', '8')).filter(({ hotkey }) => hotkey === BASALT);
    const grown = BigInt(after?.stake.rao ?? '0') - before;
    // The take is added to the owner's stake with the same hotkey: stakers get the rest.
    const net = (grown * (65_535n - BigInt(row?.takeU16 ?? 0))) / 65_535n;
    const apr = Number((net * 7_300n * 10_000n) / before) / 100;
    expect(Math.abs(aprOf(row as Row) - apr) / apr).toBeLessThan(0.05);
  });

  it('shows one validator subnet by subnet, and what its take may become', async () => {
    const [exit, { data }] = await tool.json(['delegate', 'show', BASALT]);
    expect(exit).toBe(0);
    expect(data).toMatchObject({ name: 'Basalt', takePercent: '9.00', maxTakePercent: '18.00' });
    expect(data.nominators).toBeGreaterThan(0);
    expect(data.subnets.map((seat: { readonly netuid: number }) => seat.netuid)).toEqual([
      0, 1, 4, 8,
    ]);
  });

  it('compares side by side on a terminal and in a pipe', async () => {
    const argv = ['delegate', 'compare', BASALT, DUNLIN, '--netuid', '8', '--amount', '5'];
    const run = await tool.run(argv, { terminal: 'all' });
    expect(run.stdout).toMatch(/Subnet 8 +Basalt +Dunlin/);
    expect(run.stdout).toMatch(/Take \(%\) +9\.00 +0\.00/);
    expect(run.stderr).toContain('Assumes:');
    const piped = await tool.run(argv);
    expect(piped.stdout).toContain(`Hotkey\t${BASALT}\t${DUNLIN}\n`);
  });

  it('recommends by expected gain once sold, and gives reasons instead of a score', async () => {
    const argv = ['delegate', 'recommend', '--netuid', '0', '--amount', '100', '--limit', '3'];
    const [, { data }] = await tool.json(argv);
    expect(data.validators.map((each: { readonly rank: number }) => each.rank)).toEqual([1, 2, 3]);
    expect(data.validators[0].name).toBe('Dunlin');
    const about = data.validators[0].reasons.map((each: { readonly about: string }) => each.about);
    expect(about).toEqual(['concentration', 'take', 'own-stake']);
    const run = await tool.run(argv, { terminal: 'all' });
    expect(run.stderr).toContain('1 Dunlin: takes 0.00 %, and may raise it to 18.00 %');
  });
});

describe('bad input', () => {
  it.each([
    [['delegate', 'list', '--netuid', '77'], 'SUBNET_UNKNOWN'],
    [['delegate', 'list', '--max-take', '-1'], 'USAGE_INVALID'],
    [['delegate', 'list', '--limit', 'many'], 'USAGE_INVALID'],
    [['delegate', 'show', STRANGER], 'HOTKEY_UNKNOWN'],
    [['delegate', 'compare', BASALT, BASALT, '--netuid', '8'], 'USAGE_INVALID'],
    [['delegate', 'compare', BASALT, STRANGER, '--netuid', '8'], 'HOTKEY_UNKNOWN'],
    [['delegate', 'recommend', '--netuid', '8'], 'USAGE_MISSING'],
    [['delegate', 'recommend', '--netuid', '8', '--amount', '1e3'], 'AMOUNT_INVALID'],
    [
      ['delegate', 'take', 'set', '5', BASALT, '--wallet', '//Alice', '--yes'],
      'CHAIN_NOT_PERMITTED',
    ],
    [['delegate', 'take', 'set', '19', BASALT, '--wallet', '//Basalt', '--yes'], 'USAGE_INVALID'],
  ])('%j is %s', async (argv, code) => {
    const [exit, document] = await tool.json(argv);
    expect(document.error?.code).toBe(code);
    expect(exit).not.toBe(0);
  });
});

it('sets a take, and the chain has it', async () => {
  const argv = ['delegate', 'take', 'set', '5.5', BASALT, '--wallet', '//Basalt', '--yes'];
  const [exit, { data }] = await tool.json(argv);
  expect([exit, data.transaction.state, data.takeU16]).toEqual([0, 'succeeded', 3_604]);
  const [, shown] = await tool.json(['delegate', 'show', BASALT]);
  expect(shown.data.takeU16).toBe(3_604);
  const [again, refused] = await tool.json([...argv.slice(0, 3), '6', ...argv.slice(4)]);
  expect([again, refused.error.code]).toEqual([6, 'CHAIN_RATE_LIMITED']);
});

describe('tao delegate switch', () => {
  const held = async (hotkey: string): Promise<ReadonlyMap<number, bigint>> => {
    const [, { data }] = await tool.json(['stake', 'list', '//Delegator4']);
    type Position = {
      readonly netuid: number;
      readonly hotkey: string;
      readonly stake: { readonly rao: string };
    };
    return new Map(
      (data.positions as readonly Position[])
        .filter((each) => each.hotkey === hotkey)
        .map((each) => [each.netuid, BigInt(each.stake.rao)]),
    );
  };
  const stake = (netuid: string, amount: string) =>
    tool.run(
      ['stake', 'add', '--netuid', netuid, '--hotkey', BASALT, '--amount', amount].concat([
        '--wallet',
        '//Delegator4',
        '--yes',
      ]),
    );
  const switching = (...args: string[]) => [
    'delegate',
    'switch',
    BASALT,
    DUNLIN,
    '--wallet',
    '//Delegator4',
    ...args,
  ];

  it('moves every position in one transaction', async () => {
    await stake('8', '3');
    await stake('4', '2');
    await stake('0', '1');
    const [before, there] = [await held(BASALT), await held(DUNLIN)];
    const [exit, { data }] = await tool.json(switching('--yes'));
    expect([exit, data.moved, data.transaction.state]).toEqual([0, before.size, 'succeeded']);
    expect(before.size).toBeGreaterThan(2);
    const [left, after] = [await held(BASALT), await held(DUNLIN)];
    // Shares round by a rao, and the chain pays root claims of its own accord to where one was.
    for (const [netuid, rao] of left) expect(rao).toBeLessThan((before.get(netuid) ?? 0n) / 100n);
    for (const [netuid, rao] of before) {
      const arrived = (after.get(netuid) ?? 0n) - (there.get(netuid) ?? 0n);
      // Shares round down by at most one; the block may have paid an epoch besides.
      expect(arrived).toBeGreaterThanOrEqual(rao - 1n);
    }
    const [, again] = await tool.json(switching('--yes'));
    expect(['POSITION_EMPTY', 'AMOUNT_BELOW_MINIMUM']).toContain(again.error.code);
  });

  it('refuses the same validator, and one nobody has registered', async () => {
    const same = ['delegate', 'switch', DUNLIN, DUNLIN, '--wallet', '//Delegator4', '--yes'];
    expect((await tool.json(same))[1].error.code).toBe('USAGE_INVALID');
    const unknown = ['delegate', 'switch', DUNLIN, STRANGER, '--wallet', '//Delegator4', '--yes'];
    expect((await tool.json(unknown))[1].error.code).toBe('HOTKEY_UNKNOWN');
  });
});
