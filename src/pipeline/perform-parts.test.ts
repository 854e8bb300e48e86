import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../test/helpers/dev-tool.ts';
import { beforeSubmit, bobStakesFirst, loseAfterSubmit } from '../../test/helpers/front-run.ts';
import type { Chain } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { partRequestId } from './perform-parts.ts';

const BASALT = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const DUNLIN = '5EU4dqmsJ8b57Ur57gahmrrWuovF6Ag5556z3jvKPx1b4nXp';

let tool: DevTool;
beforeEach(() => {
  tool = createDevTool();
});
afterEach(() => tool.remove());

const FIVE = [`${BASALT}:8=1`, `${DUNLIN}:8=1`, `${BASALT}:1=1`, `${DUNLIN}:1=1`, `${BASALT}:0=1`];
const stake = (...args: string[]) => [
  ...['stake', 'add', '--wallet', '//Alice', '--yes'],
  ...FIVE.flatMap((target) => ['--to', target]),
  ...args,
];

/** A chain that takes two calls in one batch. */
function twoCallsAtMost(context: Context): Context {
  const openChain = async (): Promise<Chain> => {
    const chain = await context.openChain();
    const { runtime } = chain;
    const constant: typeof runtime.constant = (pallet, name) =>
      name === 'batched_calls_limit' ? 2 : runtime.constant(pallet, name);
    return { ...chain, runtime: { ...runtime, constant } };
  };
  return { ...context, openChain };
}

const refusing =
  (number: number) =>
  (context: Context): Context =>
    beforeSubmit(
      context,
      async ({ rpc }) => {
        await rpc.request('dev_rejectNext', [{ data: 'Custom error: 8' }]);
      },
      (submission) => submission === number,
    );

const both =
  (...adapts: readonly ((context: Context) => Context)[]) =>
  (context: Context): Context =>
    adapts.reduce((adapted, adapt) => adapt(adapted), context);

type Part = { readonly id: string; readonly state: string; readonly requestId: string | null };
const transactions = async (): Promise<readonly Part[]> =>
  (await tool.json(['tx', 'list']))[1].data.transactions;
const positions = async (): Promise<number> =>
  (await tool.json(['stake', 'list', '//Alice']))[1].data.positions.length;

describe('a batch that no transaction of the chain holds', () => {
  it('is sent in parts under one consent, and is done once by its request id', async () => {
    const adapt = twoCallsAtMost;
    const dry = await tool.run(stake('--dry-run'), { adapt });
    expect(dry.stdout).toContain('Split into\t3 transactions, one after another');
    expect(dry.stdout).not.toContain('Together');
    const [exit, { data }] = await tool.json(stake('--request-id', 'five'), { adapt });
    expect(exit).toBe(0);
    expect(data.spent.tao).toBe('5');
    expect(
      data.parts.map((part: { nonce: number; part: unknown }) => [part.nonce, part.part]),
    ).toEqual([1, 2, 3].map((number) => [number - 1, { number, count: 3 }]));
    expect(data.transaction.id).toBe(data.parts[0].id);
    const [again, repeat] = await tool.json(stake('--request-id', 'five'), { adapt });
    expect([again, repeat.data.isRepeat, repeat.data.parts.length]).toEqual([0, true, 3]);
    expect(await transactions()).toHaveLength(3);
    const ids = (await transactions()).map(({ requestId }) => requestId);
    expect(ids).toEqual([3, 2, 1].map((number) => partRequestId('five', number)));
  });

  it('is not written into a file', async () => {
    const [exit, { error }] = await tool.json(stake('--signed-out', '/x.json'), {
      adapt: twoCallsAtMost,
    });
    expect([exit, error.code]).toEqual([2, 'USAGE_CONFLICT']);
    expect(await transactions()).toEqual([]);
  });

  it('stays whole where it acts for another account: parts would be of the signer', async () => {
    const right = ['proxy', 'add', '//Bob', '--type', 'Any', '--wallet', '//Alice'];
    const end = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'.slice(-8);
    expect((await tool.json([...right, '--confirm', end]))[0]).toBe(0);
    const asAlice = stake('--as', '//Alice').map((word, index) => (index === 3 ? '//Bob' : word));
    const [exit, { data }] = await tool.json(asAlice, { adapt: twoCallsAtMost });
    expect([exit, data.parts, data.spent.tao]).toEqual([0, null, '5']);
    expect(await positions()).toBe(5);
    expect((await tool.json(['stake', 'list', '//Bob']))[1].data.positions).toEqual([]);
  });

  it('stops at a part that is refused, and says what was done', async () => {
    const [exit, { error }] = await tool.json(stake('--request-id', 'five'), {
      adapt: both(twoCallsAtMost, refusing(1)),
    });
    expect([exit, error.code]).toEqual([7, 'CHAIN_PRICE_LIMIT']);
    expect(error.details.join('\n')).toMatch(
      /Part 1 of 3: succeeded .*\nPart 2 of 3: refused .*\nThe other 1 of 3 parts were not sent\./,
    );
    expect((await transactions()).map(({ state }) => state)).toEqual([
      'expired',
      'refused',
      'succeeded',
    ]);
    expect(await positions()).toBe(2);
    // What was not sent is not sent later either.
    const [, { data }] = await tool.json(['tx', 'resume']);
    expect(data.transactions).toEqual([]);
    const [again, repeat] = await tool.json(stake('--request-id', 'five'), {
      adapt: twoCallsAtMost,
    });
    expect([again, repeat.error.code]).toEqual([6, 'TX_REFUSED']);
    expect(await positions()).toBe(2);
  });

  it('goes on past a part whose items all failed where each stands alone', async () => {
    const rival = { netuid: 8, hotkey: BASALT, amountRao: 20_000_000_000_000n };
    const [exit, { error }] = await tool.json(stake('--best-effort'), {
      adapt: both(twoCallsAtMost, bobStakesFirst(rival)),
    });
    expect([exit, error.code, error.data.parts.length]).toEqual([7, 'CHAIN_PRICE_LIMIT', 3]);
    expect((await transactions()).map(({ state }) => state)).toEqual([
      'succeeded',
      'succeeded',
      'failed',
    ]);
    expect(await positions()).toBe(3);
  });

  it('stops even so at a part that never entered a block: no later nonce could', async () => {
    const [exit] = await tool.json(stake('--best-effort'), {
      adapt: both(twoCallsAtMost, refusing(0)),
    });
    expect(exit).toBe(7);
    expect((await transactions()).map(({ state }) => state)).toEqual([
      'expired',
      'expired',
      'refused',
    ]);
  });

  it('is finished by the same request id after a lost connection, each part once', async () => {
    const [exit, { error }] = await tool.json(stake('--request-id', 'five'), {
      adapt: both(twoCallsAtMost, loseAfterSubmit(0)),
    });
    expect([exit, error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    expect(await transactions()).toHaveLength(3);
    const [settled, { data }] = await tool.json(stake('--request-id', 'five'), {
      adapt: twoCallsAtMost,
    });
    expect([settled, data.isRepeat]).toEqual([0, true]);
    expect(data.parts.map(({ state }: Part) => state)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect([data.spent.tao, await positions()]).toEqual(['5', 5]);
  });
});
