/** Facts of one position in short form, for the tests of this folder. */
import { expect } from 'vitest';
import { ALICE, blockHash, flowOf, poolOf, START_MS, VALIDATOR } from '../testing.ts';
import type { BlockStamp, KnownFacts, PositionRewards, RewardWindow, StakeFlow } from '../types.ts';
import { computeRewards } from './compute-rewards.ts';

/** Half a TAO per alpha. */
export const HALF = 500_000_000n;

export const stamp = (number: number): BlockStamp => ({
  number,
  hash: blockHash(number),
  timeMs: START_MS + (number - 1_000) * 12_000,
});

/** Rows of `[block, alpha, price?]` as facts of one position. */
export function factsOf(parts: {
  readonly samples?: readonly (readonly [block: number, alpha: bigint, price?: bigint])[];
  readonly flows?: readonly (readonly [block: number, flow: Partial<StakeFlow>])[];
  readonly netuid?: number;
  readonly changes?: Partial<KnownFacts>;
}): KnownFacts {
  const { samples = [], flows = [], netuid = 8, changes = {} } = parts;
  return {
    positions: samples.map(([number, alphaRao]) => ({
      coldkey: ALICE,
      hotkey: VALIDATOR,
      netuid,
      alphaRao,
      block: stamp(number),
    })),
    pools: samples.flatMap(([number, , price]) =>
      price === undefined ? [] : [{ ...poolOf(netuid, price), block: stamp(number) }],
    ),
    claimable: [],
    flows: flows.map(([number, flow]) => ({
      ...flowOf({ netuid, ...flow }),
      block: stamp(number),
    })),
    complete: [],
    conflicts: [],
    ...changes,
  };
}

/** The rewards of the only position there is. */
export function only(facts: KnownFacts, window?: RewardWindow): PositionRewards {
  const found = computeRewards(facts, window);
  expect(found).toHaveLength(1);
  return found[0] as PositionRewards;
}
