import { describe, expect, test } from 'vitest';
import { ONE_64 } from './fixed.ts';
import {
  buyWithoutLimit,
  constantProductPool,
  deltaToPrice,
  feeOnGross,
  MAX_PRICE,
  MIN_PRICE,
  maxAmountAtLimit,
  type Pool,
  poolExponent,
  poolPriceBits,
  poolPriceRao,
  type SwapRequest,
  swapOnPool,
  swapOutput,
  weightAfterInjection,
  weightForPrice,
} from './pool.ts';
import { quoteBuy, quoteSell, simSwapAlphaForTao, simSwapTaoForAlpha } from './quote.ts';

const TAO = 1_000_000_000n;
const ONE = 10n ** 18n;
const U64 = 2n ** 64n - 1n;
const EVEN: Pool = constantProductPool({ taoReserve: 1_000n * TAO, alphaIn: 4_000n * TAO }, 33);
const STABLE: Pool = { ...EVEN, mechanism: 0 };
const FREE: Pool = { ...EVEN, feeRateU16: 0 };

const buy: SwapRequest = {
  side: 'buy',
  amountIn: TAO,
  limitRaoPerAlpha: MAX_PRICE,
  minimumReserveRao: 1_000_000n,
};
const sell: SwapRequest = { ...buy, side: 'sell', limitRaoPerAlpha: MIN_PRICE };
const refused = (error: string) => ({ ok: false, error });

describe('a price', () => {
  test('is TAO over alpha, times the weights', () => {
    expect(poolPriceBits(EVEN)).toBe(ONE_64 / 4n);
    expect(poolPriceRao(EVEN)).toBe(250_000_000n);
    expect(poolPriceRao({ ...EVEN, quoteWeight: ONE / 5n })).toBe(TAO);
    expect(poolPriceRao({ ...EVEN, quoteWeight: (ONE * 4n) / 5n })).toBe(62_500_000n);
    expect(poolPriceBits(STABLE)).toBe(ONE_64);
    expect(poolPriceBits({ ...EVEN, alphaIn: 0n })).toBe(0n);
  });

  test('needs a weight y ÷ (p·x + y), and one half where there is nothing', () => {
    expect(weightForPrice(1_000n, 4_000n, ONE_64 / 4n)).toBe(ONE / 2n);
    expect(weightForPrice(1_000n, 1_000n, 3n * ONE_64)).toBe(ONE / 4n);
    expect(weightForPrice(0n, 0n, ONE_64)).toBe(ONE / 2n);
    expect(weightForPrice(0n, 5n, ONE_64)).toBe(0n);
  });
});

