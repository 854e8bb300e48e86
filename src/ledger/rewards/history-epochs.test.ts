import { expect, test } from 'vitest';
import { ALICE, OTHER_VALIDATOR, VALIDATOR } from '../testing.ts';
import { epochRows } from './history-epochs.ts';
import { factsOf, HALF, stamp } from './testing.ts';

test('a row is what one position did between two looks', () => {
  const facts = factsOf({
    samples: [
      [1_000, 1_000n, HALF],
      [1_400, 1_100n, 2n * HALF],
      [1_800, 1_365n, 2n * HALF],
      [2_200, 1_165n, HALF],
    ],
    flows: [
      [1_500, { alphaRao: 300n, taoRao: 301n }],
      [1_600, { direction: 'out', alphaRao: 50n, taoRao: 49n }],
    ],
  });
  const common = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, sampleCount: 1, hasPrice: true };
  const still = { addedRao: 0n, removedRao: 0n, paidRao: 0n, receivedRao: 0n };
  expect(epochRows(facts)).toEqual([
    {
      ...common,
      ...still,
      fromMs: stamp(1_400).timeMs,
      lastBlock: stamp(1_400),
      alphaStartRao: 1_000n,
      alphaEndRao: 1_100n,
      earnedRao: 100n,
      earnedProduct: 200n * HALF,
      priceProduct: 1_000n * HALF,
      unexplainedRao: 0n,
    },
    {
      ...common,
      fromMs: stamp(1_800).timeMs,
      lastBlock: stamp(1_800),
      alphaStartRao: 1_100n,
      alphaEndRao: 1_365n,
      addedRao: 300n,
      removedRao: 50n,
      paidRao: 301n,
      receivedRao: 49n,
      earnedRao: 15n,
      earnedProduct: 30n * HALF,
      priceProduct: 0n,
      unexplainedRao: 0n,
    },
    {
      ...common,
      ...still,
      fromMs: stamp(2_200).timeMs,
      lastBlock: stamp(2_200),
      alphaStartRao: 1_365n,
      alphaEndRao: 1_165n,
      earnedRao: 0n,
      earnedProduct: 0n,
      priceProduct: -1_365n * HALF,
      unexplainedRao: -200n,
    },
  ]);
});

test('looks between which nothing happened are left out, and so is what came before the first', () => {
  const facts = factsOf({
    samples: [
      [1_000, 1_000n],
      [1_400, 1_000n],
      [1_800, 1_001n],
    ],
    flows: [
      [999, { alphaRao: 1_000n, taoRao: 500n }],
      [1_900, { alphaRao: 7n, taoRao: 3n }],
    ],
  });
  expect(epochRows(facts)).toMatchObject([
    {
      lastBlock: stamp(1_800),
      alphaStartRao: 1_000n,
      addedRao: 0n,
      earnedRao: 1n,
      hasPrice: false,
    },
  ]);
});

test('stake that came and went between two looks happened', () => {
  const flows = (['in', 'out'] as const).map(
    (direction) => [1_100, { direction, alphaRao: 9n, taoRao: 5n }] as const,
  );
  const samples = [
    [1_000, 0n, HALF],
    [1_400, 0n, HALF],
  ] as const;
  expect(epochRows(factsOf({ samples, flows }))).toMatchObject([
    { addedRao: 9n, removedRao: 9n, paidRao: 5n, receivedRao: 5n, earnedRao: 0n },
  ]);
});

test('rows of several positions come by block', () => {
  const facts = factsOf({
    samples: [
      [1_000, 10n, HALF],
      [1_500, 11n, HALF],
    ],
  });
  const others = [
    [1_000, 5n],
    [1_400, 6n],
    [1_900, 7n],
  ] as const;
  const positions = [
    ...facts.positions,
    ...others.map(([number, alphaRao]) => ({
      coldkey: ALICE,
      hotkey: OTHER_VALIDATOR,
      netuid: 8,
      alphaRao,
      block: stamp(number),
    })),
  ];
  const rows = epochRows({ ...facts, positions });
  expect(rows.map(({ hotkey, lastBlock }) => [hotkey, lastBlock.number])).toEqual([
    [OTHER_VALIDATOR, 1_400],
    [VALIDATOR, 1_500],
    [OTHER_VALIDATOR, 1_900],
  ]);
});
