import { describe, expect, test } from 'vitest';
import { maxMoveAtLimit, maxMoveFloor } from './max-move.ts';
import { maxAmountAtLimit, type Pool } from './pool.ts';

const TAO = 1_000_000_000n;
const UNLIMITED = 2n ** 64n - 1n;
const LIMITS = { minimumReserveRao: 1_000_000n };

function pool(tao: bigint, alpha: bigint): Pool {
  return {
    mechanism: 1,
    taoReserve: tao * TAO,
    alphaIn: alpha * TAO,
    quoteWeight: 500_000_000_000_000_000n,
    feeRateU16: 33,
  };
}

const stable: Pool = { ...pool(5n, 5n), mechanism: 0 };
const cheap = pool(1_000n, 2_000n);
const dear = pool(3_000n, 1_500n);

describe('between two dynamic pools', () => {
  // Prices 1/2 and 2: the ratio at the market is 1/4.
  test.each([
    [250_000_000n, 0n],
    [200_000_000n, 375n * TAO],
    [125_000_000n, 1_500n * TAO],
  ])('at a limit of %d what is left to the ratio may move', (limit, amount) => {
    // 1,500 × ¼ ÷ limit − 2,000 × ¾.
    const moved = maxMoveFloor(cheap, dear, limit);
    expect(moved - amount <= 0n && moved - amount > -20n).toBe(true);
  });

  test('nothing may above the market, and everything without a limit', () => {
    expect(maxMoveFloor(cheap, dear, 250_000_001n)).toBe(0n);
    expect(maxMoveFloor(cheap, dear, 0n)).toBe(UNLIMITED);
    const limits = { ...LIMITS, limit: 200_000_000n };
    const amount = maxMoveFloor(cheap, dear, limits.limit);
    expect(maxMoveAtLimit(cheap, dear, limits)).toEqual({ ok: true, amount });
  });

  test.each([
    [pool(0n, 5n), dear],
    [pool(5n, 0n), dear],
    [cheap, pool(0n, 5n)],
    [cheap, pool(5n, 0n)],
  ])('nothing may where a reserve is empty', (origin, destination) => {
    expect(maxMoveFloor(origin, destination, 0n)).toBe(0n);
  });
});

describe('where one side trades one to one', () => {
  test('both: everything up to a ratio of one, nothing above', () => {
    const at = (limit: bigint) => maxMoveAtLimit(stable, stable, { ...LIMITS, limit });
    expect(at(TAO)).toEqual({ ok: true, amount: UNLIMITED });
    expect(at(TAO + 1n)).toEqual({ ok: true, amount: 0n });
  });

  test('the origin: a purchase up to the inverse of the ratio', () => {
    const at = (limit: bigint) => maxMoveAtLimit(stable, dear, { ...LIMITS, limit });
    expect(at(0n)).toEqual({ ok: true, amount: UNLIMITED });
    const request = { side: 'buy', limitRaoPerAlpha: 2_500_000_000n, ...LIMITS } as const;
    const bought = maxAmountAtLimit(dear, request);
    expect(bought.ok && bought.amount > TAO).toBe(true);
    expect(at(400_000_000n)).toEqual(bought);
    expect(at(TAO)).toEqual({ ok: false, error: 'PriceLimitExceeded' });
  });

  test('the destination: a sale down to the ratio', () => {
    const at = (limit: bigint) => maxMoveAtLimit(cheap, stable, { ...LIMITS, limit });
    const request = { side: 'sell', limitRaoPerAlpha: 400_000_000n, ...LIMITS } as const;
    const sold = maxAmountAtLimit(cheap, request);
    expect(sold.ok && sold.amount > TAO).toBe(true);
    expect(at(400_000_000n)).toEqual(sold);
    expect(at(TAO)).toEqual({ ok: false, error: 'PriceLimitExceeded' });
    const poor = { ...LIMITS, minimumReserveRao: 10n ** 13n, limit: 400_000_000n };
    expect(maxMoveAtLimit(cheap, stable, poor)).toEqual({ ok: false, error: 'ReservesTooLow' });
  });
});
