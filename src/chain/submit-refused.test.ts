import { describe, expect, it } from 'vitest';
import { HEAD } from '../../test/helpers/scripted-chain.ts';
import { rpcError } from '../../test/helpers/scripted-node.ts';
import { SEND, sent, setupSubmission, WATCH } from '../../test/helpers/submission.ts';
import { readValidity } from './validate-transaction.ts';

const refuse = (code: number, message: string, data?: string) => ({
  [WATCH]: () => rpcError(code, message, data),
});
const notIncluded = { inBlock: undefined };

type Run = Awaited<ReturnType<typeof setupSubmission>>;

/** From now on the node, asked by runtime API, says this of the bytes. */
function runtimeSays(run: Run, validity: string): Run {
  run.node.on('state_call', ([method]) =>
    method === 'TaggedTransactionQueue_validate_transaction' ? validity : rpcError(1, 'no API'),
  );
  return run;
}

describe('a refused transaction', () => {
  it.each([
    ['Inability to pay some fees (e.g. account balance too low)', 'Invalid.Payment'],
    ['Transaction has a bad signature', 'Invalid.BadProof'],
    ['Custom error: 6', 'Custom.RateLimitExceeded'],
    ['Custom error: 0', 'Custom.ColdkeyInSwapSchedule'],
    ['Custom error: 99', 'Invalid.Custom(99)'],
  ])('with 1010 and "%s" is refused as %s, and nothing else is asked', async (detail, name) => {
    const run = await setupSubmission({ answers: refuse(1010, 'Invalid Transaction', detail) });
    expect(await run.start()).toMatchObject({ kind: 'refused', failure: { name } });
    expect(run.node.calls().at(-1)).toBe(WATCH);
  });

  it.each([
    [1014, 'Pool.TooLowPriority'],
    [1016, 'Pool.ImmediatelyDropped'],
  ])('with %i is refused by the pool', async (code, name) => {
    const run = await setupSubmission({ answers: refuse(code, 'pool says no') });
    expect(await run.start()).toMatchObject({ kind: 'refused', failure: { name } });
  });

  it('with a used nonce is refused only after a look for its bytes', async () => {
    const stale = refuse(1010, 'Invalid Transaction', 'Transaction is outdated');
    const refused = await setupSubmission({ ...notIncluded, answers: stale });
    expect(await refused.start()).toMatchObject({
      kind: 'refused',
      failure: { name: 'Invalid.Stale' },
    });
    const included = await setupSubmission({ answers: stale });
    expect(await included.start()).toMatchObject({ kind: 'included', blockNumber: HEAD });
    expect(sent(included.node)).toEqual([WATCH]);
  });

  it('that the node banned is included or unknown, for nodes ban what they have seen', async () => {
    const banned = refuse(1012, 'Transaction is temporarily banned');
    const included = await setupSubmission({ answers: banned });
    expect(await included.start()).toMatchObject({ kind: 'included' });
    const gone = await setupSubmission({ ...notIncluded, answers: banned });
    expect(await gone.start()).toEqual({
      kind: 'unknown',
      reason: 'the node refuses these bytes for a while',
    });
  });

  it('without recognisable words gets its reason from the runtime', async () => {
    const words = refuse(1, 'Extrinsic is invalid');
    const run = runtimeSays(await setupSubmission({ answers: words }), '0x01000706');
    expect(await run.start()).toMatchObject({
      kind: 'refused',
      failure: { name: 'Custom.RateLimitExceeded' },
    });
    const unnamed = refuse(1010, 'Invalid Transaction', 'something new');
    const other = runtimeSays(await setupSubmission({ answers: unnamed }), '0x010001');
    expect(await other.start()).toMatchObject({ failure: { name: 'Invalid.Payment' } });
  });

  it('without recognisable words and with a used nonce may be in a block', async () => {
    const answers = refuse(1, 'bad gateway');
    const included = runtimeSays(await setupSubmission({ answers }), '0x010003');
    expect(await included.start()).toMatchObject({ kind: 'included' });
    const gone = runtimeSays(await setupSubmission({ ...notIncluded, answers }), '0x010003');
    expect(await gone.start()).toEqual({
      kind: 'unknown',
      reason: 'bad gateway: Invalid.Stale',
    });
  });

  it('that the runtime would take is unknown', async () => {
    const answers = refuse(1002, 'Verification Error', 'x');
    const run = runtimeSays(await setupSubmission({ ...notIncluded, answers }), '0x0000');
    expect(await run.start()).toEqual({ kind: 'unknown', reason: 'verification failed: x' });
  });

  it('with 1010 alone, where the runtime cannot be asked, is refused in the node’s words', async () => {
    const run = await setupSubmission({ answers: refuse(1010, 'Invalid Transaction', 'new') });
    expect(await run.start()).toMatchObject({
      kind: 'refused',
      failure: { name: 'Invalid', docs: 'Invalid Transaction: new' },
    });
  });

  it('is unknown when the connection goes while the chain is asked', async () => {
    const run = await setupSubmission({ answers: refuse(1, 'Extrinsic is invalid') });
    run.node.on('state_call', () => run.node.drop('gone'));
    expect(await run.start()).toMatchObject({ kind: 'unknown' });
  });

  it('is treated alike when nobody waits for it', async () => {
    const stale = () => rpcError(1010, 'Invalid Transaction', 'Transaction is outdated');
    const waitFor = 'submitted' as const;
    const included = await setupSubmission({ waitFor, answers: { [SEND]: stale } });
    expect(await included.start()).toMatchObject({ kind: 'included' });
    const known = await setupSubmission({
      waitFor,
      answers: { [SEND]: () => rpcError(1013, 'Already imported') },
    });
    expect(await known.start()).toEqual({ kind: 'submitted' });
  });
});

describe('the answer of validate_transaction', () => {
  it.each([
    [[0, 1, 2, 3], undefined],
    [[1, 0, 0], 'Invalid.Call'],
    [[1, 0, 3], 'Invalid.Stale'],
    [[1, 0, 7, 21], 'Custom.ColdkeySwapDisputed'],
    [[1, 0, 12], 'Invalid.UnknownOrigin'],
    [[1, 0, 13], undefined],
    [[1, 1, 0], 'Unknown.CannotLookup'],
    [[1, 2, 0], undefined],
    [[1], undefined],
    [[], undefined],
  ])('%j is %s', (bytes, name) => {
    expect(readValidity(Uint8Array.from(bytes as number[]))?.name).toBe(name);
  });
});
