import { describe, expect, test } from 'vitest';
import { checkConservation } from './conservation.ts';
import { safeFromInteger } from './safe-float.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState } from './state.ts';
import { swapHotkey } from './swap-hotkey.ts';

const RAO = 1_000_000_000n;
const everywhere = { coldkey: 'owner', from: 'val', to: 'new', netuid: undefined };

function economy(): EconomyState {
  const subnet = { owner: 'owner', alphaIn: 100n * RAO, taoReserve: 50n * RAO };
  const state = createEconomy({
    balances: { owner: 5n * RAO },
    subnets: [
      { netuid: 1, ...subnet, ownerHotkey: 'val', neurons: [{ hotkey: 'val' }] },
      { netuid: 2, ...subnet, neurons: [{ hotkey: 'other' }, { hotkey: 'val' }] },
    ],
    hotkeys: { val: { owner: 'owner', take: 9 }, other: { owner: 'someone' } },
    stakes: [
      { hotkey: 'val', coldkey: 'staker', netuid: 0, alphaRao: 7n * RAO },
      { hotkey: 'val', coldkey: 'staker', netuid: 1, alphaRao: 3n * RAO },
      { hotkey: 'val', coldkey: 'owner', netuid: 1, alphaRao: 2n * RAO },
      { hotkey: 'val', coldkey: 'staker', netuid: 2, alphaRao: RAO },
    ],
  });
  const { val, other } = state.hotkeys;
  if (val === undefined || other === undefined) throw new Error('no validators');
  val.rootClaimRates = { 1: 5n };
  val.rootClaimed = { 1: { staker: 11n } };
  val.basket = { shares: 9n, rateBits: 3n, claimed: { staker: -4n } };
  val.children[1] = [{ proportion: 1n, hotkey: 'other' }];
  other.parents[1] = [{ proportion: 1n, hotkey: 'val' }];
  const staker = state.coldkeys.staker;
  if (staker === undefined) throw new Error('no staker');
  staker.autoStake[2] = 'val';
  return state;
}

const held = (state: EconomyState, hotkey: string): bigint[] =>
  [0, 1, 2].map((netuid) => stakeOf(state, hotkey, 'staker', netuid));

describe('a hotkey swapped', () => {
  test('everywhere passes its seats, links, marks and all stake, and ends', () => {
    const state = economy();
    const outcome = swapHotkey(state, { ...everywhere, keepStake: false });
    expect(outcome).toMatchObject({
      ok: true,
      events: [
        {
          name: 'HotkeySwapped',
          fields: { coldkey: 'owner', old_hotkey: 'val', new_hotkey: 'new' },
        },
      ],
    });
    expect(held(state, 'new')).toEqual([7n * RAO, 3n * RAO, RAO]);
    expect(state.hotkeys.val).toBeUndefined();
    expect(state.hotkeys.new).toMatchObject({
      owner: 'owner',
      take: 9,
      rootClaimRates: { 1: 5n },
      rootClaimed: { 1: { staker: 11n } },
      basket: { shares: 9n, claimed: { staker: -4n } },
      children: { 1: [{ hotkey: 'other' }] },
    });
    expect(state.hotkeys.other?.parents[1]).toEqual([{ proportion: 1n, hotkey: 'new' }]);
    expect(state.subnets[1]).toMatchObject({ ownerHotkey: 'new', neurons: [{ hotkey: 'new' }] });
    expect(state.subnets[2]?.neurons.map(({ hotkey }) => hotkey)).toEqual(['other', 'new']);
    expect(state.coldkeys.staker).toMatchObject({
      stakingHotkeys: ['new'],
      autoStake: { 2: 'new' },
    });
    expect(state.coldkeys.owner?.ownedHotkeys).toEqual(['new']);
    expect(state.balances.owner).toBe(5n * RAO - 100_000_000n);
    expect(checkConservation(state)).toEqual([]);
  });

  test('on one subnet passes what it has there, and nothing else', () => {
    const state = economy();
    const outcome = swapHotkey(state, { ...everywhere, netuid: 2, keepStake: false });
    expect(outcome).toMatchObject({ events: [{ name: 'HotkeySwappedOnSubnet' }] });
    expect(held(state, 'new')).toEqual([0n, 0n, RAO]);
    expect(held(state, 'val')).toEqual([7n * RAO, 3n * RAO, 0n]);
    expect(state.hotkeys.val).toMatchObject({ take: 9, rootClaimRates: { 1: 5n } });
    expect(state.subnets[1]?.ownerHotkey).toBe('val');
    expect(state.balances.owner).toBe(5n * RAO - 1_000_000n);
    expect(checkConservation(state)).toEqual([]);
  });

  test('with its stake kept leaves stake, marks and the old hotkey where they are', () => {
    const state = economy();
    expect(swapHotkey(state, { ...everywhere, keepStake: true })).toMatchObject({ ok: true });
    expect(held(state, 'val')).toEqual([7n * RAO, 3n * RAO, RAO]);
    expect(held(state, 'new')).toEqual([0n, 0n, 0n]);
    expect(state.hotkeys.val).toMatchObject({ rootClaimRates: { 1: 5n }, owner: 'owner' });
    expect(state.hotkeys.val?.basket).toMatchObject({ shares: 9n });
    expect(state.hotkeys.new?.basket).toBeUndefined();
    expect(state.subnets[1]?.neurons).toMatchObject([{ hotkey: 'new' }]);
    expect(checkConservation(state)).toEqual([]);
  });

  test('to one that has stake already adds to it, to the rao but for rounding', () => {
    const state = economy();
    swapHotkey(state, { ...everywhere, netuid: 1, keepStake: true });
    const one = safeFromInteger(RAO);
    const shares = { staker: one, owner: one, third: one };
    const pool = { value: 4n * RAO + 1n, denominator: safeFromInteger(3n * RAO) };
    const { new: next, val } = state.hotkeys;
    if (next === undefined || val === undefined) throw new Error('not swapped');
    next.pools[1] = { ...pool, shares };
    const before = stakeOf(state, 'new', 'staker', 1);
    state.block += 8_000;
    for (const neuron of state.subnets[1]?.neurons ?? []) neuron.hotkey = 'val';
    expect(swapHotkey(state, { ...everywhere, netuid: 1, keepStake: false })).toMatchObject({
      ok: true,
    });
    const gained = stakeOf(state, 'new', 'staker', 1) - before;
    expect(gained - 3n * RAO).toBeGreaterThanOrEqual(-2n);
    expect(gained - 3n * RAO).toBeLessThanOrEqual(2n);
    expect(val.pools[1]).toBeUndefined();
    expect(next.pools[1]?.value).toBe(9n * RAO + 1n);
  });
});
