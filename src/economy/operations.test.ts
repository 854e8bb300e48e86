import { beforeEach, describe, expect, test } from 'vitest';
import { addStakeBurn, burnOwnAlpha, recycleOwnAlpha } from './destroy-alpha.ts';
import { lockStake, moveLock, setPerpetualLock, setRejectLockedAlpha } from './lock-stake.ts';
import { availableAlpha, currentLock } from './locks.ts';
import { moveStake, swapStake, swapStakeLimit, transferStake } from './move-stake.ts';
import { removeStake } from './remove-stake.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';
import { unstakeAll, unstakeAllAlpha } from './unstake-all.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    balances: { alice: 100n * TAO, bob: 100n * TAO },
    subnets: [
      { netuid: 1, taoReserve: 10_000n * TAO, alphaIn: 20_000n * TAO, ownerHotkey: 'own' },
      { netuid: 2, taoReserve: 10_000n * TAO, alphaIn: 10_000n * TAO },
    ],
    hotkeys: { val: { owner: 'vc' }, other: { owner: 'vc' }, own: { owner: 'oc' } },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 100n * TAO },
      { hotkey: 'val', coldkey: 'alice', netuid: 2, alphaRao: 10n * TAO },
      { hotkey: 'val', coldkey: 'alice', netuid: 0, alphaRao: 50n * TAO },
      { hotkey: 'val', coldkey: 'bob', netuid: 1, alphaRao: 40n * TAO },
    ],
  });
});

function errorOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : `${outcome.error.pallet}.${outcome.error.name}`;
}

function names(outcome: Outcome): string[] {
  return outcome.ok ? outcome.events.map((event) => event.name) : [];
}

function stake(hotkey: string, coldkey: string, netuid: number): bigint {
  return stakeOf(state, hotkey, coldkey, netuid);
}

const HERE = { coldkey: 'alice', originNetuid: 1, destinationNetuid: 1, amountRao: 30n * TAO };

describe('a move within a subnet', () => {
  test('changes the hotkey without swap or fee', () => {
    const moved = moveStake(state, { ...HERE, originHotkey: 'val', destinationHotkey: 'other' });
    expect(moved).toMatchObject({ ok: true, taoRao: 15n * TAO });
    expect(names(moved)).toEqual(['StakeRemoved', 'StakeAdded', 'StakeMoved']);
    expect([stake('val', 'alice', 1), stake('other', 'alice', 1)]).toEqual([70n * TAO, 30n * TAO]);
    expect(state.hotkeys.other?.take).toBe(11_796);
  });

  test('that changes nothing is SameNetuid', () => {
    const moved = moveStake(state, { ...HERE, originHotkey: 'val', destinationHotkey: 'val' });
    expect(errorOf(moved)).toBe('SubtensorModule.SameNetuid');
  });

  test('under the minimum value is AmountTooLow', () => {
    const small = { ...HERE, amountRao: 3_999_998n };
    const moved = moveStake(state, { ...small, originHotkey: 'val', destinationHotkey: 'other' });
    expect(errorOf(moved)).toBe('SubtensorModule.AmountTooLow');
  });
});

describe('a swap to another subnet', () => {
  const swap = { coldkey: 'alice', hotkey: 'val', originNetuid: 1, destinationNetuid: 2 };

  test('pays one fee, on the sale', () => {
    const before = state.balances.alice;
    const swapped = swapStake(state, { ...swap, amountRao: 100n * TAO, author: 'author' });
    expect(names(swapped).at(-1)).toBe('StakeSwapped');
    const fees = swapped.ok
      ? swapped.events.flatMap(({ fields }) => [fields.fee_rao_alpha ?? fields.fee_rao_tao ?? []])
      : [];
    expect(fees.flat()).toEqual([50_354_772n, 0n]);
    expect(stake('val', 'alice', 1)).toBe(0n);
    expect(state.balances.alice).toBe(before);
  });

  test('from root pays it on the purchase', () => {
    const call = { ...swap, originNetuid: 0, amountRao: 10n * TAO };
    const swapped = swapStake(state, call);
    const added = swapped.ok ? swapped.events.find((e) => e.name === 'StakeAdded') : undefined;
    expect(added?.fields.fee_rao_tao).toBe(5_035_477n);
  });

  test('with a ratio it cannot keep is refused, or does what fits', () => {
    const limited = { ...swap, amountRao: 100n * TAO, limitRatio: 499_000_000n };
    expect(errorOf(swapStakeLimit(state, { ...limited, allowPartial: false }))).toBe(
      'SubtensorModule.SlippageTooHigh',
    );
    const partial = swapStakeLimit(state, { ...limited, allowPartial: true });
    expect(errorOf(partial)).toBe('ok');
    // x2·½/limit − x1·½ with x1 = 20,000, x2 = 10,000: 20.04 alpha.
    expect(100n * TAO - stake('val', 'alice', 1)).toBe(20_040_080_160n);
  });
});