describe('a swap', () => {
  test('gives x·dy ÷ (y + dy), or y·dx ÷ (x + dx), with even weights', () => {
    // 4,000 × 250 ÷ 1,250 and 1,000 × 1,000 ÷ 5,000.
    expect(swapOutput(EVEN, 'buy', 250n * TAO)).toBe(800n * TAO);
    expect(swapOutput(EVEN, 'sell', 1_000n * TAO)).toBe(200n * TAO);
    expect(swapOutput(EVEN, 'buy', 0n)).toBe(0n);
    expect(poolExponent(EVEN, 'tao', 250n * TAO)).toBe((ONE * 4n) / 5n);
    expect(poolExponent(EVEN, 'alpha', 4_000n * TAO)).toBe(ONE / 2n);
    expect(poolExponent({ ...EVEN, taoReserve: 0n }, 'tao', 0n)).toBe(0n);
  });

  test('raises to the ratio of the weights, alpha over TAO for a sale', () => {
    const skewed = { ...EVEN, quoteWeight: ONE / 3n };
    // Weights 2 : 1: (y/(y+dy))^½ for a purchase, (x/(x+dx))² for a sale.
    expect(poolExponent(skewed, 'tao', 3_000n * TAO) / 10n ** 6n).toBe(500_000_000_000n);
    expect(poolExponent(skewed, 'alpha', 4_000n * TAO) / 10n ** 6n).toBe(249_999_999_999n);
  });

  test('takes its fee first, of the input', () => {
    expect(feeOnGross(65_535n, 33)).toBe(33n);
    expect(feeOnGross(65_534n, 33)).toBe(32n);
    const bought = swapOnPool(EVEN, { ...buy, amountIn: 65_535n * 10_000n });
    expect(bought).toMatchObject({ swap: { fee: 330_000n, paidIn: 655_020_000n } });
    const free = swapOnPool(EVEN, { ...buy, dropFees: true });
    expect(free).toMatchObject({ swap: { fee: 0n, paidIn: TAO } });
  });

  test('one to one has neither fee nor limit', () => {
    const result = swapOnPool(STABLE, { ...buy, amountIn: 5n, limitRaoPerAlpha: 0n });
    expect(result).toEqual({ ok: true, swap: { paidIn: 5n, fee: 0n, paidOut: 5n } });
  });

  test('of less than nothing is a fault of the caller', () => {
    expect(() => swapOnPool(EVEN, { ...buy, amountIn: -1n })).toThrow(
      "Couldn't swap: amountIn must not be negative.",
    );
    expect(swapOnPool(EVEN, { ...buy, amountIn: 0n })).toEqual({
      ok: true,
      swap: { paidIn: 0n, fee: 0n, paidOut: 0n },
    });
  });

  test('may put in a thousand times the reserve net of fee, and not a rao more', () => {
    const most = { ...buy, dropFees: true, amountIn: 1_000_000n * TAO };
    expect(swapOnPool(EVEN, most).ok).toBe(true);
    const over = { ...most, amountIn: most.amountIn + 1n };
    expect(swapOnPool(EVEN, over)).toEqual(refused('SwapInputTooLarge'));
    const sale = { ...sell, dropFees: true, amountIn: 4_000_000n * TAO };
    expect(swapOnPool(EVEN, sale).ok).toBe(true);
    expect(swapOnPool(EVEN, { ...sale, amountIn: sale.amountIn + 1n })).toEqual(
      refused('SwapInputTooLarge'),
    );
  });

  test('needs the smallest output reserve, of alpha or of TAO', () => {
    const bought = (alphaIn: bigint) => swapOnPool({ ...EVEN, taoReserve: TAO, alphaIn }, buy);
    expect(bought(999_999n)).toEqual(refused('ReservesTooLow'));
    expect(bought(1_000_000n).ok).toBe(true);
    const sold = (taoReserve: bigint) => swapOnPool({ ...EVEN, taoReserve }, sell);
    expect(sold(999_999n)).toEqual(refused('ReservesTooLow'));
    expect(sold(10_000_000n).ok).toBe(true);
  });

  test('of a rao that buys nothing finds the reserves too low', () => {
    const dear = { ...EVEN, taoReserve: 40_000_000n * TAO };
    expect(swapOnPool(dear, { ...buy, amountIn: 1n })).toEqual(refused('ReservesTooLow'));
  });

  test('needs a limit strictly beyond the price', () => {
    const at = (request: SwapRequest, limitRaoPerAlpha: bigint) =>
      swapOnPool(EVEN, { ...request, limitRaoPerAlpha });
    const passed = refused('PriceLimitExceeded');
    expect(at(buy, 250_000_000n)).toEqual(passed);
    expect(at(sell, 250_000_000n)).toEqual(passed);
    expect(at(buy, 250_000_001n).ok).toBe(true);
    expect(at(sell, 249_999_999n).ok).toBe(true);
  });

  test('stops where the price reaches its limit, and takes the fee of that part', () => {
    // From 1/4 to 1, √4 − 1 = 1: the reserve once more; 33 of 65,502 on top.
    const bought = swapOnPool(EVEN, { ...buy, amountIn: 5_000n * TAO, limitRaoPerAlpha: TAO });
    const fee = (1_000n * TAO * 33n) / 65_502n;
    expect(bought).toEqual({
      ok: true,
      swap: { paidIn: 1_000n * TAO, fee, paidOut: 2_000n * TAO },
    });
    const sold = swapOnPool(EVEN, {
      ...sell,
      amountIn: 9_000n * TAO,
      limitRaoPerAlpha: 62_500_000n,
    });
    expect(sold).toMatchObject({ swap: { paidIn: 4_000n * TAO, paidOut: 500n * TAO } });
  });
});

