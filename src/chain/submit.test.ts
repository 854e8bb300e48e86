import { describe, expect, it } from 'vitest';
import { ALICE } from '../../test/fixtures/byte-vectors.ts';
import { HEAD } from '../../test/helpers/scripted-chain.ts';
import {
  failed,
  moduleError,
  type ScriptedEvent,
  success,
} from '../../test/helpers/scripted-events.ts';
import {
  BLOCK_TIME_MS,
  fee,
  ours,
  SEND,
  sent,
  setupSubmission,
  WATCH,
} from '../../test/helpers/submission.ts';

describe('a submitted transaction', () => {
  it('is reported from the block that holds it, with fee, time and its own events only', async () => {
    const run = await setupSubmission();
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
    const run = await setupSubmission({ waitFor: 'finalized' });
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
    const run = await setupSubmission({
      waitFor: 'submitted',
      answers: { [SEND]: () => run.hash },
    });
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
      const run = await setupSubmission({
        events: [success(0), ...events, fee] as ScriptedEvent[],
      });
      const outcome = run.start();
      await run.settle();
      run.node.notify('w1', { inBlock: run.hash });
      expect(await outcome).toMatchObject({ kind: 'included', failure: { name }, feeRao: 1_234n });
    },
  );

  it('that failed in someone else’s extrinsic did not fail', async () => {
    const run = await setupSubmission({ events: [failed(0, 'BadOrigin'), success(1)] });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: run.hash });
    expect(await outcome).toMatchObject({ failure: undefined, feeRao: 0n });
  });
});
