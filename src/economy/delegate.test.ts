import { beforeEach, describe, expect, test } from 'vitest';
import { applyPendingChildren, linkChildren, scheduleChildren } from './children.ts';
import {
  decreaseTake,
  increaseTake,
  setAutoStake,
  setChildkeyTake,
  setChildren,
} from './delegate.ts';
import {
  createEconomy,
  type EconomyEvent,
  type EconomyState,
  type Hotkey,
  type Outcome,
} from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
const U64 = 2n ** 64n - 1n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    block: 300_000,
    subnets: [{ netuid: 1, neurons: [{ hotkey: 'h1' }] }, { netuid: 2 }],
    hotkeys: {
      h1: { owner: 'alice', take: 6_000 },
      h2: { owner: 'bob' },
      h3: { owner: 'bob' },
    },
    stakes: [{ hotkey: 'h1', coldkey: 'alice', netuid: 1, alphaRao: 5n * TAO }],
  });
});

const h = (name: string): Hotkey => state.hotkeys[name] as Hotkey;
const at = (netuid: number): Subnet => state.subnets[netuid] as Subnet;
const errorOf = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.error.name);
const event = (name: string, fields: object) => ({ pallet: 'SubtensorModule', name, fields });
const events = (outcome: Outcome) => (outcome.ok ? outcome.events : outcome);

describe('a take', () => {
  const call = (change: object = {}) => ({
    coldkey: 'alice',
    hotkey: 'h1',
    takeU16: 6_001,
    ...change,
  });

  test.each([
    [{ hotkey: 'nobody' }, 'HotKeyAccountNotExists'],
    [{ coldkey: 'bob' }, 'NonAssociatedColdKey'],
    [{ takeU16: 6_000 }, 'DelegateTakeTooLow'],
    [{ takeU16: 11_797 }, 'DelegateTakeTooHigh'],
    [{ takeU16: 11_796 }, 'ok'],
  ])('raised with %o: %s', (change, name) => {
    expect(errorOf(increaseTake(state, call(change)))).toBe(name);
  });

  test.each([
    [{ hotkey: 'nobody' }, 'HotKeyAccountNotExists'],
    [{ coldkey: 'bob', takeU16: 1 }, 'NonAssociatedColdKey'],
    [{ takeU16: 6_000 }, 'DelegateTakeTooLow'],
    [{ takeU16: 99 }, 'DelegateTakeTooLow'],
    [{ takeU16: 100 }, 'ok'],
    [{ takeU16: 5_999 }, 'ok'],
  ])('lowered with %o: %s', (change, name) => {
    state.parameters.minDelegateTake = 100;
    expect(errorOf(decreaseTake(state, call(change)))).toBe(name);
  });

  test('of no delegate yet may be set either way', () => {
    const bob = { coldkey: 'bob', hotkey: 'h2', takeU16: 0 };
    expect(errorOf(increaseTake(state, bob))).toBe('ok');
    expect(errorOf(decreaseTake(state, { ...bob, hotkey: 'h3', takeU16: 7 }))).toBe('ok');
    expect([h('h2').take, h('h3').take]).toEqual([0, 7]);
  });

  test('is announced, kept, and rises once in 216,000 blocks', () => {
    const raised = increaseTake(state, call());
    const fields = { coldkey: 'alice', hotkey: 'h1', take: 6_001 };
    expect(events(raised)).toEqual([event('TakeIncreased', fields)]);
    expect(h('h1')).toMatchObject({ take: 6_001, takeChangedAt: 300_000 });
    state.block += 215_999;
    const more = call({ takeU16: 6_002 });
    expect(errorOf(increaseTake(state, more))).toBe('DelegateTxRateLimitExceeded');
    state.block += 1;
    expect(errorOf(increaseTake(state, more))).toBe('ok');
    const lowered = decreaseTake(state, call({ takeU16: 3 }));
    expect(events(lowered)).toEqual([event('TakeDecreased', { ...fields, take: 3 })]);
    expect(h('h1').takeChangedAt).toBe(516_000);
  });

  test.each([
    ['the take', () => increaseTake(state, call({ takeU16: 65_536 }))],
    ['the take', () => decreaseTake(state, call({ takeU16: -1 }))],
    ['the childkey take', () => setChildkeyTake(state, { ...call({ takeU16: 0.5 }), netuid: 1 })],
  ])('that is no u16 is a fault: %s', (what, run) => {
    expect(run).toThrow(`Couldn't set ${what}: takeU16 must be a whole number from 0 to 65535.`);
  });
});

