import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KNOWN_CALLS } from '../../signing/policy/call-effects.ts';
import { checkPolicy } from '../../signing/policy/check-policy.ts';
import { parsePolicyFile, serializePolicyFile } from '../../signing/policy/policy-file.ts';
import type { DecodedCall, Policy } from '../../signing/policy/types.ts';
import { editPolicy, loosenings, type PolicyEdit, policyMark } from './edit-policy.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const NOW = 1_800_000_000_000;

const full: Policy = {
  perTransactionRao: 5n,
  windows: [{ period: 'day', limitRao: 10n }],
  netuids: [0, 8],
  hotkeys: [ALICE],
  destinations: [],
  calls: ['SubtensorModule.add_stake'],
  expiresAtMs: NOW,
};

describe('an edit', () => {
  it('leaves what it does not name, and lifts what it calls any', () => {
    expect(editPolicy(full, { windows: {} })).toEqual(full);
    expect(editPolicy(full, { windows: { hour: 1n, day: 'any' }, hotkeys: 'any' })).toEqual({
      perTransactionRao: 5n,
      windows: [{ period: 'hour', limitRao: 1n }],
      netuids: [0, 8],
      destinations: [],
      calls: ['SubtensorModule.add_stake'],
      expiresAtMs: NOW,
    });
  });

  it('without a policy limits what it names and nothing else', () => {
    expect(editPolicy(undefined, { windows: { week: 3n }, netuids: [] })).toEqual({
      windows: [{ period: 'week', limitRao: 3n }],
      netuids: [],
    });
  });
});

describe('allowing more', () => {
  it.each<[string, PolicyEdit]>([
    ['a higher limit of a transaction', { windows: {}, perTransactionRao: 6n }],
    ['no limit of a transaction', { windows: {}, perTransactionRao: 'any' }],
    ['a higher window', { windows: { day: 11n } }],
    ['no window', { windows: { day: 'any' } }],
    ['another subnet', { windows: {}, netuids: [0, 8, 9] }],
    ['any subnet', { windows: {}, netuids: 'any' }],
    ['another hotkey', { windows: {}, hotkeys: [BOB] }],
    ['a destination', { windows: {}, destinations: [BOB] }],
    ['another call', { windows: {}, calls: ['Balances.burn'] }],
    ['a later end', { windows: {}, expiresAtMs: NOW + 1 }],
    ['no end', { windows: {}, expiresAtMs: 'any' }],
  ])('is %s', (_title, edit) => {
    expect(loosenings(full, editPolicy(full, edit))).toHaveLength(1);
  });

  it.each<[string, PolicyEdit]>([
    ['lower limits', { windows: { day: 9n, week: 20n }, perTransactionRao: 5n }],
    ['fewer subnets', { windows: {}, netuids: [8] }],
    ['no hotkey at all', { windows: {}, hotkeys: [] }],
    ['an earlier end', { windows: {}, expiresAtMs: NOW - 1 }],
  ])('is not: %s', (_title, edit) => {
    expect(loosenings(full, editPolicy(full, edit))).toEqual([]);
  });

  it('is naming a call that hands out rights where none was listed', () => {
    const before: Policy = { windows: [] };
    const named = (calls: readonly string[]) => loosenings(before, { ...before, calls });
    expect(named(['Proxy.add_proxy'])).toHaveLength(1);
    expect(named(['SubtensorModule.add_stake'])).toEqual([]);
  });
});

const amount = fc.bigInt(0n, 12n);
const subsetOf = <T>(items: readonly T[]) => fc.option(fc.subarray([...items]), { nil: undefined });
const orAny = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant('any' as const));
/** Leaves out what is undefined, as a policy read from its file does. */
const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

const calls = ['SubtensorModule.add_stake', 'Balances.transfer_keep_alive', 'Proxy.add_proxy'];
const anyPolicy = fc
  .record({
    perTransactionRao: fc.option(amount, { nil: undefined }),
    day: fc.option(amount, { nil: undefined }),
    netuids: subsetOf([0, 8]),
    hotkeys: subsetOf([ALICE, BOB]),
    destinations: subsetOf([ALICE, BOB]),
    calls: subsetOf(calls),
    expiresAtMs: fc.option(fc.constantFrom(NOW - 1, NOW + 1), { nil: undefined }),
  })
  .map(({ day, ...fields }): Policy => {
    const windows = day === undefined ? [] : [{ period: 'day' as const, limitRao: day }];
    return { windows, ...(present(fields) as Omit<Policy, 'windows'>) };
  });
const anyEdit = fc
  .record({
    perTransactionRao: fc.option(orAny(amount), { nil: undefined }),
    day: fc.option(orAny(amount), { nil: undefined }),
    netuids: fc.option(orAny(fc.subarray([0, 8])), { nil: undefined }),
    hotkeys: fc.option(orAny(fc.subarray([ALICE, BOB])), { nil: undefined }),
    destinations: fc.option(orAny(fc.subarray([ALICE, BOB])), { nil: undefined }),
    calls: fc.option(orAny(fc.subarray(calls)), { nil: undefined }),
    expiresAtMs: fc.option(orAny(fc.constantFrom(NOW - 1, NOW + 1)), { nil: undefined }),
  })
  .map(({ day, ...fields }): PolicyEdit => {
    const windows = day === undefined ? {} : { day };
    return { windows, ...(present(fields) as Omit<PolicyEdit, 'windows'>) };
  });
const address = fc.constantFrom(ALICE, BOB);
const anyCall: fc.Arbitrary<DecodedCall> = fc.oneof(
  fc
    .record({ hotkey: address, netuid: fc.constantFrom(0, 8), amount_staked: amount })
    .map((args): DecodedCall => ({ pallet: 'SubtensorModule', name: 'add_stake', args })),
  fc
    .record({ dest: address, value: amount })
    .map((args): DecodedCall => ({ pallet: 'Balances', name: 'transfer_keep_alive', args })),
  fc
    .record({ delegate: address, proxy_type: fc.constant('Any'), delay: fc.constant(0) })
    .map((args): DecodedCall => ({ pallet: 'Proxy', name: 'add_proxy', args })),
);

describe('any edit', () => {
  it('that is not said to allow more allows nothing more', () => {
    fc.assert(
      fc.property(anyPolicy, anyEdit, anyCall, amount, (before, edit, decodedCall, spentRao) => {
        const after = editPolicy(before, edit);
        if (loosenings(before, after).length > 0) return;
        const history = [{ atMs: NOW, valueRao: spentRao }];
        const check = { decodedCall, history, nowMs: NOW, valueRaoOf: () => undefined };
        if (!checkPolicy({ ...check, policy: after }).allowed) return;
        expect(checkPolicy({ ...check, policy: before }).allowed).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives a policy that can be stored, with a mark of its own', () => {
    fc.assert(
      fc.property(anyPolicy, anyEdit, (before, edit) => {
        const after = editPolicy(before, edit);
        expect(parsePolicyFile(serializePolicyFile(after))).toEqual(after);
        const isSame = serializePolicyFile(before) === serializePolicyFile(after);
        expect(policyMark(before) === policyMark(after)).toBe(isSame);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the calls that hand out rights', () => {
  it('are all in the pallets that a new list is watched for', () => {
    const judged = KNOWN_CALLS.filter((call) => /^(?:Proxy|Multisig)\./.test(call));
    expect(judged).toContain('Proxy.add_proxy');
    const others = KNOWN_CALLS.filter((call) => !judged.includes(call));
    expect(others.filter((call) => /proxy|approve|delegate_of|swap_coldkey/.test(call))).toEqual(
      [],
    );
  });
});
