import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Pool, poolPriceBits, swapOutput, weightAfterInjection } from '../../economy/pool.ts';
import {
  buyOutput,
  type PoolDoubles,
  sellOutput,
  shiftWeight,
  spotPrice,
  trade,
} from './pool-doubles.ts';

const amount = fc.bigInt(10n ** 9n, 10n ** 16n);
const weight = fc.bigInt(2n * 10n ** 16n, 98n * 10n ** 16n);
const pools = fc.tuple(amount, amount, weight).map(([taoReserve, alphaIn, quoteWeight]) => {
  const exact: Pool = { mechanism: 1, taoReserve, alphaIn, quoteWeight, feeRateU16: 33 };
  return { exact, doubles: doublesOf(exact) };
});

function doublesOf(pool: Pool): PoolDoubles {
  return {
    tao: Number(pool.taoReserve),
    alpha: Number(pool.alphaIn),
    quoteWeight: Number(pool.quoteWeight) / 1e18,
    fee: 33 / 65_535,
    isStable: pool.mechanism === 0,
  };
}

function expectClose(double: number, exact: number): void {
  expect(Math.abs(double - exact)).toBeLessThanOrEqual(2 + Math.abs(exact) * 1e-9);
}

test('prices and trades are those of the chain', () => {
  fc.assert(
    fc.property(pools, amount, ({ exact, doubles }, traded) => {
      const price = Number(poolPriceBits(exact)) / 2 ** 64;
      expect(Math.abs(spotPrice(doubles) - price)).toBeLessThanOrEqual(price * 1e-9 + 1e-15);
      expectClose(buyOutput(doubles, Number(traded)), Number(swapOutput(exact, 'buy', traded)));
      expectClose(sellOutput(doubles, Number(traded)), Number(swapOutput(exact, 'sell', traded)));
    }),
  );
});

test('an injection moves the weight as the chain does, and keeps the price', () => {
  fc.assert(
    fc.property(pools, amount, amount, ({ exact, doubles }, tao, alpha) => {
      const expected = weightAfterInjection(exact, tao, alpha);
      const before = spotPrice(doubles);
      const isMoved = shiftWeight(doubles, Number(tao), Number(alpha));
      expect(isMoved).toBe(expected !== undefined);
      if (expected === undefined) return;
      expect(doubles.quoteWeight).toBeCloseTo(Number(expected) / 1e18, 9);
      doubles.tao += Number(tao);
      doubles.alpha += Number(alpha);
      expect(spotPrice(doubles) / before).toBeCloseTo(1, 9);
    }),
  );
});

test('a trade changes the reserves by what goes in and out', () => {
  const pool: PoolDoubles = { tao: 1e14, alpha: 2e15, quoteWeight: 0.5, fee: 0, isStable: false };
  const out = trade(pool, 'buy', 1e12);
  expect(pool).toMatchObject({ tao: 1.01e14, alpha: 2e15 - out });
  expect(trade(pool, 'sell', out)).toBeCloseTo(1e12, -2);
  expect(trade(pool, 'sell', -1)).toBe(0);
});

test('a stable pool trades one to one and keeps nothing', () => {
  const pool: PoolDoubles = { tao: 5, alpha: 7, quoteWeight: 0.5, fee: 0, isStable: true };
  expect([spotPrice(pool), trade(pool, 'buy', 3), trade(pool, 'sell', 4)]).toEqual([1, 3, 4]);
  expect(pool).toMatchObject({ tao: 5, alpha: 7 });
});
