import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../../test/fixtures/byte-vectors.ts';
import { createManualClock, type ManualClock } from '../../test/helpers/manual-clock.ts';
import { createScriptedChain, HEAD } from '../../test/helpers/scripted-chain.ts';
import {
  encodeEvents,
  encodeStorage,
  failed,
  moduleError,
  type ScriptedEvent,
  success,
} from '../../test/helpers/scripted-events.ts';
import {
  type Answer,
  rpcError,
  type ScriptedNode,
  silence,
} from '../../test/helpers/scripted-node.ts';
import { parseHex } from './codecs/hex.ts';
import { resolveNetwork } from './known-networks.ts';
import { createNoCache } from './metadata-cache.ts';
import { openChain } from './open-chain.ts';
import { createRpcClient } from './rpc-client.ts';
import { submitAndWatch } from './submit.ts';
import type { Chain, TxOutcome, TxStatus, WaitFor } from './types.ts';

const WATCH = 'author_submitAndWatchExtrinsic';
const SEND = 'author_submitExtrinsic';
const TIMEOUT_MS = 60_000;
const BLOCK_TIME_MS = 1_786_363_200_000;
const ours = '0x1c84aabbccddee';
const fee: ScriptedEvent = {
  extrinsic: 1,
  pallet: 'TransactionPayment',
  name: 'TransactionFeePaid',
  fields: { who: ALICE, actual_fee: 1_234n, tip: 0n },
};
const stakeAdded: ScriptedEvent = {
  extrinsic: 1,
  pallet: 'SubtensorModule',
  name: 'StakeAdded',
  fields: [ALICE, BOB, 1_000n, 900n, 1, 5n],
};

type Script = {
  readonly waitFor?: WaitFor;
  readonly events?: readonly ScriptedEvent[];
  /** Number of the block that holds the transaction, or none. */
  readonly inBlock?: number | undefined;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly onStatus?: (status: TxStatus) => void;
};

type Run = {
  readonly node: ScriptedNode;
  readonly chain: Chain;
  readonly clock: ManualClock;
  readonly hash: string;
  readonly statuses: TxStatus[];
  readonly abort: (reason: Error) => void;
  readonly start: () => Promise<TxOutcome>;
  /** Lets everything that was said be heard. */
  readonly settle: () => Promise<void>;
};

