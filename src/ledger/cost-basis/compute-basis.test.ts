import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeRewards } from '../rewards/compute-rewards.ts';
import { factsOf, HALF, stamp } from '../rewards/testing.ts';
import { ALICE, BOB, flowOf, OTHER_VALIDATOR, poolOf, VALIDATOR } from '../testing.ts';
import type { KnownFacts, PositionRewards } from '../types.ts';
import { computeBasis, nameOf } from './compute-basis.ts';
import { listSteps } from './list-steps.ts';
import { BASIS_METHODS, type BasisMethod } from './types.ts';

function basisOf(facts: KnownFacts, method: BasisMethod) {
  const values = new Map(
    computeRewards(facts).map((rewards) => [nameOf(rewards), rewards.tao?.valueNowRao]),
  );
  return computeBasis(listSteps(facts), method, (key) => values.get(nameOf(key)) ?? 0n);
}

/** Bought 1,000 for 500 and 1,000 for 900, earned 100 worth 90, sold 1,500 for 1,200. */
const traded = factsOf({
  samples: [
    [1_000, 0n, HALF],
    [1_001, 1_000n, HALF],
    [1_101, 2_000n, 900_000_000n],
    [1_400, 2_100n, 900_000_000n],
    [1_501, 600n, 800_000_000n],
  ],
  flows: [
    [1_001, { alphaRao: 1_000n, taoRao: 500n }],
    [1_101, { alphaRao: 1_000n, taoRao: 900n }],
    [1_501, { direction: 'out', alphaRao: 1_500n, taoRao: 1_200n }],
  ],
});

describe('the lots that leave', () => {
  test.each([
    ['fifo', 950n, 540n, 250n],
    ['lifo', 1_190n, 300n, 10n],
    ['average', 1_064n, 426n, 136n],
  ] as const)('%s', (method, soldCost, costRao, realisedRao) => {
    const { positions, disposals } = basisOf(traded, method);
    expect(disposals.reduce((sum, { costRao: cost }) => sum + cost, 0n)).toBe(soldCost);
    expect(positions).toMatchObject([
      { alphaRao: 600n, costRao, realisedRao, valueRao: 480n, unrealisedRao: 480n - costRao },
    ]);
  });

  test('name when each was acquired, and why', () => {
    const { disposals } = basisOf(traded, 'lifo');
    expect(
      disposals.map(({ acquired, origin, alphaRao, costRao, proceedsRao, gainRao }) => [
        acquired.number,
        origin,
        [alphaRao, costRao, proceedsRao, gainRao],
      ]),
    ).toEqual([
      [1_400, 'earned', [100n, 90n, 80n, -10n]],
      [1_101, 'bought', [1_000n, 900n, 800n, -100n]],
      [1_001, 'bought', [400n, 200n, 320n, 120n]],
    ]);
  });

  test('are told where no price is known, while the position is left out', () => {
    const { positions, disposals } = computeBasis(listSteps(traded), 'fifo', () => undefined);
    expect([positions, disposals.map(({ acquired }) => acquired.number)]).toEqual([
      [],
      [1_001, 1_101],
    ]);
  });

  test('share the proceeds by alpha, rounded down, and the last one takes the rest', () => {
    const facts = factsOf({
      flows: [
        [1_001, { alphaRao: 1n, taoRao: 10n }],
        [1_002, { alphaRao: 1n, taoRao: 20n }],
        [1_003, { alphaRao: 2n, taoRao: 30n }],
        [1_004, { direction: 'out', alphaRao: 3n, taoRao: 11n }],
      ],
    });
    const shares = basisOf(facts, 'fifo').disposals.map((one) => [
      [one.acquired.number, one.alphaRao, one.costRao],
      [one.proceedsRao, one.gainRao],
    ]);
    expect(shares).toEqual([
      [
        [1_001, 1n, 10n],
        [3n, -7n],
      ],
      [
        [1_002, 1n, 20n],
        [3n, -17n],
      ],
      [
        [1_003, 1n, 15n],
        [5n, -10n],
      ],
    ]);
  });

  test('can be what the same interval earned', () => {
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 0n, HALF],
      ],
      flows: [[1_399, { direction: 'out', alphaRao: 1_004n, taoRao: 502n }]],
    });
    const { positions, disposals } = basisOf(facts, 'fifo');
    expect(disposals.map(({ origin, alphaRao }) => [origin, alphaRao])).toEqual([
      ['held', 1_000n],
      ['earned', 4n],
    ]);
    expect(positions[0]).toMatchObject({ alphaRao: 0n, costRao: 0n, realisedRao: 0n });
  });

  test('are of unknown origin and cost nothing where flows take more than was known', () => {
    const facts = factsOf({
      samples: [[1_000, 1_000n, HALF]],
      flows: [[1_399, { direction: 'out', alphaRao: 1_004n, taoRao: 502n }]],
    });
    for (const method of BASIS_METHODS) {
      const { disposals } = basisOf(facts, method);
      expect(disposals.at(-1)).toMatchObject({ origin: 'unexplained', alphaRao: 4n, costRao: 0n });
    }
  });
});

