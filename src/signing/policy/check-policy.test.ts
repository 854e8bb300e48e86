import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPolicy, type PolicyCheck, requirePolicy, WINDOW_MS } from './check-policy.ts';
import type { DecodedCall, Policy, PolicySpend, PolicyVerdict, WindowPeriod } from './types.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const NOW = 1_800_000_000_000;
const NO_LIMITS: Policy = { windows: [] };

const stake = (amount: bigint, netuid = 1, hotkey = ALICE): DecodedCall => ({
  pallet: 'SubtensorModule',
  name: 'add_stake_limit',
  args: { hotkey, netuid, amount_staked: amount, limit_price: 1n, allow_partial: false },
});
const unstake = (amount: bigint, netuid = 1): DecodedCall => ({
  pallet: 'SubtensorModule',
  name: 'remove_stake_limit',
  args: { hotkey: ALICE, netuid, amount_unstaked: amount, limit_price: 1n, allow_partial: false },
});
const send = (amount: bigint, dest = BOB): DecodedCall => ({
  pallet: 'Balances',
  name: 'transfer_keep_alive',
  args: { dest: { type: 'Id', value: dest }, value: amount },
});
const inBatch = (...calls: readonly unknown[]): DecodedCall => ({
  pallet: 'Utility',
  name: 'batch_all',
  args: { calls },
});
const asProxy = (call: unknown): DecodedCall => ({
  pallet: 'Proxy',
  name: 'proxy',
  args: { real: { type: 'Id', value: BOB }, force_proxy_type: undefined, call },
});

function judge(
  policy: Policy,
  decodedCall: DecodedCall,
  over: Partial<PolicyCheck> = {},
): PolicyVerdict {
  return checkPolicy({
    policy,
    decodedCall,
    valueRaoOf: (asset) => (asset.kind === 'alpha' ? asset.amountRao * 2n : undefined),
    history: [],
    nowMs: NOW,
    ...over,
  });
}

const ruleOf = (verdict: PolicyVerdict): string => (verdict.allowed ? 'allowed' : verdict.rule);

describe('the value of a call', () => {
  it.each<[string, DecodedCall, bigint]>([
    ['staking counts its TAO', stake(5n), 5n],
    ['unstaking counts the TAO value of its alpha', unstake(5n), 10n],
    ['root stake is TAO already', unstake(5n, 0), 5n],
    ['a transfer counts its amount', send(7n), 7n],
    ['a batch counts the sum', inBatch(stake(5n), unstake(5n), send(7n)), 22n],
    [
      'a claim moves nothing',
      { pallet: 'SubtensorModule', name: 'claim_root', args: { subnets: [1] } },
      0n,
    ],
  ])('%s', (_title, call, valueRao) => {
    expect(judge(NO_LIMITS, call)).toEqual({ allowed: true, valueRao });
  });

  it('of everything on a position is asked for with the account it acts for', () => {
    const all: DecodedCall = {
      pallet: 'SubtensorModule',
      name: 'remove_stake_full_limit',
      args: { hotkey: ALICE, netuid: 3, limit_price: undefined },
    };
    const asked: unknown[] = [];
    const valueRaoOf: PolicyCheck['valueRaoOf'] = (asset) => {
      asked.push(asset);
      return 9n;
    };
    expect(judge(NO_LIMITS, inBatch(all, asProxy(all)), { valueRaoOf })).toMatchObject({
      valueRao: 18n,
    });
    expect(asked).toEqual([
      { kind: 'position', owner: { kind: 'signer' }, netuid: 3, hotkey: ALICE },
      { kind: 'position', owner: { kind: 'account', address: BOB }, netuid: 3, hotkey: ALICE },
    ]);
  });

  it('that is not known refuses', () => {
    const verdict = judge(NO_LIMITS, unstake(5n), { valueRaoOf: () => undefined });
    expect(ruleOf(verdict)).toBe('value-unknown');
  });

  it('of what an account derived on chain has is not known', () => {
    const all = { pallet: 'Balances', name: 'transfer_all', args: { dest: BOB, keep_alive: true } };
    const multi = { pallet: 'Multisig', name: 'as_multi', args: { call: all } };
    expect(ruleOf(judge(NO_LIMITS, multi, { valueRaoOf: () => 0n }))).toBe('value-unknown');
  });
});

