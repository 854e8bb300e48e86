import { beforeEach, describe, expect, test } from 'vitest';
import { addStake } from './add-stake.ts';
import { basketValue, depositIntoBasket, owedShares } from './baskets.ts';
import { checkConservation } from './conservation.ts';
import { payTempo } from './payout.ts';
import { claimRoot } from './root-claims.ts';
import { decreaseStake, increaseStake, stakeOf } from './stake-ledger.ts';
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

describe('the fund of a hotkey', () => {
  const escrow = 'basket-escrow';
  const fund = () => state.hotkeys.val?.basket;

  test('goes to the owner while nobody is on root and no share is out', () => {
    decreaseStake(state, { hotkey: 'off', coldkey: 'dave', netuid: 0 }, 400n * TAO);
    subnet().alphaOut += 5n * TAO;
    expect(depositIntoBasket(state, subnet(), 'off', 5n * TAO)).toBe(5n * TAO);
    expect(stakeOf(state, 'off', 'oc', 1)).toBe(5n * TAO);
    expect(state.hotkeys.off?.basket).toBeUndefined();
  });

  test('grows without new shares while only its shares are left', () => {
    deposit(20n * TAO);
    const before = structuredClone(fund());
    for (const [coldkey, tao] of [
      ['alice', 300n],
      ['bob', 100n],
    ] as const) {
      decreaseStake(state, { hotkey: 'val', coldkey, netuid: 0 }, tao * TAO);
    }
    const shares = fund()?.shares;
    expect(depositIntoBasket(state, subnet(), 'val', 3n * TAO)).toBe(3n * TAO);
    expect([fund()?.shares, fund()?.rateBits]).toEqual([shares, before?.rateBits]);
    expect(stakeOf(state, 'val', escrow, 1)).toBe(23n * TAO);
  });

  test('prices later shares by the value before them', () => {
    deposit(20n * TAO);
    const before = basketValue(state, 'val');
    const shares = fund()?.shares as bigint;
    deposit(60n * TAO);
    const added = basketValue(state, 'val') - before;
    expect(fund()?.shares).toBe(shares + (added * shares) / before);
    // 1,000 × 80 ÷ 2,080 TAO in all.
    expect(basketValue(state, 'val')).toBe(38_461_538_461n);
    expect(fund()?.rateBits).toBe(
      (shares << 32n) / (400n * TAO) + (((added * shares) / before) << 32n) / (400n * TAO),
    );
  });

  test('counts its own root TAO, and gives the stakers their part of what is added', () => {
    increaseStake(state, { hotkey: 'val', coldkey: escrow, netuid: 0 }, 100n * TAO);
    expect(basketValue(state, 'val')).toBe(100n * TAO);
    deposit(20n * TAO);
    // 9.9 TAO are added, 400 of 500 for those who are no escrow; the first shares are at par.
    expect(fund()?.shares).toBe(7_920_792_079n);
    expect(owedShares(state, 'val', escrow)).toBe(0n);
    const rate = (7_920_792_079n << 32n) / (400n * TAO);
    expect(owedShares(state, 'val', 'alice')).toBe((rate * 300n * TAO) >> 32n);
    expect(owedShares(state, 'off', 'dave')).toBe(0n);
    expect(owedShares(state, 'nobody', 'dave')).toBe(0n);
  });

  test('leaves what a pool cannot take, and skips what is worth nothing', () => {
    deposit(20n * TAO);
    subnet().taoReserve = 999_999n;
    expect(basketValue(state, 'val')).toBe(0n);
    expect(claimRoot(state, { coldkey: 'alice', netuids: [] })).toMatchObject({ payments: [] });
  });

  test('pays root TAO and every holding in proportion, and books it all', () => {
    deposit(20n * TAO);
    Object.assign(state.subnets[0] as Subnet, {
      taoReserve: 900n * TAO,
      alphaOut: 900n * TAO,
    });
    increaseStake(state, { hotkey: 'val', coldkey: escrow, netuid: 0 }, 100n * TAO);
    (fund() as { claimed: object }).claimed = {};
    const before = structuredClone(state);
    const shares = fund()?.shares as bigint;
    const owed = owedShares(state, 'val', 'alice');
    const claimed = claimRoot(state, { coldkey: 'alice', netuids: [] });
    const root = (100n * TAO * owed) / shares;
    const alpha = (20n * TAO * owed) / shares;
    const sold = (1_000n * TAO * alpha) / (2_000n * TAO + alpha);
    const paid = claimed.ok ? (claimed.payments[0]?.taoRao as bigint) : 0n;
    expect(paid - root - sold >= -1n && paid - root - sold <= 1n).toBe(true);
    expect(claimed).toMatchObject({
      payments: [{ hotkey: 'val', netuid: 0, alphaRao: owed }],
      events: [
        { name: 'Transfer' },
        { name: 'RootClaimed', fields: { coldkey: 'alice', tao: paid } },
      ],
    });
    expect(fund()?.shares).toBe(shares - owed);
    expect(stakeOf(state, 'val', escrow, 0)).toBe(100n * TAO - root);
    expect(stakeOf(state, 'val', 'alice', 0)).toBe(300n * TAO + paid);
    expect(state.totalStake).toBe(before.totalStake);
    expect(subnet().rootSellTao).toBe(paid - root);
    expect(subnet().protocolFlow.sinceLastStep).toBe(root - paid);
    expect(state.subnets[0]?.taoReserve).toBe(900n * TAO + paid - root);
    expect(state.subnets[0]?.alphaOut).toBe(900n * TAO + paid - root);
    expect(owedShares(state, 'val', 'alice')).toBeLessThanOrEqual(1n);
  });

  test('is redeemed from 500,000 rao up', () => {
    const claimOf = (alphaRao: bigint) => {
      deposit(alphaRao);
      const claimed = claimRoot(state, { coldkey: 'alice', netuids: [] });
      return claimed.ok && claimed.payments.length;
    };
    // Three quarters of half of it are alice’s.
    expect(claimOf(1_333_330n)).toBe(0);
    expect(claimOf(400n)).toBe(1);
  });
});
