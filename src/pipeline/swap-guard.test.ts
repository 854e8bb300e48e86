import { describe, expect, it } from 'vitest';
import type { MoveQuoteFacts, QuoteFacts } from '../chain/facts.ts';
import { guardSwap, swapImpactMillionths } from './swap-guard.ts';

const percent = (numerator: bigint) => ({
  tolerance: { numerator, denominator: 1_000n },
  limitPriceRaoPerAlpha: undefined,
  partial: false,
});

function evenQuote(changes: Partial<MoveQuoteFacts> = {}): MoveQuoteFacts {
  const sale: QuoteFacts = {
    netuid: 1,
    side: 'sell',
    amountInRao: 10_000n,
    amountOutRao: 999n,
    feeRao: 5n,
    spotRaoPerAlpha: 100_000_000n,
    source: 'node',
  };
  return {
    sale,
    purchase: { ...sale, netuid: 4, side: 'buy', spotRaoPerAlpha: 500_000_000n },
    amountInRao: 10_000n,
    amountOutRao: 1_990n,
    feeRao: 5n,
    spotRatio: 200_000_000n,
    originReserves: { taoRao: 10n ** 15n, alphaRao: 10n ** 16n },
    destinationReserves: { taoRao: 10n ** 15n, alphaRao: 2n * 10n ** 15n },
    source: 'node',
    ...changes,
  };
}

describe('the limit of a swap', () => {
  it('is the ratio of the prices less the tolerance, and replaced by an explicit one', () => {
    expect(guardSwap(evenQuote(), percent(5n)).limitRatio).toBe(199_000_000n);
    const own = { ...percent(5n), limitPriceRaoPerAlpha: 150_000_000n };
    expect(guardSwap(evenQuote(), own).limitRatio).toBe(150_000_000n);
  });

  it('is refused at or over the market, and where the amount alone would pass it', () => {
    const atMarket = { ...percent(5n), limitPriceRaoPerAlpha: 200_000_000n };
    expect(() => guardSwap(evenQuote(), atMarket)).toThrow(
      expect.objectContaining({ code: 'PRICE_LIMIT_PASSED', exitCode: 7 }),
    );
    const huge = evenQuote({ amountInRao: 10n ** 15n, amountOutRao: 10n ** 14n });
    expect(() => guardSwap(huge, percent(5n))).toThrow(
      expect.objectContaining({ code: 'PRICE_LIMIT_TOO_TIGHT', exitCode: 7 }),
    );
    expect(guardSwap(huge, { ...percent(5n), partial: true }).limitRatio).toBe(199_000_000n);
  });

  it('to or from root is held against the average of the trade', () => {
    const toRoot = evenQuote({ destinationReserves: undefined, amountOutRao: 1_000n });
    expect(() => guardSwap(toRoot, percent(5n))).toThrow(
      expect.objectContaining({ code: 'PRICE_LIMIT_TOO_TIGHT' }),
    );
    expect(guardSwap(toRoot, percent(600n)).limitRatio).toBe(80_000_000n);
  });

  it('to or from root is held against the price after the trade where that is known', () => {
    const toRoot = evenQuote({ destinationReserves: undefined });
    expect(guardSwap({ ...toRoot, spotAfterRatio: 199_000_000n }, percent(5n)).limitRatio).toBe(
      199_000_000n,
    );
    expect(() => guardSwap({ ...toRoot, spotAfterRatio: 198_999_999n }, percent(5n))).toThrow(
      expect.objectContaining({ code: 'PRICE_LIMIT_TOO_TIGHT' }),
    );
  });

  it('shows the impact without the fee, rounded up', () => {
    expect(swapImpactMillionths(evenQuote({ amountOutRao: 1_999n }))).toBe(0n);
    // (10000 − 5) · 0.2 = 1999, of which 9 are missing.
    expect(swapImpactMillionths(evenQuote())).toBe(4_503n);
  });
});
