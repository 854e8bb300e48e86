import { describe, expect, test } from 'vitest';
import { formatAddress } from '../domain/address.ts';
import type { BlockEvent } from './block-flows.ts';
import { hasKeySwap, listParties, tellPassages } from './passages.ts';
import { ALICE, BOB, OTHER_VALIDATOR, VALIDATOR } from './testing.ts';
import type { PositionSample } from './types.ts';

const SUBNET_8 = formatAddress(
  Buffer.from(`6d6f646c73756274656e7372${'0800'.padEnd(40, '0')}`, 'hex'),
);

/** An event with unnamed fields, as some runtimes have them. */
function event(name: string, values: readonly unknown[], extrinsicIndex?: number): BlockEvent {
  const fields = Object.fromEntries(values.map((value, place) => [String(place), value]));
  const pallet = name === 'Transfer' ? 'Balances' : 'SubtensorModule';
  return { pallet, name, fields, extrinsicIndex };
}
const swapped = (from = VALIDATOR, to = OTHER_VALIDATOR) => event('HotkeySwapped', [BOB, from, to]);
const swappedOn = (netuid: unknown) =>
  event('HotkeySwappedOnSubnet', [BOB, VALIDATOR, OTHER_VALIDATOR, netuid]);
const handedOver = (from = ALICE, to = BOB) => event('ColdkeySwapped', [from, to]);
const removed = (tao: bigint, alpha: bigint, extrinsicIndex?: number) =>
  event('StakeRemoved', [ALICE, VALIDATOR, tao, alpha, 8, 0n], extrinsicIndex);
const added = (alpha: bigint, hotkey = VALIDATOR) =>
  event('StakeAdded', [ALICE, hotkey, 5n, alpha, 8, 0n]);
const paid = (amount: bigint, extrinsicIndex?: number, from = SUBNET_8, to = ALICE) =>
  event('Transfer', [from, to, amount], extrinsicIndex);

const held = (
  alphaRao: bigint,
  at: Partial<Pick<PositionSample, 'coldkey' | 'hotkey' | 'netuid'>> = {},
): PositionSample => ({ coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, ...at, alphaRao });
const next = { hotkey: OTHER_VALIDATOR };

/** Lines such as `out VALIDATOR 8 1000 500`, at half a TAO per alpha. */
function tell(
  events: readonly BlockEvent[],
  before: readonly PositionSample[],
  after: readonly PositionSample[],
): readonly string[] {
  const coldkeys = listParties(events, ALICE);
  const priceOf = (netuid: number) => (netuid === 99 ? undefined : 500_000_000n);
  const names = new Map([
    [VALIDATOR, 'old'],
    [OTHER_VALIDATOR, 'new'],
    [ALICE, 'alice'],
    [BOB, 'bob'],
  ]);
  return tellPassages({ events, coldkeys, before, after, priceOf }).map(({ flow, place }) =>
    [
      `${place}:`,
      flow.direction,
      names.get(flow.coldkey),
      names.get(flow.hotkey) ?? flow.hotkey,
      flow.netuid,
      flow.alphaRao,
      flow.taoRao,
    ].join(' '),
  );
}