describe('limits', () => {
  it('allow a transaction of exactly the limit and refuse one rao more', () => {
    const policy: Policy = { perTransactionRao: 100n, windows: [] };
    expect(ruleOf(judge(policy, stake(100n)))).toBe('allowed');
    expect(ruleOf(judge(policy, stake(101n)))).toBe('per-transaction');
  });

  it('count what was spent in the window, both ends included', () => {
    const policy: Policy = { windows: [{ period: 'day', limitRao: 100n }] };
    const spentAt = (atMs: number): readonly PolicySpend[] => [{ atMs, valueRao: 60n }];
    const at = (atMs: number): string =>
      ruleOf(judge(policy, stake(41n), { history: spentAt(atMs) }));
    expect(at(NOW)).toBe('window');
    expect(at(NOW - WINDOW_MS.day)).toBe('window');
    expect(at(NOW - WINDOW_MS.day - 1)).toBe('allowed');
  });

  it('are not freed by a clock that was set back', () => {
    const policy: Policy = { windows: [{ period: 'hour', limitRao: 100n }] };
    const history = [{ atMs: NOW + WINDOW_MS.week, valueRao: 100n }];
    expect(ruleOf(judge(policy, stake(1n), { history }))).toBe('window');
    expect(ruleOf(judge(policy, stake(1n), { history: [], nowMs: Number.NaN }))).toBe('allowed');
    expect(ruleOf(judge(policy, stake(1n), { history, nowMs: Number.NaN }))).toBe('window');
  });

  it('end with the policy', () => {
    const policy: Policy = { windows: [], expiresAtMs: NOW };
    expect(ruleOf(judge(policy, stake(1n), { nowMs: NOW - 1 }))).toBe('allowed');
    expect(ruleOf(judge(policy, stake(1n)))).toBe('expired');
    expect(ruleOf(judge(policy, stake(1n), { nowMs: Number.NaN }))).toBe('expired');
  });
});

describe('lists', () => {
  const policy: Policy = {
    windows: [],
    netuids: [0, 1],
    hotkeys: [ALICE],
    destinations: [ALICE],
    calls: ['SubtensorModule.add_stake_limit', 'Balances.transfer_keep_alive'],
  };

  it.each<[string, DecodedCall, string]>([
    ['what is on all of them', stake(1n), 'allowed'],
    ['another subnet', stake(1n, 2), 'netuid'],
    ['another hotkey', stake(1n, 1, BOB), 'hotkey'],
    ['another destination', send(1n, BOB), 'destination'],
    ['a destination on the list', send(1n, ALICE), 'allowed'],
    ['another call', unstake(1n), 'call'],
    ['another call in a batch', inBatch(stake(1n), unstake(1n)), 'call'],
  ])('judge %s', (_title, call, rule) => {
    expect(ruleOf(judge(policy, call))).toBe(rule);
  });

  it('of subnets refuse calls that reach every subnet', () => {
    const all = { pallet: 'SubtensorModule', name: 'unstake_all', args: { hotkey: ALICE } };
    expect(ruleOf(judge({ windows: [], netuids: [1] }, all, { valueRaoOf: () => 1n }))).toBe(
      'netuid',
    );
    expect(ruleOf(judge(NO_LIMITS, all, { valueRaoOf: () => 1n }))).toBe('allowed');
  });

  it('that are empty allow nothing', () => {
    expect(ruleOf(judge({ windows: [], calls: [] }, stake(1n)))).toBe('call');
  });

  it('know an account in any spelling', () => {
    const onPolkadot = '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5';
    expect(ruleOf(judge({ windows: [], destinations: [onPolkadot] }, send(1n, ALICE)))).toBe(
      'allowed',
    );
  });

  it('must name a call that hands out rights', () => {
    const addProxy = {
      pallet: 'Proxy',
      name: 'add_proxy',
      args: { delegate: BOB, proxy_type: 'Any', delay: 0 },
    };
    expect(ruleOf(judge(NO_LIMITS, addProxy))).toBe('call');
    expect(ruleOf(judge({ windows: [], calls: ['Proxy.add_proxy'] }, addProxy))).toBe('allowed');
  });
});

