import { describe, expect, test } from 'vitest';
import { ALICE, BOB, OTHER_VALIDATOR, poolOf, VALIDATOR } from '../testing.ts';
import { createClaimBounds } from './claim-bounds.ts';
import type { RewardFacts } from './evidence.ts';
import { createPrices } from './prices.ts';
import { factsOf, HALF, stamp } from './testing.ts';

const ONE = 1n << 32n;
/** A rate of so many rao for every 1,024 staked. */
const rate = (number: number, perKibi: bigint, changes: { netuid?: number } = {}) => ({
  hotkey: VALIDATOR,
  netuid: 8,
  rateBits: (ONE / 1_024n) * perKibi,
  block: stamp(number),
  ...changes,
});
const root = (number: number, alphaRao: bigint, changes: { coldkey?: string } = {}) => ({
  coldkey: ALICE,
  hotkey: VALIDATOR,
  netuid: 0,
  alphaRao,
  block: stamp(number),
  ...changes,
});
const owed = (number: number, alphaRao: bigint, netuid = 8) => ({
  coldkey: ALICE,
  hotkey: VALIDATOR,
  netuid,
  alphaRao,
  block: stamp(number),
});
const factsWith = (changes: Partial<RewardFacts>): RewardFacts => ({ ...factsOf({}), ...changes });

/** The most that came in between blocks 1,000 and 1,400. */
function most(changes: Partial<RewardFacts>, netuid = 8, who: { hotkey?: string } = {}): bigint {
  const facts = factsWith(changes);
  const position = { coldkey: ALICE, hotkey: VALIDATOR, netuid, from: 1_000, to: 1_400, ...who };
  return createClaimBounds(facts, createPrices(facts.pools)).most(position);
}

describe('the most that claims can have brought', () => {
  const rootRates = [rate(1_000, 100n), rate(1_400, 103n)];
  const positions = [root(1_000, 10_240n), root(1_400, 20_480n)];

  test('is what the rates added to the root stake of both ends, and what was owed', () => {
    expect(most({ rootRates, positions })).toBe(90n);
    expect(most({ rootRates, positions, claimable: [owed(999, 7n), owed(1_001, 50n)] })).toBe(97n);
    expect(most({ rootRates, positions, claimable: [owed(1_000, 8n)] })).toBe(98n);
    expect(most({ rootRates, positions, claimable: [owed(1_000, 8n, 9)] })).toBe(90n);
  });

  test('rests on the looks nearest outside the interval, or else on what there is', () => {
    const wide = [rate(900, 100n), rate(1_200, 101n), rate(1_500, 103n)];
    expect(most({ rootRates: wide, positions: [root(900, 10_240n), root(1_500, 20_480n)] })).toBe(
      90n,
    );
    // No later look: the last one stands for it.
    expect(most({ rootRates: wide.slice(0, 2), positions: [root(900, 10_240n)] })).toBe(20n);
    expect(most({ rootRates: wide.slice(0, 1), positions })).toBe(0n);
    // No earlier look: all that was ever paid may have been paid now, but to no stake of before.
    expect(most({ rootRates: wide.slice(2), positions: [root(1_500, 1_024n)] })).toBe(103n);
  });

  test('is nothing without rates of the validator or root stake of the coldkey with it', () => {
    expect(most({ positions })).toBe(0n);
    expect(most({ rootRates })).toBe(0n);
    expect(most({ rootRates, positions: [root(1_000, 10_240n, { coldkey: BOB })] })).toBe(0n);
    expect(most({ rootRates, positions }, 8, { hotkey: OTHER_VALIDATOR })).toBe(0n);
    expect(most({ rootRates, positions }, 9)).toBe(0n);
    const subnet = positions.map((one) => ({ ...one, netuid: 8 }));
    expect(most({ rootRates, positions: subnet })).toBe(0n);
  });

  test('on root is the worth of all subnets, each at its price, without those of no price', () => {
    const rates = [
      ...rootRates,
      rate(1_000, 0n, { netuid: 9 }),
      rate(1_400, 1n, { netuid: 9 }),
      rate(1_000, 0n, { netuid: 10 }),
      rate(1_400, 500n, { netuid: 10 }),
    ];
    const pools = [
      { ...poolOf(8, HALF), block: stamp(1_400) },
      { ...poolOf(8, 9n * HALF), block: stamp(1_401) },
      { ...poolOf(9, 4n * HALF), block: stamp(1_000) },
    ];
    expect(most({ rootRates: rates, positions, pools }, 0)).toBe(45n + 60n);
  });
});
