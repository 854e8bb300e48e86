/** Moves, transfers and swaps of stake: refusals at their boundaries, and all or nothing. */
import { beforeEach, describe, expect, test } from 'vitest';
import { lockStake } from './lock-stake.ts';
import {
  type MoveStake,
  moveStake,
  type SwapStakeLimit,
  swapStake,
  swapStakeLimit,
  transferStake,
} from './move-stake.ts';
import { safeFromInteger } from './safe-float.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';
import { unstakeAll, unstakeAllAlpha } from './unstake-all.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    balances: { alice: 100n * TAO },
    subnets: [
      { netuid: 1, taoReserve: 10_000n * TAO, alphaIn: 20_000n * TAO },
      { netuid: 2, taoReserve: 10_000n * TAO, alphaIn: 10_000n * TAO },
      { netuid: 3, taoReserve: 10n * TAO, alphaIn: 999_999n },
      { netuid: 4, taoReserve: 2_000_000n, alphaIn: 2_000_000n },
      { netuid: 5, mechanism: 0, taoReserve: 100n * TAO, alphaIn: 0n },
    ],
    hotkeys: { val: { owner: 'vc' }, other: { owner: 'vc' }, mine: { owner: 'alice' } },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 100n * TAO },
      { hotkey: 'val', coldkey: 'alice', netuid: 0, alphaRao: 50n * TAO },
      { hotkey: 'val', coldkey: 'alice', netuid: 4, alphaRao: TAO },
      { hotkey: 'val', coldkey: 'alice', netuid: 5, alphaRao: TAO },
    ],
  });
});

function errorOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : `${outcome.error.pallet}.${outcome.error.name}`;
}

const at = (netuid: number): Subnet => state.subnets[netuid] as Subnet;
const MOVE: MoveStake = {
  coldkey: 'alice',
  originHotkey: 'val',
  destinationHotkey: 'other',
  originNetuid: 1,
  destinationNetuid: 1,
  amountRao: 30n * TAO,
};
const SWAP = {
  coldkey: 'alice',
  hotkey: 'val',
  originNetuid: 1,
  destinationNetuid: 2,
  amountRao: 30n * TAO,
};
const GIFT = { ...SWAP, destinationColdkey: 'bob' };

/** The refusal, and that nothing changed with it. */
function refusalOf(run: () => Outcome): string {
  const before = structuredClone(state);
  const name = errorOf(run());
  expect(state).toEqual(before);
  return name;
}

describe('what the last event says', () => {
  const last = (outcome: Outcome) => outcome.ok && outcome.events.at(-1);
  const event = (name: string, fields: object) => ({ pallet: 'SubtensorModule', name, fields });

  test('of a move', () => {
    expect(last(moveStake(state, MOVE))).toEqual(
      event('StakeMoved', {
        coldkey: 'alice',
        origin_hotkey: 'val',
        origin_netuid: 1,
        destination_hotkey: 'other',
        destination_netuid: 1,
        tao: 15n * TAO,
      }),
    );
  });

  test('of a transfer', () => {
    expect(last(transferStake(state, { ...GIFT, destinationNetuid: 1 }))).toEqual(
      event('StakeTransferred', {
        origin_coldkey: 'alice',
        destination_coldkey: 'bob',
        hotkey: 'val',
        origin_netuid: 1,
        destination_netuid: 1,
        tao: 15n * TAO,
      }),
    );
  });

  test('of a swap', () => {
    const swapped = swapStake(state, SWAP);
    expect(last(swapped)).toEqual(
      event('StakeSwapped', {
        coldkey: 'alice',
        hotkey: 'val',
        origin_netuid: 1,
        destination_netuid: 2,
        tao: swapped.ok && swapped.taoRao,
      }),
    );
    // 30 alpha less 33/65535 of it, from 20,000 for 10,000.
    expect(swapped).toMatchObject({ taoRao: 14_970_003_087n });
  });
});

