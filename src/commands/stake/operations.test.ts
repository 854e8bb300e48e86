/** What every command that moves or binds stake does alike, on the embedded chain. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { bobStakesFirst, loseAfterSubmit } from '../../../test/helpers/front-run.ts';
import { devExamples } from '../dev-examples.ts';

const { validator: BASALT, otherValidator: DUNLIN } = devExamples;
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const TAO = 1_000_000_000n;

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  const lock = ['stake', 'lock', 'add', '--netuid', '1', '--hotkey', BASALT, '--amount', '500'];
  await tool.run([...lock, '--wallet', '//Delegator2', '--yes']);
});
afterAll(() => tool.remove());

type Operation = {
  readonly title: string;
  readonly args: readonly string[];
  /** Another time, where the same would change nothing. */
  readonly again: readonly string[];
  readonly question: string;
  readonly receipt: RegExp;
  readonly call: string;
};

const position = ['--netuid', '1', '--hotkey', BASALT] as const;
const same = (
  title: string,
  args: readonly string[],
  rest: Omit<Operation, 'title' | 'args' | 'again'>,
) => ({
  title,
  args,
  again: args,
  ...rest,
});

const operations: readonly Operation[] = [
  same('move', ['move', ...position, '--to', DUNLIN, '--amount', '10'], {
    question: 'Move 10 alpha?',
    receipt: /^✓ Moved +10 alpha\n +To +5EU4\w+\n +Received +(10|9\.999999999) alpha on subnet 1\n/,
    call: 'SubtensorModule.move_stake',
  }),
  same(
    'move elsewhere',
    ['move', ...position, '--to', DUNLIN, '--to-netuid', '4', '--amount', '10'],
    {
      question: 'Move 10 alpha?',
      receipt: /^✓ Moved +10 alpha\n +To +5EU4\w+\n +Received +1\.4\d+ alpha on subnet 4\n/,
      call: 'Utility.batch_all',
    },
  ),
  same('swap', ['swap', ...position, '--to-netuid', '8', '--amount', '10'], {
    question: 'Swap 10 alpha?',
    receipt: /^✓ Swapped +10 alpha\n +Received +2\.6\d+ alpha on subnet 8\n/,
    call: 'SubtensorModule.swap_stake_limit',
  }),
  same('swap to root', ['swap', ...position, '--to-netuid', '0', '--amount', '10'], {
    question: 'Swap 10 alpha?',
    receipt: /^✓ Swapped +10 alpha\n +Received +1\.1\d+ TAO on subnet 0\n/,
    call: 'SubtensorModule.swap_stake_limit',
  }),
  same('transfer', ['transfer', ...position, '--to', '//Bob', '--amount', '10'], {
    question: 'Give 10 alpha away?',
    receipt: /^✓ Gave +10 alpha\n +To +5FHn\w+\n +They received +10 alpha on subnet 1\n/,
    call: 'SubtensorModule.transfer_stake',
  }),
  same(
    'transfer elsewhere',
    ['transfer', ...position, '--to', '//Bob', '--to-netuid', '4', '--amount', '10'],
    {
      question: 'Give 10 alpha away?',
      receipt: /^✓ Gave +10 alpha\n +To +5FHn\w+\n +They received +1\.4\d+ alpha on subnet 4\n/,
      call: 'Utility.batch_all',
    },
  ),
  same('lock add', ['lock', 'add', ...position, '--amount', '1'], {
    question: 'Lock 1 alpha?',
    receipt: /^✓ Locked +1 alpha\n +On +subnet 1\n +For +5HQU\w+\n/,
    call: 'SubtensorModule.lock_stake',
  }),
  {
    title: 'lock perpetual',
    args: ['lock', 'perpetual', 'on', '--netuid', '1'],
    again: ['lock', 'perpetual', 'off', '--netuid', '1'],
    question: 'Let the lock decay?',
    receipt: /^✓ Changed +locks on subnet 1 decay\n/,
    call: 'SubtensorModule.set_perpetual_lock',
  },
  {
    title: 'lock move',
    args: ['lock', 'move', '--netuid', '1', '--to', DUNLIN],
    again: ['lock', 'move', '--netuid', '1', '--to', BASALT],
    question: 'Move the lock?',
    receipt: /^✓ Moved +the lock on subnet 1\n +To +5HQU\w+\n/,
    call: 'SubtensorModule.move_lock',
  },
  {
    title: 'auto set',
    args: ['auto', 'set', ...position],
    again: ['auto', 'set', '--netuid', '1', '--hotkey', DUNLIN],
    question: 'Change the auto-stake?',
    receipt: /^✓ Set +the auto-stake of subnet 1\n +Staked with +5EU4\w+\n/,
    call: 'SubtensorModule.set_coldkey_auto_stake_hotkey',
  },
];

