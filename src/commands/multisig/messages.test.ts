import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';

const REMARK = '0x00000461';
const two = ['--signatory', '//Alice', '--signatory', '//Bob'];

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  expect((await tool.json(['multisig', 'add', 'team', '--threshold', '2', ...two]))[0]).toBe(0);
});
afterAll(() => tool.remove());

const approve = (signer: string, ...more: string[]) => [
  ...['multisig', 'approve', 'team', '--call', REMARK, '--wallet', signer, ...more],
];

describe('saving a multisig', () => {
  it.each([
    ['nothing', ['x'], '--threshold and --signatory are missing'],
    ['no threshold', ['x', ...two], '--threshold is missing'],
  ])('with %s is told what to add', async (_, args, words) => {
    const [exit, { error }] = await tool.json(['multisig', 'add', ...args]);
    expect([exit, error.code]).toEqual([2, 'USAGE_MISSING']);
    expect(error.message).toBe(`Couldn't save the multisig: ${words}.`);
    expect(error.hint).toContain('--threshold N, and --signatory ACCOUNT once for each');
  });

  it('under a name that is none says so, and not who signs', async () => {
    const [exit, { error }] = await tool.json([
      'multisig',
      'add',
      'a/b',
      '--threshold',
      '1',
      ...two,
    ]);
    expect([exit, error.code]).toEqual([2, 'MULTISIG_INVALID']);
    expect(error.hint).toContain('Use a short name of letters');
  });
});

describe('an approval', () => {
  it('that is not the last says which one it is', async () => {
    const [exit, { error }] = await tool.json(approve('//Alice'));
    expect([exit, error.message]).toEqual([
      3,
      "Couldn't give approval 1 of 2 to execute System.remark: confirmation is needed and this is not a terminal.",
    ]);
  });

  it('of a call that is over is warned of: it would be done again', async () => {
    const first = await tool.json(approve('//Alice', '--yes'));
    expect([first[0], first[1].warnings]).toEqual([0, []]);
    const last = await tool.json(approve('//Bob', '--yes'));
    expect([last[0], last[1].warnings]).toEqual([0, []]);
    const [exit, { warnings }] = await tool.json(approve('//Bob', '--dry-run'));
    expect([exit, warnings]).toEqual([
      0,
      [
        `This very call was approved here before (tao tx show ${last[1].data.transaction.id}) and is no longer open: it was executed. This opens it anew, to be done again.`,
      ],
    ]);
  });

  it('of a call that was cancelled is warned of as far as this machine knows', async () => {
    const one = ['multisig', 'approve', 'team', '--call', '0x00000462', '--wallet', '//Alice'];
    await tool.json([...one, '--yes']);
    await tool.json(['multisig', 'cancel', 'team', '--wallet', '//Alice', '--yes']);
    const [, { warnings }] = await tool.json([...one, '--dry-run']);
    expect(warnings).toEqual([expect.stringContaining('it was executed or cancelled.')]);
  });
});