describe('the input to a price', () => {
  const at = (numerator: bigint, denominator: bigint) => (numerator * ONE_64) / denominator;

  test('is y·((L/P)^w1 − 1) for a purchase and x·((P/L)^w2 − 1) for a sale', () => {
    const prices = { current: at(1n, 4n), target: at(1n, 1n) };
    expect(deltaToPrice('buy', EVEN, prices, 700n)).toBe(700n);
    const down = { current: at(1n, 4n), target: at(1n, 64n) };
    expect(deltaToPrice('sell', EVEN, down, 700n)).toBe(2_100n);
    const skewed = { quoteWeight: ONE / 4n };
    const rise = { current: at(1n, 16n), target: at(1n, 1n) };
    // 16^¾ = 8 for a purchase, 16^¼ = 2 for a sale.
    expect(deltaToPrice('buy', skewed, rise, 100n)).toBe(700n);
    const fall = { current: at(1n, 1n), target: at(1n, 16n) };
    expect(deltaToPrice('sell', skewed, fall, 100n)).toBe(100n);
  });

  test('is nothing the wrong way, at the price itself, and without a price', () => {
    const fall = { current: at(1n, 1n), target: at(1n, 16n) };
    expect(deltaToPrice('buy', EVEN, fall, 100n)).toBe(0n);
    expect(deltaToPrice('buy', EVEN, { current: 5n, target: 5n }, 100n)).toBe(0n);
    expect(deltaToPrice('buy', EVEN, { current: 0n, target: 5n }, 100n)).toBe(0n);
    expect(deltaToPrice('sell', EVEN, { current: 5n, target: 0n }, 100n)).toBe(0n);
  });

  test('is held to a u64', () => {
    const rise = { current: at(1n, 100n), target: at(1n, 1n) };
    expect(deltaToPrice('buy', EVEN, rise, U64)).toBe(U64);
    expect(deltaToPrice('buy', EVEN, { current: 1n, target: ONE_64 * ONE_64 }, 1n)).toBe(17n);
  });
});

describe('the largest amount at a limit', () => {
  const most = (pool: Pool, side: 'buy' | 'sell', limitRaoPerAlpha: bigint) =>
    maxAmountAtLimit(pool, { side, limitRaoPerAlpha, minimumReserveRao: 1_000_000n });

  test('one to one is all or nothing around one TAO', () => {
    expect(most(STABLE, 'buy', TAO)).toEqual({ ok: true, amount: U64 });
    expect(most(STABLE, 'buy', TAO - 1n)).toEqual({ ok: true, amount: 0n });
    expect(most(STABLE, 'sell', TAO)).toEqual({ ok: true, amount: U64 });
    expect(most(STABLE, 'sell', TAO + 1n)).toEqual({ ok: true, amount: 0n });
  });

  test('is what reaches the limit, fee included, or what the pool refuses', () => {
    const fee = (1_000n * TAO * 33n) / 65_502n;
    expect(most(EVEN, 'buy', TAO)).toEqual({ ok: true, amount: 1_000n * TAO + fee });
    expect(most(FREE, 'sell', 62_500_000n)).toEqual({ ok: true, amount: 4_000n * TAO });
    expect(most(EVEN, 'buy', 1n)).toEqual(refused('PriceLimitExceeded'));
  });
});

describe('a purchase of the protocol', () => {
  const pools: Pool[] = [];
  for (const taoReserve of [0n, 1n, 999_999n, 4n * TAO, 1_000n * TAO, 10n ** 18n]) {
    for (const alphaIn of [0n, 1n, 999_999n, 1_000_000n, TAO, 4_000n * TAO]) {
      for (const quoteWeight of [ONE / 100n, ONE / 2n, (ONE * 99n) / 100n]) {
        pools.push({ ...EVEN, taoReserve, alphaIn, quoteWeight });
      }
    }
  }
  pools.push(STABLE);

  test('is what a swap without fee up to the highest price gives, on any pool', () => {
    for (const pool of pools) {
      for (const part of [0n, 1n, pool.taoReserve / 3n, pool.taoReserve, pool.taoReserve * 9n]) {
        const swap = { ...buy, amountIn: part, dropFees: true };
        const expected = swapOnPool(pool, swap);
        const { taoReserve, alphaIn } = pool;
        const at = `${part} into ${taoReserve} and ${alphaIn}`;
        expect([at, buyWithoutLimit(pool, part, 1_000_000n)]).toEqual([at, expected]);
      }
    }
  });
});