describe('a childkey take', () => {
  const set = (change: object = {}) =>
    setChildkeyTake(state, { coldkey: 'alice', hotkey: 'h1', netuid: 1, takeU16: 500, ...change });

  test.each([
    [{ netuid: 9 }, 'SubnetNotExists'],
    [{ hotkey: 'nobody' }, 'NonAssociatedColdKey'],
    [{ coldkey: 'bob' }, 'NonAssociatedColdKey'],
    [{ takeU16: 11_797 }, 'InvalidChildkeyTake'],
    [{ takeU16: 11_796 }, 'ok'],
    [{ takeU16: 99 }, 'InvalidChildkeyTake'],
    [{ takeU16: 100 }, 'ok'],
  ])('with %o: %s', (change, name) => {
    state.parameters.minChildkeyTake = 100;
    expect(errorOf(set(change))).toBe(name);
  });

  test('has the larger of two minimums', () => {
    at(1).minChildkeyTake = 600;
    expect(errorOf(set({ takeU16: 599 }))).toBe('InvalidChildkeyTake');
    expect(errorOf(set({ takeU16: 600 }))).toBe('ok');
  });

  test('is announced, falls at any time and rises once in 216,000 blocks', () => {
    expect(events(set())).toEqual([event('ChildKeyTakeSet', { hotkey: 'h1', take: 500 })]);
    expect(h('h1')).toMatchObject({
      childkeyTakes: { 1: 500 },
      childkeyTakeChangedAt: { 1: 300_000 },
    });
    expect(errorOf(set({ takeU16: 499 }))).toBe('ok');
    state.block += 215_999;
    expect(errorOf(set())).toBe('TxChildkeyTakeRateLimitExceeded');
    expect(errorOf(set({ takeU16: 499 }))).toBe('ok');
    state.block += 216_000;
    expect(errorOf(set())).toBe('ok');
  });
});

describe('children', () => {
  const HALF = 2n ** 63n;
  const CALL = {
    coldkey: 'alice',
    hotkey: 'h1',
    netuid: 1,
    children: [{ proportion: HALF, hotkey: 'h2' }],
  };
  const set = (change: object = {}) => setChildren(state, { ...CALL, ...change });

  test.each([
    [{ hotkey: 'nobody' }, 'NonAssociatedColdKey'],
    [{ coldkey: 'bob' }, 'NonAssociatedColdKey'],
    [{ children: ['a', 'b', 'c', 'd', 'e'].map((hotkey) => ({ proportion: 1n, hotkey })) }, 'ok'],
    [
      {
        children: [
          { proportion: 1n, hotkey: 'h2' },
          { proportion: U64, hotkey: 'h3' },
        ],
      },
      'ProportionOverflow',
    ],
    [
      {
        children: [
          { proportion: 1n, hotkey: 'h2' },
          { proportion: U64 - 1n, hotkey: 'h3' },
        ],
      },
      'ok',
    ],
  ])('with %o: %s', (change, name) => {
    expect(errorOf(set(change))).toBe(name);
  });

  test('of a parent are never its parents', () => {
    linkChildren(state, 'h2', 1, [{ proportion: 1n, hotkey: 'h1' }]);
    expect(errorOf(set())).toBe('ChildParentInconsistency');
    expect(errorOf(set({ netuid: 2 }))).toBe('ok');
    expect(errorOf(set({ children: [{ proportion: 1n, hotkey: 'h3' }] }))).toBe('ok');
  });

  test('need the stake of a validator, unless there are none', () => {
    state.parameters.stakeThreshold = 5n * TAO + 1n;
    expect(errorOf(set())).toBe('NotEnoughStakeToSetChildkeys');
    expect(errorOf(set({ children: [] }))).toBe('ok');
    state.parameters.stakeThreshold = 5n * TAO;
    state.block += 150;
    expect(errorOf(set())).toBe('ok');
  });

  test('are set once in 150 blocks and wait for their time', () => {
    expect(events(set())).toEqual([
      event('SetChildrenScheduled', {
        hotkey: 'h1',
        netuid: 1,
        applies_at_block: 307_200n,
        children: [[HALF, 'h2']],
      }),
    ]);
    expect(h('h1').pendingChildren).toEqual({
      1: { children: CALL.children, appliesAt: 307_200 },
    });
    expect(at(1).pendingParents).toEqual(['h1']);
    state.block += 149;
    expect(errorOf(set())).toBe('TxRateLimitExceeded');
    expect(errorOf(set({ netuid: 2 }))).toBe('ok');
    state.block += 1;
    expect(errorOf(set({ children: [] }))).toBe('ok');
    expect(at(1).pendingParents).toEqual(['h1']);
  });

  test('are linked at once where the token is not on yet', () => {
    at(1).subtokenEnabled = false;
    expect(events(set())).toEqual([
      event('SetChildren', { hotkey: 'h1', netuid: 1, children: [[HALF, 'h2']] }),
    ]);
    expect(h('h2').parents).toEqual({ 1: [{ proportion: HALF, hotkey: 'h1' }] });
    expect(at(1).pendingParents).toEqual([]);
  });

  test('of a proportion that is no u64 are a fault', () => {
    const children = [{ proportion: U64 + 1n, hotkey: 'h2' }];
    expect(() => set({ children })).toThrow("Couldn't set children: proportion must be a u64.");
  });
});

