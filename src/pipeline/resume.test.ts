import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../test/helpers/dev-tool.ts';
import { beforeSubmit } from '../../test/helpers/front-run.ts';
import type { Chain } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';

const BASALT = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const DUNLIN = '5EU4dqmsJ8b57Ur57gahmrrWuovF6Ag5556z3jvKPx1b4nXp';
const ERA = 8;

let tool: DevTool;
beforeEach(() => {
  tool = createDevTool();
});
afterEach(() => tool.remove());

const stake = (...args: string[]) => [
  ...['stake', 'add', '--wallet', '//Alice', '--yes', '--era', `${ERA}`, '--tolerance', '10'],
  ...args,
];
const one = stake('--netuid', '8', '--hotkey', BASALT, '--amount', '3');
const five = stake(
  ...[`${BASALT}:8=1`, `${DUNLIN}:8=1`, `${BASALT}:1=1`, `${DUNLIN}:1=1`, `${BASALT}:0=1`].flatMap(
    (target) => ['--to', target],
  ),
);

type Adapt = (context: Context) => Context;

/** The connection goes at the submission of that number, before anything is sent. */
const cutBefore =
  (number: number): Adapt =>
  (context) =>
    beforeSubmit(
      context,
      async () => {
        throw new TaoError('NETWORK_CLOSED', { message: 'The connection was lost.' });
      },
      (submission) => submission === number,
    );

const refusing =
  (refusal: Readonly<Record<string, unknown>>): Adapt =>
  (context) =>
    beforeSubmit(
      context,
      async ({ rpc }) => {
        await rpc.request('dev_rejectNext', [refusal]);
      },
      () => true,
    );

const changing =
  (change: (chain: Chain) => Chain): Adapt =>
  (context) => ({ ...context, openChain: async () => change(await context.openChain()) });

const twoCallsAtMost = changing((chain) => {
  const { runtime } = chain;
  const constant: typeof runtime.constant = (pallet, name) =>
    name === 'batched_calls_limit' ? 2 : runtime.constant(pallet, name);
  return { ...chain, runtime: { ...runtime, constant } };
});

const nothingFinal = changing((chain) => {
  const request: typeof chain.rpc.request = (method, params, options) =>
    method === 'chain_getFinalizedHead'
      ? chain.rpc.request('chain_getBlockHash', [0])
      : chain.rpc.request(method, params, options);
  return { ...chain, rpc: { ...chain.rpc, request } };
});

type Listed = { readonly id: string; readonly state: string };
/** Oldest first. */
const states = async (): Promise<readonly string[]> => {
  const [, { data }] = await tool.json(['tx', 'list']);
  return (data.transactions as Listed[]).map(({ state }) => state).reverse();
};
const advance = (blocks: number) => tool.run(['dev', 'advance', '--blocks', `${blocks}`]);
const resume = (adapt?: Adapt) => tool.json(['tx', 'resume'], adapt === undefined ? {} : { adapt });