describe('a move to another validator', () => {
  const moved = factsOf({
    samples: [
      [1_000, 0n, HALF],
      [1_001, 1_000n, HALF],
      [1_500, 0n, HALF],
    ],
    flows: [
      [1_001, { alphaRao: 1_000n, taoRao: 400n }],
      [1_500, { direction: 'out', alphaRao: 1_000n, taoRao: 500n }],
      [1_500, { hotkey: OTHER_VALIDATOR, alphaRao: 1_000n, taoRao: 500n }],
    ],
    changes: { complete: [1_000, 1_001, 1_500].map((n) => ({ coldkey: ALICE, block: stamp(n) })) },
  });
  const withTarget: KnownFacts = {
    ...moved,
    positions: [
      ...moved.positions,
      { coldkey: ALICE, hotkey: OTHER_VALIDATOR, netuid: 8, alphaRao: 1_000n, block: stamp(1_500) },
    ],
  };

  test('carries lots and their cost along, and realises nothing', () => {
    for (const method of BASIS_METHODS) {
      const { positions, disposals } = basisOf(withTarget, method);
      expect(disposals).toEqual([]);
      const of = (hotkey: string) => positions.find((position) => position.hotkey === hotkey);
      expect(of(VALIDATOR)).toMatchObject({ costRao: 0n, realisedRao: 0n, carriedRao: 100n });
      expect(of(OTHER_VALIDATOR)).toMatchObject({
        costRao: 400n,
        carriedRao: -100n,
        unrealisedRao: 100n,
        lots: [{ acquired: stamp(1_001), origin: 'bought', alphaRao: 1_000n, costRao: 400n }],
      });
    }
  });

  test('to a coldkey that is not known is a sale at what the chain said it was worth', () => {
    const facts = { ...moved, flows: moved.flows.slice(0, 2) };
    expect(basisOf(facts, 'fifo').disposals).toMatchObject([{ exit: 'sold', gainRao: 100n }]);
  });

  test('to a followed coldkey is none', () => {
    const flows = [
      ...moved.flows.slice(0, 2),
      {
        ...flowOf({ coldkey: BOB, netuid: 8, alphaRao: 1_000n, taoRao: 500n }),
        block: stamp(1_500),
      },
    ];
    expect(basisOf({ ...moved, flows }, 'fifo').disposals).toEqual([]);
  });
});