describe('what cannot be judged', () => {
  it.each<[string, unknown, string]>([
    ['a call nobody described', { pallet: 'Sudo', name: 'sudo', args: {} }, 'unknown-call'],
    [
      'a coldkey swap',
      { pallet: 'SubtensorModule', name: 'schedule_swap_coldkey', args: { new_coldkey: BOB } },
      'unknown-call',
    ],
    [
      'an encrypted call',
      { pallet: 'MevShield', name: 'submit_encrypted', args: { ciphertext: '0x00' } },
      'unknown-call',
    ],
    [
      'only a hash of a call',
      { pallet: 'Multisig', name: 'approve_as_multi', args: { call_hash: '0x00' } },
      'unknown-call',
    ],
    [
      'a wrapper we do not look into',
      { pallet: 'Utility', name: 'dispatch_as', args: { call: stake(1n) } },
      'unknown-call',
    ],
    [
      'a name of the object prototype',
      { pallet: 'constructor', name: 'name', args: {} },
      'unknown-call',
    ],
    [
      'an amount of another type',
      { ...stake(1n), args: { ...stake(1n).args, amount_staked: 1 } },
      'malformed-call',
    ],
    [
      'a negative amount',
      { ...stake(1n), args: { ...stake(1n).args, amount_staked: -1n } },
      'malformed-call',
    ],
    ['a missing argument', { ...stake(1n), args: {} }, 'malformed-call'],
    [
      'an account of another kind',
      { ...send(1n), args: { dest: { type: 'Index', value: 1 }, value: 1n } },
      'malformed-call',
    ],
    ['an inner call left as bytes', asProxy('0x0102'), 'malformed-call'],
    [
      'a batch without a list',
      { pallet: 'Utility', name: 'batch', args: { calls: stake(1n) } },
      'malformed-call',
    ],
    ['a list where one call belongs', asProxy([stake(1n)]), 'malformed-call'],
  ])('is refused: %s', (_title, call, rule) => {
    expect(ruleOf(judge(NO_LIMITS, call as DecodedCall))).toBe(rule);
  });

  it('is refused when nested without end', () => {
    let deep = stake(1n);
    for (let depth = 0; depth < 100; depth += 1) deep = asProxy(deep);
    expect(ruleOf(judge(NO_LIMITS, deep))).toBe('too-large');
    let wide = inBatch(stake(1n), stake(1n));
    for (let depth = 0; depth < 12; depth += 1) wide = inBatch(wide, wide);
    expect(ruleOf(judge(NO_LIMITS, wide))).toBe('too-large');
  });

  it('is thrown as exit 7 without a word on how to raise a limit', () => {
    const check = { policy: { perTransactionRao: 1n, windows: [] }, decodedCall: stake(2n) };
    const attempt = (): bigint =>
      requirePolicy({ ...check, valueRaoOf: () => 0n, history: [], nowMs: NOW });
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'POLICY_REFUSED',
        exitCode: 7,
        data: { rule: 'per-transaction' },
      }),
    );
    expect(attempt).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/raise|set/) }),
    );
  });
});

/** Wraps a call in any way a signer could send it, with harmless company. */
const wrapped = (inner: fc.Arbitrary<DecodedCall>): fc.Arbitrary<DecodedCall> =>
  fc.letrec<{ call: DecodedCall }>((tie) => ({
    call: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      inner,
      tie('call').map(asProxy),
      fc
        .tuple(fc.constantFrom('batch', 'batch_all', 'force_batch'), tie('call'), fc.boolean())
        .map(([name, call, first]) => {
          const company = { pallet: 'System', name: 'remark', args: { remark: '0x' } };
          return {
            pallet: 'Utility',
            name,
            args: { calls: first ? [call, company] : [company, call] },
          };
        }),
      fc.tuple(tie('call'), fc.boolean()).map(([call, isMain]) => {
        const other = { pallet: 'System', name: 'remark', args: { remark: '0x' } };
        const args = isMain ? { main: call, fallback: other } : { main: other, fallback: call };
        return { pallet: 'Utility', name: 'if_else', args };
      }),
      tie('call').map((call) => ({
        pallet: 'Utility',
        name: 'as_derivative',
        args: { index: 0, call },
      })),
      tie('call').map((call) => ({
        pallet: 'Multisig',
        name: 'as_multi',
        args: { threshold: 2, call },
      })),
    ),
  })).call;

