import { describe, expect, test } from 'vitest';
import { runCoinbase } from './coinbase.ts';
import { nextEmaPrice } from './ema-price.ts';
import { blockEmission } from './emission-curve.ts';
import { ONE_32, ONE_64 } from './fixed.ts';
import { emissionBar, gateFactor } from './hill-gate.ts';
import type { EconomyParameters } from './parameters.ts';
import { createEconomy, type EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';
import { demandShares, emissionShares, isEligible } from './subnet-shares.ts';
import { flowDemand, powNormalize } from './tao-flow.ts';

const TAO = 1_000_000_000n;

function world(
  change: Partial<Subnet> = {},
  parameters: Partial<EconomyParameters> = {},
): EconomyState {
  const subnet = {
    netuid: 1,
    firstEmissionBlock: 1,
    taoReserve: 100_000n * TAO,
    alphaIn: 400_000n * TAO,
    emaPriceBits: 2n * ONE_32,
  };
  return createEconomy({ parameters, subnets: [{ ...subnet, ...change }] });
}

const one = (state: EconomyState): Subnet => state.subnets[1] as Subnet;

describe('the emission curve', () => {
  const M = 21_000_000n * TAO;

  test.each([
    [0n, TAO],
    [M / 2n - 1n, TAO],
    [M / 2n, TAO / 2n],
    [(M * 3n) / 4n - 1n, TAO / 2n],
    [(M * 3n) / 4n, TAO / 4n],
    [(M * 7n) / 8n, TAO / 8n],
    [M - 1n, 0n],
    [M, 0n],
    [M + 1n, 0n],
  ])('at %d rao gives %d', (issuance, emission) => {
    expect(blockEmission(issuance)).toBe(emission);
  });
});

describe('the EMA price', () => {
  const next = (change: object) =>
    nextEmaPrice({
      previousBits: ONE_32 / 2n,
      spotBits: ONE_64 / 4n,
      age: 1,
      movingAlphaBits: ONE_32 / 2n,
      halvingBlocks: 1,
      ...change,
    });

  test('goes towards the spot price by the smoothing, damped by age', () => {
    // ½ × 1/2 of the way from 1/2 to 1/4; with age 3, ½ × 3/4 of it.
    expect(next({})).toBe((ONE_32 * 7n) / 16n);
    expect(next({ age: 3 })).toBe((ONE_32 * 13n) / 32n);
  });

  test('takes one TAO for any spot price above', () => {
    expect(next({ spotBits: ONE_64 * 9n })).toBe((ONE_32 * 5n) / 8n);
    expect(next({ spotBits: ONE_64 })).toBe((ONE_32 * 5n) / 8n);
  });

  test('does not mix subnets of different age, damping or smoothing', () => {
    const asked = [
      {},
      { age: 3 },
      { halvingBlocks: 3 },
      { movingAlphaBits: ONE_32 },
      { age: 0 },
      { age: -1 },
    ];
    const figures = asked.map(next);
    expect(figures).toEqual([
      (ONE_32 * 7n) / 16n,
      (ONE_32 * 13n) / 32n,
      (ONE_32 * 15n) / 32n,
      (ONE_32 * 3n) / 8n,
      ONE_32 / 2n,
      ONE_32 / 2n,
    ]);
    for (const first of asked) {
      for (const [i, second] of asked.entries()) {
        next(first);
        expect(next(second)).toBe(figures[i]);
      }
    }
  });
});

describe('shares', () => {
  const third = ONE_64 / 3n;

  test('count a stable subnet as a price of one, and root never', () => {
    const state = world({ emaPriceBits: ONE_32 / 2n });
    const stable = { ...one(state), netuid: 2, mechanism: 0 as const, emaPriceBits: 7n };
    expect(emissionShares(state, [one(state), stable])).toEqual([third, (ONE_64 * 2n) / 3n]);
    expect(isEligible({ ...one(state), netuid: 0 })).toBe(false);
  });

  test('of enabled subnets are divided by their sum', () => {
    const state = world();
    const subnets = [one(state), { ...one(state), emissionEnabled: false }, one(state)];
    expect(emissionShares(state, subnets)).toEqual([ONE_64 / 2n, 0n, ONE_64 / 2n]);
    const closed = subnets.map((subnet) => ({ ...subnet, emissionEnabled: false }));
    expect(emissionShares(state, closed)).toEqual([0n, 0n, 0n]);
  });

  test('weigh what went to miners, normalised twice', () => {
    const state = world({ minerBurnedBits: ONE_32 / 2n });
    const other = { ...one(state), minerBurnedBits: 0n };
    // 1/2 and 1: a third and two thirds. More than all withheld counts as all.
    const [first, second] = emissionShares(state, [one(state), other]);
    expect([first, second]).toEqual([third, (ONE_64 * 2n) / 3n]);
    const all = { ...other, minerBurnedBits: 3n * ONE_32 };
    expect(emissionShares(state, [all, other])).toEqual([0n, ONE_64]);
    expect(emissionShares(state, [all, all])).toEqual([ONE_64 / 2n, ONE_64 / 2n]);
  });

  test('take a bar anew every 360 blocks, or when there is none', () => {
    const state = world({}, { emissionRules: '2026-08' });
    const bar = (block: number, emissionBarBits: bigint): bigint => {
      Object.assign(state, { block, emissionBarBits });
      demandShares(state, [one(state)]);
      return state.emissionBarBits;
    };
    expect(bar(7, 5n)).toBe(5n);
    expect(bar(7, 0n)).toBe(ONE_64);
    expect(bar(360, 5n)).toBe(ONE_64);
    expect(bar(361, 5n)).toBe(5n);
  });
});

describe('the gate', () => {
  const half = ONE_64 / 2n;
  const quarter = ONE_64 / 4n;

  test('lets a half through at the bar, and s^h ÷ (s^h + θ^h) elsewhere', () => {
    expect(gateFactor(quarter, quarter, 3)).toBe(half);
    expect(gateFactor(half, quarter, 3)).toBe((ONE_64 * 8n) / 9n);
    expect(gateFactor(half, quarter, 1)).toBe((ONE_64 * 2n) / 3n);
    expect(gateFactor(half, quarter, 16)).toBe((ONE_64 * 65_536n) / 65_537n);
    expect(gateFactor(0n, quarter, 3)).toBe(0n);
  });

  test('takes any exponent, in doubles where it is no small whole number', () => {
    const factor = (exponent: number) => Number(gateFactor(half, quarter, exponent)) / 2 ** 64;
    expect(factor(0.5)).toBeCloseTo(Math.SQRT2 / (Math.SQRT2 + 1), 12);
    expect(factor(17)).toBeCloseTo(131_072 / 131_073, 12);
    expect(factor(0)).toBe(0.5);
    expect(factor(-1)).toBeCloseTo(1 / 3, 12);
    // As a double, and so without the last bits of the quotient.
    expect(gateFactor(half, quarter, 17) % 1_024n).toBe(0n);
  });

  test('has its bar where the quantile is reached exactly', () => {
    const shares = [half, quarter, quarter / 2n, quarter / 2n];
    expect(emissionBar(shares, { rank: 0, quantile: 0.5 })).toBe(half);
    expect(emissionBar(shares, { rank: 0, quantile: 0.75 })).toBe(quarter);
    expect(emissionBar(shares, { rank: 0, quantile: 2 })).toBe(quarter / 2n);
    expect(emissionBar([quarter, half, 0n], { rank: 1, quantile: 0 })).toBe(half);
  });
});

describe('flows', () => {
  const demand = (
    parameters: Partial<EconomyParameters>,
    flows: readonly (readonly [user: bigint, protocol: bigint])[],
  ): bigint[] => {
    const state = world({}, { emissionRules: '2025-11', ...parameters });
    const flow = { sinceLastStep: 0n, emaBlock: 1 };
    const subnets = flows.map(([user, protocol]) => ({
      ...one(state),
      userFlow: { ...flow, emaBits: user },
      protocolFlow: { ...flow, emaBits: protocol },
    }));
    return flowDemand(state, subnets);
  };

  test('count gross where that is the rule, and never below nothing', () => {
    const flows = [
      [8n, 4n],
      [-3n, 0n],
    ] as const;
    expect(demand({ netFlowEnabled: false }, flows)).toEqual([8n, 0n]);
    expect(demand({}, flows)).toEqual([4n, 0n]);
  });

  test('of the protocol are scaled to what users brought', () => {
    // 10 in, 40 spent: a quarter of 30 and of 10.
    expect(
      demand({}, [
        [9n, 30n],
        [1n, 10n],
        [-5n, -2n],
      ]),
    ).toEqual([2n, 0n, 0n]);
    expect(
      demand({}, [
        [9n, -4n],
        [1n, 0n],
      ]),
    ).toEqual([13n, 1n]);
  });

  test('are folded into their averages under these rules only', () => {
    for (const [emissionRules, left] of [
      ['2025-11', 0n],
      ['2026-06', 1_000n],
    ] as const) {
      const state = world({}, { emissionRules });
      one(state).userFlow.sinceLastStep = 1_000n;
      runCoinbase(state);
      expect(one(state).userFlow.sinceLastStep).toBe(left);
    }
  });

  test('move their averages by the factor of 2^63 − 1', () => {
    const state = world({}, { emissionRules: '2025-11', flowEmaFactor: (2n ** 63n - 1n) / 7n });
    one(state).userFlow = { sinceLastStep: 15n, emaBits: 1n << 64n, emaBlock: 0 };
    state.block = 9;
    runCoinbase(state);
    expect(one(state).userFlow).toEqual({ sinceLastStep: 0n, emaBits: 3n << 64n, emaBlock: 9 });
  });

  test('raised to a power are shares of what is above nothing', () => {
    expect(powNormalize([3, 1, 0, -2], 2)).toEqual([0.9, 0.1, 0, 0]);
    expect(powNormalize([0, 4], 0)).toEqual([0, 1]);
  });
});