describe('figures of all kinds of histories', () => {
  const event = fc.oneof(
    fc.record({
      kind: fc.constant('buy' as const),
      alpha: fc.bigInt(1n, 5_000n),
      tao: fc.bigInt(0n, 5_000n),
    }),
    fc.record({
      kind: fc.constant('sell' as const),
      part: fc.bigInt(1n, 100n),
      tao: fc.bigInt(0n, 5_000n),
    }),
    fc.record({ kind: fc.constant('move' as const), part: fc.bigInt(1n, 100n) }),
    fc.record({ kind: fc.constant('drift' as const), alpha: fc.bigInt(-40n, 300n) }),
  );

  test('add up to the rao: result = earned + unexplained + realised + unrealised + carried', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ event, price: fc.bigInt(1n, 3_000_000_000n), seen: fc.boolean() }), {
          maxLength: 40,
        }),
        fc.bigInt(0n, 2_000n),
        fc.constantFrom(...BASIS_METHODS),
        (events, held, method) => {
          const facts = historyOf(events, held);
          const rewards = computeRewards(facts);
          const basis = basisOf(facts, method);
          const sums = { carried: 0n };
          for (const one of rewards) {
            const found = basis.positions.find((position) => nameOf(position) === nameOf(one));
            expectIdentity(one, found);
            sums.carried += found?.carriedRao ?? 0n;
          }
          expect(sums.carried).toBe(0n);
        },
      ),
      { numRuns: 150 },
    );
  });

  function expectIdentity(
    rewards: PositionRewards,
    basis: ReturnType<typeof basisOf>['positions'][number] | undefined,
  ): void {
    const { tao } = rewards;
    if (tao === undefined || basis === undefined) throw new Error('a position without figures');
    const gained = basis.realisedRao + basis.unrealisedRao + basis.carriedRao;
    expect(tao.resultRao).toBe(tao.emissionRao + tao.unexplainedRao + gained);
    const isAll = !rewards.inexact.includes('flows-after-last-sample');
    if (isAll) expect(basis.alphaRao).toBe(rewards.alphaNowRao);
  }
});

type Happening = {
  readonly event:
    | { readonly kind: 'buy'; readonly alpha: bigint; readonly tao: bigint }
    | { readonly kind: 'sell'; readonly part: bigint; readonly tao: bigint }
    | { readonly kind: 'move'; readonly part: bigint }
    | { readonly kind: 'drift'; readonly alpha: bigint };
  readonly price: bigint;
  readonly seen: boolean;
};

/** Two positions of Alice: the second one only has what was moved to it. */
function historyOf(happenings: readonly Happening[], heldRao: bigint): KnownFacts {
  const held = { first: heldRao, second: 0n };
  const pools: KnownFacts['pools'][number][] = [];
  const positions: KnownFacts['positions'][number][] = [];
  const flows: KnownFacts['flows'][number][] = [];
  const sample = (number: number, price: bigint): void => {
    const block = stamp(number);
    pools.push({ ...poolOf(8, price), block });
    const at = { coldkey: ALICE, netuid: 8, block };
    positions.push({ ...at, hotkey: VALIDATOR, alphaRao: held.first });
    positions.push({ ...at, hotkey: OTHER_VALIDATOR, alphaRao: held.second });
  };
  sample(1_000, HALF);
  for (const [index, { event, price, seen }] of happenings.entries()) {
    const number = 1_001 + index * 10;
    const flow = (change: Parameters<typeof flowOf>[0]): void => {
      flows.push({ ...flowOf({ netuid: 8, ...change }), block: stamp(number) });
    };
    if (event.kind === 'buy') {
      held.first += event.alpha;
      flow({ alphaRao: event.alpha, taoRao: event.tao });
    } else if (event.kind === 'drift') {
      held.first = held.first + event.alpha < 0n ? 0n : held.first + event.alpha;
    } else {
      const alphaRao = (held.first * event.part) / 100n;
      if (alphaRao === 0n) continue;
      held.first -= alphaRao;
      const taoRao = event.kind === 'sell' ? event.tao : (alphaRao * price) / 1_000_000_000n;
      flow({ direction: 'out', alphaRao, taoRao });
      if (event.kind === 'move') {
        held.second += alphaRao;
        flow({ hotkey: OTHER_VALIDATOR, alphaRao, taoRao });
      }
    }
    if (seen) sample(number, price);
  }
  return { pools, positions, flows, claimable: [], complete: [], conflicts: [] };
}
