import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD } from '../../test/helpers/scripted-chain.ts';
import { rpcError, silence } from '../../test/helpers/scripted-node.ts';
import { SEND, sent, setupSubmission, TIMEOUT_MS, WATCH } from '../../test/helpers/submission.ts';

describe('what goes wrong after sending', () => {
  it('is unknown when the connection is lost before or after the answer', async () => {
    const before = await setupSubmission({ answers: { [WATCH]: () => silence } });
    const first = before.start();
    await before.settle();
    before.node.drop('gone');
    expect(await first).toMatchObject({ kind: 'unknown' });

    const after = await setupSubmission();
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
    const run = await setupSubmission({ answers: { chain_getBlock: () => silence } });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: run.hash });
    await run.settle();
    run.node.drop('gone');
    expect(await outcome).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when time is over, or the user interrupts', async () => {
    const late = await setupSubmission();
    const first = late.start();
    await late.settle();
    late.clock.advance(TIMEOUT_MS);
    expect(await first).toEqual({ kind: 'unknown', reason: 'no result within 60 s' });

    const interrupted = await setupSubmission();
    const second = interrupted.start();
    await interrupted.settle();
    interrupted.abort(new Error('Ctrl-C'));
    expect(await second).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown at once when the user interrupts a node that does not even answer', async () => {
    const run = await setupSubmission({ answers: { [WATCH]: () => silence } });
    const outcome = run.start();
    await run.settle();
    run.abort(new Error('Ctrl-C'));
    expect(await outcome).toMatchObject({ kind: 'unknown' });
  });

  it('is not made worse by a listener that throws', async () => {
    const run = await setupSubmission({
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
    const run = await setupSubmission({ waitFor: 'finalized' });
    const outcome = run.start();
    await run.settle();
    run.node.notify('w1', { inBlock: run.hash });
    run.clock.advance(TIMEOUT_MS);
    expect(await outcome).toMatchObject({ kind: 'included', finalized: false });
  });

  it.each(['dropped', 'invalid', { usurped: '0x01' }])(
    'is looked for on chain when the pool says %j, and unknown when not there',
    async (message) => {
      const gone = await setupSubmission({ inBlock: undefined });
      const outcome = gone.start();
      await gone.settle();
      gone.node.notify('w1', message);
      expect(await outcome).toMatchObject({ kind: 'unknown' });
      expect(gone.statuses.at(-1)).toMatchObject({ kind: 'dropped' });
    },
  );

  it('is unknown when the block does not hold it after all', async () => {
    const run = await setupSubmission({ inBlock: undefined });
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
        const run = await setupSubmission({ inBlock: undefined });
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
    const run = await setupSubmission();
    run.node.drop('gone');
    await expect(run.start()).rejects.toMatchObject({ code: 'NETWORK_CLOSED', retry: 'safe' });
    expect(sent(run.node)).toEqual([]);
  });

  it('is the reason of the signal when the user interrupted', async () => {
    const run = await setupSubmission();
    run.abort(new Error('Ctrl-C'));
    await expect(run.start()).rejects.toThrow('Ctrl-C');
    expect(sent(run.node)).toEqual([]);
  });
});

describe('a node without subscriptions', () => {
  const noWatch = { [WATCH]: () => rpcError(-32_601, 'Method not found'), [SEND]: () => '0x01' };

  it('is followed by looking at new blocks', async () => {
    const run = await setupSubmission({ answers: noWatch });
    expect(await run.start()).toMatchObject({ kind: 'included', blockNumber: HEAD });
    expect(sent(run.node)).toEqual([WATCH, SEND]);
    expect(run.statuses).toMatchObject([{ kind: 'broadcast' }, { kind: 'included' }]);
  });

  it('is looked at again until the time is over', async () => {
    const run = await setupSubmission({ answers: noWatch, inBlock: undefined });
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
    const run = await setupSubmission({ answers: noWatch, waitFor: 'finalized' });
    const outcome = run.start();
    await run.settle();
    run.node.on('chain_getFinalizedHead', () => run.hash);
    run.clock.advance(1_000);
    expect(await outcome).toMatchObject({ kind: 'included', finalized: true });
  });

  it('that refuses the bytes refuses them', async () => {
    const refused = () => rpcError(1010, 'Invalid Transaction', 'Transaction has a bad signature');
    const run = await setupSubmission({ answers: { ...noWatch, [SEND]: refused } });
    expect(await run.start()).toMatchObject({
      kind: 'refused',
      failure: { name: 'Invalid.BadProof' },
    });
  });
});

describe('bytes that the node has already', () => {
  it('are followed without being sent again', async () => {
    const run = await setupSubmission({
      answers: { [WATCH]: () => rpcError(1013, 'Already imported') },
    });
    expect(await run.start()).toMatchObject({ kind: 'included', blockNumber: HEAD });
    expect(sent(run.node)).toEqual([WATCH]);
  });
});
