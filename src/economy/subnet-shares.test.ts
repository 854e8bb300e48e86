import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runCoinbase, taoEmissionsOf } from './coinbase.ts';
import { fromDouble, ONE_64, toDouble } from './fixed.ts';
import { emissionBar, gateFactor } from './hill-gate.ts';
import type { EmissionRules } from './parameters.ts';
import { createEconomy, type EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';
import { demandShares, emissionShares, isEligible } from './subnet-shares.ts';

type Snapshot = {
  emissionGateBar: number;
  subnets: { netuid: number; emaPrice: number; emissionEnabled: boolean }[];
  expectedShares: {
    netuid: number;
    demandShare: number;
    gateFactor: number;
    taoShare: number;
    taoPerBlock: number;
  }[];
};

const path = new URL('../../test/fixtures/finney-2026-08-10.json', import.meta.url);
const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;

function economy(emissionRules: EmissionRules, subnets: Snapshot['subnets']): EconomyState {
  return createEconomy({
    parameters: { emissionRules },
    subnets: subnets.map(({ netuid, emaPrice, emissionEnabled }) => ({
      netuid,
      emissionEnabled,
      firstEmissionBlock: 1,
      taoReserve: 1_000_000_000_000n,
      alphaIn: 1_000_000_000_000n,
      emaPriceBits: fromDouble(emaPrice, 32),
    })),
  });
}

function subnetsOf(state: EconomyState): Subnet[] {
  return state.netuids.slice(1).map((netuid) => state.subnets[netuid] as Subnet);
}

function fractions(shares: readonly bigint[]): number[] {
  return shares.map((share) => toDouble(share, 64));
}

const EVEN = [1, 2, 3].map((netuid) => ({ netuid, emaPrice: 0.1, emissionEnabled: true }));

describe('the mainnet snapshot of August 2026', () => {
  test('gives the published bar, gate factors and TAO per block', () => {
    const state = economy('2026-08', snapshot.subnets);
    const subnets = subnetsOf(state);
    const emissions = taoEmissionsOf(state, subnets, 500_000_000n);
    expect(toDouble(state.emissionBarBits, 64)).toBeCloseTo(snapshot.emissionGateBar, 7);
    const at = new Map(subnets.map((subnet, i) => [subnet.netuid, i]));
    for (const row of snapshot.expectedShares) {
      const demand = fromDouble(row.demandShare, 64);
      const factor = toDouble(gateFactor(demand, state.emissionBarBits, 3), 64);
      expect(factor).toBeCloseTo(row.gateFactor, 5);
      const tao = toDouble(emissions[at.get(row.netuid) as number] as bigint, 32) / 1e9;
      expect(tao).toBeCloseTo(row.taoPerBlock, 5);
    }
  });
});

describe('the bar', () => {
  const shares = [5n, 1n, 3n, 0n].map((part) => (part * ONE_64) / 9n);

  test('is the share of a rank, or the smallest positive one', () => {
    expect(emissionBar(shares, { rank: 2, quantile: 0 })).toBe(shares[2]);
    expect(emissionBar(shares, { rank: 32, quantile: 0 })).toBe(shares[1]);
    expect(emissionBar([0n], { rank: 1, quantile: 0 })).toBe(0n);
  });

  test('or lies where the largest shares reach a quantile', () => {
    expect(emissionBar(shares, { rank: 0, quantile: 0.5 })).toBe(shares[0]);
    expect(emissionBar(shares, { rank: 0, quantile: 0.61 })).toBe(shares[2]);
    expect(emissionBar(shares, { rank: 0, quantile: 1 })).toBe(shares[1]);
  });

  test('is kept between the blocks at which it is computed', () => {
    const state = economy('2026-08', EVEN);
    state.block = 1;
    demandShares(state, subnetsOf(state));
    const kept = state.emissionBarBits;
    (state.subnets[1] as Subnet).emaPriceBits *= 4n;
    demandShares(state, subnetsOf(state));
    expect(state.emissionBarBits).toBe(kept);
    state.block = 360;
    demandShares(state, subnetsOf(state));
    expect(state.emissionBarBits).not.toBe(kept);
  });
});

describe('earlier rules', () => {
  test('of 2025-02 know no burn factor', () => {
    const state = economy('2025-02', EVEN);
    (state.subnets[1] as Subnet).minerBurnedBits = 1n << 32n;
    const [first, second] = fractions(emissionShares(state, subnetsOf(state)));
    expect(first).toBeCloseTo(1 / 3, 12);
    state.parameters.emissionRules = '2026-06';
    expect(fractions(emissionShares(state, subnetsOf(state)))).toEqual([0, 0.5, 0.5]);
    expect(second).toBeCloseTo(1 / 3, 12);
  });

  test('of 2025-11 follow net TAO flow, less what the protocol put in itself', () => {
    const state = economy('2025-11', EVEN);
    const [a, b, c] = subnetsOf(state) as [Subnet, Subnet, Subnet];
    a.userFlow.emaBits = 30n << 64n;
    b.userFlow.emaBits = 10n << 64n;
    c.userFlow.emaBits = -(5n << 64n);
    expect(fractions(emissionShares(state, [a, b, c]))).toEqual([0.75, 0.25, 0]);
    // 40 in, 80 spent by the protocol: half of its own 20 counts against each.
    a.protocolFlow.emaBits = 20n << 64n;
    c.protocolFlow.emaBits = 60n << 64n;
    expect(fractions(emissionShares(state, [a, b, c]))).toEqual(
      [2 / 3, 1 / 3, 0].map((x) => expect.closeTo(x, 12)),
    );
    // A negative protocol flow, root's sales, counts in favour.
    c.protocolFlow.emaBits = -(15n << 64n);
    a.protocolFlow.emaBits = 0n;
    expect(fractions(emissionShares(state, [a, b, c]))).toEqual(
      [0.6, 0.2, 0.2].map((x) => expect.closeTo(x, 12)),
    );
  });

  test('fold the flow of a block into its average', () => {
    const state = economy('2025-11', EVEN.slice(0, 1));
    const [subnet] = subnetsOf(state) as [Subnet];
    subnet.userFlow.sinceLastStep = 1_000n;
    runCoinbase(state);
    expect(subnet.userFlow.emaBits).toBe(1_000n << 64n);
    subnet.userFlow.sinceLastStep = 2_000n;
    runCoinbase(state);
    expect(toDouble(subnet.userFlow.emaBits, 64)).toBeCloseTo(1_000 + 1_000 * 3.209e-6, 5);
  });

  test('with an exponent sharpen the differences', () => {
    const state = economy('2025-11', EVEN.slice(0, 2));
    state.parameters.flowExponent = 2;
    const [a, b] = subnetsOf(state) as [Subnet, Subnet];
    a.userFlow.emaBits = 3n << 64n;
    b.userFlow.emaBits = 1n << 64n;
    expect(fractions(emissionShares(state, [a, b]))).toEqual(
      [0.9, 0.1].map((x) => expect.closeTo(x, 9)),
    );
  });
});

describe('a subnet', () => {
  test('is eligible once started, with its token on and registration open', () => {
    const state = economy('2026-06', EVEN);
    const [subnet] = subnetsOf(state) as [Subnet];
    expect(isEligible(subnet)).toBe(true);
    expect(isEligible({ ...subnet, registrationAllowed: false })).toBe(false);
    expect(isEligible({ ...subnet, subtokenEnabled: false })).toBe(false);
    expect(isEligible({ ...subnet, firstEmissionBlock: null })).toBe(false);
    expect(isEligible(state.subnets[0] as Subnet)).toBe(false);
  });

  test('that would tilt the pool too far gets nothing injected, and later holds it back', () => {
    for (const rules of ['2026-06', '2026-08'] as const) {
      const state = economy(rules, EVEN.slice(0, 1));
      const [subnet] = subnetsOf(state) as [Subnet];
      // A price under 2^-32 counts as zero, so TAO comes alone.
      Object.assign(subnet, { taoReserve: 1_000_000n, alphaIn: 10n ** 18n });
      runCoinbase(state);
      expect(subnet.lastBlock.taoIn).toBe(0n);
      expect(subnet.taoReservoir > 0n).toBe(rules === '2026-08');
    }
  });
});
