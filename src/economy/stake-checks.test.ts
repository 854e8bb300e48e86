/** The checks before a stake or an unstake: each named refusal at its boundary, in order. */
import { beforeEach, describe, expect, test } from 'vitest';
import { addStake, addStakeLimit, becomeDelegate } from './add-stake.ts';
import { addStakeBurn, burnOwnAlpha } from './destroy-alpha.ts';
import { splitTake } from './dividends.ts';
import { lockStake } from './lock-stake.ts';
import { swapStake, swapStakeLimit } from './move-stake.ts';
import { removeStake, removeStakeFullLimit, removeStakeLimit } from './remove-stake.ts';
import { safeFromInteger } from './safe-float.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    balances: { alice: 1_000n * TAO, vc: 1_000n * TAO },
    subnets: [
      { netuid: 1, taoReserve: 100_000n * TAO, alphaIn: 2_000_000n * TAO },
      { netuid: 2, taoReserve: TAO, alphaIn: TAO },
      { netuid: 3, mechanism: 0 },
      { netuid: 4, taoReserve: TAO, alphaIn: 999_999n },
    ],
    hotkeys: { val: { owner: 'vc' } },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 0, alphaRao: 100n * TAO },
      { hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 30_000n * TAO },
      { hotkey: 'val', coldkey: 'alice', netuid: 2, alphaRao: 2_000n * TAO },
      { hotkey: 'val', coldkey: 'vc', netuid: 1, alphaRao: 100n * TAO },
    ],
  });
});

function errorOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : `${outcome.error.pallet}.${outcome.error.name}`;
}

const one = (netuid = 1): Subnet => state.subnets[netuid] as Subnet;
const AT = { coldkey: 'alice', hotkey: 'val', netuid: 1 };
const LIMIT = { limitRaoPerAlpha: 10n ** 12n, allowPartial: false };

describe('adding stake', () => {
  const add = (change: object) => errorOf(addStake(state, { ...AT, amountRao: TAO, ...change }));
  const limited = (change: object) =>
    errorOf(addStakeLimit(state, { ...AT, ...LIMIT, amountRao: TAO, ...change }));

  test('of more than a thousand times the reserve finds no liquidity', () => {
    expect(add({ netuid: 2, amountRao: 1_000n * TAO })).toBe(
      'SubtensorModule.NotEnoughBalanceToStake',
    );
    const error = 'SubtensorModule.InsufficientLiquidity';
    expect(add({ netuid: 2, amountRao: 1_000n * TAO + 1n })).toBe(error);
    expect(add({ netuid: 3, amountRao: 1_001n * TAO })).toBe(
      'SubtensorModule.NotEnoughBalanceToStake',
    );
  });

  test.each([
    [0, 1_999_999n, 'SubtensorModule.AmountTooLow'],
    [0, 2_000_000n, 'ok'],
    [3, 1_999_999n, 'SubtensorModule.AmountTooLow'],
    [3, 2_000_000n, 'ok'],
    // Where the pool itself would refuse, the fee is what the rate says.
    [4, 2_001_006n, 'SubtensorModule.AmountTooLow'],
    [4, 2_001_007n, 'SubtensorModule.InsufficientLiquidity'],
  ])('on subnet %i needs 0.002 TAO and its fee: %d rao is %s', (netuid, amountRao, name) => {
    expect(add({ netuid, amountRao })).toBe(name);
  });

  test('needs a position in which it can register a share', () => {
    const worthless = { value: 0n, denominator: safeFromInteger(5n), shares: {} };
    (state.hotkeys.val as { pools: object }).pools = { 1: worthless };
    expect(add({})).toBe('SubtensorModule.InsufficientLiquidity');
  });

  test('within a limit is asked for the subnet and the hotkey too', () => {
    expect(limited({ netuid: 9 })).toBe('SubtensorModule.SubnetNotExists');
    expect(limited({ hotkey: 'nobody' })).toBe('SubtensorModule.HotKeyAccountNotExists');
    expect(limited({ limitRaoPerAlpha: 50_000_000n })).toBe('Swap.PriceLimitExceeded');
  });

  test('within a limit may be as much as the limit allows, and not a rao more', () => {
    const exact = { limitRaoPerAlpha: 50_050_000n };
    const most = 50_012_690_022n;
    expect(limited({ ...exact, amountRao: most + 1n })).toBe('SubtensorModule.SlippageTooHigh');
    expect(limited({ ...exact, amountRao: most })).toBe('ok');
  });

  test('of what a limit leaves must still be the minimum', () => {
    // 100,000 TAO × (√(1 + 2 × 10^-8) − 1): half of the minimum.
    const tight = { limitRaoPerAlpha: 50_000_001n, allowPartial: true };
    expect(limited(tight)).toBe('SubtensorModule.AmountTooLow');
  });

  test('within a limit makes another’s hotkey a delegate, the own one not', () => {
    limited({ coldkey: 'vc' });
    expect(state.hotkeys.val?.take).toBeUndefined();
    expect(add({})).toBe('ok');
    expect(state.hotkeys.val?.take).toBeUndefined();
    limited({ amountRao: 1n });
    expect(state.hotkeys.val?.take).toBeUndefined();
    limited({});
    expect(state.hotkeys.val?.take).toBe(11_796);
  });

  test('leaves the take of a delegate as it is, and nobody becomes one', () => {
    (state.hotkeys.val as { take: number }).take = 7;
    becomeDelegate(state, 'val');
    becomeDelegate(state, 'nobody');
    expect(Object.keys(state.hotkeys)).toEqual(['val']);
    expect(state.hotkeys.val?.take).toBe(7);
  });
});

