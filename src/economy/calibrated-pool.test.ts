import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibratePool, type PoolQuote } from './calibrated-pool.ts';
import { type Pool, poolPriceRao, type Side, swapOutput } from './pool.ts';
import { quoteBuy, quoteSell, simSwapAlphaForTao, simSwapTaoForAlpha } from './quote.ts';

const TAO = 1_000_000_000n;
const POOL: Pool = {
  mechanism: 1,
  taoReserve: 100_000n * TAO,
  alphaIn: 2_000_000n * TAO,
  quoteWeight: 500_000_000_000_000_000n,
  feeRateU16: 33,
};

function quotesOf(pool: Pool, trades: readonly (readonly [Side, bigint])[]): PoolQuote[] {
  return trades.map(([side, netInRao]) => ({
    side,
    netInRao,
    outRao: swapOutput(pool, side, netInRao),
  }));
}

describe('a calibrated pool', () => {
  test('finds a constant product again, with an error of parts per million', () => {
    const reserve = fc.bigInt(1_000n * TAO, 1_000_000n * TAO);
    fc.assert(
      fc.property(reserve, reserve, (taoReserve, alphaIn) => {
        const pool = { ...POOL, taoReserve, alphaIn };
        const quotes = quotesOf(pool, [
          ['buy', taoReserve / 1_000n],
          ['buy', taoReserve / 50n],
          ['sell', alphaIn / 200n],
        ]);
        const spot = { priceRaoPerAlpha: poolPriceRao(pool), feeRateU16: 33 };
        const fit = calibratePool(spot, quotes);
        expect(fit !== undefined && fit.worstErrorPpb < 20_000n).toBe(true);
      }),
    );
  });

  test('says how wrong it is for another curve', () => {
    const skewed = { ...POOL, quoteWeight: 300_000_000_000_000_000n };
    const spot = { priceRaoPerAlpha: poolPriceRao(skewed), feeRateU16: 33 };
    const trades = [
      ['buy', 5_000n * TAO],
      ['sell', 100_000n * TAO],
    ] as const;
    const fit = calibratePool(spot, quotesOf(skewed, trades));
    expect(fit?.worstErrorPpb).toBe(450_999n);
    expect(fit?.quotes).toBe(2);
  });

  test('needs a quote and a price', () => {
    expect(calibratePool({ priceRaoPerAlpha: TAO, feeRateU16: 33 }, [])).toBeUndefined();
    const empty = [{ side: 'buy', netInRao: 0n, outRao: 0n }] as const;
    expect(calibratePool({ priceRaoPerAlpha: TAO, feeRateU16: 33 }, empty)).toBeUndefined();
  });

  test('is as deep as it can be where quotes show no impact', () => {
    const flat = [{ side: 'buy', netInRao: TAO, outRao: TAO }] as const;
    const fit = calibratePool({ priceRaoPerAlpha: TAO, feeRateU16: 0 }, flat);
    expect(fit?.pool.taoReserve).toBe(10n ** 18n);
    expect(fit?.worstErrorPpb).toBe(0n);
  });
});

describe('quotes', () => {
  test('of a purchase show output, fee and the price it leaves', () => {
    const result = quoteBuy(POOL, 100n * TAO);
    expect(result).toMatchObject({
      ok: true,
      quote: { paidInRao: 99_949_645_228n, feeRao: 50_354_772n, outRao: 1_996_996_913_230n },
    });
    if (!result.ok) return;
    expect((result.quote.priceBeforeBits * TAO) >> 64n).toBe(49_999_999n);
    expect((result.quote.priceAfterBits * TAO) >> 64n).toBe(50_099_999n);
  });

  test('stop at a limit and refuse one that is passed already', () => {
    const limited = quoteSell(POOL, 100_000n * TAO, { limitRaoPerAlpha: 49_000_000n });
    expect(limited.ok && limited.quote.paidInRao).toBe(20_305_089_104_421n);
    const passed = quoteSell(POOL, TAO, { limitRaoPerAlpha: 51_000_000n });
    expect(passed).toEqual({ ok: false, error: 'PriceLimitExceeded' });
  });

  test('in the form of the runtime API are net of fee, with slippage on the gross', () => {
    expect(simSwapTaoForAlpha(POOL, 100n * TAO)).toEqual({
      taoAmount: 99_949_645_228n,
      taoFee: 50_354_772n,
      alphaAmount: 1_996_996_913_230n,
      alphaFee: 0n,
      taoSlippage: 0n,
      alphaSlippage: 3_003_086_770n,
    });
    const sale = simSwapAlphaForTao(POOL, 1_000n * TAO);
    expect([sale.alphaAmount + sale.alphaFee, sale.taoAmount + sale.taoSlippage]).toEqual([
      1_000n * TAO,
      50n * TAO - 1n,
    ]);
    expect(simSwapTaoForAlpha(POOL, 10n ** 18n)).toMatchObject({ taoAmount: 0n, alphaAmount: 0n });
  });
});