describe('a transfer', () => {
  const gift = { ...HERE, destinationColdkey: 'bob', hotkey: 'val' };

  test('gives the stake to another coldkey', () => {
    expect(names(transferStake(state, gift))).toEqual([
      'StakeRemoved',
      'StakeAdded',
      'StakeTransferred',
    ]);
    expect([stake('val', 'alice', 1), stake('val', 'bob', 1)]).toEqual([70n * TAO, 70n * TAO]);
  });

  test('is refused where the subnet has switched transfers off', () => {
    (state.subnets[1] as Subnet).transferToggle = false;
    expect(errorOf(transferStake(state, gift))).toBe('SubtensorModule.TransferDisallowed');
  });

  test('takes locked alpha along only when the receiver accepts it', () => {
    lockStake(state, { coldkey: 'alice', hotkey: 'own', netuid: 1, amountRao: 80n * TAO });
    expect(errorOf(transferStake(state, gift))).toBe('SubtensorModule.AccountRejectsLockedAlpha');
    setRejectLockedAlpha(state, { coldkey: 'bob', enabled: false });
    expect(errorOf(transferStake(state, gift))).toBe('ok');
    expect(currentLock(state, 'alice', 1)?.lockedMass).toBe(70n * TAO);
    expect(currentLock(state, 'bob', 1)?.lockedMass).toBe(10n * TAO);
  });

  test('does not mix locks of two hotkeys', () => {
    lockStake(state, { coldkey: 'alice', hotkey: 'own', netuid: 1, amountRao: 80n * TAO });
    lockStake(state, { coldkey: 'bob', hotkey: 'val', netuid: 1, amountRao: TAO });
    setRejectLockedAlpha(state, { coldkey: 'bob', enabled: false });
    expect(errorOf(transferStake(state, gift))).toBe('SubtensorModule.LockHotkeyMismatch');
  });
});

describe('unstaking everything', () => {
  const all = { coldkey: 'alice', hotkey: 'val' };

  test('sells every position, root included, and skips what cannot be sold', () => {
    (state.subnets[2] as Subnet).subtokenEnabled = false;
    const sold = unstakeAll(state, all);
    expect(names(sold).filter((name) => name === 'StakeRemoved')).toHaveLength(2);
    expect([stake('val', 'alice', 0), stake('val', 'alice', 1)]).toEqual([0n, 0n]);
    expect(stake('val', 'alice', 2)).toBe(10n * TAO);
  });

  test('skips a locked position without an error', () => {
    lockStake(state, { coldkey: 'alice', hotkey: 'own', netuid: 1, amountRao: 1_000n });
    expect(errorOf(unstakeAll(state, all))).toBe('ok');
    expect(stake('val', 'alice', 1)).toBe(100n * TAO);
  });

  test('of alpha ends on root', () => {
    const free = state.balances.alice;
    const sold = unstakeAllAlpha(state, all);
    expect(sold.ok && stake('val', 'alice', 0) - 50n * TAO).toBe(sold.ok && sold.taoRao);
    expect(state.balances.alice).toBe(free);
    expect(errorOf(unstakeAllAlpha(state, all))).toBe('SubtensorModule.AmountTooLow');
  });

  test('on an unknown hotkey is the one hard error', () => {
    expect(errorOf(unstakeAll(state, { ...all, hotkey: 'nobody' }))).toBe(
      'SubtensorModule.HotKeyAccountNotExists',
    );
  });
});

