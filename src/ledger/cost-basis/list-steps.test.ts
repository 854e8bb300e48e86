import { describe, expect, test } from 'vitest';
import { factsOf, HALF, stamp } from '../rewards/testing.ts';
import { ALICE, BOB, flowOf, OTHER_VALIDATOR, poolOf, VALIDATOR } from '../testing.ts';
import type { KnownFacts } from '../types.ts';
import { listSteps } from './list-steps.ts';
import type { BasisStep } from './types.ts';

/** `[block, why, alpha, rao of TAO]`; what went is negative. */
function rowOf(step: BasisStep): readonly unknown[] {
  const { number } = step.block;
  if (step.kind === 'in') return [number, step.origin, step.alphaRao, step.costRao];
  if (step.kind === 'move') return [number, 'move', -step.alphaRao, step.taoRao];
  return [number, step.exit, -step.alphaRao, step.proceedsRao];
}
const rows = (facts: KnownFacts) => listSteps(facts).map(rowOf);

describe('the steps of a position', () => {
  test('what an interval earned comes before what left in it', () => {
    const facts = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_001, 1_000n, HALF],
        [1_400, 50n, 2n * HALF],
      ],
      flows: [
        [1_001, { alphaRao: 1_000n, taoRao: 510n }],
        [1_399, { direction: 'out', alphaRao: 1_050n, taoRao: 1_049n }],
      ],
    });
    expect(rows(facts)).toEqual([
      [1_001, 'bought', 1_000n, 510n],
      [1_400, 'earned', 100n, 100n],
      [1_399, 'sold', -1_050n, 1_049n],
    ]);
  });

  test('what was held cost its value when first seen, rounded up', () => {
    expect(rows(factsOf({ samples: [[1_000, 7n, HALF]] }))).toEqual([[1_000, 'held', 7n, 4n]]);
    expect(rows(factsOf({ samples: [[1_000, 8n, HALF]] }))).toEqual([[1_000, 'held', 8n, 4n]]);
    expect(rows(factsOf({ samples: [[1_000, 8n]] }))).toEqual([[1_000, 'held', 8n, 0n]]);
  });

  test('what was held before the first flow comes before it, though it was seen after', () => {
    const facts = factsOf({
      samples: [[1_010, 1_500n, HALF]],
      flows: [
        [1_001, { direction: 'out', alphaRao: 200n, taoRao: 99n }],
        [1_005, { alphaRao: 1_000n, taoRao: 501n }],
      ],
    });
    expect(rows(facts)).toEqual([
      [1_010, 'held', 700n, 350n],
      [1_001, 'sold', -200n, 99n],
      [1_005, 'bought', 1_000n, 501n],
    ]);
  });

  test('every gain is worth its part of the sum, so that halves of a rao add up', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 1_001n, HALF],
        [1_800, 1_002n, HALF],
        [2_200, 1_001n, HALF],
      ],
    });
    expect(rows(facts)).toEqual([
      [1_000, 'held', 1_000n, 500n],
      [1_400, 'earned', 1n, 0n],
      [1_800, 'earned', 1n, 1n],
      // 1.0 of value, less half a rao, rounded down
      [2_200, 'rounding', -1n, 1n],
    ]);
  });

  test('what is missing leaves after the flows of its interval, at its value', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 800n, HALF],
        [1_800, 700n, HALF],
      ],
      flows: [[1_400, { alphaRao: 100n, taoRao: 51n }]],
    });
    expect(rows(facts)).toEqual([
      [1_000, 'held', 1_000n, 500n],
      [1_400, 'bought', 100n, 51n],
      [1_400, 'unexplained', -300n, 150n],
      [1_800, 'unexplained', -100n, 50n],
    ]);
  });

  test('what came from nowhere is neither bought nor earned, and is said once', () => {
    const facts = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_400, 300n, HALF],
        [1_800, 302n, HALF],
      ],
    });
    expect(rows(facts)).toEqual([
      [1_400, 'unexplained', 300n, 150n],
      [1_800, 'earned', 2n, 1n],
    ]);
  });

  test('where a first sample is short of its flows, the rest is missing', () => {
    const facts = factsOf({
      samples: [[1_002, 988n, HALF]],
      flows: [[1_001, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(rows(facts)).toEqual([
      [1_001, 'bought', 999n, 510n],
      [1_002, 'unexplained', -11n, 6n],
    ]);
  });

  test('what is missing at one look comes before what the next interval earned', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 900n, HALF],
        [1_401, 902n, HALF],
      ],
      flows: [[1_401, { direction: 'out', alphaRao: 1n, taoRao: 1n }]],
    });
    expect(rows(facts).slice(1)).toEqual([
      [1_400, 'unexplained', -100n, 50n],
      [1_401, 'earned', 3n, 1n],
      [1_401, 'sold', -1n, 1n],
    ]);
  });
});