describe('a swap of a hotkey', () => {
  test('moves what was there, on every subnet, at its worth', () => {
    const before = [held(1_000n), held(30n, { netuid: 0 }), held(7n, { hotkey: 'other' })];
    const after = [held(1_000n, next), held(30n, { ...next, netuid: 0 }), held(7n)];
    expect(tell([swapped()], before, after)).toEqual([
      '0: out alice old 8 1000 500',
      '0: in alice new 8 1000 500',
      '0: out alice old 0 30 15',
      '0: in alice new 0 30 15',
    ]);
  });

  test('on one subnet moves what was there', () => {
    const before = [held(1_000n), held(30n, { netuid: 9 })];
    const after = [held(1_000n, next), held(30n, { netuid: 9 })];
    expect(tell([swappedOn(8)], before, after)).toEqual([
      '0: out alice old 8 1000 500',
      '0: in alice new 8 1000 500',
    ]);
  });

  test('that keeps the stake moves nothing, even where some was sold after it', () => {
    expect(tell([swapped()], [held(1_000n)], [held(1_000n)])).toEqual([]);
    const sold = [swapped(), removed(450n, 900n)];
    expect(tell(sold, [held(1_000n)], [held(100n)])).toEqual([]);
  });

  test('moves what was there by then: what came before it with it, what came after it not', () => {
    const events = [added(50n), swapped(), added(20n), removed(3n, 5n)];
    const after = [held(15n), held(1_050n, next)];
    expect(tell(events, [held(1_000n)], after)).toEqual([
      '1: out alice old 8 1050 525',
      '1: in alice new 8 1050 525',
    ]);
  });

  test('moves what a sale before it left, whatever else was sold after it', () => {
    const sold = event('StakeRemoved', [ALICE, 'other', 250n, 500n, 8, 0n]);
    const before = [held(1_000n), held(500n, { hotkey: 'other' })];
    expect(tell([removed(450n, 900n), swapped(), sold], before, [held(100n, next)])).toEqual([
      '1: out alice old 8 100 50',
      '1: in alice new 8 100 50',
    ]);
    expect(tell([swapped(), sold], before, [held(1_000n, next)])).toEqual([
      '0: out alice old 8 1000 500',
      '0: in alice new 8 1000 500',
    ]);
  });

  test('moves what arrived: a dividend of the block was there before it', () => {
    expect(tell([swapped()], [held(1_000n)], [held(1_040n, next)])).toEqual([
      '0: out alice old 8 1040 520',
      '0: in alice new 8 1040 520',
    ]);
  });

  test('to one that was staked with already adds to it, but for rounding', () => {
    const before = [held(1_000n), held(200n, next)];
    expect(tell([swapped()], before, [held(1_199n, next)])).toEqual([
      '0: out alice old 8 999 499',
      '0: in alice new 8 999 499',
    ]);
  });

  test('and another one of the new hotkey move it twice, dividends with it', () => {
    const events = [swapped(), swapped(OTHER_VALIDATOR, 'third')];
    expect(tell(events, [held(1_000n)], [held(1_040n, { hotkey: 'third' })])).toEqual([
      '0: out alice old 8 1040 520',
      '0: in alice new 8 1040 520',
      '1: out alice new 8 1040 520',
      '1: in alice third 8 1040 520',
    ]);
  });

  test('and another one move each position by its own dividend', () => {
    const events = [swapped(), swapped(OTHER_VALIDATOR, 'third')];
    const before = [held(1_000n), held(30n, { netuid: 9 })];
    const third = { hotkey: 'third' };
    const after = [held(1_040n, third), held(33n, { ...third, netuid: 9 })];
    expect(tell(events, before, after).filter((line) => line.includes('in'))).toEqual([
      '0: in alice new 8 1040 520',
      '0: in alice new 9 33 16',
      '1: in alice third 8 1040 520',
      '1: in alice third 9 33 16',
    ]);
  });

  test('without a price is worth nothing that one could name', () => {
    const at = { netuid: 99 };
    expect(tell([swapped()], [held(9n, at)], [held(9n, { ...at, ...next })])).toEqual([
      '0: out alice old 99 9 0',
      '0: in alice new 99 9 0',
    ]);
  });

  test.each([
    ['fields that cannot be read', event('HotkeySwapped', [BOB, VALIDATOR])],
    ['a netuid that is none', swappedOn('8')],
    ['keys that cannot be read', event('ColdkeySwapped', [ALICE])],
    ['another name', event('HotkeyAdded', [BOB, VALIDATOR, OTHER_VALIDATOR])],
    ['another pallet', { ...swapped(), pallet: 'Other' }],
  ])('with %s is none', (_what, one) => {
    expect(hasKeySwap([one])).toBe(false);
    expect(tell([one], [held(1_000n)], [held(1_000n, next)])).toEqual([]);
  });

  test('is seen whatever it is called', () => {
    expect(hasKeySwap([paid(1n), swapped(), paid(2n)])).toBe(true);
    expect([swapped(), swappedOn(8), handedOver()].map((one) => hasKeySwap([one]))).toEqual([
      true,
      true,
      true,
    ]);
    const named = { pallet: 'SubtensorModule', name: 'HotkeySwapped', extrinsicIndex: 1 };
    const fields = { coldkey: BOB, oldHotkey: VALIDATOR, newHotkey: OTHER_VALIDATOR };
    const snake = { coldkey: BOB, old_hotkey: VALIDATOR, new_hotkey: OTHER_VALIDATOR };
    for (const one of [fields, snake]) {
      expect(tell([{ ...named, fields: one }], [held(4n)], [held(4n, next)])).toHaveLength(2);
    }
    for (const one of [
      { oldColdkey: ALICE, newColdkey: BOB },
      { old_coldkey: ALICE, new_coldkey: BOB },
    ]) {
      const handed = { ...named, name: 'ColdkeySwapped', fields: one };
      expect(listParties([handed], ALICE)).toEqual([ALICE, BOB]);
      expect(tell([handed], [held(4n)], [held(4n, { coldkey: BOB })])).toHaveLength(2);
    }
    const on = { ...named, name: 'HotkeySwappedOnSubnet', fields: { ...fields, netuid: 8 } };
    expect(tell([on], [held(4n)], [held(4n, next)])).toHaveLength(2);
  });
});

