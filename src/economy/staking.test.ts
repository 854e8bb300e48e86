import { describe, expect, test } from 'vitest';
import { type AddStake, addStake, addStakeLimit } from './add-stake.ts';
import { removeStake, removeStakeFullLimit, removeStakeLimit } from './remove-stake.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState, type Outcome } from './state.ts';

const TAO = 1_000_000_000n;

function market(): EconomyState {
  return createEconomy({
    balances: { alice: 2_000n * TAO, poor: 3_000_000n },
    subnets: [
      { netuid: 1, taoReserve: 100_000n * TAO, alphaIn: 2_000_000n * TAO },
      { netuid: 2, taoReserve: 100n * TAO, alphaIn: 100n * TAO, subtokenEnabled: false },
    ],
    hotkeys: { val: { owner: 'vc' } },
  });
}

function errorOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : `${outcome.error.pallet}.${outcome.error.name}`;
}

const BUY: AddStake = { coldkey: 'alice', hotkey: 'val', netuid: 1, amountRao: 100n * TAO };

describe('a stake of 100 TAO at market', () => {
  test('gives the alpha of the worked example and leaves the price at 0.0501', () => {
    const state = market();
    const outcome = addStake(state, { ...BUY, author: 'author' });
    expect(outcome).toMatchObject({ ok: true, alphaRao: 1_996_996_913_230n, spentRao: 100n * TAO });
    expect(state.balances.author).toBe(50_354_772n);
    expect(stakeOf(state, 'val', 'alice', 1)).toBe(1_996_996_913_230n);
  });

  test('sold back at once loses the two fees only', () => {
    const state = market();
    addStake(state, BUY);
    const amountRao = stakeOf(state, 'val', 'alice', 1);
    const sold = removeStake(state, { ...BUY, amountRao });
    expect(sold).toMatchObject({ ok: true, taoRao: 99_899_366_040n });
  });

  test('emits the transfer, the fee and StakeAdded in the order of the chain', () => {
    const outcome = addStake(market(), { ...BUY, author: 'author' });
    expect(outcome.ok && outcome.events.map((event) => event.name)).toEqual([
      'Transfer',
      'NewAccount',
      'Endowed',
      'Transfer',
      'StakeAdded',
    ]);
    expect(outcome.ok && outcome.events.at(-1)?.fields).toEqual({
      coldkey: 'alice',
      hotkey: 'val',
      tao: 100n * TAO,
      alpha: 1_996_996_913_230n,
      netuid: 1,
      fee_rao_tao: 50_354_772n,
    });
  });
});

describe('a refused stake names the first failing check and changes nothing', () => {
  test.each([
    [{ amountRao: 100_000_001n * TAO }, 'InsufficientLiquidity'],
    [{ netuid: 9 }, 'SubnetNotExists'],
    [{ netuid: 2 }, 'SubtokenDisabled'],
    [{ amountRao: 2_001_006n }, 'AmountTooLow'],
    [{ coldkey: 'poor', amountRao: 2_999_501n }, 'NotEnoughBalanceToStake'],
    [{ hotkey: 'nobody' }, 'HotKeyAccountNotExists'],
  ])('%o gives %s', (change, name) => {
    const state = market();
    const before = structuredClone(state);
    const outcome = addStake(state, { ...BUY, ...change });
    expect(errorOf(outcome)).toBe(`SubtensorModule.${name}`);
    expect(state).toEqual(before);
  });

  test('the smallest stake is the minimum plus its fee, and the deposit must stay', () => {
    expect(errorOf(addStake(market(), { ...BUY, amountRao: 2_001_007n }))).toBe('ok');
    const last = { ...BUY, coldkey: 'poor', amountRao: 2_999_500n };
    expect(errorOf(addStake(market(), last))).toBe('ok');
  });
});