async function setup(script: Script = {}): Promise<Run> {
  const scripted = createScriptedChain();
  const inBlock = 'inBlock' in script ? script.inBlock : HEAD;
  const events = script.events ?? [success(0), stakeAdded, fee, success(1)];
  const node = scripted.createNode({
    [WATCH]: () => 'w1',
    author_unwatchExtrinsic: () => true,
    chain_getBlock: ([hash]) => ({
      block: {
        extrinsics:
          inBlock !== undefined && hash === scripted.hashOf(inBlock) ? ['0x04', ours] : ['0x04'],
      },
    }),
    ...script.answers,
  });
  const clock = createManualClock();
  const rpc = createRpcClient(node.channel, { clock, timeoutMs: TIMEOUT_MS * 2 });
  const target = resolveNetwork('ws://node.example');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock });
  const { storage } = chain.runtime;
  scripted.storage.set(storage('System', 'Events').key(), encodeEvents(events));
  scripted.storage.set(
    storage('Timestamp', 'Now').key(),
    encodeStorage('Timestamp', 'Now', BigInt(BLOCK_TIME_MS)),
  );
  const statuses: TxStatus[] = [];
  const controller = new AbortController();
  return {
    node,
    chain,
    clock,
    hash: scripted.hashOf(HEAD),
    statuses,
    abort: (reason) => controller.abort(reason),
    start: () =>
      submitAndWatch({
        chain,
        extrinsic: parseHex(ours) as Uint8Array,
        waitFor: script.waitFor ?? 'included',
        timeoutMs: TIMEOUT_MS,
        signal: controller.signal,
        clock,
        onStatus: script.onStatus ?? ((status) => statuses.push(status)),
      }),
    settle: async () => {
      for (let turn = 0; turn < 50; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const sent = (node: ScriptedNode): readonly string[] =>
  node.calls().filter((call) => call === WATCH || call === SEND);

describe('a submitted transaction', () => {
  it('is reported from the block that holds it, with fee, time and its own events only', async () => {
    const run = await setup();
    const outcome = run.start();
    await run.settle();
    expect(run.node.paramsOf(WATCH)).toEqual([ours]);
    run.node.notify('w1', 'ready');
    run.node.notify('w1', { broadcast: ['peer'] });
    run.node.notify('w1', { inBlock: run.hash });
    expect(await outcome).toMatchObject({
      kind: 'included',
      blockHash: run.hash,
      blockNumber: HEAD,
      blockTimeMs: BLOCK_TIME_MS,
      extrinsicIndex: 1,
      finalized: false,
      feeRao: 1_234n,
      failure: undefined,
      events: [
        { pallet: 'SubtensorModule', name: 'StakeAdded', fields: { 0: ALICE, 2: 1_000n, 4: 1 } },
        { name: 'TransactionFeePaid' },
        { name: 'ExtrinsicSuccess' },
      ],
    });
    expect(run.statuses).toEqual([
      { kind: 'broadcast' },
      { kind: 'included', blockHash: run.hash },
    ]);
    await run.settle();
    expect(run.node.calls().at(-1)).not.toBe(WATCH);
    expect(run.node.calls()).toContain('author_unwatchExtrinsic');
    expect(run.clock.sleeping()).toBe(0);
  });

  it('is followed to finality when that is asked for', async () => {
    const run = await setup({ waitFor: 'finalized' });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: `0x${'77'.repeat(32)}` });
    run.node.notify('w1', { retracted: `0x${'77'.repeat(32)}` });
    run.node.notify('w1', { inBlock: run.hash });
    run.node.notify('w1', { finalized: run.hash });
    expect(await outcome).toMatchObject({ kind: 'included', blockHash: run.hash, finalized: true });
    expect(run.statuses.at(-1)).toEqual({ kind: 'finalized', blockHash: run.hash });
  });

  it('is only handed over when nobody wants to wait', async () => {
    const run = await setup({ waitFor: 'submitted', answers: { [SEND]: () => run.hash } });
    expect(await run.start()).toEqual({ kind: 'submitted' });
    expect(sent(run.node)).toEqual([SEND]);
  });

  it.each([
    [
      'its own call',
      [failed(1, moduleError('SubtensorModule', 'AmountTooLow'))],
      'SubtensorModule.AmountTooLow',
    ],
    [
      'a token rule',
      [failed(1, { type: 'Token', value: 'FundsUnavailable' })],
      'Token.FundsUnavailable',
    ],
    ['its origin', [failed(1, 'BadOrigin')], 'BadOrigin'],
    [
      'a batch that stopped',
      [
        {
          extrinsic: 1,
          pallet: 'Utility',
          name: 'BatchInterrupted',
          fields: { index: 0, error: moduleError('Swap', 'PriceLimitExceeded') },
        },
        success(1),
      ],
      'Swap.PriceLimitExceeded',
    ],
    [
      'a call made for another account',
      [
        {
          extrinsic: 1,
          pallet: 'Proxy',
          name: 'ProxyExecuted',
          fields: {
            result: { success: false, value: moduleError('System', 'CallFiltered') },
          },
        },
        success(1),
      ],
      'System.CallFiltered',
    ],
  ] as const)(
    'that failed in %s is included with the name of the failure',
    async (_name, events, name) => {
      const run = await setup({ events: [success(0), ...events, fee] as ScriptedEvent[] });
      const outcome = run.start();
      await run.settle();
      run.node.notify('w1', { inBlock: run.hash });
      expect(await outcome).toMatchObject({ kind: 'included', failure: { name }, feeRao: 1_234n });
    },
  );

  it('that failed in someone else’s extrinsic did not fail', async () => {
    const run = await setup({ events: [failed(0, 'BadOrigin'), success(1)] });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: run.hash });
    expect(await outcome).toMatchObject({ failure: undefined, feeRao: 0n });
  });
});

