/**
 * A quote and the trade it is for, to the rao. A block's own emission comes before its transactions, so
 * one chain makes that block empty and is asked, and its twin makes it with the trade inside.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { devExamples } from '../dev-examples.ts';

const { validator: BASALT, otherValidator: DUNLIN } = devExamples;
const EMBER = '5CA6ZhMcU5FRrQHgRCZTAmYtTzkpLDzQjUQa7DTvmy36e4yW';

const tools: DevTool[] = [];
afterEach(() => {
  for (const tool of tools.splice(0)) tool.remove();
});

function createTool(): DevTool {
  const tool = createDevTool();
  tools.push(tool);
  return tool;
}

const delegator = (wallet: string, ...args: string[]) => ['stake', ...args, '--wallet', wallet];
const basalt = ['--netuid', '1', '--hotkey', BASALT] as const;
const ember = ['--netuid', '0', '--hotkey', EMBER] as const;

describe('a quoted outcome', () => {
  it.each([
    ['swap', delegator('//Delegator2', 'swap', ...basalt, '--to-netuid', '8', '--amount', '123')],
    [
      'swap to root',
      delegator('//Delegator2', 'swap', ...basalt, '--to-netuid', '0', '--amount', '77.7'),
    ],
    [
      'swap from root',
      delegator('//Delegator4', 'swap', ...ember, '--to-netuid', '8', '--amount', '41'),
    ],
    [
      'swap of everything',
      delegator('//Delegator2', 'swap', ...basalt, '--to-netuid', '4', '--all', '--tolerance', '5'),
    ],
    [
      'move',
      delegator(
        '//Delegator2',
        'move',
        ...basalt,
        '--to',
        DUNLIN,
        '--to-netuid',
        '8',
        '--amount',
        '9.87',
      ),
    ],
    [
      'transfer',
      delegator(
        '//Delegator2',
        'transfer',
        ...basalt,
        '--to',
        '//Bob',
        '--to-netuid',
        '8',
        '--amount',
        '10.123456789',
      ),
    ],
    [
      'stake',
      [
        'stake',
        'add',
        '--netuid',
        '8',
        '--hotkey',
        BASALT,
        '--amount',
        '50',
        '--wallet',
        '//Alice',
      ],
    ],
  ])('of a %s is what the trade gives', async (_title, args) => {
    const asked = createTool();
    await asked.run(['dev', 'advance', '--blocks', '1']);
    const [, planned] = await asked.json([...args, '--dry-run']);
    const traded = createTool();
    const [exit, { data, error }] = await traded.json([...args, '--yes']);
    expect([exit, error]).toEqual([0, undefined]);
    expect(data.transaction.block.number).toBe(1);
    expect(data.received).toEqual(planned.data.plan.expected);
  });

  it.each([
    [
      'buy',
      ['--netuid', '8', '--amount', '50'],
      ['add', '--netuid', '8', '--hotkey', BASALT, '--amount', '50', '--wallet', '//Alice'],
    ],
    [
      'swap',
      ['--netuid', '1', '--to-netuid', '8', '--amount', '123'],
      ['swap', ...basalt, '--to-netuid', '8', '--amount', '123', '--wallet', '//Delegator2'],
    ],
  ])('of stake quote for a %s is the same', async (_title, quote, trade) => {
    const asked = createTool();
    await asked.run(['dev', 'advance', '--blocks', '1']);
    const [, { data: quoted }] = await asked.json(['stake', 'quote', ...quote]);
    const [, { data }] = await createTool().json(['stake', ...trade, '--yes']);
    // The middle of a tenth, the amount, and ten times as much.
    expect(quoted.quotes[1].out).toEqual(data.received);
  });

  it('of a listed position is what unstaking all of it gives', async () => {
    const asked = createTool();
    await asked.run(['dev', 'advance', '--blocks', '1']);
    const [, { data: list }] = await asked.json(['stake', 'list', '--wallet', '//Delegator2']);
    const sale = [
      'unstake',
      ...basalt,
      '--all',
      '--tolerance',
      '5',
      '--wallet',
      '//Delegator2',
      '--yes',
    ];
    const [exit, { data }] = await createTool().json(sale);
    expect(exit).toBe(0);
    expect(data.received).toEqual(list.positions[0].exitValue);
  });
});
