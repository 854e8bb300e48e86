import { describe, expect, test } from 'vitest';
import { calibratePool } from './calibrated-pool.ts';
import { modelReturn, type ReturnModelInput } from './return-model.ts';

const TAO = 1_000_000_000n;
const INPUT: ReturnModelInput = {
  rootTao: 1_000,
  taoWeight: 0.5,
  alphaIssuance: 1_500,
  alphaEmissionPerBlock: 1,
  ownerCut: 0.2,
  take: 0.1,
  hotkeyAlpha: 9_000,
  dividendShare: 0.5,
  tempo: 100,
  blocksPerYear: 1_000_000,
};

describe('a return under constant conditions', () => {
  test('follows the closed formula', () => {
    // ρ = 500/2,000; V = ½ × 0.8 × ¾ = 0.3; a block gives 0.3 × 0.5 × 0.9 ÷ 9,000 = 1.5e-5.
    const { rootProportion, validatorAlphaPerBlock, growthPerTempo, apr, apy } = modelReturn(INPUT);
    expect(rootProportion).toBeCloseTo(0.25, 12);
    expect(validatorAlphaPerBlock).toBeCloseTo(0.3, 12);
    expect(growthPerTempo).toBeCloseTo(1.5e-3, 12);
    expect(apr).toBeCloseTo(15, 9);
    expect(apy / (1.0015 ** 10_000 - 1)).toBeCloseTo(1, 9);
  });

  test.each([
    ['alphaIssuance', 0],
    ['hotkeyAlpha', 0],
    ['tempo', 0],
    ['rootTao', -1],
    ['take', Number.POSITIVE_INFINITY],
    ['ownerCut', Number.NaN],
  ])('needs a %s other than %d', (field, value) => {
    expect(() => modelReturn({ ...INPUT, [field]: value })).toThrow(
      `Couldn't model a return: ${field} must be a number from zero up.`,
    );
  });

  test('may be nothing', () => {
    const nothing = { rootTao: 0, taoWeight: 0, dividendShare: 0, alphaEmissionPerBlock: 0 };
    expect(modelReturn({ ...INPUT, ...nothing })).toMatchObject({ apr: 0, apy: 0 });
  });
});

describe('a pool fitted to quotes', () => {
  const spot = { priceRaoPerAlpha: TAO / 4n, feeRateU16: 33 };

  test('has the depth that its quotes show, at the spot price', () => {
    // 100 TAO in bring 100 ÷ (¼ × 1.1) alpha: an impact of a tenth is a depth of 1,000 TAO.
    const buy = { side: 'buy', netInRao: 100n * TAO, outRao: 363_636_363_636n } as const;
    const sell = { side: 'sell', netInRao: 400n * TAO, outRao: 90_909_090_909n } as const;
    for (const quotes of [[buy], [sell], [buy, sell]]) {
      const fit = calibratePool(spot, quotes);
      const depth = fit?.pool.taoReserve as bigint;
      expect(depth - 1_000n * TAO < 100n && 1_000n * TAO - depth < 100n).toBe(true);
      expect(fit?.pool.alphaIn).toBe(depth * 4n);
      expect(fit).toMatchObject({ quotes: quotes.length, pool: { feeRateU16: 33, mechanism: 1 } });
      expect(fit?.worstErrorPpb).toBeLessThan(10n);
    }
  });

  test('says the worst error of its quotes, rounded up, either way', () => {
    const exact = { side: 'buy', netInRao: 100n * TAO, outRao: 363_636_363_636n } as const;
    const off = (outRao: bigint) => ({ side: 'buy', netInRao: 1n * TAO, outRao }) as const;
    // 1 TAO buys 3.996003996 alpha of such a pool; these are a hundredth off, up and down.
    const below = calibratePool(spot, [exact, off(3_956_043_956n)])?.worstErrorPpb as bigint;
    const above = calibratePool(spot, [off(4_035_964_036n), exact])?.worstErrorPpb as bigint;
    expect(below > 9_900_000n && below < 10_300_000n).toBe(true);
    expect(above > 9_700_000n && above < 10_100_000n).toBe(true);
  });

  test('is a thousand million times as deep as the largest quote where prices only improve', () => {
    const better = { side: 'buy', netInRao: 7n, outRao: 29n } as const;
    const small = { side: 'sell', netInRao: 3n, outRao: 1n } as const;
    expect(calibratePool(spot, [better, { ...small, outRao: 9n }])?.pool.taoReserve).toBe(
      7_000_000_000n,
    );
  });

  test('leaves out quotes of nothing', () => {
    const quote = { side: 'buy', netInRao: 100n * TAO, outRao: 363_636_363_636n } as const;
    const nothing = [
      { ...quote, netInRao: 0n },
      { ...quote, outRao: 0n },
    ];
    expect(calibratePool(spot, nothing)).toBeUndefined();
    expect(calibratePool(spot, [...nothing, quote])?.quotes).toBe(1);
    expect(calibratePool({ ...spot, priceRaoPerAlpha: 0n }, [quote])).toBeUndefined();
  });
});
