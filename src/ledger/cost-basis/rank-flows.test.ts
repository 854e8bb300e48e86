import { describe, expect, test } from 'vitest';
import { factsOf, stamp } from '../rewards/testing.ts';
import { ALICE, BOB, flowOf, OTHER_VALIDATOR, VALIDATOR } from '../testing.ts';
import type { StakeFlow } from '../types.ts';
import { computeBasis } from './compute-basis.ts';
import { type Flow, findMoves } from './find-moves.ts';
import { listSteps } from './list-steps.ts';
import { rankFlows } from './rank-flows.ts';

const at = (flow: Partial<StakeFlow>, number = 1_500): Flow => {
  return {
    ...flowOf({ netuid: 8, alphaRao: 1_000n, taoRao: 500n, ...flow }),
    block: stamp(number),
  };
};
const [first, second] = [VALIDATOR, OTHER_VALIDATOR].sort() as [string, string];
const bought = (hotkey: string, coldkey = ALICE) => at({ hotkey, coldkey, taoRao: 400n }, 1_001);
const end = (direction: 'in' | 'out', hotkey: string, coldkey = ALICE) =>
  at({ direction, hotkey, coldkey });
const sold = (hotkey: string, coldkey = ALICE) =>
  at({ direction: 'out', hotkey, coldkey, alphaRao: 999n, taoRao: 600n });
const disposalsOf = (flows: readonly Flow[]) =>
  computeBasis(listSteps(factsOf({ changes: { flows } })), 'fifo', () => 0n).disposals;

describe('what is sold in the block in which it came by a move', () => {
  test.each([
    [first, second],
    [second, first],
  ])('was bought before it moved, whatever the names of the validators', (from, to) => {
    const flows = [bought(from), end('out', from), end('in', to), sold(to)];
    expect(disposalsOf(flows)).toMatchObject([
      { origin: 'bought', acquired: stamp(1_001), alphaRao: 999n, proceedsRao: 600n },
    ]);
  });

  test.each([
    [ALICE, BOB],
    [BOB, ALICE],
  ])('was so too where it came from another followed account', (from, to) => {
    const own = {
      [from]: [bought(first, from), end('out', first, from)],
      [to]: [end('in', first, to), sold(first, to)],
    };
    const inOrder = [...(own[from] as Flow[]), ...(own[to] as Flow[])];
    const turned = [...(own[to] as Flow[]), ...(own[from] as Flow[])];
    for (const flows of [inOrder, turned]) {
      const sorted = [...flows].sort((a, b) => a.block.number - b.block.number);
      expect(disposalsOf(sorted)).toMatchObject([{ coldkey: to, origin: 'bought' }]);
    }
  });
});

describe('what several accounts do in one block', () => {
  test('a sale before stake arrives from another account is of what was there', () => {
    // Bob bought later than Alice: under FIFO her lot would leave first, had it been there.
    const flows = [
      bought(first),
      at({ hotkey: first, coldkey: BOB, taoRao: 450n }, 1_100),
      end('out', first),
      sold(first, BOB),
      end('in', first, BOB),
    ];
    expect(disposalsOf(flows)).toMatchObject([{ coldkey: BOB, acquired: stamp(1_100) }]);
  });

  test.each([
    [ALICE, BOB],
    [BOB, ALICE],
  ])('stake that moved twice, and then to another account, can be sold there', (from, to) => {
    const chain = [end('out', first, from), end('in', second, from), end('out', second, from)];
    const target = [end('in', second, to), sold(second, to)];
    for (const flows of [
      [...chain, ...target],
      [...target, ...chain],
    ]) {
      const disposals = disposalsOf([bought(first, from), ...flows]);
      expect(disposals).toMatchObject([{ coldkey: to, origin: 'bought', acquired: stamp(1_001) }]);
    }
  });

  test('each account keeps its own order, and both ends of a move stand together', () => {
    const [out, into] = [end('out', first), end('in', first, BOB)];
    const other = sold(first, BOB);
    const later = sold(second);
    const lone = at({ hotkey: first, alphaRao: 3n }, 1_501);
    for (const [flows, expected] of [
      [
        [out, later, other, into, lone],
        [other, out, into, later],
      ],
      [
        [other, into, lone, out, later],
        [other, into, out, later],
      ],
    ] as const) {
      const ranks = rankFlows(flows, findMoves(flows));
      const ranked = [...ranks].sort(([, a], [, b]) => a - b).map(([flow]) => flow);
      expect(ranked).toEqual(expected);
      expect([...ranks.values()].sort()).toEqual([0, 1, 2, 3]);
    }
  });
});

test('flows of blocks without a move have no rank, and contradicting ones end somewhere', () => {
  const lone = [bought(first), sold(first)];
  expect(rankFlows(lone, findMoves(lone))).toEqual(new Map());
  // Each waits for the other: two moves told in opposite orders by the two coldkeys.
  const [a, b] = [end('out', first, ALICE), end('in', first, BOB)];
  const [c, d] = [
    at({ direction: 'out', hotkey: second, coldkey: ALICE, alphaRao: 7n }),
    at({ direction: 'in', hotkey: second, coldkey: BOB, alphaRao: 7n }),
  ];
  const flows = [a, c, d, b];
  const ranks = rankFlows(flows, findMoves(flows));
  expect([...ranks.values()].sort()).toEqual([0, 1, 2, 3]);
});