describe('a refused transaction', () => {
  it.each([
    ['Inability to pay some fees (e.g. account balance too low)', 'Invalid.Payment'],
    ['Transaction is outdated', 'Invalid.Stale'],
    ['Transaction has a bad signature', 'Invalid.BadProof'],
    ['Custom error: 6', 'Custom.RateLimitExceeded'],
    ['Custom error: 0', 'Custom.ColdkeyInSwapSchedule'],
    ['Custom error: 99', 'Invalid.Custom(99)'],
    ['something new', 'Invalid'],
  ])('with 1010 and "%s" is refused as %s', async (detail, name) => {
    const run = await setup({
      answers: { [WATCH]: () => rpcError(1010, 'Invalid Transaction', detail) },
    });
    expect(await run.start()).toMatchObject({ kind: 'refused', failure: { name } });
    expect(sent(run.node)).toEqual([WATCH]);
  });

  it.each([
    [1012, 'Pool.TemporarilyBanned'],
    [1014, 'Pool.TooLowPriority'],
    [1016, 'Pool.ImmediatelyDropped'],
  ])('with %i is refused by the pool', async (code, name) => {
    const run = await setup({ answers: { [WATCH]: () => rpcError(code, 'pool says no') } });
    expect(await run.start()).toMatchObject({ kind: 'refused', failure: { name } });
  });

  it('with a code nobody knows is unknown, not refused', async () => {
    const run = await setup({
      answers: { [WATCH]: () => rpcError(1002, 'Verification Error', 'x') },
    });
    expect(await run.start()).toEqual({ kind: 'unknown', reason: 'verification failed: x' });
  });
});