const line = (args: readonly string[], ...more: string[]) => [
  'stake',
  ...args,
  '--wallet',
  '//Delegator2',
  ...more,
];

async function journalled(): Promise<number> {
  return (await tool.json(['tx', 'list']))[1].data.transactions.length;
}

describe.each(operations)('$title', ({ title, args, again, question, receipt, call }) => {
  it('is planned, and nothing is journalled, with --dry-run', async () => {
    const before = await journalled();
    const [exit, { data }] = await tool.json(line(args, '--dry-run'));
    expect([exit, data.isDryRun, data.plan.call]).toEqual([0, true, call]);
    expect(await journalled()).toBe(before);
  });

  it('needs consent: a no, or nobody to ask, is exit 3 and changes nothing', async () => {
    const before = await journalled();
    const asked = title === 'lock perpetual' ? 'Make the lock perpetual?' : question;
    const declined = await tool.run(line(args), {
      terminal: 'all',
      answers: [{ kind: 'confirm', question: asked, answer: false }],
    });
    expect([declined.exitCode, declined.stdout]).toEqual([3, '']);
    const [exit, { error }] = await tool.json(line(args));
    expect([exit, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    expect(await journalled()).toBe(before);
  });

  it('is written to a file unsigned, which tao tx decode reads', async () => {
    const file = `${tool.path}/${title.replaceAll(' ', '-')}.json`;
    const [exit, { data }] = await tool.json(line(args, '--unsigned-out', file));
    expect([exit, data.isDryRun]).toEqual([0, false]);
    const [decoded, document] = await tool.json(['tx', 'decode', file]);
    expect(decoded).toBe(0);
    expect(JSON.stringify(document.data)).toContain(call.split('.')[1]);
  });

  it('is done once with --request-id, in JSON', async () => {
    const once = line(args, '--yes', '--request-id', `once-${title.replaceAll(' ', '-')}`);
    const [exit, { data }] = await tool.json(once);
    expect([exit, data.isRepeat, data.transaction.state]).toEqual([0, false, 'succeeded']);
    const [repeat, second] = await tool.json(once);
    expect([repeat, second.data.isRepeat, second.data.transaction.hash]).toEqual([
      0,
      true,
      data.transaction.hash,
    ]);
  });

  it('whose connection is lost after it was sent is exit 8, and found by tx resume', async () => {
    const [exit, { error }] = await tool.json(line(again, '--yes'), { adapt: loseAfterSubmit() });
    expect([exit, error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    const [resumed, document] = await tool.json(['tx', 'resume', error.data.id]);
    expect([resumed, document.data.transactions[0].state]).toEqual([0, 'succeeded']);
  });

  it('asks on a terminal and prints a receipt', async () => {
    if (args !== again) await tool.run(line(args, '--yes'));
    const run = await tool.run(line(again), {
      terminal: 'all',
      answers: [{ kind: 'confirm', question, answer: true }],
    });
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringMatching(receipt)]);
    expect(run.stdout).toMatch(/Transaction +0x[0-9a-f]{64}\n +State +included in block \d+\n$/);
  });
});

describe('a price that moves between plan and block', () => {
  // Buying where the swap buys makes its ratio worse.
  const rival = (netuid: number) => ({ netuid, hotkey: BASALT, amountRao: 20_000n * TAO });

  it.each([
    ['swap', ['swap', ...position, '--to-netuid', '8', '--amount', '10'], 8],
    ['move', ['move', ...position, '--to', DUNLIN, '--to-netuid', '4', '--amount', '10'], 4],
    [
      'transfer',
      ['transfer', ...position, '--to', '//Bob', '--to-netuid', '4', '--amount', '1'],
      4,
    ],
  ])('ends a %s: the chain refuses, nothing has moved', async (_title, args, netuid) => {
    const listed = async () =>
      (await tool.json(['stake', 'list', '--wallet', '//Delegator2']))[1].data.positions.map(
        (each: { readonly netuid: number; readonly hotkey: string }) => [each.netuid, each.hotkey],
      );
    const before = await listed();
    const [exit, { error }] = await tool.json(line(args, '--yes'), {
      adapt: bobStakesFirst(rival(netuid)),
    });
    expect([exit, error.code]).toEqual([7, 'CHAIN_PRICE_LIMIT']);
    expect(error.data.chainError).toBe('SubtensorModule.SlippageTooHigh');
    const [rate] = error.data.rates;
    expect([rate.fromNetuid, rate.toNetuid]).toEqual([1, netuid]);
    expect(BigInt(rate.nowRatio)).toBeLessThan(BigInt(rate.limitRatio));
    expect(error.details.join(' ')).toContain(`alpha of subnet ${netuid} for one of subnet 1`);
    expect(await listed()).toEqual(before);
  });
});

describe('stake given to an account that is new', () => {
  it('wants the end of its address, not a yes, and knows it afterwards', async () => {
    const give = ['transfer', ...position, '--to', STRANGER, '--amount', '1'];
    const [exit, { error }] = await tool.json(line(give, '--yes'));
    expect([exit, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    expect(error.hint).toContain(`--confirm ${STRANGER.slice(-8)}`);
    const run = await tool.run(line(give), {
      terminal: 'all',
      answers: [{ kind: 'text', question: STRANGER.slice(-8), answer: STRANGER.slice(-8) }],
    });
    expect(run.exitCode).toBe(0);
    const [known, { data }] = await tool.json(line(give, '--dry-run'));
    expect([known, data.plan.isNewDestination]).toEqual([0, false]);
  });

  it('is told apart where it arrives on stake that is there already', async () => {
    const give = ['transfer', ...position, '--to', '//Bob', '--to-netuid', '8', '--amount', '10'];
    const [, { data, warnings }] = await tool.json(line(give, '--dry-run'));
    // The swaps above left stake there: only the worst case is named, the rest stays.
    expect(warnings.join(' ')).toContain('You hold stake there already');
    expect(data.plan.expected).toEqual(data.plan.least);
  });
});

describe('acting for another account', () => {
  it('plans with its stake and signs as its proxy', async () => {
    await tool.run([
      'proxy',
      'add',
      '//Alice',
      '--type',
      'Staking',
      '--wallet',
      '//Delegator3',
      '--yes',
    ]);
    const move = [
      'stake',
      'swap',
      '--netuid',
      '4',
      '--hotkey',
      DUNLIN,
      '--to-netuid',
      '8',
      '--amount',
      '5',
    ];
    const [exit, { data, error }] = await tool.json([
      ...move,
      '--wallet',
      '//Alice',
      '--as',
      '//Delegator3',
      '--yes',
    ]);
    expect([exit, error]).toEqual([0, undefined]);
    expect(data.swapped.alpha).toBe('5');
    expect(data.transaction.actedFor).not.toBe(data.transaction.from);
  });
});