describe('weights after an injection', () => {
  const weight = (tao: bigint, alpha: bigint, pool: Partial<Pool> = {}) =>
    weightAfterInjection({ ...EVEN, ...pool }, tao, alpha);

  test('stay where both sides enter at the price, and follow what enters alone', () => {
    expect(weight(10n * TAO, 40n * TAO)).toBe(ONE / 2n);
    // w2·x·(y+dy) ÷ (w1·y·(x+dx) + w2·x·(y+dy)) = 2 ÷ 3 and 1 ÷ 3.
    expect(weight(1_000n * TAO, 0n)).toBe((ONE * 2n) / 3n);
    expect(weight(0n, 4_000n * TAO)).toBe(ONE / 3n);
    expect(weight(0n, 0n, { taoReserve: 0n, alphaIn: 0n })).toBe(ONE / 2n);
  });

  test('are refused outside 0.01 to 0.99', () => {
    const tiny = { taoReserve: 1_000_000n, alphaIn: 1_000_000n };
    const least = weight(98_000_000n, 0n, tiny);
    expect(least).toBe((ONE * 99n) / 100n);
    expect(weight(98_000_001n, 0n, tiny)).toBeUndefined();
    expect(weight(0n, 98_000_000n, tiny)).toBe(ONE / 100n);
    expect(weight(0n, 98_000_001n, tiny)).toBeUndefined();
  });

  test('round products to the nearest', () => {
    // ⅓ of 4 is 1.33 and ⅔ of 4 is 2.67: one and three.
    const small = { taoReserve: 2n, alphaIn: 2n, quoteWeight: ONE / 3n };
    expect(weight(0n, 0n, small)).toBe(ONE / 4n);
  });
});

describe('a quote', () => {
  test('of a sale says what leaves, the fee, and the lower price it leaves', () => {
    const quoted = quoteSell(FREE, 1_000n * TAO);
    expect(quoted).toEqual({
      ok: true,
      quote: {
        paidInRao: 1_000n * TAO,
        feeRao: 0n,
        outRao: 200n * TAO,
        priceBeforeBits: ONE_64 / 4n,
        priceAfterBits: (800n * TAO * ONE_64) / (5_000n * TAO),
      },
    });
  });

  test('of a purchase says the higher price it leaves', () => {
    const quoted = quoteBuy(FREE, 250n * TAO);
    expect(quoted.ok && quoted.quote.priceAfterBits).toBe((1_250n * TAO * ONE_64) / (3_200n * TAO));
  });

  test('one to one stays at one', () => {
    const quoted = quoteBuy(STABLE, 5n);
    expect(quoted.ok && quoted.quote).toEqual({
      paidInRao: 5n,
      feeRao: 0n,
      outRao: 5n,
      priceBeforeBits: ONE_64,
      priceAfterBits: ONE_64,
    });
    expect(simSwapTaoForAlpha(STABLE, 5n)).toMatchObject({ alphaAmount: 5n, alphaSlippage: 0n });
    expect(simSwapAlphaForTao(STABLE, 5n)).toMatchObject({ taoAmount: 5n, taoSlippage: 0n });
  });

  test('holds to the smallest reserve, a million unless told', () => {
    const low = { ...EVEN, taoReserve: TAO, alphaIn: 999_999n };
    expect(quoteBuy(low, TAO)).toEqual(refused('ReservesTooLow'));
    expect(quoteBuy(low, TAO, { minimumReserveRao: 999_999n }).ok).toBe(true);
    expect(quoteBuy(EVEN, TAO, { minimumReserveRao: 10n ** 15n })).toEqual(
      refused('ReservesTooLow'),
    );
  });

  test('in the form of the runtime API has slippage against the spot price', () => {
    expect(simSwapAlphaForTao(FREE, 1_000n * TAO)).toEqual({
      taoAmount: 200n * TAO,
      alphaAmount: 1_000n * TAO,
      taoFee: 0n,
      alphaFee: 0n,
      taoSlippage: 50n * TAO,
      alphaSlippage: 0n,
    });
  });
});