describe('what goes wrong after sending', () => {
  it('is unknown when the connection is lost before or after the answer', async () => {
    const before = await setup({ answers: { [WATCH]: () => silence } });
    const first = before.start();
    await before.settle();
    before.node.drop('gone');
    expect(await first).toMatchObject({ kind: 'unknown' });

    const after = await setup();
    const second = after.start();
    await after.settle();
    after.node.notify('w1', 'ready');
    after.node.drop('gone');
    expect(await second).toEqual({
      kind: 'unknown',
      reason: 'Failed to keep the connection to the node: gone.',
    });
  });

  it('is unknown when the connection is lost while its block is read', async () => {
    const run = await setup({ answers: { chain_getBlock: () => silence } });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: run.hash });
    await run.settle();
    run.node.drop('gone');
    expect(await outcome).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when time is over, or the user interrupts', async () => {
    const late = await setup();
    const first = late.start();
    await late.settle();
    late.clock.advance(TIMEOUT_MS);
    expect(await first).toEqual({ kind: 'unknown', reason: 'no result within 60 s' });

    const interrupted = await setup();
    const second = interrupted.start();
    await interrupted.settle();
    interrupted.abort(new Error('Ctrl-C'));
    expect(await second).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown at once when the user interrupts a node that does not even answer', async () => {
    const run = await setup({ answers: { [WATCH]: () => silence } });
    const outcome = run.start();
    await run.settle();
    run.abort(new Error('Ctrl-C'));
    expect(await outcome).toMatchObject({ kind: 'unknown' });
  });

  it('is not made worse by a listener that throws', async () => {
    const run = await setup({
      onStatus: () => {
        throw new Error('disk full');
      },
    });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', 'ready');
    run.node.notify('w1', { inBlock: run.hash });
    expect(await outcome).toMatchObject({ kind: 'included' });
  });

  it('is included but not final when time is over after the block', async () => {
    const run = await setup({ waitFor: 'finalized' });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: run.hash });
    run.clock.advance(TIMEOUT_MS);
    expect(await outcome).toMatchObject({ kind: 'included', finalized: false });
  });

  it.each(['dropped', 'invalid', { usurped: '0x01' }])(
    'is looked for on chain when the pool says %j, and unknown when not there',
    async (message) => {
      const gone = await setup({ inBlock: undefined });
      const outcome = gone.start();
      await gone.settle();
      gone.node.notify('w1', message);
      expect(await outcome).toMatchObject({ kind: 'unknown' });
      expect(gone.statuses.at(-1)).toMatchObject({ kind: 'dropped' });
    },
  );

  it('is unknown when the block does not hold it after all', async () => {
    const run = await setup({ inBlock: undefined });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: run.hash });
    expect(await outcome).toEqual({ kind: 'unknown', reason: 'it was not found in a block' });
  });

  it('sends once and ends once, whatever the node reports', async () => {
    const reports = fc.oneof(
      fc.constantFrom('ready', 'future', 'dropped', 'invalid'),
      fc
        .constantFrom('inBlock', 'finalized', 'retracted', 'usurped', 'finalityTimeout')
        .map((kind) => ({
          [kind]: `0x${'55'.repeat(32)}`,
        })),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(reports, { maxLength: 6 }), async (messages) => {
        const run = await setup({ inBlock: undefined });
        const outcome = run.start();
        await run.settle();
        for (const message of messages) run.node.notify('w1', message);
        await run.settle();
        run.clock.advance(TIMEOUT_MS);
        run.node.drop('end');
        expect((await outcome).kind).toBe('unknown');
        expect(sent(run.node)).toEqual([WATCH]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what goes wrong before sending', () => {
  it('is an error that may be repeated, and nothing was sent', async () => {
    const run = await setup();
    run.node.drop('gone');
    await expect(run.start()).rejects.toMatchObject({ code: 'NETWORK_CLOSED', retry: 'safe' });
    expect(sent(run.node)).toEqual([]);
  });

  it('is the reason of the signal when the user interrupted', async () => {
    const run = await setup();
    run.abort(new Error('Ctrl-C'));
    await expect(run.start()).rejects.toThrow('Ctrl-C');
    expect(sent(run.node)).toEqual([]);
  });
});

describe('a node without subscriptions', () => {
  const noWatch = { [WATCH]: () => rpcError(-32_601, 'Method not found'), [SEND]: () => '0x01' };

  it('is followed by looking at new blocks', async () => {
    const run = await setup({ answers: noWatch });
    expect(await run.start()).toMatchObject({ kind: 'included', blockNumber: HEAD });
    expect(sent(run.node)).toEqual([WATCH, SEND]);
    expect(run.statuses).toMatchObject([{ kind: 'broadcast' }, { kind: 'included' }]);
  });

  it('is looked at again until the time is over', async () => {
    const run = await setup({ answers: noWatch, inBlock: undefined });
    const outcome = run.start();
    for (let turn = 0; turn < 61; turn += 1) {
      await run.settle();
      run.clock.advance(1_000);
    }
    expect(await outcome).toEqual({
      kind: 'unknown',
      reason: 'it was not seen in a block in time',
    });
    expect(sent(run.node)).toEqual([WATCH, SEND]);
  });

  it('is followed to finality too', async () => {
    const run = await setup({ answers: noWatch, waitFor: 'finalized' });
    const outcome = run.start();
    await run.settle();
    run.node.on('chain_getFinalizedHead', () => run.hash);
    run.clock.advance(1_000);
    expect(await outcome).toMatchObject({ kind: 'included', finalized: true });
  });

  it('that refuses the bytes refuses them', async () => {
    const refused = () => rpcError(1010, 'Invalid Transaction', 'Transaction is outdated');
    const run = await setup({ answers: { ...noWatch, [SEND]: refused } });
    expect(await run.start()).toMatchObject({
      kind: 'refused',
      failure: { name: 'Invalid.Stale' },
    });
  });
});

describe('bytes that the node has already', () => {
  it('are followed without being sent again', async () => {
    const run = await setup({ answers: { [WATCH]: () => rpcError(1013, 'Already imported') } });
    expect(await run.start()).toMatchObject({ kind: 'included', blockNumber: HEAD });
    expect(sent(run.node)).toEqual([WATCH]);
  });
});