describe('a move is refused', () => {
  const move = (change: Partial<MoveStake>) =>
    refusalOf(() => moveStake(state, { ...MOVE, destinationNetuid: 2, ...change }));

  test.each([
    [{ originNetuid: 9 }, 'SubtensorModule.SubnetNotExists'],
    [{ destinationNetuid: 9 }, 'SubtensorModule.SubnetNotExists'],
    [{ originHotkey: 'nobody' }, 'SubtensorModule.HotKeyAccountNotExists'],
    [{ destinationHotkey: 'nobody' }, 'SubtensorModule.HotKeyAccountNotExists'],
    [{ amountRao: 1n }, 'SubtensorModule.InsufficientLiquidity'],
    [{ coldkey: 'bob' }, 'SubtensorModule.AmountTooLow'],
    [{ destinationNetuid: 3 }, 'Swap.ReservesTooLow'],
  ])('with %o as %s', (change, name) => {
    expect(move(change)).toBe(name);
  });

  test.each([1, 2])('where the token of subnet %i is off', (netuid) => {
    at(netuid).subtokenEnabled = false;
    expect(move({})).toBe('SubtensorModule.SubtokenDisabled');
  });

  test('when it would not bring more than the minimum', () => {
    const from = { originNetuid: 5, destinationNetuid: 0 };
    expect(move({ ...from, amountRao: 2_000_000n })).toBe('SubtensorModule.AmountTooLow');
    expect(errorOf(moveStake(state, { ...MOVE, ...from, amountRao: 2_000_001n }))).toBe('ok');
  });

  test('within a subnet when it is worth less than the minimum', () => {
    const root = { originNetuid: 0, destinationNetuid: 0 };
    expect(move({ ...root, amountRao: 1_999_999n })).toBe('SubtensorModule.AmountTooLow');
    expect(errorOf(moveStake(state, { ...MOVE, ...root, amountRao: 2_000_000n }))).toBe('ok');
  });

  test('of locked alpha to another subnet, but not within its own', () => {
    const held = { coldkey: 'alice', hotkey: 'val', netuid: 1, amountRao: 70n * TAO + 1n };
    lockStake(state, held);
    expect(move({})).toBe('SubtensorModule.StakeUnavailable');
    expect(move({ amountRao: 10_000n * TAO })).toBe('SubtensorModule.StakeUnavailable');
    expect(errorOf(moveStake(state, MOVE))).toBe('ok');
  });

  test('whole when the purchase fails after the sale', () => {
    (state.hotkeys.other as { pools: object }).pools = {
      2: { value: 0n, denominator: safeFromInteger(5n), shares: {} },
    };
    expect(move({ author: 'author' })).toBe('SubtensorModule.InsufficientLiquidity');
    const within = { ...MOVE, author: 'author' };
    (state.hotkeys.other as { pools: object }).pools = {
      1: { value: 0n, denominator: safeFromInteger(5n), shares: {} },
    };
    expect(refusalOf(() => moveStake(state, within))).toBe('SubtensorModule.InsufficientLiquidity');
  });
});

describe('the toggle of transfers', () => {
  test.each([1, 2])('of subnet %i stops transfers, not moves', (netuid) => {
    at(netuid).transferToggle = false;
    expect(refusalOf(() => transferStake(state, GIFT))).toBe('SubtensorModule.TransferDisallowed');
    expect(errorOf(moveStake(state, { ...MOVE, destinationNetuid: 2 }))).toBe('ok');
  });
});

describe('who receives stake', () => {
  test('becomes a delegate’s nominator, on another’s hotkey', () => {
    expect(errorOf(moveStake(state, { ...MOVE, destinationHotkey: 'mine' }))).toBe('ok');
    expect(state.hotkeys.mine?.take).toBeUndefined();
    const across = { ...MOVE, destinationNetuid: 2 };
    moveStake(state, { ...across, destinationHotkey: 'mine' });
    expect(state.hotkeys.mine?.take).toBeUndefined();
    moveStake(state, { ...across, amountRao: 10n * TAO });
    expect(state.hotkeys.other?.take).toBe(11_796);
  });
});

