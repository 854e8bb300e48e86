import { beforeEach, describe, expect, test } from 'vitest';
import { lockStake } from './lock-stake.ts';
import { safeFromInteger } from './safe-float.ts';
import { stakeOf } from './stake-ledger.ts';
import { type SwapLeg, stakeInto, unstakeFrom } from './stake-swap.ts';
import { createEconomy, type EconomyEvent, type EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
const SUBNET = 'subnet:1';
let state: EconomyState;
let events: EconomyEvent[];
let before: EconomyState;

beforeEach(() => {
  state = createEconomy({
    balances: { alice: 2_000n * TAO },
    subnets: [
      { netuid: 1, taoReserve: 100_000n * TAO, alphaIn: 2_000_000n * TAO },
      { netuid: 2, taoReserve: 2_000_000n, alphaIn: 2_000_000n },
    ],
    hotkeys: { val: { owner: 'vc' } },
    stakes: [
      { hotkey: 'val', coldkey: 'bob', netuid: 1, alphaRao: 30_000n * TAO },
      { hotkey: 'val', coldkey: 'bob', netuid: 2, alphaRao: TAO },
    ],
  });
  before = structuredClone(state);
  events = [];
});

const one = (): Subnet => state.subnets[1] as Subnet;
const at = (coldkey: string, netuid = 1) => ({ coldkey, hotkey: 'val', netuid });
const buy = (leg: Partial<SwapLeg> & { amountRao: bigint }) =>
  stakeInto(state, events, { ...at('alice'), ...leg });
const sell = (leg: Partial<SwapLeg> & { amountRao: bigint }) =>
  unstakeFrom(state, events, { ...at('bob'), ...leg });
const moves = () =>
  events.flatMap(({ name, fields }) =>
    name === 'Transfer' ? [[fields.from, fields.to, fields.amount]] : [],
  );
const refusal = (pallet: string, name: string) => ({ ok: false, error: { pallet, name } });

describe('TAO into a pool', () => {
  test('is booked on the pool, the counters and the position', () => {
    expect(buy({ amountRao: 100n * TAO, author: 'author' })).toEqual({
      ok: true,
      out: 1_996_996_913_230n,
    });
    expect(one()).toMatchObject({
      taoReserve: 100_099_949_645_228n,
      alphaIn: 1_998_003_003_086_770n,
      alphaOut: 30_000n * TAO + 1_996_996_913_230n,
      volumeRao: 100n * TAO,
      userFlow: { sinceLastStep: 99_949_645_228n },
    });
    expect(state.totalStake - before.totalStake).toBe(100n * TAO);
    expect(moves()).toEqual([
      ['alice', SUBNET, 100n * TAO],
      [SUBNET, 'author', 50_354_772n],
    ]);
    expect(events.at(-1)).toEqual({
      pallet: 'SubtensorModule',
      name: 'StakeAdded',
      fields: {
        ...at('alice'),
        tao: 100n * TAO,
        alpha: 1_996_996_913_230n,
        fee_rao_tao: 50_354_772n,
      },
    });
    expect(state.taoIssuance).toBe(before.taoIssuance);
  });

  test('without an author burns the fee', () => {
    buy({ amountRao: 100n * TAO });
    expect(before.taoIssuance - state.taoIssuance).toBe(50_354_772n);
    expect(state.balances[SUBNET]).toBe(one().taoReserve);
  });

  test('without fees keeps everything in the pool', () => {
    expect(buy({ amountRao: 100n * TAO, dropFees: true })).toMatchObject({ ok: true });
    expect(one().taoReserve).toBe(100_100n * TAO);
  });

  test('up to a limit gives the rest back', () => {
    const limitRaoPerAlpha = 50_050_000n;
    expect(buy({ amountRao: 100n * TAO, limitRaoPerAlpha, author: 'author' }).ok).toBe(true);
    const paidIn = one().taoReserve - 100_000n * TAO;
    const fee = state.balances.author as bigint;
    // 100,000 × (√1.001 − 1) TAO, and 33 of 65,502 on top.
    expect([paidIn, fee]).toEqual([49_987_506_246n, 25_183_776n]);
    expect(moves().at(-1)).toEqual([SUBNET, 'alice', 100n * TAO - paidIn - fee]);
  });

  test.each([
    [{ amountRao: 0n }, 'SubtensorModule', 'AmountTooLow'],
    [{ amountRao: TAO, limitRaoPerAlpha: 50_000_000n }, 'Swap', 'PriceLimitExceeded'],
    [{ amountRao: 2_001n * TAO, netuid: 2 }, 'Swap', 'SwapInputTooLarge'],
  ])('of %o is refused as %s.%s', (leg, pallet, name) => {
    expect(buy(leg)).toEqual(refusal(pallet, name));
    expect(state).toEqual(before);
  });

  test('is refused where a worthless pool of shares could register none', () => {
    const worthless = { value: 0n, denominator: safeFromInteger(5n), shares: {} };
    (state.hotkeys.val as { pools: object }).pools = { 1: worthless };
    expect(buy({ amountRao: TAO })).toEqual(refusal('SubtensorModule', 'InsufficientLiquidity'));
  });
});

describe('alpha out of a position', () => {
  test('is booked on the pool, the counters and the position, and the fee is sold again', () => {
    expect(sell({ amountRao: 400n * TAO, author: 'author' })).toEqual({
      ok: true,
      out: 19_985_933_871n,
    });
    expect(one()).toMatchObject({
      taoReserve: 99_980_003_999_201n,
      alphaIn: 2_000_400n * TAO,
      alphaOut: 29_600n * TAO,
      alphaBurned: 0n,
      volumeRao: 19_985_933_871n + 10_066_928n,
      userFlow: { sinceLastStep: -(19_985_933_871n + 10_066_928n) },
    });
    expect(before.totalStake - state.totalStake).toBe(19_985_933_871n + 10_066_928n);
    expect(moves()).toEqual([
      [SUBNET, 'bob', 19_985_933_871n],
      [SUBNET, 'author', 10_066_928n],
    ]);
    expect(events.at(-1)).toEqual({
      pallet: 'SubtensorModule',
      name: 'StakeRemoved',
      fields: {
        ...at('bob'),
        tao: 19_985_933_871n,
        alpha: 399_798_580_911n,
        fee_rao_alpha: 201_419_089n,
      },
    });
    expect(stakeOf(state, 'val', 'bob', 1)).toBe(29_600n * TAO);
  });

  test('without an author burns the fee as alpha', () => {
    sell({ amountRao: 400n * TAO });
    expect(one()).toMatchObject({
      alphaBurned: 201_419_089n,
      alphaIn: 2_000_399_798_580_911n,
      alphaOut: 30_000n * TAO - 399_798_580_911n,
    });
  });

  test('without fees pays nobody but the beneficiary', () => {
    sell({ amountRao: 400n * TAO, dropFees: true, author: 'author', beneficiary: 'carol' });
    expect(moves()).toHaveLength(1);
    expect(moves()[0]?.slice(0, 2)).toEqual([SUBNET, 'carol']);
    expect(one().alphaIn).toBe(2_000_400n * TAO);
  });

  test('down to a limit leaves the rest where it was', () => {
    expect(sell({ amountRao: 25_000n * TAO, limitRaoPerAlpha: 49_000_000n })).toEqual({
      ok: true,
      out: 1_005_050_633_883n,
    });
    expect(stakeOf(state, 'val', 'bob', 1)).toBe(30_000n * TAO - 20_315_318_836_955n);
  });

  test.each([
    [{ amountRao: 30_000n * TAO + 1n }, 'SubtensorModule', 'NotEnoughStakeToWithdraw'],
    [{ amountRao: TAO, limitRaoPerAlpha: 50_000_000n }, 'Swap', 'PriceLimitExceeded'],
    [{ amountRao: 1n }, 'Swap', 'ReservesTooLow'],
    // The main sale leaves less than the reserve that the sale of the fee needs.
    [{ amountRao: 10_000_000n, netuid: 2, author: 'author' }, 'Swap', 'ReservesTooLow'],
  ])('of %o is refused as %s.%s', (leg, pallet, name) => {
    expect(sell(leg)).toEqual(refusal(pallet, name));
    expect(state).toEqual(before);
  });

  test('that is locked is not available, and a decayed lock is forgotten', () => {
    lockStake(state, { ...at('bob'), amountRao: 1_000n });
    expect(sell({ amountRao: 30_000n * TAO })).toEqual(
      refusal('SubtensorModule', 'StakeUnavailable'),
    );
    expect(sell({ amountRao: 10_000n }).ok).toBe(true);
    expect(state.coldkeys.bob?.locks[1]).toBeDefined();
    state.block += 10_000_000;
    expect(sell({ amountRao: 10_000n }).ok).toBe(true);
    expect(state.coldkeys.bob?.locks).toEqual({});
  });
});
