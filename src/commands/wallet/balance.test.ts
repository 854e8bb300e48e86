import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { devExamples } from '../dev-examples.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

let tool: DevTool;
beforeAll(() => {
  tool = createDevTool();
});
afterAll(() => tool.remove());

describe('tao wallet balance', () => {
  it('has a header and separators on a terminal, one record in a pipe', async () => {
    const shown = await tool.run(['wallet', 'balance', '//Alice'], { terminal: 'all', width: 120 });
    expect(shown.stdout).toMatchInlineSnapshot(`
      "Account  Address                                           Free (TAO)  Staked (TAO)  Total (TAO)
      //Alice  5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY   1,000,000             0    1,000,000
      "
    `);
    const piped = await tool.run(['wallet', 'balance', '//Alice']);
    expect(piped.stdout).toBe(`//Alice\t${ALICE}\t1000000\t0\t1000000\n`);
  });

  it('adds the value of stake, all at one block', async () => {
    const [exit, { data }] = await tool.json(['wallet', 'balance', devExamples.delegator]);
    const [account] = data.accounts;
    expect([exit, data.block.number, account.address]).toEqual([0, 0, devExamples.delegator]);
    expect(BigInt(account.staked.rao)).toBeGreaterThan(0n);
    expect(BigInt(account.total.rao)).toBe(BigInt(account.free.rao) + BigInt(account.staked.rao));
    const [, stakes] = await tool.json(['stake', 'list', devExamples.delegator]);
    expect(account.staked.rao).toBe(stakes.data.totalValue.rao);
  });

  it('lists every wallet that states its address with --all', async () => {
    const empty = await tool.run(['wallet', 'balance', '--all'], { terminal: 'all' });
    expect([empty.exitCode, empty.stdout]).toEqual([0, '']);
    expect(empty.stderr).toContain('tao wallet create makes one.');
    await tool.run(['wallet', 'import', 'alice', '--address', ALICE]);
    await tool.run(['wallet', 'import', 'other', '--address', devExamples.delegator]);
    const [, { data }] = await tool.json(['wallet', 'balance', '--all']);
    expect(data.accounts.map(({ name }: { name: string }) => name)).toEqual(['alice', 'other']);
    expect(
      (await tool.json(['wallet', 'balance', '--wallet', 'alice']))[1].data.accounts[0],
    ).toEqual(data.accounts[0]);
  });

  it.each([
    ['both an account and --all', ['//Alice', '--all'], 2, 'USAGE_CONFLICT'],
    ['the default wallet, which is not there', [], 2, 'ADDRESS_UNKNOWN'],
    ['a name nobody has', ['nobody'], 2, 'ADDRESS_UNKNOWN'],
    ['a broken address', [`${ALICE.slice(0, -1)}Q`], 2, 'ADDRESS_INVALID'],
    [
      'a development key where TAO has value',
      ['//Alice', '--network', 'finney'],
      4,
      'WALLET_NO_KEY',
    ],
  ])('refuses %s', async (_, args, exitCode, code) => {
    const [exit, document] = await tool.json(['wallet', 'balance', ...args]);
    expect([exit, document.error.code]).toEqual([exitCode, code]);
  });
});
