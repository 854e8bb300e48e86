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

describe('who is not there', () => {
  const whole = (rao: bigint) => {
    const before = subnet().unassignedAlpha;
    return () => expect(subnet().unassignedAlpha - before).toBe(rao);
  };

  test('gets no incentive and no dividend; they stay with nobody', () => {
    const check = whole(9n * TAO);
    pay({ server: 7n * TAO, validator: 2n * TAO }, [
      { hotkey: 'ghost', incentive: 7n * TAO, dividend: TAO },
    ]);
    check();
    expect(subnet()).toMatchObject({ alphaDividends: {}, minerBurnedBits: 0n });
    expect(state.hotkeys.ghost).toBeUndefined();
  });

  test('gets no cut as an owner', () => {
    subnet().ownerHotkey = 'ghost';
    const check = whole(5n);
    pay({ ownerCut: 5n }, []);
    check();
  });

  test('gets nothing where it would register nothing', () => {
    const worthless = { value: 0n, denominator: { mantissa: 5n, exponent: 0 }, shares: {} };
    (state.hotkeys.miner as { pools: object }).pools = { 1: worthless };
    const check = whole(7n);
    pay({ server: 7n }, [{ hotkey: 'miner', incentive: 7n, dividend: 0n }]);
    check();
  });
});

describe('the cut of the owner', () => {
  test('is staked on its hotkey and locked only where that is switched on', () => {
    pay({ ownerCut: 500n }, []);
    expect([stakeOf(state, 'own', 'oc', 1), state.coldkeys.oc?.locks]).toEqual([500n, {}]);
    subnet().ownerCutAutoLock = true;
    pay({ ownerCut: 500n }, []);
    expect(state.coldkeys.oc?.locks[1]).toMatchObject({ hotkey: 'own', lockedMass: 500n });
    expect(events.map(({ name }) => name)).toEqual(['StakeLocked']);
  });

  test('goes on top of a lock for another hotkey, and is not locked for one that is gone', () => {
    subnet().ownerCutAutoLock = true;
    const lock = (hotkey: string) =>
      Object.assign(state.coldkeys.oc?.locks ?? {}, {
        1: { hotkey, lockedMass: 200n, convictionBits: 0n, updatedAt: 0 },
      });
    lock('child');
    increaseStake(state, { hotkey: 'own', coldkey: 'oc', netuid: 1 }, 200n);
    subnet().alphaOut += 200n;
    pay({ ownerCut: 500n }, []);
    expect(state.coldkeys.oc?.locks[1]).toMatchObject({ hotkey: 'child', lockedMass: 700n });
    events.length = 0;
    lock('ghost');
    pay({ ownerCut: 500n }, []);
    expect(events).toEqual([]);
    expect(stakeOf(state, 'own', 'oc', 1)).toBe(1_200n);
  });
});

describe('incentives', () => {
  test('come in the order of hotkeys, and say where they went', () => {
    Object.assign(state.coldkeys, {
      mc: { ...state.coldkeys.mc, autoStake: { 1: 'child' } },
      cc: { ...state.coldkeys.cc, autoStake: { 1: 'parent' } },
    });
    pay({ server: 9n * TAO }, [
      { hotkey: 'miner', incentive: 4n * TAO, dividend: 0n },
      { hotkey: 'child', incentive: 5n * TAO, dividend: 0n },
      { hotkey: 'parent', incentive: 0n, dividend: 0n },
    ]);
    const added = (fields: object) => ({
      pallet: 'SubtensorModule',
      name: 'AutoStakeAdded',
      fields: { netuid: 1, ...fields },
    });
    expect(events).toEqual([
      added({ destination: 'parent', hotkey: 'child', owner: 'cc', incentive: 5n * TAO }),
      added({ destination: 'child', hotkey: 'miner', owner: 'mc', incentive: 4n * TAO }),
    ]);
  });

  test('of two uids of a hotkey add up', () => {
    const miner = { hotkey: 'miner', dividend: 0n };
    pay({ server: 9n }, [
      { ...miner, incentive: 4n },
      { ...miner, incentive: 5n },
    ]);
    expect(stakeOf(state, 'miner', 'mc', 1)).toBe(9n);
  });

  test('are withheld from every hotkey of the owner and from its own, whoever has it', () => {
    const owned = { ...state.hotkeys.miner, pools: {}, owner: 'oc' } as never;
    state.hotkeys.second = owned;
    (state.hotkeys.own as { owner: string }).owner = 'cc';
    pay({ server: 16n }, [
      { hotkey: 'own', incentive: 1n, dividend: 0n },
      { hotkey: 'second', incentive: 3n, dividend: 0n },
      { hotkey: 'miner', incentive: 12n, dividend: 0n },
    ]);
    expect(subnet()).toMatchObject({ alphaBurned: 4n, minerBurnedBits: ONE_32 / 4n });
    expect(stakeOf(state, 'miner', 'mc', 1)).toBe(12n);
  });
});

