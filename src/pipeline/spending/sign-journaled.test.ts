import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../../test/helpers/source-files.ts';
import { createTestContext, type TestContext } from '../../../test/helpers/test-context.ts';
import { decodeRuntime } from '../../chain/codecs/decode-metadata.ts';
import { buildParts } from '../../chain/codecs/extrinsic.ts';
import type { Call, Era } from '../../chain/types.ts';
import { encodedMetadata } from '../../devnode/metadata/build.ts';
import { openTestLedger } from '../../ledger/testing.ts';
import type { Ledger, TxRecord } from '../../ledger/types.ts';
import { parseHex } from '../../signing/bytes.ts';
import { WINDOW_MS } from '../../signing/policy/check-policy.ts';
import type { Policy, WindowPeriod } from '../../signing/policy/types.ts';
import type { Signer } from '../../signing/types.ts';
import { readSpending, refusalOf } from './judge-spending.ts';
import { openPolicyFile } from './open-policy.ts';
import { signJournaled } from './sign-journaled.ts';
import type { AssetValuer } from './value-assets.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const CHARLIE = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
const PUBLIC_KEY = parseHex(
  '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d',
) as Uint8Array;
/** What one alpha is worth in these tests. */
const PRICE = 3n;
const era: Era = { kind: 'mortal', period: 64, birthNumber: 0, birthHash: `0x${'00'.repeat(32)}` };
const runtime = decodeRuntime(encodedMetadata(16), {
  specName: 'node-subtensor',
  specVersion: 424,
  transactionVersion: 1,
});

const stake = (amount: bigint): Call => ({
  pallet: 'SubtensorModule',
  name: 'add_stake',
  args: { hotkey: BOB, netuid: 8, amount_staked: amount },
});
const unstake = (amount: bigint): Call => ({
  pallet: 'SubtensorModule',
  name: 'remove_stake',
  args: { hotkey: BOB, netuid: 8, amount_unstaked: amount },
});
const send = (amount: bigint, dest = CHARLIE): Call => ({
  pallet: 'Balances',
  name: 'transfer_keep_alive',
  args: { dest, value: amount },
});
const remark: Call = { pallet: 'System', name: 'remark', args: { remark: '0x01' } };
const batch = (name: string, ...calls: readonly Call[]): Call => ({
  pallet: 'Utility',
  name,
  args: { calls },
});
const byProxy = (call: Call): Call => ({
  pallet: 'Proxy',
  name: 'proxy',
  args: { real: BOB, force_proxy_type: undefined, call },
});
const byMultisig = (call: Call): Call => ({
  pallet: 'Multisig',
  name: 'as_multi',
  args: {
    threshold: 2,
    other_signatories: [BOB],
    maybe_timepoint: undefined,
    call,
    max_weight: { ref_time: 0n, proof_size: 0n },
  },
});

/** Any way to hide a call in others, as real bytes of a real runtime. */
const hidden = (inner: fc.Arbitrary<Call>): fc.Arbitrary<Call> =>
  fc.letrec<{ call: Call }>((tie) => ({
    call: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      inner,
      fc
        .tuple(fc.constantFrom('batch', 'batch_all', 'force_batch'), tie('call'), fc.boolean())
        .map(([name, call, first]) =>
          first ? batch(name, call, remark) : batch(name, remark, call),
        ),
      tie('call').map(byProxy),
      tie('call').map(byMultisig),
      tie('call').map(
        (call): Call => ({ pallet: 'Utility', name: 'as_derivative', args: { index: 0, call } }),
      ),
    ),
  })).call;

type Bench = {
  readonly context: TestContext;
  readonly ledger: Ledger;
  readonly signatures: () => number;
  readonly sign: (
    call: Call,
    over?: Partial<Parameters<typeof signJournaled>[0]>,
  ) => Promise<TxRecord>;
};

const valueAssets: AssetValuer = () =>
  Promise.resolve((asset) => (asset.kind === 'alpha' ? asset.amountRao * PRICE : undefined));

async function createBench(policy?: Policy): Promise<Bench> {
  const context = createTestContext();
  const ledger = await openTestLedger({ clock: context.clock });
  if (policy !== undefined) await openPolicyFile(context).write(policy);
  let signatures = 0;
  let nonce = 0;
  const signer: Signer = {
    publicKey: PUBLIC_KEY,
    address: ALICE,
    scheme: 'sr25519',
    signPayload: async () => {
      signatures += 1;
      return new Uint8Array(64).fill(7);
    },
    signBytes: () => Promise.reject(new Error('not a message')),
    dispose: () => undefined,
  };
  return {
    context,
    ledger,
    signatures: () => signatures,
    sign: async (call, over = {}) => {
      nonce += 1;
      const { genesisHash } = ledger;
      const parts = buildParts({ runtime, genesisHash, call, era, nonce, tipRao: 0n });
      const signed = await signJournaled({
        context,
        ledger,
        runtime,
        signer,
        parts,
        era,
        nonce,
        bornAtBlock: 0,
        isMetadataKnown: true,
        valueAssets,
        intent: {
          requestId: undefined,
          command: 'test',
          address: ALICE,
          intent: {},
          summary: 'Test',
        },
        ...over,
      });
      return signed.record;
    },
  };
}