describe('removing stake', () => {
  const remove = (change: object) =>
    errorOf(removeStake(state, { ...AT, amountRao: TAO, ...change }));
  const limited = (change: object) =>
    errorOf(
      removeStakeLimit(state, {
        ...AT,
        limitRaoPerAlpha: 1_000n,
        allowPartial: false,
        amountRao: TAO,
        ...change,
      }),
    );

  test('of more than a thousand times the reserve finds no liquidity', () => {
    const error = 'SubtensorModule.InsufficientLiquidity';
    expect(remove({ netuid: 2, amountRao: 1_000n * TAO + 1n })).toBe(error);
    expect(limited({ netuid: 2, amountRao: 1_000n * TAO + 1n })).toBe(error);
    expect(remove({ netuid: 2, amountRao: 1_000n * TAO })).toBe('ok');
    expect(limited({ netuid: 0, amountRao: 10n ** 18n, limitRaoPerAlpha: 1n })).toBe(
      'SubtensorModule.NotEnoughStakeToWithdraw',
    );
  });

  test.each([
    [{ netuid: 9 }, 'SubtensorModule.SubnetNotExists'],
    [{ amountRao: 0n }, 'SubtensorModule.AmountTooLow'],
    [{ hotkey: 'nobody' }, 'SubtensorModule.NotEnoughStakeToWithdraw'],
    [{ limitRaoPerAlpha: 50_000_000n }, 'Swap.PriceLimitExceeded'],
    [{ amountRao: 30_000n * TAO + 1n }, 'SubtensorModule.NotEnoughStakeToWithdraw'],
    [{ amountRao: 1n }, 'SubtensorModule.InsufficientLiquidity'],
  ])('within a limit with %o is %s', (change, name) => {
    const before = structuredClone(state);
    expect(limited(change)).toBe(name);
    expect(state).toEqual(before);
  });

  test('of what nobody holds is too low an amount', () => {
    expect(remove({ hotkey: 'nobody' })).toBe('SubtensorModule.AmountTooLow');
    expect(remove({ coldkey: 'carol' })).toBe('SubtensorModule.AmountTooLow');
    one().subtokenEnabled = false;
    expect(remove({})).toBe('SubtensorModule.SubtokenDisabled');
  });

  test('must bring 0.002 TAO unless nothing is left', () => {
    const root = { netuid: 0 };
    expect(remove({ ...root, amountRao: 1_999_999n })).toBe('SubtensorModule.AmountTooLow');
    expect(remove({ ...root, amountRao: 2_000_000n })).toBe('ok');
    expect(remove({ ...root, amountRao: 100n * TAO - 22_000_000n })).toBe('ok');
    state.parameters.minStakeRao = 10n ** 12n;
    expect(remove({ ...root, amountRao: 20_000_000n })).toBe('ok');
    expect(stakeOf(state, 'val', 'alice', 0)).toBe(0n);
  });

  test('within a limit may be as much as the limit allows, and not a rao more', () => {
    const exact = { limitRaoPerAlpha: 49_000_000n };
    const most = 20_315_318_836_955n;
    expect(limited({ ...exact, amountRao: most + 1n })).toBe('SubtensorModule.SlippageTooHigh');
    const sold = removeStakeLimit(state, {
      ...AT,
      ...exact,
      amountRao: 25_000n * TAO,
      allowPartial: true,
    });
    expect(sold).toMatchObject({ ok: true, taoRao: 1_005_050_633_883n });
    expect(stakeOf(state, 'val', 'alice', 1)).toBe(30_000n * TAO - most);
  });

  test('exactly at what the limit allows is not too much', () => {
    const exact = { limitRaoPerAlpha: 49_000_000n, amountRao: 20_315_318_836_955n };
    expect(limited(exact)).toBe('ok');
  });

  test('completely emits one sale, with a floor or without', () => {
    const names = (outcome: Outcome) => outcome.ok && outcome.events.map(({ name }) => name);
    const all = removeStakeFullLimit(state, AT);
    expect(names(all)).toEqual(['Transfer', 'StakeRemoved']);
    const floor = removeStakeFullLimit(state, { ...AT, netuid: 0, limitRaoPerAlpha: 1n });
    expect(names(floor)).toEqual(['Transfer', 'StakeRemoved']);
    expect(stakeOf(state, 'val', 'alice', 1) + stakeOf(state, 'val', 'alice', 0)).toBe(0n);
  });
});

