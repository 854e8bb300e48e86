/** What the plan of a command that moves or binds stake refuses, and what it asks for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { devExamples } from '../dev-examples.ts';

const { validator: BASALT, otherValidator: DUNLIN } = devExamples;
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';

const position = ['--netuid', '1', '--hotkey', BASALT] as const;
const line = (args: readonly string[], ...more: string[]) => [
  'stake',
  ...args,
  '--wallet',
  '//Delegator2',
  ...more,
];

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  await tool.run(line(['lock', 'add', ...position, '--amount', '500', '--yes']));
  await tool.run(line(['auto', 'set', '--netuid', '1', '--hotkey', DUNLIN, '--yes']));
});
afterAll(() => tool.remove());

async function journalled(): Promise<number> {
  return (await tool.json(['tx', 'list']))[1].data.transactions.length;
}

describe('what cannot be is said before anything is signed', () => {
  const at = (netuid: string, hotkey: string, ...more: string[]) => [
    '--netuid',
    netuid,
    '--hotkey',
    hotkey,
    ...more,
  ];
  it.each([
    ['no amount', ['move', ...position, '--to', DUNLIN], 2, 'USAGE_MISSING'],
    [
      'both amounts',
      ['swap', ...position, '--to-netuid', '8', '--all', '--amount', '1'],
      2,
      'USAGE_CONFLICT',
    ],
    [
      'the same validator',
      ['move', ...position, '--to', BASALT, '--amount', '1'],
      2,
      'USAGE_INVALID',
    ],
    [
      'the same subnet',
      ['swap', ...position, '--to-netuid', '1', '--amount', '1'],
      2,
      'USAGE_INVALID',
    ],
    [
      'to oneself',
      ['transfer', ...position, '--to', '//Delegator2', '--amount', '1'],
      2,
      'USAGE_INVALID',
    ],
    [
      'no such subnet',
      ['swap', ...position, '--to-netuid', '99', '--amount', '1'],
      2,
      'SUBNET_UNKNOWN',
    ],
    [
      'no such hotkey',
      ['move', ...position, '--to', STRANGER, '--amount', '1'],
      2,
      'HOTKEY_UNKNOWN',
    ],
    [
      'no position',
      ['swap', ...at('8', DUNLIN), '--to-netuid', '1', '--amount', '1'],
      2,
      'POSITION_EMPTY',
    ],
    ['too much', ['move', ...position, '--to', DUNLIN, '--amount', '8001'], 2, 'STAKE_TOO_LOW'],
    [
      'too little',
      ['move', ...position, '--to', DUNLIN, '--amount', '0.01'],
      2,
      'AMOUNT_BELOW_MINIMUM',
    ],
    [
      'too little to swap',
      ['swap', ...position, '--to-netuid', '8', '--amount', '0.01'],
      2,
      'AMOUNT_BELOW_MINIMUM',
    ],
    ['locked', ['swap', ...position, '--to-netuid', '8', '--all'], 2, 'STAKE_LOCKED'],
    ['locked and given', ['transfer', ...position, '--to', '//Bob', '--all'], 2, 'STAKE_LOCKED'],
    [
      'more to root than its limit bears',
      ['swap', ...position, '--to-netuid', '0', '--amount', '7000'],
      7,
      'PRICE_LIMIT_TOO_TIGHT',
    ],
    [
      'a limit past the market',
      ['swap', ...position, '--to-netuid', '8', '--amount', '1', '--limit-price', '1'],
      7,
      'PRICE_LIMIT_PASSED',
    ],
    [
      'a part of a gift',
      ['transfer', ...position, '--to', '//Bob', '--to-netuid', '8', '--amount', '1', '--partial'],
      2,
      'USAGE_CONFLICT',
    ],
    [
      'a lock for another',
      ['lock', 'add', ...at('1', DUNLIN, '--amount', '1')],
      2,
      'LOCK_MISMATCH',
    ],
    ['a lock of too much', ['lock', 'add', ...position, '--amount', '9000'], 2, 'STAKE_TOO_LOW'],
    [
      'a lock of nothing',
      ['lock', 'add', ...at('8', STRANGER, '--amount', '1')],
      2,
      'HOTKEY_UNKNOWN',
    ],
    ['no lock', ['lock', 'move', '--netuid', '4', '--to', DUNLIN], 2, 'LOCK_UNKNOWN'],
    [
      'a lock moved to itself',
      ['lock', 'move', '--netuid', '1', '--to', BASALT],
      2,
      'USAGE_INVALID',
    ],
    ['a decay that goes on', ['lock', 'perpetual', 'off', '--netuid', '1'], 2, 'USAGE_INVALID'],
    [
      'an auto-stake with a stranger',
      ['auto', 'set', ...at('1', STRANGER)],
      2,
      'HOTKEY_NOT_ON_SUBNET',
    ],
    ['the auto-stake there is', ['auto', 'set', ...at('1', DUNLIN)], 2, 'USAGE_INVALID'],
    [
      'an auto-stake with no hotkey there',
      ['auto', 'clear', '--netuid', '1'],
      2,
      'HOTKEY_NOT_ON_SUBNET',
    ],
    ['no auto-stake', ['auto', 'clear', '--netuid', '4'], 2, 'USAGE_INVALID'],
  ])('%s', async (_title, args, exitCode, code) => {
    const before = await journalled();
    const [exit, { error }] = await tool.json(line(args, '--yes'));
    expect([exit, error.code]).toEqual([exitCode, code]);
    expect(error.hint ?? error.message).toMatch(/\S/);
    expect(await journalled()).toBe(before);
  });

  it.each([
    ['move', ['move', ...position, '--to', DUNLIN]],
    ['swap', ['swap', ...position, '--to-netuid', '8']],
  ])('too little to %s names the least in alpha, and that is enough', async (_title, args) => {
    const [, { error }] = await tool.json(line(args, '--amount', '0.001', '--dry-run'));
    expect(error.message).toMatch(/^Couldn't use 0\.001 alpha: it brings 0\.00011\d+ TAO/);
    const least = /^Use at least (0\.\d+) alpha\.$/.exec(error.hint)?.[1] ?? '';
    const [exit] = await tool.json(line(args, '--amount', least, '--dry-run'));
    expect(exit).toBe(0);
  });

  it('takes a share of the position in percent', async () => {
    const [, whole] = await tool.json(
      line(['move', ...position, '--to', DUNLIN, '--all', '--dry-run']),
    );
    const half = line(['move', ...position, '--to', DUNLIN, '--percent', '12.5', '--dry-run']);
    const [exit, { data }] = await tool.json(half);
    expect([exit, BigInt(data.plan.amount.rao)]).toEqual([
      0,
      BigInt(whole.data.plan.amount.rao) / 8n,
    ]);
    const [conflict, { error }] = await tool.json([...half, '--amount', '1']);
    expect([conflict, error.code]).toEqual([2, 'USAGE_CONFLICT']);
  });

  it('asks on a terminal for everything that is missing', async () => {
    const run = await tool.run(line(['transfer', '--dry-run']), {
      terminal: 'all',
      answers: [
        { kind: 'text', question: 'Subnet (netuid, 0 is root)', answer: '1' },
        { kind: 'text', question: "Validator's hotkey", answer: BASALT },
        { kind: 'text', question: 'Give to', answer: '//Bob' },
        { kind: 'text', question: 'Amount (alpha)', answer: '2' },
      ],
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/Give +2 alpha\n/);
  });
});
