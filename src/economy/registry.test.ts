import { beforeEach, describe, expect, test } from 'vitest';
import { applyPendingChildren } from './children.ts';
import {
  decreaseTake,
  increaseTake,
  setAutoStake,
  setChildkeyTake,
  setChildren,
} from './delegate.ts';
import {
  dissolutionPayouts,
  dissolveNetwork,
  networkLockCost,
  registerNetwork,
  startCall,
} from './network.ts';
import { poolPriceRao } from './pool.ts';
import {
  burnedRegister,
  registerLimit,
  rootRegister,
  tryAssociateHotkey,
  uidOf,
} from './register.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';
import { setWeights } from './weights.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    block: 10_000,
    balances: { alice: 5_000n * TAO, bob: 5_000n * TAO, poor: TAO / 10n },
    subnets: [
      {
        netuid: 1,
        taoReserve: 1_000n * TAO,
        alphaIn: 4_000n * TAO,
        ownerHotkey: 'own',
        maxAllowedUids: 3,
        burnRao: TAO,
        immunityPeriod: 100,
        commitReveal: false,
        neurons: [
          { hotkey: 'own', registeredAt: 0 },
          { hotkey: 'h1', registeredAt: 0, emission: 5n, permit: true },
        ],
      },
      { netuid: 3, taoReserve: 100n * TAO, alphaIn: 100n * TAO },
    ],
    hotkeys: { own: { owner: 'oc' }, h1: { owner: 'alice' }, h2: { owner: 'bob' } },
    stakes: [
      { hotkey: 'h1', coldkey: 'alice', netuid: 1, alphaRao: 10n },
      { hotkey: 'h1', coldkey: 'bob', netuid: 1, alphaRao: 10n },
      { hotkey: 'h2', coldkey: 'bob', netuid: 1, alphaRao: 9n },
    ],
  });
});

function errorOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.error.name;
}

const at = (netuid: number): Subnet => state.subnets[netuid] as Subnet;

describe('registration', () => {
  test('burns the price, raises it, and gives the next uid', () => {
    const issued = state.taoIssuance;
    const call = { coldkey: 'bob', hotkey: 'new', netuid: 1 };
    expect(burnedRegister(state, call)).toMatchObject({ ok: true, uid: 2 });
    expect(state.taoIssuance).toBe(issued - TAO);
    expect(at(1).burnRao).toBe(2n * TAO);
    expect(state.hotkeys.new?.owner).toBe('bob');
  });

  test('of a full subnet replaces the weakest neuron past its immunity, never the owner', () => {
    burnedRegister(state, { coldkey: 'bob', hotkey: 'new', netuid: 1 });
    const next = { coldkey: 'bob', hotkey: 'newer', netuid: 1 };
    expect(burnedRegister(state, next)).toMatchObject({ ok: true, uid: 1 });
    expect(uidOf(at(1), 'h1')).toBeUndefined();
    expect(errorOf(burnedRegister(state, { ...next, hotkey: 'last' }))).toBe('NoNeuronIdAvailable');
  });

  test.each([
    [{ netuid: 0 }, 'RegistrationNotPermittedOnRootSubnet'],
    [{ netuid: 9 }, 'SubnetNotExists'],
    [{ hotkey: 'h1' }, 'HotKeyAlreadyRegisteredInSubNet'],
    [{ coldkey: 'poor' }, 'NotEnoughBalanceToStake'],
    [{ hotkey: 'h2', coldkey: 'alice' }, 'NonAssociatedColdKey'],
  ])('with %o is %s', (change, name) => {
    const call = { coldkey: 'bob', hotkey: 'new', netuid: 1, ...change };
    expect(errorOf(burnedRegister(state, call))).toBe(name);
  });

  test('holds a highest price', () => {
    const call = { coldkey: 'bob', hotkey: 'new', netuid: 1 };
    expect(errorOf(registerLimit(state, { ...call, limitRao: TAO - 1n }))).toBe(
      'RegistrationPriceLimitExceeded',
    );
    expect(errorOf(registerLimit(state, { ...call, limitRao: TAO }))).toBe('ok');
  });

  test('on root makes a delegate, and a full root wants more stake than its least', () => {
    at(0).maxAllowedUids = 1;
    expect(rootRegister(state, { coldkey: 'alice', hotkey: 'h1' })).toMatchObject({ uid: 0 });
    expect(state.hotkeys.h1?.take).toBe(11_796);
    expect(errorOf(rootRegister(state, { coldkey: 'bob', hotkey: 'h2' }))).toBe(
      'StakeTooLowForRoot',
    );
  });

  test('an unowned hotkey can be claimed once', () => {
    expect(tryAssociateHotkey(state, { coldkey: 'bob', hotkey: 'x' })).toMatchObject({
      associated: true,
    });
    tryAssociateHotkey(state, { coldkey: 'alice', hotkey: 'x' });
    expect(state.hotkeys.x?.owner).toBe('bob');
  });
});