describe('what is left of a nomination after a sale', () => {
  const left = (alphaRao: bigint, coldkey = 'alice') => {
    const held = stakeOf(state, 'val', coldkey, 0);
    removeStake(state, { ...AT, coldkey, netuid: 0, amountRao: held - alphaRao });
    return stakeOf(state, 'val', coldkey, 0);
  };

  test('stays from 0.02 TAO up', () => {
    expect(left(20_000_000n)).toBe(20_000_000n);
  });

  test('is sold below', () => {
    expect(left(19_999_999n)).toBe(0n);
    expect(state.balances.alice).toBe(1_100n * TAO);
  });

  test('stays where the minimum is off', () => {
    state.parameters.nominatorMinFactor = 0n;
    expect(left(1n)).toBe(1n);
  });

  test('stays on an own hotkey', () => {
    addStake(state, { ...AT, coldkey: 'vc', netuid: 0, amountRao: 10n * TAO });
    expect(left(5n, 'vc')).toBe(5n);
  });
});

describe('an amount that is no u64 is refused by name', () => {
  const amountRao = 2n ** 64n;
  const limitRaoPerAlpha = -1n;
  const at = { ...AT, amountRao: TAO, allowPartial: true };
  const swap = { coldkey: 'alice', hotkey: 'val', originNetuid: 1, destinationNetuid: 2 };
  const calls: [string, string, () => unknown][] = [
    ['add stake', 'amountRao', () => addStake(state, { ...AT, amountRao })],
    ['add stake', 'limitRaoPerAlpha', () => addStakeLimit(state, { ...at, limitRaoPerAlpha })],
    ['remove stake', 'amountRao', () => removeStake(state, { ...AT, amountRao })],
    [
      'remove stake',
      'limitRaoPerAlpha',
      () => removeStakeLimit(state, { ...at, limitRaoPerAlpha }),
    ],
    ['move stake', 'amountRao', () => swapStake(state, { ...swap, amountRao })],
    [
      'move stake',
      'limitRatio',
      () => swapStakeLimit(state, { ...swap, amountRao: TAO, limitRatio: -1n, allowPartial: true }),
    ],
    ['lock stake', 'amountRao', () => lockStake(state, { ...AT, amountRao })],
    ['destroy alpha', 'amountRao', () => burnOwnAlpha(state, { ...AT, amountRao })],
    ['buy and burn', 'amountRao', () => addStakeBurn(state, { ...AT, amountRao })],
    ['buy and burn', 'limitRaoPerAlpha', () => addStakeBurn(state, { ...at, limitRaoPerAlpha })],
    ['split a take', 'takeU16', () => splitTake(1n, 65_536)],
  ];
  test.each(calls)('to %s: %s', (what, field, run) => {
    const range = field === 'takeU16' ? 'a whole number from 0 to 65535' : 'a u64';
    expect(run).toThrow(`Couldn't ${what}: ${field} must be ${range}.`);
  });
});