describe('a swap of a coldkey', () => {
  const bobs = { coldkey: BOB };
  test('takes all stake of the old one to the new one, and is told the same by both', () => {
    const before = [held(1_000n), held(30n, { netuid: 0 })];
    const after = [held(1_000n, bobs), held(30n, { ...bobs, netuid: 0 })];
    expect(tell([handedOver()], before, after)).toEqual([
      '0: out alice old 8 1000 500',
      '0: in bob old 8 1000 500',
      '0: out alice old 0 30 15',
      '0: in bob old 0 30 15',
    ]);
    expect(listParties([handedOver()], BOB)).toEqual([BOB, ALICE]);
  });

  test('leaves alone what the new one had, and what nobody swapped', () => {
    const before = [held(1_000n), held(6n, { ...bobs, hotkey: 'third' })];
    const after = [held(1_000n, bobs), held(6n, { ...bobs, hotkey: 'third' })];
    expect(tell([handedOver()], before, after)).toEqual([
      '0: out alice old 8 1000 500',
      '0: in bob old 8 1000 500',
    ]);
  });

  test('after one of a hotkey passes on what came by it', () => {
    const after = [held(1_003n, { ...bobs, ...next })];
    expect(tell([swapped(), handedOver()], [held(1_000n)], after)).toEqual([
      '0: out alice old 8 1003 501',
      '0: in alice new 8 1003 501',
      '1: out alice new 8 1003 501',
      '1: in bob new 8 1003 501',
    ]);
  });

  test('concerns those that are tied by it, and nobody else', () => {
    const events = [handedOver('a', 'b'), handedOver(ALICE, BOB), handedOver(BOB, 'c')];
    expect(listParties(events, 'c')).toEqual(['c', BOB, ALICE]);
    expect(listParties(events, 'x')).toEqual(['x']);
    const foreign = { ...handedOver(ALICE, BOB), pallet: 'Other' };
    const unreadable = event('ColdkeySwapped', [ALICE]);
    const another = event('ColdkeySwapAnnounced', [ALICE, BOB]);
    expect(listParties([foreign, unreadable, another], ALICE)).toEqual([ALICE]);
  });
});

