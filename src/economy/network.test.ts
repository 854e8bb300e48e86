import { beforeEach, describe, expect, test } from 'vitest';
import { checkConservation } from './conservation.ts';
import {
  dissolutionPayouts,
  dissolveNetwork,
  networkLockCost,
  registerNetwork,
  startCall,
} from './network.ts';
import { createEconomy, type EconomyState, newSharePool, type Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    block: 10_000,
    balances: { alice: 5_000n * TAO },
    subnets: [
      { netuid: 1, owner: 'oc', taoReserve: 1_000n * TAO, alphaIn: 4_000n * TAO },
      { netuid: 3, taoReserve: 300n * TAO, alphaIn: 100n * TAO },
      { netuid: 4, mechanism: 0, taoReserve: 7n, alphaIn: 7n },
    ],
    hotkeys: { h1: { owner: 'alice' }, h2: { owner: 'bob' } },
    stakes: [
      { hotkey: 'h1', coldkey: 'bob', netuid: 1, alphaRao: 2n },
      { hotkey: 'h1', coldkey: 'alice', netuid: 1, alphaRao: 1n },
      { hotkey: 'h2', coldkey: 'carol', netuid: 1, alphaRao: 1n },
      { hotkey: 'h2', coldkey: 'bob', netuid: 1, alphaRao: 2n },
      { hotkey: 'h2', coldkey: 'bob', netuid: 3, alphaRao: 2n },
    ],
  });
});

const at = (netuid: number): Subnet => state.subnets[netuid] as Subnet;
const errorOf = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.error.name);
const event = (name: string, fields: object) => ({ pallet: 'SubtensorModule', name, fields });

describe('what a subnet costs', () => {
  test('is once the last price at first, then twice, less its part for every block', () => {
    const cost = (block: number, last: bigint, at: number): bigint => {
      Object.assign(state.parameters, { networkLastLockRao: last, networkLastLockBlock: at });
      state.block = block;
      return networkLockCost(state);
    };
    expect(cost(0, 2_016n * TAO, 0)).toBe(2_016n * TAO);
    expect(cost(50_400, 2_016n * TAO, 0)).toBe(1_008n * TAO);
    expect(cost(50_500, 2_016n * TAO, 100)).toBe(3_024n * TAO);
    expect(cost(200, 500n * TAO + 1n, 100) - 1_000n * TAO).toBe(0n);
    expect(cost(201_700, 2_016n * TAO, 100)).toBe(1_000n * TAO);
  });
});

describe('a new subnet', () => {
  const register = (change: object = {}) =>
    registerNetwork(state, {
      coldkey: 'alice',
      hotkey: 'mine',
      accountOf: (netuid: number) => `account ${netuid}`,
      ...change,
    });

  test('has the lock for a pool, at the lower median price of the dynamic ones', () => {
    const staked = state.totalStake;
    expect(register()).toEqual({
      ok: true,
      netuid: 2,
      costRao: 1_000n * TAO,
      events: [
        {
          pallet: 'System',
          name: 'NewAccount',
          fields: { account: 'account 2' },
        },
        {
          pallet: 'Balances',
          name: 'Endowed',
          fields: { account: 'account 2', free_balance: 1_000n * TAO },
        },
        {
          pallet: 'Balances',
          name: 'Transfer',
          fields: { from: 'alice', to: 'account 2', amount: 1_000n * TAO },
        },
        event('NetworkAdded', { netuid: 2, mechanism: 1 }),
      ],
    });
    expect(at(2)).toMatchObject({
      account: 'account 2',
      mechanism: 1,
      owner: 'alice',
      ownerHotkey: 'mine',
      registeredAt: 10_000,
      taoReserve: 1_000n * TAO,
      alphaIn: 4_000n * TAO,
      alphaOut: 0n,
      subtokenEnabled: false,
      emissionEnabled: false,
      yuma3: true,
      maxAllowedValidators: 64,
      immunityPeriod: 5_000,
      lastEpochBlock: 9_998,
      firstEmissionBlock: null,
    });
    expect(at(2).neurons.map(({ hotkey }) => hotkey)).toEqual(['mine']);
    expect(state.hotkeys.mine?.owner).toBe('alice');
    expect(state.totalStake - staked).toBe(1_000n * TAO);
    expect(state.parameters).toMatchObject({
      networkLastLockRao: 1_000n * TAO,
      networkLastLockBlock: 10_000,
    });
    expect(checkConservation(state)).toEqual([]);
  });

  test('takes the middle price of three, and one where there is none', () => {
    Object.assign(at(4), { mechanism: 1, taoReserve: 14n });
    register();
    expect(at(2).alphaIn).toBe(500n * TAO);
    for (const netuid of [1, 2, 3, 4]) at(netuid).alphaIn = 0n;
    state.balances.alice = 9_000n * TAO;
    register({ hotkey: 'another' });
    expect(at(5)).toMatchObject({ taoReserve: 2_000n * TAO, alphaIn: 2_000n * TAO });
  });

  test('is refused to strangers, the poor, and where there is no room', () => {
    expect(errorOf(register({ hotkey: 'h2' }))).toBe('NonAssociatedColdKey');
    expect(errorOf(register({ hotkey: 'h1' }))).toBe('ok');
    state.balances.alice = 2_000n * TAO + 499n;
    expect(errorOf(register())).toBe('CannotAffordLockCost');
    state.parameters.subnetLimit = 4;
    expect(errorOf(register())).toBe('SubnetLimitReached');
    state.parameters.subnetLimit = 5;
    state.balances.alice = 2_000n * TAO + 500n;
    expect(errorOf(register())).toBe('ok');
  });
});

