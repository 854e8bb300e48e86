import { describe, expect, test } from 'vitest';
import { alphaIssuance, emitToSubnets, runCoinbase, subnetTerms } from './coinbase.ts';
import { checkConservation } from './conservation.ts';
import { ONE_32 } from './fixed.ts';
import type { EconomyParameters } from './parameters.ts';
import { createEconomy, type EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
const HALF = 500_000_000_000_000_000n;

/** Root and subnet weigh the same, so that root's proportion is one half; a price of 1/4. */
function world(
  change: Partial<Subnet> = {},
  parameters: Partial<EconomyParameters> = {},
): EconomyState {
  return createEconomy({
    parameters: { taoWeight: 2n ** 64n - 1n, ...parameters },
    subnets: [
      {
        netuid: 1,
        firstEmissionBlock: 1,
        taoReserve: 100_000n * TAO,
        alphaIn: 400_000n * TAO,
        alphaOut: 600_000n * TAO,
        emaPriceBits: 2n * ONE_32,
        ...change,
      },
    ],
    hotkeys: { val: { owner: 'vc' } },
    stakes: [{ hotkey: 'val', coldkey: 'rita', netuid: 0, alphaRao: 1_000_000n * TAO }],
  });
}

const one = (state: EconomyState): Subnet => state.subnets[1] as Subnet;

describe('one block of one TAO', () => {
  test('injects up to root’s proportion and buys with the rest', () => {
    const state = world();
    const before = structuredClone(state);
    expect(runCoinbase(state)).toEqual({ rootGateOpen: true, recycledRao: 0n });
    // Half an alpha at a price of 1/4, and 0.875 TAO buy 400,000 × 0.875 ÷ 100,000.875 alpha.
    expect(one(state)).toMatchObject({
      lastBlock: {
        taoIn: 125_000_000n,
        alphaIn: 500_000_000n,
        alphaOut: TAO,
        excessTao: 875_000_000n,
      },
      taoReserve: 100_001n * TAO,
      alphaIn: 399_997_000_030_625n,
      alphaOut: 600_004_499_969_375n,
      protocolAlpha: 3_499_969_375n,
      quoteWeight: HALF,
      protocolFlow: { sinceLastStep: TAO },
      userFlow: { sinceLastStep: 0n },
      volumeRao: 875_000_000n,
    });
    expect(state.totalStake - before.totalStake).toBe(TAO);
    expect(state.taoIssuance - before.taoIssuance).toBe(TAO);
    expect(state.balances['subnet:1']).toBe(one(state).taoReserve);
    expect(checkConservation(state)).toEqual([]);
  });

  test('accrues the cut, the miners’ half, and root’s proportion of the other half', () => {
    const state = world();
    runCoinbase(state);
    expect(one(state)).toMatchObject({
      pendings: {
        ownerCut: 179_995_422n,
        server: 410_002_288n,
        validator: 205_001_298n,
        root: 205_000_990n,
      },
      rootProportionBits: 2_147_482_037n,
      unassignedAlpha: 600_000n * TAO + 2n,
    });
    expect(state.blockEmission).toBe(TAO);
  });

  test('without the owner’s cut is the miners’ and the validators’', () => {
    const state = world({ ownerCutEnabled: false });
    runCoinbase(state);
    expect(one(state).pendings).toMatchObject({ ownerCut: 0n, server: 500_000_000n });
  });

  test('recycles root’s part while the gate is shut', () => {
    const state = world({ emaPriceBits: ONE_32 });
    expect(runCoinbase(state).rootGateOpen).toBe(false);
    expect(one(state)).toMatchObject({
      alphaRecycled: 205_000_990n,
      alphaOut: 600_004_499_969_375n - 205_000_990n,
      pendings: { root: 0n },
    });
    expect(checkConservation(state)).toEqual([]);
  });

  test('forgets what the block before did, on every subnet', () => {
    const state = world();
    runCoinbase(state);
    one(state).registrationAllowed = false;
    expect(runCoinbase(state).recycledRao).toBe(TAO);
    const nothing = { taoIn: 0n, alphaIn: 0n, alphaOut: 0n, excessTao: 0n };
    expect(one(state).lastBlock).toEqual(nothing);
    expect(state.blockEmission).toBe(TAO);
  });

  test('shows the last emission it looked up, which is that of an alpha', () => {
    const state = world({ alphaOut: 11_000_000n * TAO });
    runCoinbase(state);
    expect(state.blockEmission).toBe(500_000_000n);
  });
});

describe('what a pool cannot take', () => {
  // A price under 2^-32 counts as none, so that the TAO comes alone and tilts the pool.
  const tilted = { taoReserve: 1_000_000n, alphaIn: 10n ** 16n };
  const later = { emissionRules: '2026-08' } as const;

  test('is not injected before spec 448, and not minted', () => {
    const state = world(tilted);
    expect(runCoinbase(state).recycledRao).toBe(TAO);
    expect(one(state)).toMatchObject({ ...tilted, quoteWeight: HALF });
    expect(one(state).lastBlock).toMatchObject({ taoIn: 0n, alphaIn: 0n });
    expect(state.balances['subnet:1']).toBe(1_000_000n);
  });

  test('waits in a reservoir from then on, minted', () => {
    const state = world(tilted, later);
    expect(runCoinbase(state).recycledRao).toBe(0n);
    expect(one(state)).toMatchObject({ ...tilted, quoteWeight: HALF, taoReservoir: TAO });
    expect(state.balances['subnet:1']).toBe(1_000_000n + TAO);
    expect(state.totalStake).toBe(1_000_000n * TAO + 1_000_000n);
    expect(checkConservation(state)).toEqual([]);
  });

  test('counts as issued where it is alpha', () => {
    const { alphaIn, alphaOut } = one(world());
    expect(alphaIssuance(one(world({ alphaReservoir: 5n })))).toBe(alphaIn + alphaOut + 5n);
  });

  test('enters with what follows as soon as the weights allow', () => {
    const state = world({ taoReservoir: 3n * TAO, alphaReservoir: 12n * TAO }, later);
    state.balances['subnet:1'] = (state.balances['subnet:1'] as bigint) + 3n * TAO;
    state.taoIssuance += 3n * TAO;
    runCoinbase(state);
    const { taoIn, alphaIn } = one(state).lastBlock;
    expect([taoIn - 3n * TAO, alphaIn - 12n * TAO].map((rest) => rest > 0n && rest < TAO)).toEqual([
      true,
      true,
    ]);
    expect([one(state).taoReservoir, one(state).alphaReservoir]).toEqual([0n, 0n]);
    expect(checkConservation(state)).toEqual([]);
  });

  test('enters as alpha alone where only that fits, and not at all where nothing does', () => {
    const heavy = (taoReservoir: bigint, alphaReservoir: bigint): Subnet => {
      const reserves = { taoReserve: 10n * TAO, alphaIn: 10n * TAO };
      const state = world({ ...reserves, taoReservoir, alphaReservoir }, later);
      emitToSubnets(state, { subnets: [one(state)], taoEmissions: [0n], blockEmissionRao: 0n });
      return one(state);
    };
    // Both keep the weights at one half, alpha a hundred times as much would not.
    expect(heavy(9_000n * TAO, 9_000n * TAO)).toMatchObject({
      taoReservoir: 0n,
      alphaReservoir: 0n,
    });
    expect(heavy(99_000n * TAO, 90n * TAO)).toMatchObject({
      taoReservoir: 99_000n * TAO,
      alphaReservoir: 0n,
      alphaIn: 100n * TAO,
    });
    expect(heavy(90n * TAO, 99_000n * TAO)).toMatchObject({
      taoReservoir: 0n,
      alphaReservoir: 99_000n * TAO,
      taoReserve: 100n * TAO,
    });
    expect(heavy(99_000n * TAO, 9_900_001n * TAO * 99n)).toMatchObject({
      taoReservoir: 99_000n * TAO,
      alphaReservoir: 9_900_001n * TAO * 99n,
    });
  });
});

describe('a chain buy that fails', () => {
  const noAlpha = { alphaIn: 900_000n, taoReserve: 225_000n };

  test('leaves its TAO on the account, outside the reserve, until spec 448', () => {
    const state = world(noAlpha);
    runCoinbase(state);
    const { taoReserve, lastBlock } = one(state);
    expect(lastBlock.excessTao).toBe(0n);
    expect((state.balances['subnet:1'] as bigint) - taoReserve).toBeGreaterThan(800_000_000n);
    expect(state.taoIssuance - 1_000_000n * TAO - 225_000n).toBe(TAO - 1n);
  });

  test('is given back from then on', () => {
    const state = world(noAlpha, { emissionRules: '2026-08' });
    const { recycledRao } = runCoinbase(state);
    expect(recycledRao).toBeGreaterThan(800_000_000n);
    expect(state.balances['subnet:1']).toBe(one(state).taoReserve);
  });
});

describe('a credit that is too small', () => {
  const emit = (credit: bigint, change: Partial<Subnet> = {}) => {
    const state = world(change);
    const emission = { taoEmissions: [TAO << 32n], blockEmissionRao: credit };
    const summary = emitToSubnets(state, { subnets: [one(state)], ...emission });
    return { ...summary, ...one(state).lastBlock };
  };

  test('pays the purchase first, then the injection, each as a whole', () => {
    const whole = { excessTao: 875_000_000n, taoIn: 125_000_000n };
    expect(emit(TAO)).toMatchObject({ ...whole, recycledRao: 0n });
    expect(emit(TAO - 1n)).toMatchObject({ ...whole, taoIn: 0n, recycledRao: 124_999_999n });
    expect(emit(875_000_000n)).toMatchObject({ ...whole, taoIn: 0n, recycledRao: 0n });
    const poor = emit(874_999_999n);
    expect(poor).toMatchObject({ excessTao: 0n, taoIn: 125_000_000n, recycledRao: 749_999_999n });
  });
});

test('terms without a price inject nothing and spend nothing', () => {
  const empty = one(world({ alphaIn: 0n, taoReserve: 0n }));
  expect(subnetTerms(empty, 5n << 32n, 0n)).toEqual({
    taoIn: 5n << 32n,
    alphaIn: 0n,
    alphaOut: TAO << 32n,
    excessTao: 0n,
    alphaCap: 0n,
  });
});
