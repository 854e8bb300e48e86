import { describe, expect, it } from 'vitest';
import { type CallEffect, KNOWN_CALLS, readAccount, readCallEffect } from './call-effects.ts';
import type { DecodedCall } from './types.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const CHARLIE = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
const SIGNER = { kind: 'signer' } as const;
const NOTHING = { moves: [], netuids: [], hotkeys: [], destinations: [], grantsRights: false };

const toBob = { type: 'Id', value: BOB };
const limits = { limit_price: 1n, allow_partial: false };
const tao = (amountRao: bigint) => ({ kind: 'tao', amountRao });
const alpha = (netuid: number, amountRao: bigint) => ({ kind: 'alpha', netuid, amountRao });

function callOf(name: string, args: Readonly<Record<string, unknown>>): DecodedCall {
  const [pallet = '', call = ''] = name.split('.');
  return { pallet, name: call, args };
}

type Row = readonly [string, Readonly<Record<string, unknown>>, Partial<CallEffect>];

const onOne = { hotkey: ALICE, netuid: 3 };
const named = { netuids: [3], hotkeys: [ALICE] };
const staked = { ...named, moves: [tao(50n)] } as const;
const sold = { ...named, moves: [alpha(3, 50n)] } as const;
const swap = { hotkey: ALICE, origin_netuid: 3, destination_netuid: 4, alpha_amount: 50n };
const swapped = { moves: [alpha(3, 50n)], netuids: [3, 4], hotkeys: [ALICE] } as const;
const everywhere = {
  moves: [{ kind: 'hotkey-positions', owner: SIGNER, hotkey: ALICE }],
  netuids: 'every',
  hotkeys: [ALICE],
} as const;
const sent = { moves: [tao(50n)], destinations: [BOB] } as const;
const onlyHotkey = { hotkeys: [ALICE] };

/** Every known call, with the arguments of the runtime and what a policy has to see of them. */
const ROWS = [
  ['SubtensorModule.add_stake', { ...onOne, amount_staked: 50n }, staked],
  ['SubtensorModule.add_stake_limit', { ...onOne, amount_staked: 50n, ...limits }, staked],
  ['SubtensorModule.add_stake_burn', { ...onOne, amount: 50n, limit: undefined }, staked],
  ['SubtensorModule.remove_stake', { ...onOne, amount_unstaked: 50n }, sold],
  ['SubtensorModule.remove_stake_limit', { ...onOne, amount_unstaked: 50n, ...limits }, sold],
  [
    'SubtensorModule.remove_stake_full_limit',
    { ...onOne, limit_price: undefined },
    { ...named, moves: [{ kind: 'position', owner: SIGNER, netuid: 3, hotkey: ALICE }] },
  ],
  ['SubtensorModule.unstake_all', { hotkey: ALICE }, everywhere],
  ['SubtensorModule.unstake_all_alpha', { hotkey: ALICE }, everywhere],
  [
    'SubtensorModule.move_stake',
    {
      origin_hotkey: ALICE,
      destination_hotkey: BOB,
      origin_netuid: 3,
      destination_netuid: 4,
      alpha_amount: 50n,
    },
    { moves: [alpha(3, 50n)], netuids: [3, 4], hotkeys: [ALICE, BOB] },
  ],
  ['SubtensorModule.swap_stake', swap, swapped],
  ['SubtensorModule.swap_stake_limit', { ...swap, ...limits }, swapped],
  [
    'SubtensorModule.transfer_stake',
    { ...swap, destination_coldkey: BOB },
    { ...swapped, destinations: [BOB] },
  ],
  ['SubtensorModule.recycle_alpha', { ...onOne, amount: 50n }, sold],
  ['SubtensorModule.burn_alpha', { ...onOne, amount: 50n }, sold],
  ['SubtensorModule.lock_stake', { ...onOne, amount: 50n }, sold],
  ['SubtensorModule.move_lock', { destination_hotkey: ALICE, netuid: 3 }, named],
  ['SubtensorModule.set_perpetual_lock', { netuid: 3, enabled: true }, { netuids: [3] }],
  ['SubtensorModule.claim_root', { subnets: [3, 4] }, { netuids: [3, 4] }],
  ['SubtensorModule.claim_root_with_hotkey', { hotkey: ALICE }, onlyHotkey],
  ['SubtensorModule.set_root_claim_type', { new_root_claim_type: 'Swap' }, {}],
  ['SubtensorModule.set_coldkey_auto_stake_hotkey', onOne, named],
  [
    'SubtensorModule.set_auto_parent_delegation_enabled',
    { hotkey: ALICE, enabled: true },
    onlyHotkey,
  ],
  ['SubtensorModule.set_reject_locked_alpha', { enabled: true }, {}],
  ['SubtensorModule.try_associate_hotkey', { hotkey: ALICE }, onlyHotkey],
  ['SubtensorModule.increase_take', { hotkey: ALICE, take: 1 }, onlyHotkey],
  ['SubtensorModule.decrease_take', { hotkey: ALICE, take: 1 }, onlyHotkey],
  ['SubtensorModule.clear_coldkey_swap_announcement', {}, {}],
  ['SubtensorModule.dispute_coldkey_swap', {}, {}],
  ['Balances.transfer_allow_death', { dest: toBob, value: 50n }, sent],
  ['Balances.transfer_keep_alive', { dest: toBob, value: 50n }, sent],
  [
    'Balances.transfer_all',
    { dest: toBob, keep_alive: true },
    { moves: [{ kind: 'free-balance', owner: SIGNER }], destinations: [BOB] },
  ],
  ['Balances.burn', { value: 50n, keep_alive: true }, { moves: [tao(50n)] }],
  ['System.remark', { remark: '0x' }, {}],
  ['System.remark_with_event', { remark: '0x' }, {}],
  [
    'Proxy.add_proxy',
    { delegate: toBob, proxy_type: 'Any', delay: 0 },
    { destinations: [BOB], grantsRights: true },
  ],
  ['Proxy.remove_proxy', { delegate: toBob, proxy_type: 'Any', delay: 0 }, {}],
  ['Proxy.remove_proxies', {}, {}],
  ['Proxy.remove_announcement', { real: toBob, call_hash: '0x' }, {}],
  ['Proxy.reject_announcement', { delegate: toBob, call_hash: '0x' }, {}],
  ['Multisig.cancel_as_multi', { threshold: 2 }, {}],
] as readonly Row[];

