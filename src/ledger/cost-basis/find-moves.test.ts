import { describe, expect, test } from 'vitest';
import { stamp } from '../rewards/testing.ts';
import { ALICE, BOB, flowOf, OTHER_VALIDATOR, VALIDATOR } from '../testing.ts';
import type { StakeFlow } from '../types.ts';
import { type Flow, findMoves } from './find-moves.ts';

const at = (flow: Partial<StakeFlow>): Flow => ({
  ...flowOf({ alphaRao: 100n, taoRao: 50n, ...flow }),
  block: stamp(1_010),
});
const left = at({ direction: 'out' });
const came = at({ hotkey: OTHER_VALIDATOR });

describe('two ends of one move', () => {
  test('name each other, whichever is told first', () => {
    const expected = [
      [left, { part: 'out', other: came }],
      [came, { part: 'in', other: left }],
    ];
    expect(new Map(findMoves([left, came]))).toEqual(new Map(expected as never));
    expect(new Map(findMoves([came, left]))).toEqual(new Map(expected as never));
  });

  test.each([
    ['leave twice', { ...left, hotkey: OTHER_VALIDATOR }],
    ['come back to the same position', { ...left, direction: 'in' }],
    ['are of two subnets', { ...came, netuid: 9 }],
    ['are of two blocks', { ...came, block: stamp(1_011) }],
    ['differ in alpha', { ...came, alphaRao: 101n }],
    ['differ in TAO', { ...came, taoRao: 51n }],
  ] as const)('are none where they %s', (_, other) => {
    expect(findMoves([left, other]).size).toBe(0);
  });

  test('move something', () => {
    const nothing = [left, came].map((flow) => ({ ...flow, alphaRao: 0n }));
    expect(findMoves(nothing).size).toBe(0);
  });

  test('are taken once: the third of the same amounts stays alone', () => {
    const third = at({ hotkey: 'another' });
    const moves = findMoves([left, came, third]);
    expect([moves.get(left)?.other, moves.has(third)]).toEqual([came, false]);
    const again = at({ direction: 'out', hotkey: 'a fourth' });
    expect(findMoves([left, came, third, again]).get(third)?.other).toBe(again);
  });

  test('are of one coldkey before they are of two, whoever is told first', () => {
    // To another validator, and from there to another account, at the same amounts.
    const on = at({ direction: 'out', hotkey: OTHER_VALIDATOR });
    const arrived = at({ hotkey: OTHER_VALIDATOR, coldkey: BOB });
    for (const flows of [
      [left, came, on, arrived],
      [arrived, left, came, on],
    ]) {
      const moves = findMoves(flows);
      expect(moves.get(left)).toEqual({ part: 'out', other: came });
      expect(moves.get(on)).toEqual({ part: 'out', other: arrived });
      expect(moves.get(arrived)?.other.coldkey).toBe(ALICE);
      expect(moves.get(came)?.other.hotkey).toBe(VALIDATOR);
    }
  });
});