describe('a refusal of bytes that may have been sent before', () => {
  beforeEach(async () => {
    const [exit, { error }] = await tool.json(one, { adapt: cutBefore(0) });
    expect([exit, error.code]).toEqual([5, 'TX_NOT_SENT']);
  });

  it.each([
    { code: 1014, message: 'Priority is too low' },
    { code: 1016, message: 'Immediately Dropped' },
    { code: 1010, message: 'Invalid Transaction', data: 'Inability to pay some fees' },
    { code: 1010, message: 'Invalid Transaction', data: 'Transaction has a bad signature' },
  ])('that another node need not share leaves it open: $message $data', async (refusal) => {
    const [exit, { error }] = await resume(refusing(refusal));
    expect([exit, error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    expect(error.data.expiresAtBlock).toBe(ERA);
    expect(await states()).toEqual(['signed']);
    expect((await resume())[0]).toBe(0);
    expect(await states()).toEqual(['succeeded']);
  });

  it('for a nonce that is used closes it', async () => {
    const refusal = { code: 1010, message: 'Invalid Transaction', data: 'Transaction is outdated' };
    expect((await resume(refusing(refusal)))[0]).toBe(0);
    expect(await states()).toEqual(['refused']);
  });
});

it('calls a transaction expired only once the end of its era is final', async () => {
  await tool.json(one, { adapt: cutBefore(0) });
  await advance(ERA + 2);
  const [exit, { error }] = await resume(nothingFinal);
  expect([exit, error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
  expect(await states()).toEqual(['signed']);
  expect((await resume())[0]).toBe(0);
  expect(await states()).toEqual(['expired']);
});

describe('the parts of a batch whose first part is lost', () => {
  beforeEach(async () => {
    const adapt = (context: Context) => cutBefore(0)(twoCallsAtMost(context));
    const [exit] = await tool.json([...five, '--request-id', 'five'], { adapt });
    expect([exit, await states()]).toEqual([5, ['signed', 'signed', 'signed']]);
  });

  it('are sent one after another by the same request', async () => {
    const [exit, { data }] = await tool.json([...five, '--request-id', 'five']);
    expect([exit, data.isRepeat, data.parts.length]).toEqual([0, true, 3]);
    expect(await states()).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('are not sent when it turns out to be dead, and expire', async () => {
    // Takes the nonce of the first part.
    expect((await tool.json(one))[0]).toBe(0);
    const [exit, { error }] = await resume();
    expect([exit, error.code, error.data.isWaiting]).toEqual([8, 'TX_OUTCOME_UNKNOWN', true]);
    expect(await states()).toEqual(['refused', 'signed', 'signed', 'succeeded']);
    await advance(ERA + 2);
    expect((await resume())[0]).toBe(0);
    expect(await states()).toEqual(['refused', 'expired', 'expired', 'succeeded']);
    const [, { data }] = await tool.json(['stake', 'list', '//Alice']);
    expect(data.positions).toHaveLength(1);
  });
});

it('never sends a batch whose parts were not all signed, nor calls it done', async () => {
  // The run ends while it signs the second part.
  const dying: Adapt = (context) => {
    const openLedger: Context['openLedger'] = async (genesisHash) => {
      const ledger = await context.openLedger(genesisHash);
      const begin: typeof ledger.journal.begin = (intent) => {
        if (intent.part?.number === 2) isDead = true;
        return alive(() => ledger.journal.begin(intent));
      };
      const recordOutcome: typeof ledger.journal.recordOutcome = (id, outcome) =>
        alive(() => ledger.journal.recordOutcome(id, outcome));
      return { ...ledger, journal: { ...ledger.journal, begin, recordOutcome } };
    };
    let isDead = false;
    const alive = <T>(work: () => T): T => {
      if (isDead) throw new TaoError('LEDGER_LOCKED', { message: 'This run is over.' });
      return work();
    };
    return { ...twoCallsAtMost(context), openLedger };
  };
  const command = [...five, '--request-id', 'five'];
  await tool.json(command, { adapt: dying });
  expect(await states()).toEqual(['signed']);
  for (const again of [command, ['tx', 'resume']]) {
    const [exit, { error }] = await tool.json(again);
    expect([exit, error.code, error.data.isWaiting]).toEqual([8, 'TX_OUTCOME_UNKNOWN', true]);
  }
  await advance(ERA + 2);
  const [exit, { error }] = await tool.json(command);
  expect([exit, error.code]).toEqual([6, 'TX_EXPIRED']);
  const [, { data }] = await tool.json(['stake', 'list', '//Alice']);
  expect(data.positions).toEqual([]);
});

it('settles what comes after a sealed transaction that only the end of its era settles', async () => {
  const refuseCarrier = refusing({ code: 1010, data: 'Custom error: 255' });
  await tool.json([...one, '--shield', 'on'], { adapt: refuseCarrier });
  await tool.json(one, { adapt: cutBefore(0) });
  expect(await states()).toEqual(['signed', 'refused', 'signed']);
  const [exit, { error }] = await resume();
  expect([exit, error.data.isWaiting]).toEqual([8, true]);
  expect(await states()).toEqual(['signed', 'refused', 'succeeded']);
});