describe('the start of a subnet', () => {
  const start = (change: object = {}) => startCall(state, { coldkey: 'oc', netuid: 1, ...change });

  test('is its owner’s, once, after the waiting time', () => {
    Object.assign(at(1), { registeredAt: 2_801, subtokenEnabled: false });
    expect(errorOf(start({ netuid: 9 }))).toBe('SubnetNotExists');
    expect(errorOf(start({ netuid: 0, coldkey: '' }))).toBe('SubnetNotExists');
    expect(errorOf(start({ coldkey: 'x' }))).toBe('NotSubnetOwner');
    expect(errorOf(start())).toBe('NeedWaitingMoreBlocksToStarCall');
    state.block += 1;
    const started = start();
    expect(started.ok && started.events).toEqual([
      event('FirstEmissionBlockNumberSet', { netuid: 1, block: 10_002n }),
    ]);
    expect(at(1)).toMatchObject({ firstEmissionBlock: 10_002, subtokenEnabled: true });
    expect(errorOf(start())).toBe('FirstEmissionBlockNumberAlreadySet');
  });
});

describe('a dissolution', () => {
  const payouts = (pot: bigint, countReserve = false) => {
    at(1).taoReserve = pot;
    return dissolutionPayouts(state, at(1), countReserve).map(({ coldkey, taoRao }) => [
      coldkey,
      taoRao,
    ]);
  };

  test('gives what is left over to the largest remainders, by name among equals', () => {
    // Six alpha: bob has four, alice and carol one each.
    expect(payouts(6n)).toEqual([
      ['alice', 1n],
      ['bob', 4n],
      ['carol', 1n],
    ]);
    // 20/6, 5/6 and 5/6 of a rao: the two remainders of 5/6 come before the one of 2/6.
    expect(payouts(5n)).toEqual([
      ['alice', 1n],
      ['carol', 1n],
      ['bob', 3n],
    ]);
    expect(payouts(7n)).toEqual([
      ['bob', 5n],
      ['alice', 1n],
      ['carol', 1n],
    ]);
  });

  test('counts what is the protocol’s, and the reserve where it is asked to', () => {
    Object.assign(at(1), { protocolAlpha: 6n, alphaIn: 12n });
    const sum = (rows: readonly (string | bigint)[][]) =>
      rows.reduce((all, [, rao]) => all + (rao as bigint), 0n);
    expect(sum(payouts(1_200n))).toBe(600n);
    expect(sum(payouts(1_200n, true))).toBe(300n);
  });

  test('without any alpha pays nobody', () => {
    for (const hotkey of Object.values(state.hotkeys)) hotkey.pools = {};
    expect(payouts(5n)).toEqual([]);
    expect(dissolutionPayouts(state, { ...at(1), netuid: 8 }, false)).toEqual([]);
  });

  test('pays, recycles the rest, and forgets the subnet everywhere', () => {
    Object.assign(at(1), { protocolAlpha: 6n, taoReserve: 1_000n * TAO });
    const mark = (netuid: number) => ({ [netuid]: {} as never, 3: {} as never });
    Object.assign(state.hotkeys.h1 as object, {
      rootClaimRates: mark(1),
      rootClaimed: mark(1),
      children: mark(1),
      parents: mark(1),
      pendingChildren: mark(1),
      childrenSetAt: mark(1),
      childkeyTakes: mark(1),
      childkeyTakeChangedAt: mark(1),
      alphaLastEpoch: mark(1),
      pools: { 1: state.hotkeys.h1?.pools[1], 3: newSharePool() },
    });
    Object.assign(state.coldkeys.bob as object, {
      autoStake: mark(1),
      locks: mark(1),
      perpetualLock: mark(1),
    });
    const before = structuredClone(state);
    const dissolved = dissolveNetwork(state, { netuid: 1 });
    expect(dissolved).toMatchObject({ ok: true, paidRao: 500n * TAO });
    expect(dissolved.ok && dissolved.events.at(-1)).toEqual(event('NetworkRemoved', { netuid: 1 }));
    expect(state.netuids).toEqual([0, 3, 4]);
    expect(state.subnets[1]).toBeUndefined();
    expect(before.totalStake - state.totalStake).toBe(1_000n * TAO);
    expect(before.taoIssuance - state.taoIssuance).toBe(500n * TAO);
    expect(state.balances).not.toHaveProperty('subnet:1');
    const left = (record: object) =>
      Object.values(record).flatMap((part) =>
        typeof part === 'object' && !Array.isArray(part) ? [Object.keys(part)] : [],
      );
    const { basket: _, ...h1 } = state.hotkeys.h1 ?? {};
    expect(left(h1)).toEqual(Array.from({ length: 10 }, () => ['3']));
    const { autoStake, locks, perpetualLock } = state.coldkeys.bob ?? {};
    expect(left({ autoStake, locks, perpetualLock })).toEqual([['3'], ['3'], ['3']]);
    expect(errorOf(dissolveNetwork(state, { netuid: 1 }))).toBe('SubnetNotExists');
    expect(errorOf(dissolveNetwork(state, { netuid: 0 }))).toBe('SubnetNotExists');
  });

  test('pays less where the reserve shares in the pot', () => {
    Object.assign(at(1), { alphaIn: 6n, taoReserve: 1_000n * TAO });
    const dissolved = dissolveNetwork(state, { netuid: 1, countReserve: true });
    expect(dissolved).toMatchObject({ paidRao: 500n * TAO });
  });
});