describe('dividends', () => {
  test('leave the take with the owner, who shares in the rest of the same tempo', () => {
    (state.hotkeys.child as { take: number }).take = 13_107;
    state.parameters.taoWeight = 0n;
    pay({ server: 1n, validator: 100n * TAO }, [
      { hotkey: 'miner', incentive: 1n, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 3n },
    ]);
    // A fifth is the take; 80 go to 200 + 20, half of the 200 each, and the 20.
    const near = (rao: bigint, whole: bigint) => rao - whole < 300n && whole - rao < 300n;
    expect(near(subnet().alphaDividends.child ?? 0n, 80n * TAO)).toBe(true);
    expect(near(stakeOf(state, 'child', 'nom', 1), (300n * TAO * 100n) / 220n)).toBe(true);
    expect(near(stakeOf(state, 'child', 'cc', 1), (300n * TAO * 120n) / 220n)).toBe(true);
    expect(state.hotkeys.child?.alphaLastEpoch).toEqual({ 1: hotkeyStake(state, 'child', 1) });
  });

  test('of no delegate know the default take', () => {
    state.parameters.defaultDelegateTake = 65_535;
    state.parameters.taoWeight = 0n;
    delete state.hotkeys.child?.take;
    pay({ server: 1n, validator: 10n }, [
      { hotkey: 'miner', incentive: 1n, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 3n },
    ]);
    expect(stakeOf(state, 'child', 'cc', 1)).toBe(100n * TAO + 10n);
    expect(subnet().alphaDividends).toEqual({});
  });

  test('on a hotkey without stake are its owner’s', () => {
    (state.hotkeys.miner as { take: number }).take = 0;
    pay({ server: 1n, validator: 10n }, [
      { hotkey: 'child', incentive: 1n, dividend: 0n },
      { hotkey: 'miner', incentive: 0n, dividend: 3n },
    ]);
    // Nothing is staked and nothing weighs, so that all of it counts as alpha.
    expect(stakeOf(state, 'miner', 'mc', 1)).toBe(10n);
  });

  test('of root stake accrue, and the owner has the take and what is too much', () => {
    (state.hotkeys.child as { take: number }).take = 13_107;
    pay({ server: 1n, root: 10n * TAO }, [
      { hotkey: 'miner', incentive: 1n, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 3n * TAO },
    ]);
    const paid = subnet().rootAlphaDividends.child ?? 0n;
    expect(paid > 7_999_999_900n && paid <= 8n * TAO).toBe(true);
    expect(subnet().unclaimedRootAlpha).toBe(paid);
    const owner = stakeOf(state, 'child', 'cc', 1) - 100n * TAO;
    expect(owner > 1_999_999_900n && owner <= 2n * TAO).toBe(true);
    // Fifty alpha for ten TAO of root stake: all of it is the owner’s.
    pay({ server: 1n, root: 50n * TAO }, [
      { hotkey: 'miner', incentive: 1n, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 3n * TAO },
    ]);
    expect(subnet().unclaimedRootAlpha).toBe(paid);
  });

  test('that a child’s children lend count less for itself', () => {
    state.parameters.taoWeight = 0n;
    linkChildren(state, 'parent', 1, [{ proportion: HALF, hotkey: 'child' }]);
    linkChildren(state, 'child', 1, [{ proportion: HALF, hotkey: 'miner' }]);
    pay({ server: TAO, validator: 60n * TAO }, [
      { hotkey: 'miner', incentive: TAO, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 50n * TAO },
    ]);
    // Of 400 + 100 the parent lent four fifths.
    const parent = hotkeyStake(state, 'parent', 1) - 800n * TAO;
    expect(48n * TAO - parent < 100n && parent <= 48n * TAO).toBe(true);
  });

  test('are not burned between hotkeys of one owner', () => {
    state.parameters.childkeyBurn = HALF;
    linkChildren(state, 'parent', 1, [{ proportion: HALF, hotkey: 'child' }]);
    (state.hotkeys.child as { owner: string }).owner = 'pc';
    (state.hotkeys.child as { childkeyTakes: object }).childkeyTakes = { 1: 6_553 };
    pay({ server: TAO, validator: 60n * TAO }, [
      { hotkey: 'miner', incentive: TAO, dividend: 0n },
      { hotkey: 'child', incentive: 0n, dividend: 60n * TAO },
    ]);
    expect(subnet().alphaRecycled).toBe(0n);
  });
});
