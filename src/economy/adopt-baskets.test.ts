import { expect, test } from 'vitest';
import { adoptBaskets } from './adopt-baskets.ts';
import { basketValue, owedShares } from './baskets.ts';
import { checkConservation } from './conservation.ts';
import { ONE_32 } from './fixed.ts';
import { claimRoot } from './root-claims.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState } from './state.ts';

const RAO = 1_000_000_000n;
/** A 512th of 3,000. */
const OWED = 5_859_375_000n;

/** Two root stakers of one hotkey, 2 : 1, who are owed alpha of subnet 1. */
function economy(): EconomyState {
  const state = createEconomy({
    subnets: [
      {
        netuid: 1,
        alphaIn: 1_000_000n * RAO,
        taoReserve: 500_000n * RAO,
        alphaOut: OWED + 5n,
        unclaimedRootAlpha: OWED + 5n,
      },
    ],
    hotkeys: { val: { owner: 'owner' }, idle: { owner: 'owner' } },
    stakes: [
      { hotkey: 'val', coldkey: 'big', netuid: 0, alphaRao: 2_000n * RAO },
      { hotkey: 'val', coldkey: 'small', netuid: 0, alphaRao: 1_000n * RAO },
    ],
  });
  const val = state.hotkeys.val;
  if (val === undefined) throw new Error('no val');
  val.rootClaimRates = { 1: ONE_32 / 512n };
  state.rootClaimers = ['big', 'small'];
  const big = state.coldkeys.big;
  if (big !== undefined) big.rootClaimType = { kind: 'keep' };
  return state;
}

test('what is owed becomes the escrow stake, and shares in its proportions', () => {
  const state = economy();
  adoptBaskets(state, 'escrow');
  expect(state.parameters).toMatchObject({ rootRules: 'baskets', basketEscrow: 'escrow' });
  expect(stakeOf(state, 'val', 'escrow', 1)).toBe(OWED);
  const value = basketValue(state, 'val');
  expect(value).toBeGreaterThan((OWED * 499n) / 1_000n);
  const shares = { big: owedShares(state, 'val', 'big'), small: owedShares(state, 'val', 'small') };
  expect(shares.big).toBe((value * 2n) / 3n);
  expect(shares.small).toBe(value / 3n);
  expect(state.hotkeys.val?.basket).toMatchObject({
    shares: shares.big + shares.small,
    rateBits: 0n,
    depositedRao: value,
  });
  expect(state.hotkeys.idle?.basket).toBeUndefined();
});

test('rates, marks, claim types and the lot are gone; what nobody is owed is booked as such', () => {
  const state = economy();
  adoptBaskets(state, 'escrow');
  expect(state.hotkeys.val).toMatchObject({ rootClaimRates: {}, rootClaimed: {} });
  expect(state.coldkeys.big?.rootClaimType).toEqual({ kind: 'swap' });
  expect(state.rootClaimers).toEqual([]);
  expect(state.subnets[1]).toMatchObject({ unclaimedRootAlpha: 0n, unassignedAlpha: 5n });
  expect(checkConservation(state)).toEqual([]);
});

test('a claim afterwards pays the same TAO as selling what was owed', () => {
  const state = economy();
  adoptBaskets(state, 'escrow');
  const value = basketValue(state, 'val');
  const claimed = claimRoot(state, { coldkey: 'big', netuids: [] });
  const paid = claimed.ok ? (claimed.payments[0]?.taoRao ?? 0n) : 0n;
  // Two thirds sold alone meet less impact than a part of the whole.
  expect(paid).toBeGreaterThanOrEqual((value * 2n) / 3n - 1n);
  expect(paid).toBeLessThan((value * 2n) / 3n + value / 1_000n);
  expect(checkConservation(state)).toEqual([]);
});
