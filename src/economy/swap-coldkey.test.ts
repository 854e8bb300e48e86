import { expect, test } from 'vitest';
import { checkConservation } from './conservation.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState } from './state.ts';
import { swapColdkey } from './swap-coldkey.ts';

const RAO = 1_000_000_000n;

function economy(): EconomyState {
  const state = createEconomy({
    balances: { old: 5n * RAO, other: RAO },
    subnets: [{ netuid: 1, owner: 'old', alphaIn: 100n * RAO, taoReserve: 50n * RAO }],
    hotkeys: { val: { owner: 'old' }, rival: { owner: 'other' } },
    stakes: [
      { hotkey: 'val', coldkey: 'old', netuid: 0, alphaRao: 7n * RAO },
      { hotkey: 'rival', coldkey: 'old', netuid: 1, alphaRao: 3n * RAO },
      { hotkey: 'rival', coldkey: 'other', netuid: 1, alphaRao: 2n * RAO },
    ],
  });
  const val = state.hotkeys.val;
  if (val === undefined) throw new Error('no val');
  val.rootClaimed = { 1: { old: 11n } };
  val.basket = { shares: 9n, rateBits: 0n, claimed: { old: -4n, other: 1n } };
  state.rootClaimers = ['other', 'old'];
  return state;
}

test('stake, marks, hotkeys, subnets, lot and TAO go to the new coldkey', () => {
  const state = economy();
  const outcome = swapColdkey(state, { from: 'old', to: 'new' });
  expect(outcome).toMatchObject({ ok: true });
  expect(stakeOf(state, 'val', 'new', 0)).toBe(7n * RAO);
  expect(stakeOf(state, 'rival', 'new', 1)).toBe(3n * RAO);
  expect(stakeOf(state, 'rival', 'old', 1)).toBe(0n);
  expect(stakeOf(state, 'rival', 'other', 1)).toBe(2n * RAO);
  expect(state.hotkeys.val).toMatchObject({
    owner: 'new',
    rootClaimed: { 1: { new: 11n } },
    basket: { shares: 9n, claimed: { new: -4n, other: 1n } },
  });
  expect(state.hotkeys.rival?.owner).toBe('other');
  expect(state.subnets[1]?.owner).toBe('new');
  expect(state.coldkeys.old).toBeUndefined();
  expect(state.coldkeys.new).toMatchObject({
    ownedHotkeys: ['val'],
    stakingHotkeys: ['val', 'rival'],
  });
  expect(state.rootClaimers).toEqual(['other', 'new']);
  expect(state.balances).toMatchObject({ new: 5n * RAO, other: RAO });
  expect('old' in state.balances).toBe(false);
  expect(checkConservation(state)).toEqual([]);
  if (!outcome.ok) throw new Error('refused');
  expect(outcome.events.map(({ name }) => name)).toEqual([
    'NewAccount',
    'Endowed',
    'Transfer',
    'ColdkeySwapped',
  ]);
  expect(outcome.events.at(-1)?.fields).toEqual({ old_coldkey: 'old', new_coldkey: 'new' });
});

test('a coldkey without stake passes its TAO alone, one without TAO nothing', () => {
  const state = economy();
  state.balances.poor = 3n;
  const passed = swapColdkey(state, { from: 'poor', to: 'new' });
  expect(passed).toMatchObject({ ok: true });
  expect(state.balances.new).toBe(3n);
  expect(state.coldkeys.new).toBeUndefined();
  const nothing = swapColdkey(state, { from: 'nobody', to: 'newer' });
  expect(nothing.ok && nothing.events.map(({ name }) => name)).toEqual(['ColdkeySwapped']);
  expect('newer' in state.balances).toBe(false);
});

test.each([
  ['other', 'ColdKeyAlreadyAssociated'],
  ['val', 'NewColdKeyIsHotkey'],
])('a swap to %s is refused and changes nothing', (to, name) => {
  const state = economy();
  const before = structuredClone(state);
  expect(swapColdkey(state, { from: 'old', to })).toEqual({
    ok: false,
    error: { pallet: 'SubtensorModule', name },
  });
  expect(state).toEqual(before);
});
