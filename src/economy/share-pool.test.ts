import { describe, expect, test } from 'vitest';
import { SAFE_ZERO, safeFromInteger, safeToU64 } from './safe-float.ts';
import {
  creditPool,
  depositRegisters,
  depositShare,
  shareValue,
  withdrawShare,
} from './share-pool.ts';
import { newSharePool, type SharePool } from './state.ts';

/** Alice 60, Bob 40, then half as much again for everybody: a share is worth 1.5. */
function shared(): SharePool {
  const pool = newSharePool();
  depositShare(pool, 'alice', 60n);
  depositShare(pool, 'bob', 40n);
  creditPool(pool, 50n);
  return pool;
}

const worthless = (): SharePool => ({
  value: 0n,
  denominator: safeFromInteger(5n),
  shares: { alice: safeFromInteger(5n) },
});

describe('a share', () => {
  test('is worth its part of the pool, floored', () => {
    const pool = shared();
    expect([shareValue(pool, 'alice'), shareValue(pool, 'bob')]).toEqual([90n, 60n]);
    creditPool(pool, 1n);
    expect([shareValue(pool, 'alice'), shareValue(pool, 'bob')]).toEqual([90n, 60n]);
    creditPool(pool, 0n);
    expect(pool.value).toBe(151n);
  });

  test('of nobody, of no pool and of an empty pool is worth nothing', () => {
    expect(shareValue(undefined, 'alice')).toBe(0n);
    expect(shareValue(shared(), 'carol')).toBe(0n);
    const empty = { ...newSharePool(), value: 5n, shares: { alice: SAFE_ZERO } };
    expect(shareValue(empty, 'alice')).toBe(0n);
  });
});

describe('a deposit', () => {
  test('into an empty pool buys as many shares as rao, and later ones at the value', () => {
    const pool = shared();
    expect(safeToU64(pool.denominator)).toBe(100n);
    expect(depositShare(pool, 'alice', 15n)).toBe(true);
    expect([safeToU64(pool.denominator), pool.value]).toEqual([110n, 165n]);
    expect([shareValue(pool, 'alice'), shareValue(pool, 'bob')]).toEqual([105n, 60n]);
  });

  test('registers when it buys any share at all', () => {
    expect(depositRegisters(undefined, 1n)).toBe(true);
    expect(depositRegisters(undefined, 0n)).toBe(false);
    expect(depositRegisters(newSharePool(), 1n)).toBe(true);
    expect(depositRegisters(newSharePool(), 0n)).toBe(false);
    expect(depositRegisters(shared(), 1n)).toBe(true);
    expect(depositRegisters(shared(), 0n)).toBe(false);
    expect(depositRegisters(worthless(), 1_000n)).toBe(false);
  });

  test('that registers nothing changes nothing', () => {
    const pool = worthless();
    expect(depositShare(pool, 'bob', 7n)).toBe(false);
    expect(depositShare(pool, 'bob', 0n)).toBe(false);
    expect(pool).toEqual(worthless());
  });
});

describe('a withdrawal', () => {
  test('takes shares at the value and leaves the others as they were', () => {
    const pool = shared();
    expect(withdrawShare(pool, 'alice', 30n)).toBe(true);
    expect([shareValue(pool, 'alice'), shareValue(pool, 'bob'), pool.value]).toEqual([
      60n,
      60n,
      120n,
    ]);
    expect(withdrawShare(pool, 'alice', 60n)).toBe(true);
    expect(Object.keys(pool.shares)).toEqual(['bob']);
  });

  test.each([91n, -1n])('of %d of 90 is none', (amount) => {
    const pool = shared();
    expect(withdrawShare(pool, 'alice', amount)).toBe(false);
    expect(pool).toEqual(shared());
  });

  test('of nothing is one', () => {
    expect(withdrawShare(shared(), 'alice', 0n)).toBe(true);
    expect(withdrawShare(shared(), 'carol', 0n)).toBe(true);
  });
});

test('a negative credit is refused by name', () => {
  expect(() => creditPool(shared(), -1n)).toThrow(
    "Couldn't credit a pool: amount must not be negative.",
  );
});
