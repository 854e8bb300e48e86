/** What the spending policy makes of the calls that move and bind stake. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { devExamples } from '../dev-examples.ts';

const { validator: BASALT, otherValidator: DUNLIN } = devExamples;

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  const limits = ['--per-transaction', '2', '--netuid', '1', '--netuid', '4'];
  const lists = ['--hotkey', BASALT, '--destination', 'none'];
  await tool.run(['policy', 'set', ...limits, ...lists]);
});
afterAll(() => tool.remove());

const position = ['--netuid', '1', '--hotkey', BASALT] as const;
const asked = (...args: string[]) => ['stake', ...args, '--wallet', '//Delegator2', '--yes'];

describe('a spending policy', () => {
  // One alpha of subnet 1 is worth 0.111 TAO: ten are within the limit, twenty are not.
  it.each([
    ['a swap within it', asked('swap', ...position, '--to-netuid', '4', '--amount', '10'), 0],
    ['a lock within it', asked('lock', 'add', ...position, '--amount', '10'), 0],
    ['a lock that stops decaying', asked('lock', 'perpetual', 'on', '--netuid', '1'), 0],
    ['an auto-stake with a hotkey on its list', asked('auto', 'set', ...position), 0],
  ])('lets %s through', async (_title, args, exitCode) => {
    expect((await tool.json(args))[0]).toBe(exitCode);
  });

  it.each([
    [
      'a swap over it',
      asked('swap', ...position, '--to-netuid', '4', '--amount', '20'),
      'per-transaction',
    ],
    [
      'a swap to another subnet',
      asked('swap', ...position, '--to-netuid', '8', '--amount', '1'),
      'netuid',
    ],
    [
      'a move to another validator',
      asked('move', ...position, '--to', DUNLIN, '--amount', '1'),
      'hotkey',
    ],
    [
      'a move elsewhere, whose second call it sees',
      asked('move', ...position, '--to', DUNLIN, '--to-netuid', '8', '--amount', '1'),
      'hotkey',
    ],
    [
      'stake given away',
      asked('transfer', ...position, '--to', '//Bob', '--amount', '1'),
      'destination',
    ],
    [
      'stake swapped and given away',
      asked('transfer', ...position, '--to', '//Bob', '--to-netuid', '4', '--amount', '1'),
      'destination',
    ],
    ['a lock over it', asked('lock', 'add', ...position, '--amount', '20'), 'per-transaction'],
    [
      'a lock moved to another hotkey',
      asked('lock', 'move', '--netuid', '1', '--to', DUNLIN),
      'hotkey',
    ],
    [
      'an auto-stake elsewhere',
      asked('auto', 'set', '--netuid', '1', '--hotkey', DUNLIN),
      'hotkey',
    ],
  ])('refuses %s', async (_title, args, rule) => {
    const [exit, { error }] = await tool.json(args);
    expect([exit, error.code]).toEqual([7, 'POLICY_REFUSED']);
    expect(error.data.rule).toBe(rule);
  });
});