describe('a move', () => {
  const ends = (to: Partial<KnownFacts['flows'][number]>) =>
    [
      { ...flowOf({ direction: 'out', alphaRao: 100n, taoRao: 50n }), block: stamp(1_010) },
      { ...flowOf({ hotkey: OTHER_VALIDATOR, alphaRao: 100n, taoRao: 50n }), block: stamp(1_010) },
    ].map((flow, index) => (index === 1 ? { ...flow, ...to } : flow));
  const stepsOf = (to: Partial<KnownFacts['flows'][number]> = {}) =>
    listSteps(factsOf({ changes: { flows: ends(to) } }));

  test('is one step, with where it went', () => {
    expect(stepsOf()).toEqual([
      {
        coldkey: ALICE,
        hotkey: VALIDATOR,
        netuid: 8,
        block: stamp(1_010),
        kind: 'move',
        to: { coldkey: ALICE, hotkey: OTHER_VALIDATOR, netuid: 8 },
        alphaRao: 100n,
        taoRao: 50n,
      },
    ]);
    expect(stepsOf({ hotkey: VALIDATOR, coldkey: BOB })).toMatchObject([
      { coldkey: ALICE, kind: 'move', to: { coldkey: BOB, hotkey: VALIDATOR, netuid: 8 } },
    ]);
  });

  test.each([
    ['the same position', { hotkey: VALIDATOR }],
    ['another subnet', { netuid: 9 }],
    ['another block', { block: stamp(1_011) }],
    ['other alpha', { alphaRao: 101n }],
    ['other TAO', { taoRao: 51n }],
  ])('is none to %s: it is a sale and a purchase', (_, to) => {
    expect(stepsOf(to).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['in', 'out']));
    expect(stepsOf(to)).toHaveLength(2);
  });

  test('has one end each: a third flow of the same amounts is a purchase', () => {
    const third = { ...flowOf({ alphaRao: 100n, taoRao: 50n }), hotkey: 'another' };
    const flows = [...ends({}), { ...third, block: stamp(1_010) }];
    const kinds = listSteps(factsOf({ changes: { flows } })).map(({ kind, hotkey }) => [
      kind,
      hotkey,
    ]);
    expect(kinds.sort()).toEqual([
      ['in', 'another'],
      ['move', VALIDATOR],
    ]);
  });

  test('of nothing is none', () => {
    const nothing = ends({}).map((flow) => ({ ...flow, alphaRao: 0n }));
    expect(listSteps(factsOf({ changes: { flows: nothing } })).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['in', 'out']),
    );
  });
});

test('steps of several positions come by block', () => {
  const facts = factsOf({
    samples: [
      [1_000, 10n, HALF],
      [1_900, 12n, HALF],
    ],
  });
  const other = { coldkey: ALICE, hotkey: OTHER_VALIDATOR, netuid: 9 };
  const steps = listSteps({
    ...facts,
    pools: [...facts.pools, { ...poolOf(9, HALF), block: stamp(990) }],
    positions: [
      { ...other, alphaRao: 5n, block: stamp(990) },
      ...facts.positions,
      { ...other, alphaRao: 9n, block: stamp(1_200) },
    ],
  });
  expect(steps.map((step) => [step.netuid, ...rowOf(step).slice(0, 3)])).toEqual([
    [9, 990, 'held', 5n],
    [9, 1_200, 'earned', 4n],
    [8, 1_000, 'held', 10n],
    [8, 1_900, 'earned', 2n],
  ]);
});
