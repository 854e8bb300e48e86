import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowsFromEvents, readStakeEvents, type StakeEvent } from './samples.ts';
import { ALICE, BOB, OTHER_VALIDATOR, VALIDATOR } from './testing.ts';

function event(name: string, ...values: readonly unknown[]): StakeEvent {
  const fields = Object.fromEntries(values.map((value, place) => [String(place), value]));
  return { pallet: 'SubtensorModule', name, fields };
}

const added = (tao: bigint, alpha: bigint, fee = 0n): StakeEvent =>
  event('StakeAdded', ALICE, VALIDATOR, tao, alpha, 8, fee);
const removed = (tao: bigint, alpha: bigint, fee = 0n): StakeEvent =>
  event('StakeRemoved', ALICE, VALIDATOR, tao, alpha, 8, fee);
const position = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8 };

describe('stake events as flows', () => {
  test('added: what left the account, fee included, against the alpha that came', () => {
    expect(flowsFromEvents([added(2_500n, 41_000n, 12n)], [ALICE])).toEqual([
      { ...position, direction: 'in', alphaRao: 41_000n, taoRao: 2_500n },
    ]);
  });

  test('removed: the position shrinks by the alpha sold and its fee', () => {
    expect(flowsFromEvents([removed(2_400n, 41_000n, 20n)], [ALICE])).toEqual([
      { ...position, direction: 'out', alphaRao: 41_020n, taoRao: 2_400n },
    ]);
  });

  test('a move is a removal and an addition, and its own event adds nothing', () => {
    const events = [
      removed(2_000n, 40_000n),
      event('StakeAdded', ALICE, OTHER_VALIDATOR, 2_000n, 40_000n, 8, 0n),
      event('StakeMoved', ALICE, VALIDATOR, 8, OTHER_VALIDATOR, 8, 2_000n),
      event('StakeSwapped', ALICE, VALIDATOR, 8, 9, 2_000n),
      event('StakeTransferred', ALICE, BOB, VALIDATOR, 8, 8, 2_000n),
    ];
    expect(flowsFromEvents(events, [ALICE])).toEqual([
      { ...position, direction: 'out', alphaRao: 40_000n, taoRao: 2_000n },
      { ...position, hotkey: OTHER_VALIDATOR, direction: 'in', alphaRao: 40_000n, taoRao: 2_000n },
    ]);
  });

  test('a transfer to another coldkey shows the side that is ours, or both', () => {
    const events = [
      removed(2_000n, 40_000n),
      event('StakeAdded', BOB, VALIDATOR, 2_000n, 40_000n, 8, 0n),
    ];
    expect(flowsFromEvents(events, [ALICE]).map((flow) => flow.direction)).toEqual(['out']);
    expect(flowsFromEvents(events, [BOB]).map((flow) => flow.direction)).toEqual(['in']);
    expect(flowsFromEvents(events, [ALICE, BOB])).toHaveLength(2);
    expect(flowsFromEvents(events, ['someone else'])).toEqual([]);
  });

  test('burnt and recycled alpha leaves for nothing', () => {
    const events = [
      event('AlphaBurned', ALICE, VALIDATOR, 7n, 8),
      event('AlphaRecycled', ALICE, VALIDATOR, 9n, 8),
    ];
    expect(flowsFromEvents(events, [ALICE])).toEqual([
      { ...position, direction: 'out', alphaRao: 7n, taoRao: 0n },
      { ...position, direction: 'out', alphaRao: 9n, taoRao: 0n },
    ]);
  });
});

