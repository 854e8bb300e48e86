import { beforeEach, describe, expect, test } from 'vitest';
import { linkChildren } from './children.ts';
import { checkConservation } from './conservation.ts';
import type { EpochEmission } from './epoch-call.ts';
import { inheritedStake, stakeWeight } from './epoch-call.ts';
import { ONE_32, u64Fraction32 } from './fixed.ts';
import { payTempo } from './payout.ts';
import { accrueRootDividend, owedRootDividend } from './root-dividends.ts';
import { decreaseStake, hotkeyStake, increaseStake, stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyEvent, type EconomyState } from './state.ts';
import type { Pendings, Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
const HALF = 2n ** 63n;
const NOTHING: Pendings = { server: 0n, validator: 0n, root: 0n, ownerCut: 0n };
let state: EconomyState;
let events: EconomyEvent[];

beforeEach(() => {
  events = [];
  state = createEconomy({
    subnets: [{ netuid: 1, owner: 'oc', ownerHotkey: 'own' }],
    hotkeys: {
      own: { owner: 'oc' },
      parent: { owner: 'pc', take: 0 },
      child: { owner: 'cc', take: 0 },
      miner: { owner: 'mc' },
    },
    stakes: [
      { hotkey: 'parent', coldkey: 'pc', netuid: 1, alphaRao: 800n * TAO },
      { hotkey: 'child', coldkey: 'cc', netuid: 1, alphaRao: 100n * TAO },
      { hotkey: 'child', coldkey: 'nom', netuid: 1, alphaRao: 100n * TAO },
      { hotkey: 'child', coldkey: 'rita', netuid: 0, alphaRao: 10n * TAO },
    ],
  });
});

const subnet = (): Subnet => state.subnets[1] as Subnet;

/** Puts the drained alpha into existence first, as the coinbase would have. */
function pay(drained: Partial<Pendings>, emissions: readonly EpochEmission[]): void {
  const all = { ...NOTHING, ...drained };
  subnet().alphaOut += all.server + all.validator + all.root + all.ownerCut;
  payTempo(state, events, { subnet: subnet(), drained: all, emissions });
  expect(checkConservation(state)).toEqual([]);
}

describe('a child with a parent', () => {
  beforeEach(() => {
    linkChildren(state, 'parent', 1, [{ proportion: HALF, hotkey: 'child' }]);
  });

  test('works with half of the parent stake on top of its own', () => {
    const on = { on: 1, links: 1 };
    expect(inheritedStake(state, 'child', on)).toBe(600n * TAO);
    expect(inheritedStake(state, 'parent', on)).toBe(400n * TAO);
    const weight = u64Fraction32(state.parameters.taoWeight);
    // Root stake counts for 0.18 of itself, floored in 32 bits.
    expect(stakeWeight(state, 'child', 1, weight)).toBe(600n * TAO + 1_799_999_999n);
  });

  test('keeps its take of what the parent stake earned, and the rest goes up', () => {
    state.parameters.taoWeight = 0n;
    (state.hotkeys.child as { childkeyTakes: object }).childkeyTakes = { 1: 6_553 };
    pay({ validator: 60n * TAO, server: TAO }, [
      { hotkey: 'miner', incentive: TAO, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 60n * TAO },
    ]);
    // Of 60 the parent's 400 of 600 earn 40; a take of 6553/65535 leaves it 36;
    // two thirds are floored in 32 bits on the way.
    const parent = hotkeyStake(state, 'parent', 1) - 800n * TAO;
    expect(parent).toBe(36_000_305_162n);
    expect(hotkeyStake(state, 'child', 1) - 200n * TAO).toBe(23_999_694_823n);
  });

  test('recycles the burn between different owners', () => {
    state.parameters.childkeyBurn = HALF;
    state.parameters.taoWeight = 0n;
    pay({ validator: 60n * TAO, server: TAO }, [
      { hotkey: 'miner', incentive: TAO, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 60n * TAO },
    ]);
    expect(subnet().alphaRecycled).toBe(19_999_999_995n);
  });
});

describe('incentive', () => {
  const miner = [{ hotkey: 'miner', incentive: 7n * TAO, dividend: 0n }];

  test('is staked on the miner, untaken', () => {
    pay({ server: 7n * TAO }, miner);
    expect(stakeOf(state, 'miner', 'mc', 1)).toBe(7n * TAO);
    expect(events).toEqual([]);
  });

  test('goes where the coldkey chose, and says so', () => {
    (state.coldkeys.mc as { autoStake: object }).autoStake = { 1: 'child' };
    pay({ server: 7n * TAO }, miner);
    expect(stakeOf(state, 'child', 'mc', 1)).toBe(7n * TAO);
    expect(events.map((event) => [event.name, event.fields.destination])).toEqual([
      ['AutoStakeAdded', 'child'],
    ]);
  });

  test('of the owner is burned or recycled, by the subnet choice', () => {
    const owner = [{ hotkey: 'own', incentive: 5n, dividend: 0n }];
    pay({ server: 5n }, owner);
    expect([subnet().alphaBurned, subnet().minerBurnedBits]).toEqual([5n, ONE_32]);
    subnet().recycleOrBurn = 'recycle';
    pay({ server: 5n }, owner);
    expect([subnet().alphaBurned, subnet().alphaRecycled]).toEqual([5n, 5n]);
  });

  test('absent, leaves the miners part to the validators', () => {
    pay({ server: 30n * TAO, validator: 30n * TAO }, [
      { hotkey: 'parent', incentive: 0n, dividend: TAO },
    ]);
    expect(hotkeyStake(state, 'parent', 1)).toBe(860n * TAO);
    expect(subnet().alphaDividends).toEqual({ parent: 60n * TAO });
  });
});

describe('a root dividend', () => {
  const rita = { hotkey: 'child', coldkey: 'rita', netuid: 0 };
  const owed = () => owedRootDividend(state, { ...rita, netuid: 1 });

  test('is owed per root rao, and a top-up is owed nothing of it', () => {
    accrueRootDividend(state, subnet(), 'child', 5n * TAO);
    expect(owed()).toBe(5n * TAO);
    increaseStake(state, rita, 10n * TAO);
    expect(owed()).toBe(5n * TAO);
    accrueRootDividend(state, subnet(), 'child', 5n * TAO);
    expect(owed()).toBe(10n * TAO);
  });

  test('unclaimed at a full exit is lost', () => {
    accrueRootDividend(state, subnet(), 'child', 5n * TAO);
    decreaseStake(state, rita, 10n * TAO);
    increaseStake(state, rita, 10n * TAO);
    expect(owed()).toBe(0n);
  });

  test('of more than a rao per rao goes to the owner', () => {
    const dividend = accrueRootDividend(state, subnet(), 'child', 11n * TAO);
    expect(dividend).toEqual({ accrued: 0n, paidToOwner: 11n * TAO });
    expect(owed()).toBe(0n);
    expect(stakeOf(state, 'child', 'cc', 1)).toBe(111n * TAO);
  });
});
