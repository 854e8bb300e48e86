import { describe, expect, it } from 'vitest';
import { flattenCall, MAX_CALLS, MAX_DEPTH } from './flatten-call.ts';
import type { DecodedCall } from './types.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';

/** Moves everything its account has, so that its effect tells whom it acts for. */
const all: DecodedCall = {
  pallet: 'Balances',
  name: 'transfer_all',
  args: { dest: ALICE, keep_alive: true },
};
const burn = (value: bigint): DecodedCall => ({
  pallet: 'Balances',
  name: 'burn',
  args: { value },
});
const batch = (calls: readonly unknown[], name = 'batch_all'): DecodedCall => ({
  pallet: 'Utility',
  name,
  args: { calls },
});
const wrap = (name: string, args: Readonly<Record<string, unknown>>): DecodedCall => {
  const [pallet = '', call = ''] = name.split('.');
  return { pallet, name: call, args };
};
const asProxy = (call: unknown, real: unknown = { type: 'Id', value: BOB }): DecodedCall =>
  wrap('Proxy.proxy', { real, force_proxy_type: undefined, call });

const owned = (owner: unknown) => [{ moves: [{ kind: 'free-balance', owner }] }];
const SIGNER = owned({ kind: 'signer' });
const OF_BOB = owned({ kind: 'account', address: BOB });
const UNKNOWN = [{ moves: [{ kind: 'unknowable' }] }];

const malformed = (reason: string) => ({
  rule: 'malformed-call',
  reason: expect.stringContaining(reason),
});
const tooLarge = (reason: string) => ({
  rule: 'too-large',
  reason: expect.stringContaining(reason),
});

describe('the calls inside', () => {
  it.each<[string, DecodedCall, unknown]>([
    ['the call itself', all, SIGNER],
    ['Utility.batch', batch([all], 'batch'), SIGNER],
    ['Utility.batch_all', batch([all]), SIGNER],
    ['Utility.force_batch', batch([all], 'force_batch'), SIGNER],
    ['Proxy.proxy', asProxy(all), OF_BOB],
    [
      'Proxy.proxy_announced',
      wrap('Proxy.proxy_announced', { delegate: ALICE, real: BOB, call: all }),
      OF_BOB,
    ],
    ['Utility.as_derivative', wrap('Utility.as_derivative', { index: 0, call: all }), UNKNOWN],
    ['Multisig.as_multi', wrap('Multisig.as_multi', { threshold: 2, call: all }), UNKNOWN],
    [
      'Multisig.as_multi_threshold_1',
      wrap('Multisig.as_multi_threshold_1', { other_signatories: [BOB], call: all }),
      UNKNOWN,
    ],
    ['a batch of a proxied account', asProxy(batch([all])), OF_BOB],
    ['a proxy for an account that cannot be read', asProxy(all, 'bob'), UNKNOWN],
    [
      'an account derived from a multisig, whoever the multisig acts for',
      asProxy(wrap('Multisig.as_multi', { threshold: 2, call: all })),
      UNKNOWN,
    ],
    ['a proxy of a multisig', wrap('Multisig.as_multi', { call: asProxy(all) }), OF_BOB],
  ])('act for the right account: %s', (_title, call, effects) => {
    expect(flattenCall(call)).toMatchObject(effects as object);
  });

  it('come in order, and a proxy in a batch acts for its own calls only', () => {
    const effects = flattenCall(batch([burn(1n), asProxy(batch([burn(2n), all])), all, burn(3n)]));
    expect(effects).toMatchObject([
      { moves: [{ amountRao: 1n }] },
      { moves: [{ amountRao: 2n }] },
      ...OF_BOB,
      ...SIGNER,
      { moves: [{ amountRao: 3n }] },
    ]);
  });

  it('of a multisig stay those of an unknown account, whatever else it claims', () => {
    const claimed = { type: 'Id', value: BOB };
    const call = wrap('Multisig.as_multi', { threshold: 2, real: claimed, call: all });
    expect(flattenCall(call)).toMatchObject(UNKNOWN);
  });

  it('of an alternative are both sides, for the same account', () => {
    const either = wrap('Utility.if_else', { main: all, fallback: asProxy(all) });
    expect(flattenCall(either)).toMatchObject([...SIGNER, ...OF_BOB]);
    const call = wrap('Utility.if_else', { main: burn(1n), fallback: burn(2n) });
    expect(flattenCall(call)).toMatchObject([
      { moves: [{ amountRao: 1n }] },
      { moves: [{ amountRao: 2n }] },
    ]);
  });

  it('of an empty batch are none', () => {
    expect(flattenCall(batch([]))).toEqual([]);
  });
});

describe('one call that cannot be judged spoils the rest:', () => {
  it.each<[string, DecodedCall, unknown]>([
    [
      'an unknown one, by its name',
      batch([all, wrap('Sudo.sudo', { call: all })]),
      { rule: 'unknown-call', reason: 'Sudo.sudo is not a call it can judge' },
    ],
    ['a wrapper without its call', wrap('Proxy.proxy', { real: BOB }), malformed('not be decoded')],
    [
      'a wrapper whose call is only inherited',
      wrap('Multisig.as_multi', Object.create({ call: all }) as Record<string, unknown>),
      malformed('not be decoded'),
    ],
    [
      'an alternative without its fallback',
      wrap('Utility.if_else', { main: all }),
      malformed('not be decoded'),
    ],
    [
      'a batch without its list',
      wrap('Utility.batch', {}),
      malformed('Utility.batch has no calls of its form'),
    ],
    ['a list for one call', asProxy([all]), malformed('Proxy.proxy has no call of its form')],
    ['bytes', batch([all, '0x0102']), malformed('not be decoded')],
    ['null', batch([all, null]), malformed('not be decoded')],
    ['a call without a name', batch([{ pallet: 'System', args: {} }]), malformed('decoded')],
    ['a call without a pallet', batch([{ name: 'remark', args: {} }]), malformed('decoded')],
    [
      'a call without arguments',
      batch([{ pallet: 'System', name: 'remark' }]),
      malformed('decoded'),
    ],
    [
      'a call whose arguments are null',
      batch([{ pallet: 'System', name: 'remark', args: null }]),
      malformed('decoded'),
    ],
    [
      'a malformed list deep inside',
      batch([all, asProxy(wrap('Utility.batch', { calls: all }))]),
      malformed('Utility.batch has no calls'),
    ],
  ])('%s', (_title, call, refusal) => {
    expect(flattenCall(call)).toEqual(refusal);
  });
});

describe('the size of a call', () => {
  it('ends at the depth limit', () => {
    const nested = (depth: number): DecodedCall =>
      depth === 0 ? burn(1n) : batch([nested(depth - 1)]);
    expect(flattenCall(nested(MAX_DEPTH))).toHaveLength(1);
    expect(flattenCall(nested(MAX_DEPTH + 1))).toEqual(tooLarge(`more than ${MAX_DEPTH} deep`));
  });

  it('ends at the number of calls, wrappers included', () => {
    const burns = (count: number) => Array.from({ length: count }, () => burn(1n));
    expect(flattenCall(batch(burns(MAX_CALLS - 1)))).toHaveLength(MAX_CALLS - 1);
    expect(flattenCall(batch(burns(MAX_CALLS)))).toEqual(tooLarge(`more than ${MAX_CALLS} calls`));
    expect(flattenCall(batch(burns(MAX_CALLS + 1)))).toEqual(tooLarge('too many calls'));
    const half = batch(burns(MAX_CALLS / 2));
    expect(flattenCall(batch([half, half]))).toEqual(tooLarge(`more than ${MAX_CALLS} calls`));
  });
});
