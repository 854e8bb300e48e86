import { describe, expect, it } from 'vitest';
import type { Call } from '../chain/types.ts';
import { mayCall as devMayCall } from '../devnode/runtime/proxy-filter.ts';
import {
  canSendFunds,
  describeRule,
  mayCall,
  type ProxyRule,
  TABLE_RULES,
} from './plan-proxy-rules.ts';

const call = (text: string, args: Call['args'] = {}): Call => {
  const [pallet = '', name = ''] = text.includes('.') ? text.split('.') : ['SubtensorModule', text];
  return { pallet, name, args };
};
const batch = (...calls: readonly Call[]): Call => call('Utility.batch_all', { calls });
const rule = (type: string): ProxyRule => TABLE_RULES.get(type) as ProxyRule;
const transfer = (value: bigint): Call => call('Balances.transfer_keep_alive', { value });

describe('what a proxy may call', () => {
  it.each<[string, Call, boolean]>([
    ['Any', batch(transfer(1n)), true],
    ['Staking', call('add_stake_limit'), true],
    ['Staking', transfer(1n), false],
    ['Staking', call('transfer_stake'), false],
    ['Staking', call('claim_root'), false],
    ['Staking', batch(call('add_stake')), false],
    ['RootClaim', call('claim_root'), true],
    ['NonTransfer', batch(call('add_stake')), true],
    ['NonTransfer', batch(call('add_stake'), transfer(1n)), false],
    ['NonTransfer', call('transfer_stake'), false],
    ['Transfer', call('transfer_stake'), true],
    ['Transfer', call('add_stake'), false],
    ['SmallTransfer', transfer(499_999_999n), true],
    ['SmallTransfer', transfer(500_000_000n), false],
    ['SmallTransfer', call('transfer_stake', { alpha_amount: 1n }), true],
    ['SmallTransfer', call('Balances.transfer_keep_alive'), false],
    ['Owner', call('AdminUtils.sudo_set_tempo'), true],
    ['Owner', call('AdminUtils.sudo_set_sn_owner_hotkey'), false],
    ['Governance', call('System.remark'), false],
    [
      'SudoUncheckedSetCode',
      call('Sudo.sudo_unchecked_weight', { call: call('System.set_code') }),
      true,
    ],
    [
      'SudoUncheckedSetCode',
      call('Sudo.sudo_unchecked_weight', { call: call('System.remark') }),
      false,
    ],
  ])('%s: case %#', (type, wanted, isAllowed) => {
    expect(mayCall(rule(type), wanted)).toBe(isAllowed);
  });

  it('is not known for a type nobody described', () => {
    expect(mayCall(undefined, transfer(1n))).toBeUndefined();
    expect(describeRule(undefined)).toBe('not known to this version');
  });

  it('is what the dev chain filters, for every type and the calls of delegators', () => {
    const names = [
      'add_stake',
      'remove_stake_full_limit',
      'move_stake',
      'transfer_stake',
      'claim_root',
      'set_root_claim_type',
      'burned_register',
      'set_children',
      'swap_hotkey',
      'root_register',
      'announce_coldkey_swap',
      'Balances.transfer_all',
      'Balances.transfer_keep_alive',
      'System.remark',
    ];
    for (const [type, known] of TABLE_RULES) {
      for (const name of names) {
        const plain = call(name, { value: 1n, alpha_amount: 1n });
        const coded = { type: plain.pallet, value: { type: plain.name, value: plain.args } };
        expect([type, name, mayCall(known, plain)]).toEqual([
          type,
          name,
          devMayCall(type, coded as never),
        ]);
      }
    }
  });
});

describe('whether a proxy can empty the account', () => {
  it('is so for the types that can send, and for those nobody described', () => {
    const hasAll = () => true;
    const sending = [...TABLE_RULES].filter(([, known]) => canSendFunds(known, hasAll));
    expect(sending.map(([type]) => type)).toEqual([
      'Any',
      'NonCritical',
      'Transfer',
      'SmallTransfer',
    ]);
    expect(canSendFunds(undefined, hasAll)).toBe(true);
  });

  it('counts only calls that the runtime has', () => {
    const balancesClosed: ProxyRule = {
      kind: 'all-but',
      calls: [{ pallet: 'Balances' }, { pallet: 'SubtensorModule', call: 'transfer_stake' }],
      exceptions: [],
    };
    const hasGift = (_pallet: string, name: string) => name === 'transfer_stake_and_hotkey';
    expect(canSendFunds(balancesClosed, hasGift)).toBe(true);
    expect(canSendFunds(balancesClosed, () => false)).toBe(false);
  });
});

describe('a rule in words', () => {
  it('names every call', () => {
    expect(describeRule(rule('Any'))).toBe('every call');
    expect(describeRule(rule('Governance'))).toBe('nothing');
    expect(describeRule(rule('RootClaim'))).toBe('only claim_root');
    expect(describeRule(rule('SmallTransfer'))).toBe(
      'only transfer_keep_alive (value below 500000000 rao), transfer_allow_death (value below 500000000 rao), transfer_stake (alpha_amount below 500000000 rao)',
    );
  });
});
