import { describe, expect, test } from 'vitest';
import type { BasisStep } from '../cost-basis/types.ts';
import { ALICE, VALIDATOR } from '../testing.ts';
import { type TakeSample, takePaid } from './take-paid.ts';
import { stamp } from './testing.ts';

const earned = (number: number, alphaRao: bigint, costRao: bigint): BasisStep => ({
  coldkey: ALICE,
  hotkey: VALIDATOR,
  netuid: 8,
  block: stamp(number),
  kind: 'in',
  origin: 'earned',
  alphaRao,
  costRao,
});
const take = (number: number, takeU16: number): TakeSample => ({
  hotkey: VALIDATOR,
  netuid: 8,
  takeU16,
  block: { number },
});
/** A fifth: takes a quarter of what is left. */
const FIFTH = 13_107;
/** A half: takes as much as is left, and three rao of 65,535 less. */
const HALF_TAKE = 32_767;
const always = { after: -1, upTo: 9_999 };

describe('the take paid', () => {
  test('is a quarter of what was earned after a take of a fifth, rounded down each time', () => {
    const known = { earned: [earned(10, 43n, 23n), earned(20, 41n, 22n)], takes: [take(5, FIFTH)] };
    expect(takePaid(known, always)).toEqual({ alphaRao: 20n, taoRao: 10n });
  });

  test('is not known without a take, and nothing without a gain', () => {
    expect(takePaid({ earned: [earned(10, 40n, 20n)], takes: [] }, always)).toBeUndefined();
    expect(takePaid({ earned: [], takes: [take(5, FIFTH)] }, always)).toEqual({
      alphaRao: 0n,
      taoRao: 0n,
    });
  });

  test.each([
    [9, 10n],
    [10, 10n],
    [19, 10n],
    [20, 0n],
    [29, 0n],
    [30, 39n],
    [99, 39n],
  ])('at block %i is by the take sampled last', (number, alphaRao) => {
    const takes = [take(10, FIFTH), take(20, 0), take(30, HALF_TAKE)];
    const known = { earned: [earned(number, 40n, 0n)], takes };
    expect(takePaid(known, always)?.alphaRao).toBe(alphaRao);
  });

  test('is between two blocks, the first excluded', () => {
    const gains = [10, 20, 30].map((number, index) =>
      earned(number, 4n * 10n ** BigInt(index), 0n),
    );
    const known = { earned: gains, takes: [take(5, FIFTH)] };
    const paid = (after: number, upTo: number) => takePaid(known, { after, upTo })?.alphaRao;
    expect([paid(9, 30), paid(10, 30), paid(10, 29), paid(11, 20), paid(20, 20)]).toEqual([
      111n,
      110n,
      10n,
      10n,
      0n,
    ]);
  });

  test('is of what was earned alone, neither of what was bought nor of what left', () => {
    const { kind, origin, costRao, ...rest } = earned(10, 40n, 20n) as BasisStep & { kind: 'in' };
    const known = {
      earned: [
        { ...rest, kind, origin: 'bought', costRao },
        { ...rest, kind: 'out', exit: 'sold', proceedsRao: 20n },
      ] satisfies BasisStep[],
      takes: [take(5, FIFTH)],
    };
    expect([origin, takePaid(known, always)]).toEqual(['earned', { alphaRao: 0n, taoRao: 0n }]);
  });

  test('of a validator that keeps all is not counted: nothing was left to earn', () => {
    const known = { earned: [earned(10, 40n, 20n)], takes: [take(5, 65_535)] };
    expect(takePaid(known, always)).toEqual({ alphaRao: 0n, taoRao: 0n });
  });
});
