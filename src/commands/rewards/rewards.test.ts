/** The rewards commands as a user meets them: whole runs on the embedded chain. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDevTool, type DevScript, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import type { Ledger } from '../../ledger/types.ts';
import { devExamples } from '../dev-examples.ts';

const { validator: BASALT, delegator: DELEGATOR } = devExamples;

function useTool(): () => DevTool {
  let tool: DevTool | undefined;
  beforeAll(() => {
    tool = createDevTool();
  });
  afterAll(() => tool?.remove());
  return () => tool as DevTool;
}

const words = (line: string): string[] => line.split(' ');

describe('what was earned', () => {
  const tool = useTool();
  // biome-ignore lint/suspicious/noExplicitAny: documents of many shapes
  let shown: any;

  beforeAll(async () => {
    const { run, json } = tool();
    await run(words('rewards show //Delegator2'));
    const stake = `stake add --netuid 8 --hotkey ${BASALT} --amount 50 --wallet //Delegator2 --yes`;
    expect((await run(words(stake))).exitCode).toBe(0);
    await run(words('dev advance --blocks 8000'));
    const unstake = `unstake --netuid 8 --hotkey ${BASALT} --amount 20 --wallet //Delegator2 --yes`;
    expect((await run(words(unstake))).exitCode).toBe(0);
    shown = (await json(words('rewards show //Delegator2 --window 12h')))[1];
  });

  test('adds up for each position and in total', () => {
    const { positions, totals, unexplained } = shown.data;
    expect(unexplained).toEqual([]);
    let earned = 0n;
    for (const one of positions) {
      const of = (field: string): bigint => BigInt(one[field].rao);
      expect(one.reconciliation.expected).toEqual(one.stake);
      expect(one.reconciliation.unexplained.rao).toBe('0');
      expect(of('result')).toBe(
        of('earnedValue') + of('realised') + of('unrealised') + of('carried'),
      );
      earned += of('earnedValue');
    }
    expect(BigInt(totals.earnedValue.rao)).toBe(earned);
    expect(BigInt(totals.takePaid.rao)).toBeGreaterThan(0n);
    expect(BigInt(totals.exitValue.rao)).toBeLessThan(BigInt(totals.value.rao));
  });

  test('has a window of its own beside the usual ones', () => {
    const [position] = shown.data.positions;
    expect(position.windows.map((window: { name: string }) => window.name)).toEqual([
      '24h',
      '7d',
      '30d',
      '12h',
    ]);
  });

  test('on a terminal ends with what was reconciled', async () => {
    const { stdout, exitCode } = await tool().run(words('rewards show //Delegator2'), {
      terminal: 'all',
      width: 120,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Earned (alpha)');
    expect(stdout).toContain('Exit value');
    expect(stdout).toMatch(/Reconciled +block \d+, .*: nothing unexplained/);
  });

  test('by day is the same in total, with a bar for people', async () => {
    const { run, json } = tool();
    const [, days] = await json(words('rewards history //Delegator2 --by day'));
    const [, months] = await json(words('rewards history //Delegator2 --by month'));
    expect(days.data.totals).toEqual(months.data.totals);
    const earned = (
      rows: readonly { positions: readonly { netuid: number; earned: { rao: string } }[] }[],
    ) =>
      rows.flatMap((row) => row.positions).reduce((sum, one) => sum + BigInt(one.earned.rao), 0n);
    const all = shown.data.positions.reduce(
      (sum: bigint, one: { earned: { rao: string } }) => sum + BigInt(one.earned.rao),
      0n,
    );
    expect(earned(days.data.buckets)).toBe(all);
    expect(earned(months.data.buckets)).toBe(all);
    const { stdout } = await run(words('rewards history //Delegator2'), { terminal: 'all' });
    expect(stdout).toMatch(/2026-08-1\d .*█/);
    expect(stdout).toMatch(/TAO earned {2}[▁▂▃▄▅▆▇█]+/);
    const epochs = await run(words('rewards history //Delegator2 --by epoch --last 3'));
    expect(epochs.stdout.split('\n').filter((line) => line !== '').length).toBeGreaterThan(0);
  });

  test('exported has the totals that are shown, and a file is written once', async () => {
    const { run, json, files } = tool();
    const [, listed] = await json(words('rewards export //Delegator2'));
    const { totals } = shown.data;
    expect(listed.data.totals).toMatchObject({
      earnedValue: totals.earnedValue,
      paid: totals.paid,
      returned: totals.returned,
      realised: totals.realised,
    });
    const line = words('rewards export //Delegator2 --profile koinly --out /koinly.csv');
    const first = await run(line);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain(`Earned     ${totals.earnedValue.tao} TAO`);
    const content = new TextDecoder().decode(await files.read('/koinly.csv'));
    expect(content.split('\n')[0]).toBe(
      'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash',
    );
    const again = await run(line);
    expect([again.exitCode, again.stderr]).toEqual([9, expect.stringContaining('FILE_EXISTS')]);
    const lots = await run(words('rewards export //Delegator2 --report disposals --method lifo'));
    expect(lots.stdout).toContain(',lifo,');
  });

  test.each([
    ['rewards show //Delegator2 --window 3y', 'USAGE_INVALID'],
    ['rewards history //Delegator2 --last 0', 'USAGE_INVALID'],
    ['rewards export //Delegator2 --prices /none.csv', 'USAGE_MISSING'],
    ['rewards export //Delegator2 --prices /none.csv --currency EUR', 'FILE_NOT_FOUND'],
    ['rewards export //Delegator2 --prices /none.csv --currency eur', 'USAGE_INVALID'],
    ['rewards export //Delegator2 --report disposals --profile koinly', 'USAGE_CONFLICT'],
  ])('refuses: tao %s', async (line, code) => {
    const { exitCode, stderr } = await tool().run(words(line));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(code)]);
  });

  test('of an account that holds nothing is nothing', async () => {
    const { run } = tool();
    const { stdout, exitCode } = await run(words('rewards show //Three'));
    expect([exitCode, stdout]).toEqual([0, '']);
    expect((await run(words('rewards export //Three'))).stdout.split('\n')).toHaveLength(2);
  });
});

describe('stake that another tool added', () => {
  const tool = useTool();

  test('is said to be unexplained, is in no figure, and is no failure', async () => {
    const { run, json, path } = tool();
    await run(words('rewards show //Delegator2'));
    const opened: Ledger[] = [];
    const elsewhere: DevScript = {
      adapt: (context) => ({
        ...context,
        openLedger: async (genesisHash) => {
          const folder = `${path}/elsewhere`;
          const other = await openLedger({ folder, genesisHash, clock: context.clock });
          opened.push(other);
          return other;
        },
      }),
    };
    const stake = `stake add --netuid 1 --hotkey ${BASALT} --amount 90 --wallet //Delegator2 --yes`;
    expect((await run(words(stake), elsewhere)).exitCode).toBe(0);
    for (const ledger of opened) ledger.close();
    await run(words('dev advance --blocks 400'));
    const [exitCode, { data, warnings }] = await json(words(`rewards show ${DELEGATOR}`));
    expect(exitCode).toBe(0);
    expect(warnings).toEqual([expect.stringMatching(/^Unexplained on subnet 1: \d/)]);
    const one = data.positions.find((position: { netuid: number }) => position.netuid === 1);
    expect(data.unexplained).toHaveLength(1);
    expect(one.reconciliation.unexplained).toEqual(data.unexplained[0].alpha);
    const [, history] = await json(words('rewards history //Delegator2'));
    const rows = history.data.buckets.flatMap(
      (bucket: { positions: unknown[] }) => bucket.positions,
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ netuid: 1, unexplained: data.unexplained[0].alpha }),
    );
    const people = await run(words('rewards show //Delegator2'), { terminal: 'all' });
    expect(people.stdout).toMatch(/Unexplained +\d/);
  });
});

describe('root dividends', () => {
  const tool = useTool();

  test('are claimed when due, once for a request id, and say whether it pays', async () => {
    const { run, json } = tool();
    const claim = 'rewards claim --wallet //Delegator1';
    const [none, nothing] = await json(words(`${claim} --yes`));
    expect([none, nothing.data]).toEqual([0, { isDue: false, claims: [], isRepeat: false }]);
    await run(words('dev advance --blocks 400'));

    const [, dry] = await json(words(`${claim} --dry-run`));
    const { plan } = dry.data;
    expect(plan).toMatchObject({ pays: true, paidAs: 'swap', leftNetuids: [] });
    expect(
      plan.claims.map((one: { netuid: number; isDue: boolean }) => [one.netuid, one.isDue]),
    ).toEqual([
      [1, true],
      [4, true],
      [8, true],
    ]);

    const [, done] = await json(words(`${claim} --netuid 4 --yes --request-id c-1`));
    expect(done.data.transaction.state).toBe('succeeded');
    expect(done.data.received).toHaveLength(1);
    expect(done.data.received[0].amount.netuid).toBe(0);
    const [, again] = await json(words(`${claim} --netuid 4 --yes --request-id c-1`));
    expect(again.data).toMatchObject({
      isRepeat: true,
      transaction: { hash: done.data.transaction.hash },
    });
    const other = await run(words(`${claim} --netuid 8 --yes --request-id c-1`));
    expect([other.exitCode, other.stderr]).toEqual([
      2,
      expect.stringContaining('REQUEST_ID_REUSED'),
    ]);

    const [, { data }] = await json(words('rewards show //Delegator1'));
    expect(data.unexplained).toEqual([]);
    expect(BigInt(data.positions[0].earned.rao)).toBe(BigInt(done.data.received[0].amount.rao));
  });

  test('refuse what this runtime cannot do', async () => {
    const { run } = tool();
    const line = `rewards claim --wallet //Delegator1 --hotkey ${BASALT} --yes`;
    const one = await run(words(line));
    expect([one.exitCode, one.stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining('CHAIN_LACKS_CALL'),
    ]);
    await run(words('dev advance --blocks 400'));
    const many = await run(
      words(
        'rewards claim --wallet //Delegator1 --netuid 1 --netuid 2 --netuid 3 --netuid 4 --netuid 5 --netuid 8',
      ),
    );
    expect(many.stderr).toContain('USAGE_INVALID');
  });

  test('are paid as the claim type says', async () => {
    const { run, json } = tool();
    const line = 'rewards claim-type --wallet //Delegator4';
    const [, before] = await json(words(line));
    expect(before.data).toMatchObject({ rules: 'claims', canChoose: true, type: { kind: 'swap' } });
    const set = `${line.replace('claim-type', 'claim-type keep-subnets')} --netuid 8 --yes`;
    expect((await run(words(set))).exitCode).toBe(0);
    const [, after] = await json(words(line));
    expect(after.data.type).toEqual({ kind: 'keep-subnets', netuids: [8] });
    expect(
      (await run(words('rewards claim-type keep-subnets --wallet //Delegator4'))).stderr,
    ).toContain('USAGE_MISSING');
    expect(
      (await run(words('rewards claim-type keep --netuid 1 --wallet //Delegator4'))).stderr,
    ).toContain('USAGE_CONFLICT');
    expect(
      (await run(words('rewards claim-type keep-subnets --netuid 99 --wallet //Delegator4 --yes')))
        .stderr,
    ).toContain('SUBNET_UNKNOWN');
  });

  test('come with advice on how often to claim, with formula and sources', async () => {
    const { run, json } = tool();
    const [, { data }] = await json(words('rewards compound //Delegator1'));
    expect(data.method).toContain('sqrt');
    expect(data.sources).toHaveLength(3);
    const [position] = data.positions;
    expect(position.intervalBlocks).toBeGreaterThan(0);
    expect(BigInt(position.gainPerYear.rao)).toBeGreaterThan(0n);
    const people = await run(words('rewards compound //Delegator2'), { terminal: 'all' });
    expect(people.stdout).toContain('nothing to claim');
  });
});