describe('destroying alpha', () => {
  const call = { coldkey: 'alice', hotkey: 'val', netuid: 1, amountRao: 60n * TAO };

  test('by recycling lowers what is outstanding, by burning does not', () => {
    const subnet = state.subnets[1] as Subnet;
    expect(names(recycleOwnAlpha(state, call))).toEqual(['AlphaRecycled']);
    expect([subnet.alphaOut, subnet.alphaRecycled]).toEqual([80n * TAO, 60n * TAO]);
    expect(burnOwnAlpha(state, call)).toMatchObject({ ok: true, alphaRao: 40n * TAO });
    expect([subnet.alphaOut, subnet.alphaBurned]).toEqual([80n * TAO, 40n * TAO]);
  });

  test('is impossible on root', () => {
    expect(errorOf(burnOwnAlpha(state, { ...call, netuid: 0 }))).toBe(
      'SubtensorModule.CannotBurnOrRecycleOnRootSubnet',
    );
  });

  test('straight from TAO is all or nothing', () => {
    const before = structuredClone(state);
    const refused = addStakeBurn(state, {
      ...call,
      amountRao: TAO,
      limitRaoPerAlpha: 500_010_000n,
    });
    expect(errorOf(refused)).toBe('SubtensorModule.SlippageTooHigh');
    expect(state).toEqual(before);
    const done = addStakeBurn(state, { ...call, amountRao: TAO });
    expect(names(done).slice(-3)).toEqual(['StakeAdded', 'AlphaBurned', 'AddStakeBurn']);
    expect(stake('val', 'alice', 1)).toBe(100n * TAO);
  });
});

describe('a lock', () => {
  const lock = { coldkey: 'alice', hotkey: 'val', netuid: 1, amountRao: 60n * TAO };

  test('keeps its alpha from leaving, over all hotkeys', () => {
    expect(errorOf(lockStake(state, lock))).toBe('ok');
    expect(availableAlpha(state, 'alice', 1)).toBe(40n * TAO);
    const out = { coldkey: 'alice', hotkey: 'val', netuid: 1, amountRao: 40n * TAO + 1n };
    expect(errorOf(removeStake(state, out))).toBe('SubtensorModule.StakeUnavailable');
    expect(errorOf(removeStake(state, { ...out, amountRao: 40n * TAO }))).toBe('ok');
  });

  test('decays by e in its rate, or not at all when perpetual', () => {
    lockStake(state, lock);
    state.block += 934_866;
    expect(currentLock(state, 'alice', 1)?.lockedMass).toBe(22_072_766_470n);
    setPerpetualLock(state, { coldkey: 'alice', netuid: 1, enabled: true });
    state.block += 934_866;
    expect(currentLock(state, 'alice', 1)?.lockedMass).toBe(22_072_766_470n);
  });

  test('cannot exceed the stake or name a second hotkey', () => {
    expect(errorOf(lockStake(state, { ...lock, amountRao: 100n * TAO + 1n }))).toBe(
      'SubtensorModule.InsufficientStakeForLock',
    );
    expect(errorOf(lockStake(state, { ...lock, amountRao: 0n }))).toBe(
      'SubtensorModule.AmountTooLow',
    );
    lockStake(state, lock);
    expect(errorOf(lockStake(state, { ...lock, hotkey: 'own', amountRao: 1n }))).toBe(
      'SubtensorModule.LockHotkeyMismatch',
    );
  });

  test('loses its conviction when moved to another owner, keeps it otherwise', () => {
    lockStake(state, lock);
    state.block += 100_000;
    const grown = currentLock(state, 'alice', 1)?.convictionBits as bigint;
    expect(grown > 0n).toBe(true);
    moveLock(state, { coldkey: 'alice', destinationHotkey: 'other', netuid: 1 });
    expect(currentLock(state, 'alice', 1)?.convictionBits).toBe(grown);
    moveLock(state, { coldkey: 'alice', destinationHotkey: 'own', netuid: 1 });
    const owned = currentLock(state, 'alice', 1);
    // In favour of the owner's hotkey conviction is the locked mass itself.
    expect(owned?.convictionBits).toBe((owned?.lockedMass as bigint) << 64n);
    expect(errorOf(moveLock(state, { coldkey: 'bob', destinationHotkey: 'own', netuid: 1 }))).toBe(
      'SubtensorModule.NoExistingLock',
    );
  });
});