describe('a fee paid in alpha', () => {
  const paid = event('TransactionFeePaidWithAlpha', ALICE, 8, 500n, 25n);

  test('leaves the position, and its TAO is not ours', () => {
    const flows = flowsFromEvents(
      [removed(25n, 500n), removed(2_000n, 40_000n, 20n), paid],
      [ALICE],
    );
    expect(flows).toEqual([
      { ...position, direction: 'out', alphaRao: 500n, taoRao: 0n },
      { ...position, direction: 'out', alphaRao: 40_020n, taoRao: 2_000n },
    ]);
  });

  test('of two equal removals it is the first', () => {
    const flows = flowsFromEvents([removed(25n, 500n), removed(26n, 500n), paid], [ALICE]);
    expect(flows.map((flow) => flow.taoRao)).toEqual([0n, 26n]);
  });

  test('is found by its alpha, whatever TAO it is said to be worth', () => {
    const worth = event('TransactionFeePaidWithAlpha', ALICE, 8, 500n, 24n);
    const flows = flowsFromEvents([removed(25n, 500n), removed(9n, 40n), worth], [ALICE]);
    expect(flows.map((flow) => flow.taoRao)).toEqual([0n, 9n]);
  });

  test('two fees are two removals', () => {
    const flows = flowsFromEvents([removed(25n, 500n), removed(25n, 500n), paid, paid], [ALICE]);
    expect(flows.map((flow) => flow.taoRao)).toEqual([0n, 0n]);
  });

  test('is found by its TAO where the alpha was short', () => {
    const flows = flowsFromEvents([removed(25n, 499n), removed(2_000n, 40_000n), paid], [ALICE]);
    expect(flows.map((flow) => flow.taoRao)).toEqual([0n, 2_000n]);
  });

  test('of another payer or subnet leaves our proceeds alone', () => {
    const others = [
      event('TransactionFeePaidWithAlpha', BOB, 8, 500n, 25n),
      event('TransactionFeePaidWithAlpha', ALICE, 9, 500n, 25n),
    ];
    const flows = flowsFromEvents([added(25n, 500n), removed(25n, 500n), ...others], [ALICE]);
    expect(flows.map((flow) => flow.taoRao)).toEqual([25n, 25n]);
  });
});

describe('shapes of events', () => {
  test('named fields, and amounts as text, read the same', () => {
    const fields = {
      coldkey: ALICE,
      hotkey: VALIDATOR,
      tao: '2500',
      alpha: '41000',
      netuid: 8,
      fee_rao_alpha: '12',
    };
    const named = { pallet: 'SubtensorModule', name: 'StakeRemoved', fields };
    expect(flowsFromEvents([named], [ALICE])).toEqual([
      { ...position, direction: 'out', alphaRao: 41_012n, taoRao: 2_500n },
    ]);
  });

  test('small amounts may come as numbers', () => {
    const numbers = event('StakeRemoved', ALICE, VALIDATOR, 2_500, 41_000, 8, 0);
    expect(flowsFromEvents([numbers], [ALICE])).toEqual([
      { ...position, direction: 'out', alphaRao: 41_000n, taoRao: 2_500n },
    ]);
  });

  test('what cannot be read is named and skipped', () => {
    const events = [
      event('StakeAdded', ALICE, VALIDATOR, 1n, 2n, 8),
      event('StakeRemoved', ALICE, VALIDATOR, -1n, 2n, 8, 0n),
      event('StakeRemoved', ALICE, VALIDATOR, 1n, 2n, -8, 0n),
      event('StakeRemoved', ALICE, VALIDATOR, 1n, '2.5', 8, 0n),
      event('StakeRemoved', ALICE, VALIDATOR, 1n, 2n, 8, -3),
      event('StakeRemoved', ALICE, VALIDATOR, 1n, 2n, 8, 2 ** 53),
      event('AlphaBurned', 17, VALIDATOR, 7n, 8),
      event('AlphaBurned', ALICE, '', 7n, 8),
      event('TransactionFeePaidWithAlpha', ALICE, 8),
      added(1n, 2n),
    ];
    const { flows, unread } = readStakeEvents(events, [ALICE]);
    expect(flows).toHaveLength(1);
    expect(unread).toEqual([
      'StakeAdded',
      'StakeRemoved',
      'StakeRemoved',
      'StakeRemoved',
      'StakeRemoved',
      'StakeRemoved',
      'AlphaBurned',
      'AlphaBurned',
      'TransactionFeePaidWithAlpha',
    ]);
  });

  test('events of other pallets and of other names are not ours', () => {
    const other = { ...added(1n, 2n), pallet: 'Swap' };
    const events = [other, event('constructor', ALICE), event('RootClaimed', ALICE)];
    expect(readStakeEvents(events, [ALICE])).toEqual({ flows: [], unread: [] });
  });

  test('any sequence of trades keeps its alpha and TAO', () => {
    const amount = fc.bigInt(0n, 10n ** 15n);
    const trade = fc.record({ isAdd: fc.boolean(), tao: amount, alpha: amount, fee: amount });
    fc.assert(
      fc.property(fc.array(trade), (trades) => {
        const events = trades.map((t) => (t.isAdd ? added : removed)(t.tao, t.alpha, t.fee));
        const flows = flowsFromEvents(events, [ALICE]);
        expect(flows.map((flow) => [flow.direction, flow.alphaRao, flow.taoRao])).toEqual(
          trades.map((t) => [t.isAdd ? 'in' : 'out', t.isAdd ? t.alpha : t.alpha + t.fee, t.tao]),
        );
      }),
    );
  });
});
