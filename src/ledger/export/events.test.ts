import { describe, expect, test } from 'vitest';
import type { BasisStep } from '../cost-basis/types.ts';
import { stamp } from '../rewards/testing.ts';
import { ALICE, BOB, OTHER_VALIDATOR, VALIDATOR } from '../testing.ts';
import { currencyOf, listEvents, totalEvents, whenOf } from './events.ts';

const key = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8 };
const came = (
  number: number,
  origin: 'held' | 'bought' | 'earned' | 'unexplained',
  alphaRao: bigint,
  costRao: bigint,
): BasisStep => ({ ...key, block: stamp(number), kind: 'in', origin, alphaRao, costRao });
const went = (
  number: number,
  exit: 'sold' | 'rounding' | 'unexplained',
  alphaRao: bigint,
  proceedsRao: bigint,
): BasisStep => ({ ...key, block: stamp(number), kind: 'out', exit, alphaRao, proceedsRao });
const moved = (from: string, to: string): BasisStep => ({
  ...key,
  coldkey: from,
  block: stamp(1_040),
  kind: 'move',
  to: { ...key, coldkey: to, hotkey: OTHER_VALIDATOR },
  alphaRao: 6n,
  taoRao: 3n,
});
const never = (): undefined => undefined;
const rows = (steps: readonly BasisStep[]) =>
  listEvents(steps, never).map(({ blockNumber, kind, alphaRao, taoRao }) => [
    [blockNumber, kind],
    [alphaRao, taoRao],
  ]);

describe('an event', () => {
  test.each([
    [came(1_000, 'held', 7n, 4n), 'opening', 7n, 4n],
    [came(1_000, 'bought', 7n, 4n), 'stake', 7n, -4n],
    [came(1_000, 'earned', 7n, 4n), 'reward', 7n, 4n],
    [came(1_000, 'unexplained', 7n, 4n), 'unexplained', 7n, 4n],
    [went(1_000, 'sold', 7n, 4n), 'unstake', -7n, 4n],
    [went(1_000, 'sold', 7n, 0n), 'fee', -7n, 0n],
    [went(1_000, 'rounding', 7n, 4n), 'rounding', -7n, 4n],
    [went(1_000, 'unexplained', 7n, 4n), 'unexplained', -7n, 4n],
  ])('says what came or went, and what for: %#', (step, kind, alphaRao, taoRao) => {
    expect(rows([step])).toEqual([
      [
        [1_000, kind],
        [alphaRao, taoRao],
      ],
    ]);
  });

  test('of a move has its other end', () => {
    expect(listEvents([moved(ALICE, BOB)], never)).toMatchObject([
      {
        kind: 'move',
        alphaRao: -6n,
        taoRao: 3n,
        to: { coldkey: BOB, hotkey: OTHER_VALIDATOR, netuid: 8 },
      },
    ]);
  });

  test('comes by block, and within one block in the order of the steps', () => {
    const steps = [went(1_400, 'sold', 1n, 1n), came(1_000, 'held', 2n, 1n)];
    const [late, early] = [came(1_400, 'earned', 3n, 1n), came(900, 'bought', 1n, 1n)];
    expect(rows([...steps, late, early]).map(([place]) => place)).toEqual([
      [900, 'stake'],
      [1_000, 'opening'],
      [1_400, 'unstake'],
      [1_400, 'reward'],
    ]);
  });
});

test('the time of a block is its own, else what is known by its number, and zero is none', () => {
  const block = stamp(1_001);
  const undated = { ...block, timeMs: undefined };
  const timeOf = (number: number) => (number === 1_001 ? 5_000 : undefined);
  expect(whenOf(block, timeOf)).toBe(block.timeMs);
  expect(whenOf(undated, timeOf)).toBe(5_000);
  expect(whenOf({ ...undated, number: 7 }, timeOf)).toBeUndefined();
  expect(whenOf({ ...block, timeMs: 0 }, timeOf)).toBeUndefined();
  expect(whenOf(undated, () => 0)).toBeUndefined();
});

describe('totals', () => {
  test('take rounding from what was earned, in alpha and in TAO, by subnet', () => {
    const other = { ...came(1_010, 'earned', 5n, 2n), netuid: 9 };
    const steps = [
      came(1_000, 'earned', 100n, 50n),
      went(1_005, 'rounding', 3n, 2n),
      came(1_007, 'unexplained', 70n, 35n),
      other,
    ];
    expect(totalEvents(listEvents(steps, never))).toEqual({
      events: 4,
      earnedRao: 50n,
      paidRao: 0n,
      receivedRao: 0n,
      earnedAlpha: new Map([
        [8, 97n],
        [9, 5n],
      ]),
    });
  });

  test('count a move where it leaves and where it arrives, for whom they are asked', () => {
    const steps = [came(1_000, 'bought', 10n, 6n), moved(ALICE, BOB), went(1_050, 'sold', 4n, 5n)];
    const of = (coldkey?: string) => {
      const { paidRao, receivedRao } = totalEvents(listEvents(steps, never), coldkey);
      return [paidRao, receivedRao];
    };
    expect(of()).toEqual([9n, 8n]);
    expect(of(ALICE)).toEqual([6n, 8n]);
    expect(totalEvents(listEvents([moved(ALICE, BOB)], never), BOB)).toMatchObject({
      paidRao: 3n,
      receivedRao: 0n,
    });
    expect(totalEvents(listEvents([moved(ALICE, ALICE)], never), ALICE)).toMatchObject({
      paidRao: 3n,
      receivedRao: 3n,
    });
  });
});

test('what a position holds is named by its subnet, and is TAO on root', () => {
  expect([currencyOf(0), currencyOf(8)]).toEqual(['TAO', 'SN8']);
});
