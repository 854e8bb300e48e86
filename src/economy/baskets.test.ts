import { beforeEach, describe, expect, test } from 'vitest';
import { addStake } from './add-stake.ts';
import { basketValue, depositIntoBasket, owedShares } from './baskets.ts';
import { checkConservation } from './conservation.ts';
import { payTempo } from './payout.ts';
import { claimRoot } from './root-claims.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;
const subnet = (): Subnet => state.subnets[1] as Subnet;

beforeEach(() => {
  state = createEconomy({
    parameters: { rootRules: 'baskets' },
    balances: { carol: 1_000n * TAO },
    subnets: [
      { netuid: 0, neurons: [{ hotkey: 'val' }] },
      { netuid: 1, taoReserve: 1_000n * TAO, alphaIn: 2_000n * TAO, firstEmissionBlock: 1 },
    ],
    hotkeys: { val: { owner: 'vc', take: 0 }, off: { owner: 'oc', take: 0 } },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 0, alphaRao: 300n * TAO },
      { hotkey: 'val', coldkey: 'bob', netuid: 0, alphaRao: 100n * TAO },
      { hotkey: 'off', coldkey: 'dave', netuid: 0, alphaRao: 400n * TAO },
    ],
  });
});

function deposit(alphaRao: bigint): void {
  subnet().alphaOut += alphaRao;
  depositIntoBasket(state, subnet(), 'val', alphaRao);
}

describe('a basket', () => {
  test('issues its first shares at par with what it could be sold for', () => {
    deposit(20n * TAO);
    expect(basketValue(state, 'val')).toBe(9_900_990_099n);
    expect(state.hotkeys.val?.basket?.shares).toBe(9_900_990_099n);
    expect(owedShares(state, 'val', 'alice')).toBe(7_425_742_526n);
    expect(owedShares(state, 'val', 'bob')).toBe(2_475_247_508n);
  });

  test('gives a newcomer nothing of the past and everybody the same of what follows', () => {
    deposit(20n * TAO);
    const before = owedShares(state, 'val', 'alice');
    addStake(state, { coldkey: 'carol', hotkey: 'val', netuid: 0, amountRao: 400n * TAO });
    expect(owedShares(state, 'val', 'carol')).toBe(0n);
    expect(owedShares(state, 'val', 'alice')).toBe(before);
    deposit(20n * TAO);
    const carol = owedShares(state, 'val', 'carol');
    const gained = owedShares(state, 'val', 'alice') - before;
    expect(carol * 3n - gained * 4n < 10n && carol * 3n - gained * 4n > -10n).toBe(true);
  });

  test('redeems the same part of every holding into root stake, once', () => {
    deposit(20n * TAO);
    const claimed = claimRoot(state, { coldkey: 'alice', netuids: [] });
    const paid = claimed.ok ? claimed.payments[0] : undefined;
    expect(paid?.taoRao).toBe(7_444_168_686n);
    expect(stakeOf(state, 'val', 'alice', 0)).toBe(300n * TAO + 7_444_168_686n);
    expect(stakeOf(state, 'val', 'basket-escrow', 1)).toBe(5n * TAO + 98n);
    expect(claimRoot(state, { coldkey: 'alice', netuids: [] })).toMatchObject({ payments: [] });
    expect(checkConservation(state)).toEqual([]);
  });

  test('is left alone for less than 500,000 rao', () => {
    deposit(1_000_000n);
    expect(claimRoot(state, { coldkey: 'alice', netuids: [] })).toMatchObject({ payments: [] });
  });

  test('gets root dividends only for hotkeys registered on root', () => {
    subnet().alphaOut += 10n * TAO;
    payTempo(state, [], {
      subnet: subnet(),
      drained: { server: 0n, validator: 0n, root: 10n * TAO, ownerCut: 0n },
      emissions: [
        { hotkey: 'off', incentive: 0n, dividend: TAO },
        { hotkey: 'val', incentive: 0n, dividend: TAO },
      ],
    });
    expect(stakeOf(state, 'val', 'basket-escrow', 1)).toBe(10n * TAO);
    expect(stakeOf(state, 'off', 'basket-escrow', 1)).toBe(0n);
  });
});