describe('a new subnet', () => {
  const call = { coldkey: 'alice', hotkey: 'mine', accountOf: (n: number) => `subnet:${n}` };

  test('puts the lock into a pool at the median price and waits for its start', () => {
    expect(registerNetwork(state, call)).toMatchObject({
      ok: true,
      netuid: 2,
      costRao: 1_000n * TAO,
    });
    expect(at(2)).toMatchObject({
      taoReserve: 1_000n * TAO,
      subtokenEnabled: false,
      emissionEnabled: false,
      yuma3: true,
      lastEpochBlock: 9_998,
    });
    expect(poolPriceRao(at(2))).toBe(250_000_000n);
    expect(state.netuids).toEqual([0, 1, 2, 3]);
    const start = { coldkey: 'alice', netuid: 2 };
    expect(errorOf(startCall(state, start))).toBe('NeedWaitingMoreBlocksToStarCall');
    state.block += 7_200;
    expect(errorOf(startCall(state, { ...start, coldkey: 'bob' }))).toBe('NotSubnetOwner');
    expect(errorOf(startCall(state, start))).toBe('ok');
    expect(at(2).firstEmissionBlock).toBe(17_201);
    expect(errorOf(startCall(state, start))).toBe('FirstEmissionBlockNumberAlreadySet');
  });

  test('doubles the price, which then falls back to the minimum', () => {
    registerNetwork(state, call);
    expect(networkLockCost(state)).toBe(2_000n * TAO);
    state.block += 50_400;
    expect(networkLockCost(state)).toBe(1_500n * TAO + 46_400n);
    state.block += 500_000;
    expect(networkLockCost(state)).toBe(1_000n * TAO);
  });

  test('must be affordable', () => {
    expect(errorOf(registerNetwork(state, { ...call, coldkey: 'poor' }))).toBe(
      'CannotAffordLockCost',
    );
  });
});

describe('dissolution', () => {
  test('pays the pool by largest remainder and removes every trace', () => {
    at(1).taoReserve = 1_000n;
    const payouts = dissolutionPayouts(state, at(1), false);
    // 1000 over 10 : 19: remainders 24/29 and 5/29, the one rao left goes to the first.
    expect(payouts).toEqual([
      { coldkey: 'alice', taoRao: 345n },
      { coldkey: 'bob', taoRao: 655n },
    ]);
    at(1).taoReserve = 1_000n * TAO;
    expect(dissolveNetwork(state, { netuid: 1 })).toMatchObject({
      ok: true,
      paidRao: 1_000n * TAO,
    });
    expect(state.netuids).toEqual([0, 3]);
    expect(state.hotkeys.h1?.pools[1]).toBeUndefined();
    expect(state.balances['subnet:1']).toBeUndefined();
  });

  test('leaves the protocol its part, and the reserve where it counts', () => {
    at(1).protocolAlpha = 29n;
    const half = dissolutionPayouts(state, at(1), false);
    expect(half.reduce((sum, row) => sum + row.taoRao, 0n)).toBe(500n * TAO);
    at(1).alphaIn = 58n;
    const quarter = dissolutionPayouts(state, at(1), true);
    expect(quarter.reduce((sum, row) => sum + row.taoRao, 0n)).toBe(250n * TAO);
  });
});

describe('takes', () => {
  const take = { coldkey: 'alice', hotkey: 'h1', takeU16: 6_000 };

  test('rise once per waiting time and fall at once, which starts the wait', () => {
    expect(errorOf(decreaseTake(state, take))).toBe('ok');
    expect(errorOf(increaseTake(state, { ...take, takeU16: 6_001 }))).toBe(
      'DelegateTxRateLimitExceeded',
    );
    state.block += 216_000;
    expect(errorOf(increaseTake(state, { ...take, takeU16: 6_000 }))).toBe('DelegateTakeTooLow');
    expect(errorOf(increaseTake(state, { ...take, takeU16: 11_797 }))).toBe('DelegateTakeTooHigh');
    expect(errorOf(increaseTake(state, { ...take, takeU16: 6_001 }))).toBe('ok');
    expect(errorOf(decreaseTake(state, { ...take, coldkey: 'bob', takeU16: 1 }))).toBe(
      'NonAssociatedColdKey',
    );
  });

  test('of a childkey stay within their bounds', () => {
    const child = { ...take, netuid: 1 };
    expect(errorOf(setChildkeyTake(state, child))).toBe('ok');
    expect(errorOf(setChildkeyTake(state, { ...child, takeU16: 7_000 }))).toBe(
      'TxChildkeyTakeRateLimitExceeded',
    );
    expect(errorOf(setChildkeyTake(state, { ...child, takeU16: 11_797 }))).toBe(
      'InvalidChildkeyTake',
    );
  });
});

