import { describe, expect, test } from 'vitest';
import { isTaoError } from '../../errors/tao-error.ts';
import type { EstimateRequest } from './course.ts';
import { BLOCK_BY_BLOCK_DAYS, estimateRewards, MAX_ESTIMATE_DAYS } from './estimate-rewards.ts';
import type { Estimate, EstimateScenario, ScenarioName } from './estimate-types.ts';
import { TAO, validatorInputs, workedInputs } from './testing.ts';

function estimate(changes: Partial<EstimateRequest> = {}): Estimate {
  return estimateRewards({ inputs: workedInputs(), amountRao: 100n * TAO, days: 30, ...changes });
}

function scenario(found: Estimate, name: ScenarioName): EstimateScenario {
  const one = found.scenarios.find((candidate) => candidate.name === name);
  if (one === undefined) throw new Error(`no scenario ${name}`);
  return one;
}

function codeOf(changes: Partial<EstimateRequest>): string {
  try {
    estimate(changes);
  } catch (error) {
    if (isTaoError(error)) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

/** The target as a reader lists it on root before anybody earned: on no subnet. */
function rootOnly(inputs: ReturnType<typeof workedInputs>) {
  const [target] = inputs.validators;
  return { ...(target as NonNullable<typeof target>), onSubnets: [] };
}

/** A gain against another, in parts per million. */
function ppm(a: bigint, b: bigint): bigint {
  return ((a - b) * 1_000_000n) / b;
}

describe('the worked example', () => {
  test('enters at the reference price, fee and impact', () => {
    expect(estimate().entry).toEqual({
      alphaRao: 1_996_996_913_230n,
      feeRao: 50_354_772n,
      impactRao: 99_799_567n,
      spotRaoPerAlpha: 49_999_999n,
    });
  });

  test('ends a year of staking by everybody at the reference figures', () => {
    const grown = scenario(estimate({ days: 365 }), 'stake-grows');
    // 2,473.149 alpha in the reference: apart by less than a tenth of a percent.
    expect(ppm(grown.alphaRao, 2_473_149_000_000n)).toBeGreaterThan(-1_000n);
    expect(ppm(grown.alphaRao, 2_473_149_000_000n)).toBeLessThan(1_000n);
  });

  test('pays at the first epoch what the reference pays, less the own dilution', () => {
    const inputs = workedInputs({ subnet: { yuma3: true } });
    const found = estimate({ inputs, days: 0.05 });
    // 81,932,559 before the stake itself counts in the total: 2,500,000 against 2,501,997 alpha.
    const diluted = (81_932_559n * 2_500_000_000n) / 2_501_996_997n;
    expect(ppm(found.expected.alphaGainRao, diluted)).toBeGreaterThan(-60n);
    expect(ppm(found.expected.alphaGainRao, diluted)).toBeLessThan(60n);
  });

  test('sells into the pool as it was: what comes back at once is less by fees and impact', () => {
    const inputs = workedInputs({
      validators: [validatorInputs('v1', 400_000n, 0n), validatorInputs('v2', 2_100_000n, 9n)],
    });
    const found = estimate({ inputs });
    // 99.700066 TAO in the reference.
    const flat = scenario(found, 'price-flat');
    expect(flat).toMatchObject({
      alphaRao: found.entry.alphaRao,
      alphaGainRao: 0n,
      taoRao: 99_700_066_265n,
    });
    expect(flat.taoGainRao).toBe(flat.taoRao - 100n * TAO);
    // The chain's own purchases have raised the price by the end.
    expect(found.exit.taoRao).toBe(found.expected.taoRao);
    expect(found.exit.feeAlphaRao - 1_005_583_247n).toBeLessThanOrEqual(1n);
    expect(found.exit.spotRaoPerAlpha).toBeGreaterThan(49_999_999n);
    expect(ppm(found.exit.impactRao, 99_500_235n)).toBeLessThan(60_000n);
    expect(found.breakEven).toBeUndefined();
  });
});

describe('an estimate', () => {
  test('names itself, its window and its method', () => {
    const short = estimate({ days: BLOCK_BY_BLOCK_DAYS });
    expect(short).toMatchObject({
      kind: 'estimate',
      method: 'block-by-block',
      netuid: 8,
      hotkey: 'v1',
      takeU16: 11_796,
      amountRao: 100n * TAO,
      window: { fromBlock: 9_000_001, blocks: 21_600, days: 3 },
    });
    expect(estimate({ days: BLOCK_BY_BLOCK_DAYS + 0.1 }).method).toBe('tempo-by-tempo');
  });

  test('spans its scenarios in every figure, the expected one between', () => {
    const found = estimate();
    for (const figure of ['alphaRao', 'alphaGainRao', 'taoRao', 'taoGainRao'] as const) {
      const all = found.scenarios.map((one) => one[figure]);
      for (const value of [...all, found.expected[figure]]) {
        expect(value).toBeGreaterThanOrEqual(found.low[figure]);
        expect(value).toBeLessThanOrEqual(found.high[figure]);
      }
      expect(all).toContain(found.low[figure]);
      expect(all).toContain(found.high[figure]);
      expect(found.low[figure]).toBeLessThan(found.high[figure]);
    }
    expect(found.expected.taoRao).toBe(scenario(found, 'nobody-else-trades').taoRao);
  });

  test('orders its scenarios as they must be', () => {
    const found = estimate({ days: 365 });
    const tao = (name: ScenarioName): bigint => scenario(found, name).taoRao;
    expect(tao('nobody-else-trades')).toBeGreaterThan(tao('price-flat'));
    expect(tao('price-flat')).toBeGreaterThan(tao('stake-grows'));
    expect(tao('stake-grows')).toBeGreaterThan(tao('emission-sold'));
    expect(tao('emission-sold')).toBeGreaterThan(tao('earns-less'));
    expect(tao('earns-more')).toBeGreaterThan(tao('nobody-else-trades'));
    const gain = scenario(found, 'nobody-else-trades').alphaGainRao;
    const more = scenario(found, 'earns-more').alphaGainRao - gain;
    expect(ppm(more * 20n, gain)).toBeGreaterThan(-50n);
    expect(ppm(more * 20n, gain)).toBeLessThan(50n);
  });

  test('is wider where nothing was observed yet', () => {
    const inputs = workedInputs({
      validators: [validatorInputs('v1', 400_000n, 0n)],
      subnet: { lastDividendsRao: 0n, lastRootDividendsRao: 0n },
    });
    const found = estimate({ inputs });
    expect(found.assumptions[0]).toMatch(/all stake is taken to earn alike/);
    const gain = found.expected.alphaGainRao;
    expect(ppm(found.high.alphaGainRao * 10n, gain * 15n)).toBeGreaterThan(-100n);
    expect(ppm(found.low.alphaGainRao * 10n, gain * 5n)).toBeLessThan(100n);
    expect(scenario(found, 'earns-less').meaning).toMatch(/earns less, by 50 %\.$/);
    expect(scenario(estimate(), 'earns-more').meaning).toMatch(/earns more, by 5 %\.$/);
    const root = { ...inputs, netuid: 0, validators: [rootOnly(inputs)] };
    expect(estimate({ inputs: root }).expected.alphaGainRao).toBeGreaterThan(0n);
  });

  test('breaks even when the growth has paid for entry and exit', () => {
    const found = estimate();
    const { blocks = 0, days = 0 } = found.breakEven ?? {};
    expect(days).toBe(blocks / 7_200);
    const flatGain = (horizon: number): bigint =>
      scenario(estimate({ days: horizon }), 'price-flat').taoGainRao;
    expect(flatGain(days + 0.01)).toBeGreaterThanOrEqual(0n);
    expect(flatGain(days - 0.06)).toBeLessThan(0n);
  });

  test('gives rates with unit, window and compounding, and a range', () => {
    const { rates, expected, entry } = estimate({ days: 73 });
    const growth = (Number(expected.alphaGainRao) / Number(entry.alphaRao)) * 100;
    expect(rates.alphaApr.expectedPercent).toBeCloseTo(growth * 5, 9);
    expect(rates.alphaApy.expectedPercent).toBeCloseTo(((1 + growth / 100) ** 5 - 1) * 100, 9);
    expect(rates.alphaApr).toMatchObject({ label: 'APR', unit: 'alpha', compounding: 'none' });
    expect(rates.taoApy).toMatchObject({ label: 'APY', unit: 'tao', compounding: 'per-window' });
    for (const rate of Object.values(rates)) {
      expect(rate.windowDays).toBe(73);
      expect(rate.lowPercent).toBeLessThan(rate.expectedPercent);
      expect(rate.expectedPercent).toBeLessThan(rate.highPercent);
    }
    expect(rates.taoApr.expectedPercent).toBeCloseTo((Number(expected.taoGainRao) / 1e11) * 500, 9);
  });

  test('follows a change of take', () => {
    const inputs = workedInputs();
    const taken = estimate({ inputs }).expected.alphaGainRao;
    const free = estimate({ inputs, takeU16: 0 });
    expect(free.takeU16).toBe(0);
    // 1 − 11796/65535 of the gain is left at the maximum take, and compounding adds a little.
    expect(ppm(taken * 65_535n, free.expected.alphaGainRao * 53_739n)).toBeGreaterThan(-8_000n);
    expect(ppm(taken * 65_535n, free.expected.alphaGainRao * 53_739n)).toBeLessThan(0n);
  });

  test('knows halvings: alpha past 10.5 million is emitted at half the pace', () => {
    const full = estimate().expected.alphaGainRao;
    const halved = workedInputs({
      subnet: { alphaOutRao: 8_500_000n * TAO, lastDividendsRao: 0n },
      validators: [
        validatorInputs('v1', 400_000n, 8_205_650_919n),
        validatorInputs('v2', 2_100_000n, 43_079_667_325n),
      ],
    });
    const half = estimate({ inputs: halved }).expected.alphaGainRao;
    // Half the emission, of which root takes 900,000/11,400,000 instead of 900,000/5,900,000.
    const expected = (full * 105n * 59n) / (2n * 114n * 50n);
    expect(ppm(half, expected)).toBeGreaterThan(-5_000n);
    expect(ppm(half, expected)).toBeLessThan(5_000n);
  });

  test('says which assumptions it makes', () => {
    expect(estimate().assumptions).toMatchInlineSnapshot(`
      [
        "Expected is what the chain does by itself: it injects, buys and pays, and nobody else trades; the range says what trading may do to that.",
        "Every validator goes on earning, per alpha it holds, as it did at the last epoch, at its take.",
        "Other stakes grow by their dividends and nothing else; nobody enters or leaves.",
        "Emission, halvings, owner cut and root proportion follow the rules of the chain; other subnets keep their EMA prices.",
        "Transaction fees, locks and the end of a subnet are left out.",
      ]
    `);
    const idle = workedInputs({
      validators: [validatorInputs('v1', 400_000n, 0n), validatorInputs('v2', 2_100_000n, 9n)],
    });
    expect(estimate({ inputs: idle }).assumptions[0]).toMatch(/earned nothing at the last epoch/);
    const closed = workedInputs({ subnet: { registrationAllowed: false } });
    expect(estimate({ inputs: closed }).assumptions[0]).toMatch(/gets no emission now/);
    expect(estimate({ inputs: closed }).expected.alphaGainRao).toBe(0n);
  });
});

describe('refusals', () => {
  test.each([
    ['USAGE_INVALID', { days: 0 }],
    ['USAGE_INVALID', { days: Number.NaN }],
    ['USAGE_INVALID', { days: MAX_ESTIMATE_DAYS + 1 }],
    ['SUBNET_UNKNOWN', { inputs: { ...workedInputs(), netuid: 77 } }],
    ['HOTKEY_UNKNOWN', { inputs: { ...workedInputs(), hotkey: 'nobody' } }],
    ['SUBNET_NOT_STARTED', { inputs: workedInputs({ subnet: { subtokenEnabled: false } }) }],
    ['AMOUNT_BELOW_MINIMUM', { amountRao: 2_000_000n }],
    ['POOL_TOO_SMALL', { amountRao: 100_000_001n * TAO }],
  ] as const)('%s', (code, changes) => {
    expect(codeOf(changes)).toBe(code);
  });

  test('a hotkey without an owner is none', () => {
    const [first, ...others] = workedInputs().validators;
    const validators = [{ ...(first as NonNullable<typeof first>), owner: '' }, ...others];
    expect(codeOf({ inputs: workedInputs({ validators }) })).toBe('HOTKEY_UNKNOWN');
  });
});