/** What the signed bytes move, found by another way than the policy's: the digits in the bytes. */
function movedBy({ signed }: TxRecord): bigint {
  if (signed === undefined) return 0n;
  const { call } = runtime.decodeExtrinsic(parseHex(signed.extrinsic) as Uint8Array);
  const sum = (value: unknown): bigint => {
    if (Array.isArray(value)) return value.reduce((total: bigint, one) => total + sum(one), 0n);
    if (typeof value !== 'object' || value === null) return 0n;
    const own = Object.entries(value).map(([key, field]) => {
      if (typeof field !== 'bigint') return sum(field);
      if (key === 'amount_unstaked') return field * PRICE;
      return key === 'amount_staked' || key === 'value' ? field : 0n;
    });
    return own.reduce((total, one) => total + one, 0n);
  };
  return sum(call);
}

const refused = expect.objectContaining({ code: 'POLICY_REFUSED', exitCode: 7 });

describe('where bytes are signed', () => {
  it('records what they move before the key signs, also without a policy', async () => {
    const bench = await createBench();
    expect(await bench.sign(batch('batch_all', stake(5n), unstake(2n)))).toMatchObject({
      state: 'signed',
      movesRao: 11n,
    });
    const pure = { proxy_type: 'Any', delay: 0, index: 0 };
    const unknown = await bench.sign({ pallet: 'Proxy', name: 'create_pure', args: pure });
    expect(unknown.state).toBe('signed');
    expect(unknown).not.toHaveProperty('movesRao');
  });

  it('signs nothing that the policy refuses, and closes its record', async () => {
    const bench = await createBench({ perTransactionRao: 10n, windows: [] });
    await expect(bench.sign(stake(11n))).rejects.toEqual(refused);
    expect(bench.signatures()).toBe(0);
    expect(bench.ledger.journal.list({ limit: 9 })).toMatchObject([{ state: 'abandoned' }]);
    await bench.sign(stake(10n));
    expect(bench.signatures()).toBe(1);
  });

  it.each<[string, Call]>([
    ['a batch', batch('batch', stake(6n), stake(6n))],
    [
      'a forced batch of a forced batch',
      batch('force_batch', remark, batch('force_batch', send(11n))),
    ],
    ['a proxy', byProxy(stake(11n))],
    ['a multisig', byMultisig(send(11n))],
    ['a multisig of a proxy of a batch', byMultisig(byProxy(batch('batch_all', unstake(4n))))],
  ])('is not deceived by %s', async (_title, call) => {
    const bench = await createBench({ perTransactionRao: 10n, windows: [] });
    await expect(bench.sign(call)).rejects.toEqual(refused);
    expect(bench.signatures()).toBe(0);
  });

  it('refuses every call when the metadata that decodes it may be forged', async () => {
    const bench = await createBench({ windows: [] });
    const attempt = bench.sign(remark, { isMetadataKnown: false });
    await expect(attempt).rejects.toMatchObject({ data: { rule: 'metadata' } });
    expect(bench.signatures()).toBe(0);
    const free = await createBench();
    expect((await free.sign(remark, { isMetadataKnown: false })).state).toBe('signed');
  });

  it('needs no value where nothing is limited, and refuses without one where something is', async () => {
    const unvalued = { valueAssets: () => Promise.resolve(() => undefined) };
    const lists = await createBench({ windows: [], netuids: [8] });
    expect(await lists.sign(unstake(5n), unvalued)).not.toHaveProperty('movesRao');
    const limits = await createBench({ windows: [{ period: 'week', limitRao: 10n ** 18n }] });
    await expect(limits.sign(unstake(5n), unvalued)).rejects.toMatchObject({
      data: { rule: 'value-unknown' },
    });
  });

  it('counts a run that is between its plan and its signature', async () => {
    const bench = await createBench({ windows: [{ period: 'hour', limitRao: 10n }] });
    const results = await Promise.allSettled([6n, 6n, 6n].map((rao) => bench.sign(stake(rao))));
    const done = results.filter(({ status }) => status === 'fulfilled');
    expect(done.length).toBeLessThan(2);
    expect(bench.signatures()).toBe(done.length);
  });

  it('stops at a damaged policy', async () => {
    const bench = await createBench({ windows: [] });
    const { files } = bench.context.platform;
    files.put('/home/ada/config/policy.json', '{"format":"tao-policy/1"}');
    await expect(bench.sign(remark)).rejects.toMatchObject({ code: 'POLICY_DAMAGED', exitCode: 9 });
    expect(bench.signatures()).toBe(0);
  });

  it('takes the place of a plan that was left unsigned, with what it moves now', async () => {
    const bench = await createBench({ windows: [{ period: 'day', limitRao: 10n }] });
    const intent = {
      requestId: 'once',
      command: 'test',
      address: ALICE,
      intent: {},
      summary: 'Test',
    };
    bench.ledger.journal.begin({ ...intent, id: 'left', createdAtMs: 1, movesRao: 1n });
    const record = await bench.sign(stake(9n), { intent });
    expect([record.movesRao, bench.ledger.journal.find('left').state]).toEqual([9n, 'abandoned']);
    await expect(bench.sign(stake(1n), { intent })).rejects.toMatchObject({ code: 'TX_DUPLICATE' });
  });
});