describe('a stake with a price limit', () => {
  const LIMIT = { ...BUY, limitRaoPerAlpha: 50_050_000n, allowPartial: false };

  test('is refused whole when it would cross the limit', () => {
    expect(errorOf(addStakeLimit(market(), LIMIT))).toBe('SubtensorModule.SlippageTooHigh');
  });

  test('spends only what fits when partial and makes the hotkey a delegate', () => {
    const state = market();
    const outcome = addStakeLimit(state, { ...LIMIT, allowPartial: true });
    expect(outcome).toMatchObject({ ok: true, spentRao: 50_012_690_022n });
    expect(state.balances.alice).toBe(2_000n * TAO - 50_012_690_022n);
    expect(state.hotkeys.val?.take).toBe(11_796);
  });

  test('at the market price is an error of the Swap pallet', () => {
    const outcome = addStakeLimit(market(), { ...LIMIT, limitRaoPerAlpha: 50_000_000n });
    expect(errorOf(outcome)).toBe('Swap.PriceLimitExceeded');
  });

  test('on root is all or nothing around one TAO', () => {
    const root = { ...LIMIT, netuid: 0 };
    const below = { ...root, limitRaoPerAlpha: TAO - 1n };
    expect(errorOf(addStakeLimit(market(), below))).toBe('SubtensorModule.SlippageTooHigh');
    expect(errorOf(addStakeLimit(market(), { ...root, limitRaoPerAlpha: TAO }))).toBe('ok');
  });
});

describe('root stake', () => {
  test('is one to one without fee, in and out', () => {
    const state = market();
    expect(addStake(state, { ...BUY, netuid: 0 })).toMatchObject({
      ok: true,
      alphaRao: 100n * TAO,
    });
    expect(state.subnets[0]).toMatchObject({ taoReserve: 100n * TAO, alphaOut: 100n * TAO });
    const out = removeStake(state, { ...BUY, netuid: 0, amountRao: 40n * TAO });
    expect(out).toMatchObject({ ok: true, taoRao: 40n * TAO });
    expect(stakeOf(state, 'val', 'alice', 0)).toBe(60n * TAO);
  });
});

describe('unstaking', () => {
  function staked(): EconomyState {
    const state = market();
    addStake(state, BUY);
    return state;
  }

  test('finds the token off where there is no subnet', () => {
    const outcome = removeStake(staked(), { ...BUY, netuid: 9, amountRao: 1n });
    expect(errorOf(outcome)).toBe('SubtensorModule.SubtokenDisabled');
  });

  test('holds the amount to what is there, while the limited form refuses', () => {
    const all = 10n ** 15n;
    expect(errorOf(removeStake(staked(), { ...BUY, amountRao: all }))).toBe('ok');
    const limited = { ...BUY, amountRao: all, limitRaoPerAlpha: 1n, allowPartial: true };
    expect(errorOf(removeStakeLimit(staked(), limited))).toBe(
      'SubtensorModule.NotEnoughStakeToWithdraw',
    );
  });

  test('sweeps a nomination that would be left under 0.02 TAO', () => {
    const state = staked();
    const amountRao = stakeOf(state, 'val', 'alice', 1) - 390_000_000n;
    const outcome = removeStake(state, { ...BUY, amountRao });
    expect(outcome.ok && outcome.events.filter((e) => e.name === 'StakeRemoved')).toHaveLength(2);
    expect(stakeOf(state, 'val', 'alice', 1)).toBe(0n);
  });

  test('of everything at a floor is all or nothing', () => {
    const full = { ...BUY, limitRaoPerAlpha: 50_099_000n };
    expect(errorOf(removeStakeFullLimit(staked(), full))).toBe('SubtensorModule.SlippageTooHigh');
    const state = staked();
    expect(errorOf(removeStakeFullLimit(state, { ...BUY, limitRaoPerAlpha: 49_000_000n }))).toBe(
      'ok',
    );
    expect(stakeOf(state, 'val', 'alice', 1)).toBe(0n);
  });
});