describe('stake that is gone against TAO of its subnet', () => {
  test('was paid out: by alpha, to the rao', () => {
    const before = [held(300n), held(700n, next), held(50n, { netuid: 9 })];
    expect(tell([paid(101n)], before, [held(50n, { netuid: 9 })])).toEqual([
      '0: out alice new 8 700 70',
      '0: out alice old 8 300 31',
    ]);
  });

  test('counts every payment but those for removals of stake that have their event', () => {
    const events = [
      paid(40n, 1),
      removed(40n, 100n, 1),
      paid(40n, 2),
      paid(2n, 2),
      paid(7n, 2, SUBNET_8, BOB),
      paid(9n, 2, BOB),
    ];
    expect(tell(events, [held(1_000n)], [])).toEqual(['3: out alice old 8 900 42']);
    expect(tell(events.slice(0, 2), [held(1_000n)], [])).toEqual([]);
  });

  test('without a payment stays unexplained, and so does what is only part of it', () => {
    expect(tell([event('NetworkRemoved', [8])], [held(1_000n)], [])).toEqual([]);
    expect(tell([paid(40n)], [held(1_000n)], [held(400n)])).toEqual([]);
  });

  test('may go validator by validator, as chains do that clean up in several blocks', () => {
    const before = [held(1_000n), held(5n, next)];
    expect(tell([paid(40n)], before, [held(5n, next)])).toEqual(['0: out alice old 8 1000 40']);
  });

  test('on root is none: nothing removes it', () => {
    const root = formatAddress(Buffer.from(`6d6f646c73756274656e7372${'0'.repeat(40)}`, 'hex'));
    const before = [held(1_000n, { netuid: 0 })];
    expect(tell([paid(40n, undefined, root)], before, [])).toEqual([]);
  });

  test('a number of two bytes names its account too', () => {
    const account = formatAddress(
      Buffer.from(`6d6f646c73756274656e7372${'2c01'.padEnd(40, '0')}`, 'hex'),
    );
    const before = [held(10n, { netuid: 300 })];
    expect(tell([paid(4n, undefined, account)], before, [])).toEqual(['0: out alice old 300 10 4']);
  });

  test('pays only by transfers whose parts can be read, whatever they are called', () => {
    const named = {
      pallet: 'Balances',
      name: 'Transfer',
      fields: { from: SUBNET_8, to: ALICE, amount: 40n },
      extrinsicIndex: undefined,
    };
    expect(tell([named], [held(10n)], [])).toEqual(['0: out alice old 8 10 40']);
    const others = [
      { ...named, pallet: 'Assets' },
      { ...named, name: 'Deposit' },
      { ...named, fields: { ...named.fields, amount: 'much' } },
    ];
    for (const other of others) expect(tell([other], [held(10n)], [])).toEqual([]);
  });

  test('keeps payments apart from removals elsewhere, of other sums or in other extrinsics', () => {
    const elsewhere = event('StakeRemoved', [ALICE, VALIDATOR, 40n, 5n, 9, 0n], 1);
    const onNine = { netuid: 9 };
    expect(tell([paid(40n, 1), elsewhere], [held(10n), held(5n, onNine)], [])).toEqual([
      '0: out alice old 8 10 40',
    ]);
    const bought = event('StakeAdded', [ALICE, VALIDATOR, 40n, 3n, 8, 0n], 1);
    expect(tell([paid(40n, 1), bought], [held(10n)], [])).toEqual(['0: out alice old 8 13 40']);
    expect(tell([paid(40n, 2), removed(40n, 4n, 1)], [held(10n)], [])).toEqual([
      '0: out alice old 8 6 40',
    ]);
    expect(tell([removed(40n, 4n, 1), paid(7n, 1)], [held(10n)], [])).toEqual([
      '1: out alice old 8 6 7',
    ]);
    const both = [paid(2n, 1), paid(40n, 1), removed(40n, 4n, 1)];
    expect(tell(both, [held(10n)], [])).toEqual(['0: out alice old 8 6 2']);
  });

  test('of two subnets at once is against what each of them paid', () => {
    const onNine = formatAddress(
      Buffer.from(`6d6f646c73756274656e7372${'0900'.padEnd(40, '0')}`, 'hex'),
    );
    const before = [held(10n), held(20n, { netuid: 9 })];
    expect(tell([paid(3n), paid(8n, undefined, onNine)], before, [])).toEqual([
      '0: out alice old 8 10 3',
      '1: out alice old 9 20 8',
    ]);
  });

  test('is shared out the same whichever position is listed first', () => {
    const before = [held(700n, next), held(300n)];
    expect(tell([paid(101n)], before, [])).toEqual(tell([paid(101n)], [...before].reverse(), []));
  });
});
