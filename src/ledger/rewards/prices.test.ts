import { expect, test } from 'vitest';
import { blockHash, poolOf } from '../testing.ts';
import { createPrices } from './prices.ts';
import { HALF, stamp } from './testing.ts';

const pool = (number: number, price: bigint, netuid = 8) => ({
  ...poolOf(netuid, price),
  block: stamp(number),
});

test('a price is of the block itself, else of the nearest before, else of the first after', () => {
  const prices = createPrices([
    pool(1_200, 3n),
    pool(1_000, 1n),
    pool(1_100, 2n),
    pool(1_050, 9n, 9),
  ]);
  const at = (number: number) => {
    const found = prices.at(8, stamp(number));
    return [found?.raoPerAlpha, found?.isOfBlock];
  };
  expect([900, 1_000, 1_001, 1_099, 1_100, 1_199, 1_200, 9_000].map(at)).toEqual([
    [1n, false],
    [1n, true],
    [1n, false],
    [1n, false],
    [2n, true],
    [2n, false],
    [3n, true],
    [3n, false],
  ]);
});

test('a price of another block of the same number is not its own', () => {
  const prices = createPrices([pool(1_000, 1n)]);
  const fork = { ...stamp(1_000), hash: blockHash(1_000, 1) };
  expect(prices.at(8, fork)).toEqual({ raoPerAlpha: 1n, isOfBlock: false });
});

test('root is one to one, and a subnet that was never seen has no price', () => {
  const prices = createPrices([pool(1_000, HALF)]);
  expect(prices.at(0, stamp(1))).toEqual({ raoPerAlpha: 1_000_000_000n, isOfBlock: true });
  expect(prices.at(9, stamp(1_000))).toBeUndefined();
});