describe('children', () => {
  const half = 2n ** 63n;
  const call = {
    coldkey: 'alice',
    hotkey: 'h1',
    netuid: 1,
    children: [{ proportion: half, hotkey: 'h2' }],
  };

  test('apply after the cooldown and link both ways', () => {
    const outcome = setChildren(state, call);
    expect(outcome.ok && outcome.events[0]).toMatchObject({ name: 'SetChildrenScheduled' });
    applyPendingChildren(state, [], 1);
    expect(state.hotkeys.h1?.children[1]).toBeUndefined();
    state.block += 7_200;
    applyPendingChildren(state, [], 1);
    expect(state.hotkeys.h1?.children[1]).toEqual(call.children);
    expect(state.hotkeys.h2?.parents[1]).toEqual([{ proportion: half, hotkey: 'h1' }]);
    const back = {
      ...call,
      coldkey: 'bob',
      hotkey: 'h2',
      children: [{ proportion: 1n, hotkey: 'h1' }],
    };
    expect(errorOf(setChildren(state, back))).toBe('ChildParentInconsistency');
    setChildren(state, { ...call, children: [] });
    state.block += 7_200;
    applyPendingChildren(state, [], 1);
    expect(state.hotkeys.h2?.parents[1]).toBeUndefined();
  });

  test.each([
    [{ netuid: 0 }, 'RegistrationNotPermittedOnRootSubnet'],
    [{ netuid: 9 }, 'SubnetNotExists'],
    [{ coldkey: 'bob' }, 'NonAssociatedColdKey'],
    [{ children: [{ proportion: 1n, hotkey: 'h1' }] }, 'InvalidChild'],
    [{ children: [...call.children, ...call.children] }, 'DuplicateChild'],
    [{ children: [...call.children, { proportion: half, hotkey: 'x' }] }, 'ProportionOverflow'],
    [
      { children: ['a', 'b', 'c', 'd', 'e', 'f'].map((hotkey) => ({ proportion: 1n, hotkey })) },
      'TooManyChildren',
    ],
  ])('%o is %s', (change, name) => {
    expect(errorOf(setChildren(state, { ...call, ...change }))).toBe(name);
  });

  test('cannot be set twice within the interval', () => {
    setChildren(state, call);
    expect(errorOf(setChildren(state, call))).toBe('TxRateLimitExceeded');
  });
});

describe('miners and validators', () => {
  test('choose where incentive is staked, once', () => {
    const call = { coldkey: 'bob', netuid: 1, hotkey: 'h1' };
    expect(errorOf(setAutoStake(state, { ...call, hotkey: 'h2' }))).toBe(
      'HotKeyNotRegisteredInSubNet',
    );
    expect(errorOf(setAutoStake(state, call))).toBe('ok');
    expect(errorOf(setAutoStake(state, call))).toBe('SameAutoStakeHotkeyAlreadySet');
  });

  test('set weights that are stored with their largest at 65,535', () => {
    const call = { hotkey: 'h1', netuid: 1, uids: [0, 1], values: [1, 2] };
    expect(errorOf(setWeights(state, call))).toBe('ok');
    expect(at(1).neurons[1]?.weights).toEqual([
      [0, 32_768],
      [1, 65_535],
    ]);
    expect(errorOf(setWeights(state, { ...call, uids: [0, 0] }))).toBe('DuplicateUids');
    expect(errorOf(setWeights(state, { ...call, uids: [0, 5] }))).toBe('UidVecContainInvalidOne');
    expect(errorOf(setWeights(state, { ...call, values: [1] }))).toBe('WeightVecNotEqualSize');
    at(1).commitReveal = true;
    expect(errorOf(setWeights(state, call))).toBe('CommitRevealEnabled');
    expect(errorOf(setWeights(state, { ...call, revealed: true }))).toBe('ok');
  });
});
