import { beforeEach, describe, expect, test } from 'vitest';
import { checkConservation } from './conservation.ts';
import { ONE_32 } from './fixed.ts';
import {
  claimAutomatically,
  claimIndices,
  claimRoot,
  payRootClaim,
  setRootClaimType,
} from './root-claims.ts';
import { accrueRootDividend, owedRootDividend } from './root-dividends.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyEvent, type EconomyState, type Hotkey } from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

/** Half an alpha a root rao on subnet 1, a quarter on subnet 2; alice has 10 TAO on root. */
beforeEach(() => {
  const owing = { alphaOut: 100n * TAO, unclaimedRootAlpha: 100n * TAO };
  state = createEconomy({
    block: 50,
    subnets: [
      { netuid: 1, taoReserve: 10_000n * TAO, alphaIn: 20_000n * TAO, ...owing },
      { netuid: 2, taoReserve: 10_000n * TAO, alphaIn: 10_000n * TAO, ...owing },
    ],
    hotkeys: { val: { owner: 'vc' }, other: { owner: 'vc' } },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 0, alphaRao: 10n * TAO },
      { hotkey: 'other', coldkey: 'alice', netuid: 0, alphaRao: 4n * TAO },
      { hotkey: 'val', coldkey: 'bob', netuid: 1, alphaRao: 4n * TAO },
    ],
  });
  val().rootClaimRates = { 1: ONE_32 / 2n, 2: ONE_32 / 4n };
});

const val = (): Hotkey => state.hotkeys.val as Hotkey;
const at = (netuid: number): Subnet => state.subnets[netuid] as Subnet;
const claim = (...netuids: number[]) => claimRoot(state, { coldkey: 'alice', netuids });
const claimed = { pallet: 'SubtensorModule', name: 'RootClaimed', fields: { coldkey: 'alice' } };
const invalid = {
  ok: false,
  error: { pallet: 'SubtensorModule', name: 'InvalidSubnetNumber' },
};