const amount = fc.bigInt(0n, 20n);
const anyCall = fc.oneof(
  amount.map(stake),
  amount.map(unstake),
  amount.map((rao) => send(rao)),
);
const anyStep = fc.record({
  calls: fc.array(hidden(anyCall), { minLength: 1, maxLength: 3 }),
  waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: WINDOW_MS.day })),
  fails: fc.boolean(),
});
const anyWindows = fc.uniqueArray(
  fc.record({
    period: fc.constantFrom<WindowPeriod>('hour', 'day', 'week'),
    limitRao: fc.bigInt(0n, 200n),
  }),
  { selector: ({ period }) => period, minLength: 1 },
);

describe('no sequence of signatures', () => {
  it('passes a window, whatever hides in what, and however many are signed at once', async () => {
    let signatures = 0;
    await fc.assert(
      fc.asyncProperty(anyWindows, fc.array(anyStep, { maxLength: 12 }), async (windows, steps) => {
        const bench = await createBench({ windows });
        for (const { calls, waitMs, fails } of steps) {
          await bench.context.clock.sleep(waitMs);
          const over = fails ? { signer: failing } : {};
          const results = await Promise.allSettled(calls.map((call) => bench.sign(call, over)));
          for (const result of results) {
            if (result.status === 'fulfilled') continue;
            if (!fails) expect(result.reason).toEqual(refused);
          }
        }
        const records = bench.ledger.journal.list({ limit: 1_000 });
        const spent = records
          .filter(({ signed }) => signed !== undefined)
          .map((record) => ({ atMs: record.createdAtMs, rao: movedBy(record) }));
        expect(bench.signatures()).toBe(spent.length);
        for (const { period, limitRao } of windows) {
          for (const { atMs: start } of spent) {
            const inside = spent.filter(
              ({ atMs }) => atMs >= start && atMs - start <= WINDOW_MS[period],
            );
            const total = inside.reduce((sum, { rao }) => sum + rao, 0n);
            expect(total <= limitRao || total === 0n).toBe(true);
          }
        }
        signatures += spent.length;
      }),
      { numRuns: 25 },
    );
    expect(signatures).toBeGreaterThan(0);
  });
});

/** A device that is unplugged: the record is closed, and counts for nothing. */
const failing: Signer = {
  publicKey: PUBLIC_KEY,
  address: ALICE,
  scheme: 'sr25519',
  signPayload: () => Promise.reject(new Error('gone')),
  signBytes: () => Promise.reject(new Error('gone')),
  dispose: () => undefined,
};

describe('this place', () => {
  it('is the only one that signs and assembles transactions', () => {
    const callers = (name: string) =>
      readSources(['src'])
        .filter(({ path, code }) => !path.endsWith('.test.ts') && code.includes(`${name}(`))
        .filter(({ code }) => !code.includes(`function ${name}(`))
        .map(({ path }) => path);
    const here = 'src/pipeline/spending/sign-journaled.ts';
    expect(callers('signPayload')).toEqual([here]);
    // A file's parts are put together again to compare them with its bytes.
    expect(callers('assembleSigned')).toEqual([here, 'src/signing/artifact.ts']);
    expect(callers('signBytes')).toEqual(['src/signing/messages.ts']);
  });
});

describe('before the key is opened', () => {
  it('the same question has the same answer, and changes nothing', async () => {
    const bench = await createBench({ windows: [{ period: 'day', limitRao: 10n }] });
    await bench.sign(stake(6n));
    const { context, ledger } = bench;
    const ask = async (call: Call) => {
      const question = { context, runtime, call: runtime.encodeCall(call), valueAssets };
      const spending = await readSpending({ ...question, isMetadataKnown: true });
      return refusalOf(spending, { journal: ledger.journal, nowMs: context.clock.nowMs() });
    };
    expect(await ask(stake(4n))).toBeUndefined();
    const refusal = await ask(stake(5n));
    expect(refusal).toEqual(refused);
    expect(`${refusal?.message} ${refusal?.hint}`).not.toMatch(/set|raise|remove|--/);
    expect(ledger.journal.list({ limit: 9 })).toHaveLength(1);
  });
});