describe('what a policy sees of a call', () => {
  it.each(ROWS)('%s', (name, args, effect) => {
    const found = readCallEffect(callOf(name, args), SIGNER);
    expect(found).toEqual({ call: name, ...NOTHING, ...effect });
  });

  it('is written down here for every known call', () => {
    expect(ROWS.map(([name]) => name)).toEqual(KNOWN_CALLS);
  });

  it.each([
    ['SubtensorModule.remove_stake', { hotkey: ALICE, netuid: 0, amount_unstaked: 50n }],
    ['SubtensorModule.swap_stake', { ...swap, origin_netuid: 0 }],
    ['SubtensorModule.transfer_stake', { ...swap, origin_netuid: 0, destination_coldkey: BOB }],
  ])('%s from root is TAO, one to one', (name, args) => {
    expect(readCallEffect(callOf(name, args), SIGNER)).toMatchObject({ moves: [tao(50n)] });
  });

  it.each(['unstake_all', 'unstake_all_alpha', 'remove_stake_full_limit'])(
    'of %s is the stake of the account it acts for, and of none when that is unknown',
    (name) => {
      const call = callOf(`SubtensorModule.${name}`, onOne);
      const owner = { kind: 'account', address: CHARLIE } as const;
      expect(readCallEffect(call, owner)).toMatchObject({ moves: [{ owner }] });
      const unknown = readCallEffect(call, { kind: 'unknown' });
      expect(unknown).toMatchObject({ moves: [{ kind: 'unknowable' }] });
    },
  );

  it.each(['SubtensorModule.sudo_set_tempo', 'Sudo.sudo', 'constructor.name', '.'])(
    'is nothing for %s, which nobody described',
    (name) => {
      expect(readCallEffect(callOf(name, {}), SIGNER)).toBeUndefined();
    },
  );
});

describe('arguments of another form make a call malformed:', () => {
  const transfer = (change: Readonly<Record<string, unknown>>) =>
    callOf('Balances.transfer_keep_alive', { dest: toBob, value: 50n, ...change });
  const lock = (netuid: unknown) => callOf('SubtensorModule.set_perpetual_lock', { netuid });

  it.each<[string, DecodedCall, string]>([
    ['none at all', callOf('Balances.burn', {}), 'Balances.burn: the argument "value" is missing'],
    [
      'one only inherited',
      callOf('Balances.burn', Object.create({ value: 1n }) as Record<string, unknown>),
      '"value" is missing',
    ],
    ['an amount below nothing', transfer({ value: -1n }), '"value" is not an amount'],
    ['an amount that is no bigint', transfer({ value: 50 }), '"value" is not an amount'],
    ['a subnet below nothing', lock(-1), '"netuid" is not a netuid'],
    ['a subnet above 65535', lock(65_536), '"netuid" is not a netuid'],
    ['a subnet in parts', lock(1.5), '"netuid" is not a netuid'],
    ['a subnet as text', lock('1'), '"netuid" is not a netuid'],
    [
      'one subnet where a list belongs',
      callOf('SubtensorModule.claim_root', { subnets: 3 }),
      '"subnets" is not a list',
    ],
    [
      'a list with one that is no subnet',
      callOf('SubtensorModule.claim_root', { subnets: [3, 65_536] }),
      '"subnets" is not a netuid',
    ],
    ['text that is no account', transfer({ dest: 'bob' }), '"dest" is not an account'],
  ])('%s', (_title, call, reason) => {
    expect(readCallEffect(call, SIGNER)).toEqual({
      rule: 'malformed-call',
      reason: expect.stringContaining(reason),
    });
  });

  it('but not at their edges', () => {
    expect(readCallEffect(lock(0), SIGNER)).toMatchObject({ netuids: [0] });
    expect(readCallEffect(lock(65_535), SIGNER)).toMatchObject({ netuids: [65_535] });
    expect(readCallEffect(transfer({ value: 0n }), SIGNER)).toMatchObject({ moves: [tao(0n)] });
  });

  it('a defect while reading them is not taken for a malformed call', () => {
    const args = {
      get value(): bigint {
        throw new TypeError('a defect');
      },
    };
    expect(() => readCallEffect(callOf('Balances.burn', args), SIGNER)).toThrow('a defect');
  });
});

describe('an account', () => {
  it.each<[string, unknown]>([
    ['its address', BOB],
    ['its address on another chain', '14E5nqKAp3oAJcmzgZhUD2RcptBeUBScxKHgJKU4HPNcKVf3'],
    ['a multi-address of its id', toBob],
  ])('is read from %s', (_title, written) => {
    expect(readAccount(written)).toBe(BOB);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 1],
    ['other text', 'bob'],
    ['another kind of multi-address', { type: 'Address32', value: BOB }],
    ['a multi-address of bytes', { type: 'Id', value: 1 }],
    ['a multi-address in a multi-address', { type: 'Id', value: toBob }],
    ['a multi-address of other text', { type: 'Id', value: 'bob' }],
  ])('is none for %s', (_title, written) => {
    expect(readAccount(written)).toBeUndefined();
  });
});
