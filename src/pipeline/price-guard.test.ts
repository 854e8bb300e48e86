import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuoteFacts } from '../chain/facts.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { formatPercent, impactMillionths } from './plan-rows.ts';
import { guardPrice } from './price-guard.ts';

const HALF_PERCENT = { numerator: 5n, denominator: 1_000n };
const guard = { tolerance: HALF_PERCENT, limitPriceRaoPerAlpha: undefined, partial: false };

/** A constant-product pool with the chain's fee of 33/65535 on what goes in. */
function poolQuote(side: 'buy' | 'sell', amountInRao: bigint): QuoteFacts {
  const taoRao = 100_000_000_000_000n;
  const alphaRao = 2_000_000_000_000_000n;
  const feeRao = (amountInRao * 33n) / 65_535n;
  const net = amountInRao - feeRao;
  const [reserveIn, reserveOut] = side === 'buy' ? [taoRao, alphaRao] : [alphaRao, taoRao];
  const amountOutRao = (reserveOut * net) / (reserveIn + net);
  return {
    netuid: 8,
    side,
    amountInRao,
    amountOutRao,
    feeRao,
    spotRaoPerAlpha: 50_000_000n,
    source: 'node',
  };
}

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isTaoError(error) ? error.code : 'not ours';
  }
  return 'none';
};

describe('the price limit of a trade', () => {
  it('of 100 TAO at 0.5 % promises no more alpha than the limit price gives', () => {
    const quote = poolQuote('buy', 100_000_000_000n);
    const price = guardPrice(quote, guard);
    expect(price.limitRaoPerAlpha).toBe(50_250_000n);
    expect(price.leastOutRao).toBe(
      ((100_000_000_000n - quote.feeRao) * 1_000_000_000n) / 50_250_000n,
    );
    expect(price.leastOutRao < quote.amountOutRao).toBe(true);
  });

  it('offers no tolerance that the option would refuse', () => {
    const hintOf = (amountInRao: bigint) => {
      try {
        guardPrice(poolQuote('buy', amountInRao), guard);
      } catch (error) {
        if (isTaoError(error)) return error.hint;
      }
      return 'no error';
    };
    expect(hintOf(1_000_000_000_000n)).toMatch(/--tolerance 1\.01 or more\.$/);
    expect(hintOf(100_000_000_000_000n)).toBe('Trade less, or allow --partial.');
  });

  it('is refused when it is already past the market, on both sides', () => {
    const buy = { ...guard, limitPriceRaoPerAlpha: 50_000_000n };
    expect(codeOf(() => guardPrice(poolQuote('buy', 1_000_000_000n), buy))).toBe(
      'PRICE_LIMIT_PASSED',
    );
    expect(codeOf(() => guardPrice(poolQuote('sell', 1_000_000_000n), buy))).toBe(
      'PRICE_LIMIT_PASSED',
    );
    const zero = { ...guard, tolerance: { numerator: 0n, denominator: 1n } };
    expect(codeOf(() => guardPrice(poolQuote('buy', 1_000_000_000n), zero))).toBe(
      'PRICE_LIMIT_PASSED',
    );
  });

  it('is refused when the trade alone would pass it, unless a part may be filled', () => {
    const large = poolQuote('buy', 5_000_000_000_000n);
    expect(codeOf(() => guardPrice(large, guard))).toBe('PRICE_LIMIT_TOO_TIGHT');
    expect(guardPrice(large, { ...guard, partial: true }).limitRaoPerAlpha).toBe(50_250_000n);
  });

  it('never promises more than the trade gives at the limit, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.bigInt({ min: 10_000_000n, max: 200_000_000_000n }),
        (side, amount) => {
          const quote = poolQuote(side, amount);
          const { leastOutRao, limitRaoPerAlpha } = guardPrice(quote, guard);
          expect(leastOutRao <= quote.amountOutRao).toBe(true);
          const net = amount - quote.feeRao;
          const [taoRao, alphaRao] = side === 'buy' ? [net, leastOutRao] : [leastOutRao, net];
          // At the least, the average price is not beyond the limit.
          if (side === 'buy')
            expect(taoRao * 1_000_000_000n >= alphaRao * limitRaoPerAlpha).toBe(true);
          else expect(taoRao * 1_000_000_000n <= alphaRao * limitRaoPerAlpha).toBe(true);
        },
      ),
    );
  });
});

describe('the impact of a trade', () => {
  it('is what comes out less than at spot, the fee not counted, rounded up', () => {
    expect(formatPercent(impactMillionths(poolQuote('buy', 1_000_000_000_000n)))).toBe('0.9897 %');
    expect(impactMillionths(poolQuote('sell', 100_000_000_000n))).toBe(50n);
  });

  it('is written with as many decimals as it has', () => {
    expect(formatPercent(0n)).toBe('0 %');
    expect(formatPercent(1n)).toBe('0.0001 %');
    expect(formatPercent(1_234_500n)).toBe('123.45 %');
  });
});
