import { describe, expect, it } from 'vitest';
import { actedForInCall } from './acting-as-call.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const CHARLIE = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
const TWO_OF_THREE = '5DjYJStmdZ2rcqXbXGX7TW85JsrW6uG4y9MUcLq2BoPMpRA7';
const inner = { pallet: 'System', name: 'remark', args: { remark: '0x' } };

describe('whose funds a call moves', () => {
  it.each(['proxy', 'proxy_announced'])('is the real account of %s', (name) => {
    const args = { real: { type: 'Id', value: ALICE }, call: inner };
    expect(actedForInCall({ pallet: 'Proxy', name, args }, BOB)).toEqual({
      address: ALICE,
      acting: { kind: name === 'proxy' ? 'proxy' : 'announced', signer: BOB },
    });
  });

  it('is the account of all signatories, whichever of them signs', () => {
    const as = (signer: string, ...others: readonly string[]) =>
      actedForInCall(
        {
          pallet: 'Multisig',
          name: 'as_multi',
          args: { threshold: 2, other_signatories: others, call: inner },
        },
        signer,
      );
    const acting = { kind: 'multisig', signer: ALICE, threshold: 2 };
    expect(as(ALICE, BOB, CHARLIE)).toEqual({ address: TWO_OF_THREE, acting });
    expect(as(BOB, CHARLIE, ALICE)?.address).toBe(TWO_OF_THREE);
  });

  it('is the account of one approval where one is enough', () => {
    const args = { other_signatories: [BOB], call: inner };
    const call = { pallet: 'Multisig', name: 'as_multi_threshold_1', args };
    expect(actedForInCall(call, ALICE)?.acting).toEqual({
      kind: 'multisig',
      signer: ALICE,
      threshold: 1,
    });
  });

  it.each([
    ['a plain call', inner],
    ['a right that is given', { pallet: 'Proxy', name: 'add_proxy', args: { delegate: BOB } }],
    [
      'a cancelled approval',
      {
        pallet: 'Multisig',
        name: 'cancel_as_multi',
        args: { threshold: 2, other_signatories: [BOB] },
      },
    ],
    [
      'signatories in another form',
      { pallet: 'Multisig', name: 'as_multi', args: { threshold: 2, other_signatories: [1] } },
    ],
  ])('is the signer’s own with %s', (_title, call) => {
    expect(actedForInCall(call, ALICE)).toBeUndefined();
  });
});