describe('links between parents and children', () => {
  const link = (parent: string, ...names: string[]) =>
    linkChildren(
      state,
      parent,
      1,
      names.map((hotkey) => ({ proportion: 7n, hotkey })),
    );
  const parents = (name: string) => h(name).parents[1]?.map(({ hotkey }) => hotkey);

  test('are kept on both sides, and a new list replaces the old one', () => {
    link('h1', 'h2', 'h3', 'unknown');
    link('h2', 'h3');
    expect([parents('h2'), parents('h3')]).toEqual([['h1'], ['h1', 'h2']]);
    link('h1', 'h3');
    expect(h('h2').parents).toEqual({});
    expect(parents('h3')).toEqual(['h2', 'h1']);
    link('h1');
    expect(h('h1').children).toEqual({});
    expect(parents('h3')).toEqual(['h2']);
    link('nobody', 'h3');
    expect(parents('h3')).toEqual(['h2']);
  });

  test('that wait are applied in key order, when their time has come', () => {
    const wait = (parent: string, child: string, appliesAt: number) =>
      scheduleChildren(state, parent, 1, {
        children: [{ proportion: 7n, hotkey: child }],
        appliesAt,
      });
    wait('h2', 'h1', 300_001);
    wait('h1', 'h3', 300_000);
    wait('nobody', 'h3', 0);
    scheduleChildren(state, 'h1', 9, { children: [], appliesAt: 0 });
    at(1).pendingParents.push('gone');
    const found: EconomyEvent[] = [];
    applyPendingChildren(state, found, 1);
    expect(found).toEqual([
      event('SetChildren', { hotkey: 'h1', netuid: 1, children: [[7n, 'h3']] }),
    ]);
    expect(at(1).pendingParents).toEqual(['h2']);
    expect(h('h1').pendingChildren).toEqual({});
    state.block += 1;
    wait('h1', 'h2', 0);
    applyPendingChildren(state, found, 1);
    expect(found.map(({ fields }) => fields.hotkey)).toEqual(['h1', 'h1', 'h2']);
    applyPendingChildren(state, found, 9);
    expect(found).toHaveLength(3);
  });
});

describe('where incentive is staked', () => {
  const set = (change: object = {}) =>
    setAutoStake(state, { coldkey: 'carol', netuid: 1, hotkey: 'h1', ...change });

  test('is a registered hotkey of the subnet, set once', () => {
    expect(errorOf(set({ netuid: 9 }))).toBe('SubnetNotExists');
    expect(errorOf(set({ hotkey: 'h2' }))).toBe('HotKeyNotRegisteredInSubNet');
    expect(state.coldkeys.carol).toBeUndefined();
    const fields = { coldkey: 'carol', netuid: 1, hotkey: 'h1' };
    expect(events(set())).toEqual([event('AutoStakeDestinationSet', fields)]);
    expect(state.coldkeys.carol?.autoStake).toEqual({ 1: 'h1' });
    expect(errorOf(set())).toBe('SameAutoStakeHotkeyAlreadySet');
  });
});