describe('a claim', () => {
  // 10,000 × 5 ÷ 20,005, floored at 18 digits of the power.
  const SOLD = 2_499_375_156n;

  test('sells what is owed and makes it root stake', () => {
    const before = structuredClone(state);
    expect(claim(1)).toEqual({
      ok: true,
      events: [
        {
          pallet: 'Balances',
          name: 'Transfer',
          fields: { from: 'subnet:1', to: 'subnet:0', amount: SOLD },
        },
        claimed,
      ],
      payments: [{ hotkey: 'val', netuid: 1, alphaRao: 5n * TAO, taoRao: SOLD }],
    });
    expect(at(1)).toMatchObject({
      taoReserve: 10_000n * TAO - SOLD,
      alphaIn: 20_005n * TAO,
      alphaOut: 99n * TAO,
      unclaimedRootAlpha: 95n * TAO,
      rootSellTao: SOLD,
      protocolFlow: { sinceLastStep: -SOLD },
    });
    expect(at(0)).toMatchObject({ taoReserve: 14n * TAO + SOLD, alphaOut: 14n * TAO + SOLD });
    expect(state.totalStake).toBe(before.totalStake);
    expect(stakeOf(state, 'val', 'alice', 0)).toBe(10n * TAO + SOLD);
    expect(val().rootClaimed).toEqual({
      1: { alice: 5n * TAO + SOLD / 2n },
      2: { alice: SOLD / 4n },
    });
    expect(checkConservation(state)).toEqual([]);
    expect(claim(1)).toEqual({ ok: true, events: [claimed], payments: [] });
    expect(state.rootClaimers).toEqual(['alice']);
  });

  test('keeps the alpha where its coldkey wants that', () => {
    setRootClaimType(state, { coldkey: 'alice', type: { kind: 'keep' } });
    expect(claim(1)).toMatchObject({
      events: [claimed],
      payments: [{ alphaRao: 5n * TAO, taoRao: 0n }],
    });
    expect(stakeOf(state, 'val', 'alice', 1)).toBe(5n * TAO);
    expect(val().rootClaimed).toEqual({ 1: { alice: 5n * TAO } });
    expect(at(1)).toMatchObject({ unclaimedRootAlpha: 95n * TAO, alphaIn: 20_000n * TAO });
    expect(checkConservation(state)).toEqual([]);
  });

  test('keeps it on the subnets that are named only', () => {
    const type = { kind: 'keep-subnets', netuids: [2, 7] } as const;
    setRootClaimType(state, { coldkey: 'alice', type });
    const paid = claim(2, 1);
    expect(paid.ok && paid.payments.map(({ netuid, taoRao }) => [netuid, taoRao > 0n])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  test('pays from the threshold up', () => {
    at(1).rootClaimThreshold = 5n * TAO + 1n;
    expect(claim(1)).toMatchObject({ payments: [] });
    at(1).rootClaimThreshold = 5n * TAO;
    expect(claim(1)).toMatchObject({ payments: [{ alphaRao: 5n * TAO }] });
    at(2).rootClaimThreshold = 0n;
    val().rootClaimed = { 2: { alice: 10n * TAO } };
    expect(claim(2)).toMatchObject({ payments: [] });
  });

  test('pays nothing to those who have no stake, no rate, or no subnet', () => {
    expect(claimRoot(state, { coldkey: 'bob', netuids: [1] })).toMatchObject({ payments: [] });
    expect(claimRoot(state, { coldkey: 'nobody', netuids: [1] })).toMatchObject({ payments: [] });
    expect(claim(3, 4, 5, 6, 7)).toMatchObject({ payments: [] });
    const nowhere = { hotkey: 'val', coldkey: 'alice', netuid: 9 };
    expect(payRootClaim(state, [], nowhere, true)).toBeUndefined();
    const nobody = { hotkey: 'nobody', coldkey: 'alice', netuid: 1 };
    expect(payRootClaim(state, [], nobody, true)).toBeUndefined();
  });

  test('is of one to five different subnets', () => {
    expect(claim()).toEqual(invalid);
    expect(claim(1, 2, 3, 4, 5, 6)).toEqual(invalid);
    expect(claim(1, 1, 1, 1, 1, 1)).toMatchObject({ ok: true });
  });

  test('that one pool cannot take is undone as a whole', () => {
    at(2).taoReserve = 999_999n;
    state.rootClaimers = ['bob'];
    const before = structuredClone(state);
    expect(claim(1, 2)).toEqual({ ok: false, error: { pallet: 'Swap', name: 'ReservesTooLow' } });
    expect(state).toEqual(before);
  });
});

describe('the claim type', () => {
  const typed = (type: object) => ({
    ok: true,
    events: [
      {
        pallet: 'SubtensorModule',
        name: 'RootClaimTypeSet',
        fields: { coldkey: 'carol', root_claim_type: type },
      },
    ],
  });
  const set = (type: Parameters<typeof setRootClaimType>[1]['type']) =>
    setRootClaimType(state, { coldkey: 'carol', type });

  test('is kept and announced, and its coldkey joins the automatic claims once', () => {
    for (const kind of ['swap', 'keep'] as const) expect(set({ kind })).toEqual(typed({ kind }));
    const some = { kind: 'keep-subnets', netuids: [1, 2] } as const;
    expect(set(some)).toEqual(typed(some));
    expect(state.coldkeys.carol?.rootClaimType).toEqual(some);
    expect(state.rootClaimers).toEqual(['carol']);
  });

  test('that keeps no subnet is refused, and so are netuids that are no u16', () => {
    expect(set({ kind: 'keep-subnets', netuids: [] })).toEqual(invalid);
    expect(state.rootClaimers).toEqual([]);
    expect(() => set({ kind: 'keep-subnets', netuids: [1, 65_536] })).toThrow(
      "Couldn't set the claim type: netuid must be a whole number from 0 to 65535.",
    );
  });
});

describe('automatic claims', () => {
  const automatic = (): EconomyEvent[] => {
    const events: EconomyEvent[] = [];
    claimAutomatically(state, events);
    return events;
  };

  test('pay a coldkey that is drawn on every subnet, and are silent where nothing is due', () => {
    state.rootClaimers = ['alice'];
    expect(automatic().map(({ name }) => name)).toEqual(['Transfer', 'Transfer', 'RootClaimed']);
    expect(automatic()).toEqual([]);
  });

  test('need somebody to draw, draws, and the rules of claims', () => {
    expect(automatic()).toEqual([]);
    state.rootClaimers = ['alice'];
    state.parameters.rootRules = 'baskets';
    expect(automatic()).toEqual([]);
    state.parameters.rootRules = 'claims';
    state.parameters.rootClaimsPerBlock = 0;
    expect(automatic()).toEqual([]);
  });

  test('draw by the hash of the parent block', () => {
    state.rootClaimers = ['bob', 'alice'];
    state.parameters.rootClaimsPerBlock = 1;
    // The first word twice: even for any word.
    expect(automatic()).toEqual([]);
    state.rootClaimers = ['alice', 'bob'];
    expect(automatic()).toHaveLength(3);
  });
});

describe('the draw', () => {
  const word = (n: bigint): string => n.toString(16).padStart(16, '0');
  const seed = [5n, 7n, 9n, 11n].map(word).join('');

  test('runs on through the four words of a hash, modulo the count', () => {
    // 5+5 = 0, 0+7 = 7, 7+9 = 6, 6+11 = 7, 7+5 = 2, modulo ten.
    expect(claimIndices(`0x${seed}`, 1, 10)).toEqual([0]);
    expect(claimIndices(`0x${seed}`, 2, 10)).toEqual([0, 7]);
    expect(claimIndices(seed, 5, 10)).toEqual([0, 2, 6, 7]);
    expect(claimIndices(seed, 0, 10)).toEqual([]);
  });

  test('stops a sum at u64, and fills a short hash with zeros', () => {
    const most = 2n ** 64n - 1n;
    expect(claimIndices(word(most), 1, 10)).toEqual([5]);
    // 0x1000… twice is 2^61: 2 modulo ten.
    expect(claimIndices('0x1', 1, 10)).toEqual([2]);
    expect(claimIndices(`${word(1n)}${word(most - 2n)}`, 2, 100)).toEqual([2, 15]);
  });
});

describe('a root dividend', () => {
  const alice = { hotkey: 'val', coldkey: 'alice', netuid: 1 };

  test('raises the rate by what there is for a rao of root stake', () => {
    expect(accrueRootDividend(state, at(1), 'val', 5n * TAO)).toEqual({
      accrued: 5n * TAO,
      paidToOwner: 0n,
    });
    expect(val().rootClaimRates[1]).toBe(ONE_32);
    accrueRootDividend(state, at(1), 'other', TAO);
    expect(state.hotkeys.other?.rootClaimRates).toEqual({ 1: ONE_32 / 4n });
    expect(at(1).unclaimedRootAlpha).toBe(106n * TAO);
  });

  test('of a rao a rao is the most; more goes to the owner', () => {
    expect(accrueRootDividend(state, at(1), 'val', 10n * TAO).accrued).toBe(10n * TAO);
    const more = accrueRootDividend(state, at(1), 'val', 10n * TAO + 9n);
    expect(more).toEqual({ accrued: 0n, paidToOwner: 10n * TAO + 9n });
    val().pools[1] = { value: 0n, denominator: { mantissa: 5n, exponent: 0 }, shares: {} };
    expect(accrueRootDividend(state, at(1), 'val', 11n * TAO).paidToOwner).toBe(0n);
  });

  test('is owed less what was claimed, never less than nothing', () => {
    expect(owedRootDividend(state, alice)).toBe(5n * TAO);
    val().rootClaimed = { 1: { alice: 5n * TAO - 1n } };
    expect(owedRootDividend(state, alice)).toBe(1n);
    val().rootClaimed = { 1: { alice: 6n * TAO } };
    expect(owedRootDividend(state, alice)).toBe(0n);
    expect(owedRootDividend(state, { ...alice, hotkey: 'nobody' })).toBe(0n);
    expect(owedRootDividend(state, { ...alice, netuid: 9 })).toBe(0n);
  });
});