const amount = fc.bigInt(0n, 10n ** 12n);
const anyCall = fc.oneof(
  amount.map((value) => stake(value)),
  amount.map((value) => unstake(value, 7)),
  amount.map((value) => send(value)),
  fc.constant<DecodedCall>({ pallet: 'Sudo', name: 'sudo', args: {} }),
);
const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    perTransactionRao: fc.option(amount, { nil: undefined }),
    windows: fc.uniqueArray(
      fc.record({ period: fc.constantFrom<WindowPeriod>('hour', 'day', 'week'), limitRao: amount }),
      { selector: ({ period }) => period },
    ),
    netuids: fc.option(fc.subarray([0, 1, 7]), { nil: undefined }),
    destinations: fc.option(fc.subarray([ALICE, BOB]), { nil: undefined }),
  })
  .map(({ windows, ...limits }) => ({
    windows,
    ...(Object.fromEntries(
      Object.entries(limits).filter(([, value]) => value !== undefined),
    ) as Omit<Policy, 'windows'>),
  }));

describe('any policy', () => {
  it('judges a wrapped call as it judges the bare one', () => {
    const pair = anyCall.chain((call) => fc.tuple(fc.constant(call), wrapped(fc.constant(call))));
    fc.assert(
      fc.property(anyPolicy, pair, (policy, [bare, dressed]) => {
        const plain = judge(policy, bare);
        const hidden = judge(policy, dressed);
        expect(ruleOf(hidden)).toBe(ruleOf(plain));
        if (plain.allowed && hidden.allowed) expect(hidden.valueRao).toBe(plain.valueRao);
      }),
      { numRuns: 500 },
    );
  });

  it('lets no sequence of transactions pass more than a window holds', () => {
    const step = fc.record({
      call: wrapped(anyCall),
      waitMs: fc.integer({ min: 0, max: WINDOW_MS.day }),
    });
    fc.assert(
      fc.property(anyPolicy, fc.array(step, { maxLength: 40 }), (policy, steps) => {
        const history: PolicySpend[] = [];
        let nowMs = NOW;
        for (const { call, waitMs } of steps) {
          nowMs += waitMs;
          const verdict = judge(policy, call, { history, nowMs });
          if (verdict.allowed) history.push({ atMs: nowMs, valueRao: verdict.valueRao });
        }
        for (const { period, limitRao } of policy.windows) {
          for (const { atMs: start } of history) {
            const inside = history.filter(
              ({ atMs }) => atMs >= start && atMs - start <= WINDOW_MS[period],
            );
            const spent = inside.reduce((sum, { valueRao }) => sum + valueRao, 0n);
            expect(spent <= limitRao || spent === 0n).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('answers any data in place of a call, and never throws', () => {
    const field = fc.oneof(fc.anything({ withBigInt: true }), anyCall, fc.array(anyCall));
    const oddCall = fc.record({
      pallet: fc.oneof(
        fc.constantFrom('SubtensorModule', 'Utility', 'Proxy', 'Balances'),
        fc.string(),
      ),
      name: fc.oneof(
        fc.constantFrom('add_stake', 'batch', 'proxy', 'if_else', 'transfer_all'),
        fc.string(),
      ),
      args: fc.dictionary(
        fc.constantFrom('calls', 'call', 'main', 'dest', 'value', 'hotkey', 'netuid'),
        field,
      ),
    });
    fc.assert(
      fc.property(anyPolicy, oddCall, (policy, call) => {
        const verdict = judge(policy, call as DecodedCall);
        expect(typeof verdict.allowed).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });
});