describe('a swap within a ratio', () => {
  const LIMIT: SwapStakeLimit = { ...SWAP, limitRatio: 499_000_000n, allowPartial: false };
  const swap = (change: Partial<SwapStakeLimit>) =>
    errorOf(swapStakeLimit(state, { ...LIMIT, ...change }));

  test('may take what the ratio allows, and not a rao more', () => {
    const most = 20_040_080_160n;
    expect(swap({ amountRao: most + 1n })).toBe('SubtensorModule.SlippageTooHigh');
    expect(swap({ amountRao: most })).toBe('ok');
  });

  test('that hardly allows anything leaves the little as free TAO', () => {
    const before = state.balances.alice as bigint;
    const moved = swapStakeLimit(state, { ...LIMIT, limitRatio: 499_999_999n, allowPartial: true });
    // 20,000 rao of alpha fit, worth a hundredth of the minimum stake.
    expect(moved.ok && moved.events.map(({ name }) => name)).toEqual([
      'Transfer',
      'StakeRemoved',
      'StakeSwapped',
    ]);
    expect((state.balances.alice as bigint) - before).toBe(moved.ok && moved.taoRao);
    expect(stakeOf(state, 'val', 'alice', 2)).toBe(0n);
  });

  test('is refused by the pool where one side is root', () => {
    const toRoot = { destinationNetuid: 0, limitRatio: 600_000_000n };
    expect(refusalOf(() => swapStakeLimit(state, { ...LIMIT, ...toRoot }))).toBe(
      'Swap.PriceLimitExceeded',
    );
  });

  test('within one subnet is the same nothing as without', () => {
    const same = { destinationNetuid: 1 };
    expect(swap(same)).toBe('SubtensorModule.SameNetuid');
    expect(swap({ destinationNetuid: 9 })).toBe('SubtensorModule.SubnetNotExists');
  });
});

describe('unstaking everything', () => {
  const ALL = { coldkey: 'alice', hotkey: 'val' };
  const names = (outcome: Outcome) => outcome.ok && outcome.events.map(({ name }) => name);

  test('asks for positions only, and says what it sold', () => {
    at(4).subtokenEnabled = false;
    const sold = unstakeAll(state, ALL);
    expect(names(sold)).toEqual([
      'Transfer',
      'StakeRemoved',
      'Transfer',
      'StakeRemoved',
      'Transfer',
      'StakeRemoved',
    ]);
    // 50 from root, 1 from the stable subnet, 100 alpha less the fee from subnet 1.
    expect(sold).toMatchObject({ taoRao: 51n * TAO + 49_726_316_230n });
    expect(unstakeAll(state, { ...ALL, coldkey: 'bob' })).toEqual({
      ok: true,
      events: [],
      taoRao: 0n,
    });
  });

  test('of alpha stakes the TAO on root and leaves root alone', () => {
    at(4).subtokenEnabled = false;
    const sold = unstakeAllAlpha(state, ALL);
    expect(sold).toMatchObject({ ok: true, taoRao: TAO + 49_726_316_230n });
    expect(stakeOf(state, 'val', 'alice', 0)).toBe(51n * TAO + 49_726_316_230n);
    expect(names(sold)).toHaveLength(6);
  });

  test('of alpha without any is too low an amount', () => {
    const all = { coldkey: 'alice', hotkey: 'other' };
    expect(refusalOf(() => unstakeAllAlpha(state, all))).toBe('SubtensorModule.AmountTooLow');
    expect(errorOf(unstakeAll(state, { ...ALL, hotkey: 'nobody' }))).toBe(
      'SubtensorModule.HotKeyAccountNotExists',
    );
  });

  test('is undone where one pool has nothing left to sell its fee to', () => {
    const all = { ...ALL, author: 'author' };
    at(4).alphaOut = 10_000_000n;
    (state.hotkeys.val?.pools as Record<number, object>)[4] = {
      value: 10_000_000n,
      denominator: safeFromInteger(10_000_000n),
      shares: { alice: safeFromInteger(10_000_000n) },
    };
    expect(refusalOf(() => unstakeAll(state, all))).toBe('Swap.ReservesTooLow');
  });
});
