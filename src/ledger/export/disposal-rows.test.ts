import { expect, test } from 'vitest';
import type { Disposal } from '../cost-basis/types.ts';
import { stamp } from '../rewards/testing.ts';
import { ALICE, VALIDATOR } from '../testing.ts';
import { csvLine } from './csv.ts';
import { DISPOSAL_COLUMNS, disposalRow } from './disposal-rows.ts';
import type { TimeOf } from './events.ts';
import { type FiatPrices, parseFiatPrices } from './fiat-prices.ts';

const RAO = 1_000_000_000n;
/** Bought on one day, sold at a loss on the next. */
const disposal: Disposal = {
  coldkey: ALICE,
  hotkey: VALIDATOR,
  netuid: 8,
  exit: 'sold',
  acquired: stamp(1_000),
  disposed: stamp(8_200),
  origin: 'bought',
  alphaRao: 4n * RAO,
  costRao: 3n * RAO,
  proceedsRao: 2n * RAO,
  gainRao: -RAO,
};
function rowOf(
  changes: Partial<Disposal>,
  prices: FiatPrices | undefined,
  timeOf: TimeOf = () => undefined,
): Record<string, string> {
  const cells = disposalRow({ ...disposal, ...changes }, { method: 'lifo', prices, timeOf });
  expect(cells).toHaveLength(DISPOSAL_COLUMNS.length);
  return Object.fromEntries(
    DISPOSAL_COLUMNS.map((name, at) => [name, csvLine(cells.slice(at, at + 1))]),
  );
}

test('cost is valued on the day of the purchase, proceeds on that of the sale', () => {
  const prices = parseFiatPrices('2026-01-01,300\n2026-01-02,500\n', 'EUR');
  expect(rowOf({}, prices)).toEqual({
    disposed: '2026-01-02T00:00:00Z',
    disposed_block: '8200',
    acquired: '2026-01-01T00:00:00Z',
    acquired_block: '1000',
    netuid: '8',
    hotkey: VALIDATOR,
    origin: 'bought',
    exit: 'sold',
    method: 'lifo',
    alpha: '4',
    cost_tao: '3',
    proceeds_tao: '2',
    gain_tao: '-1',
    cost_fiat: '900',
    proceeds_fiat: '1000',
    fiat_currency: 'EUR',
  });
});

test('a day without a price leaves its own value out alone', () => {
  const first = rowOf({}, parseFiatPrices('2026-01-01,300\n', 'EUR'));
  expect([first.cost_fiat, first.proceeds_fiat]).toEqual(['900', '']);
  const second = rowOf({}, parseFiatPrices('2026-01-02,500\n', 'EUR'));
  expect([second.cost_fiat, second.proceeds_fiat]).toEqual(['', '1000']);
});

test('what lots of several days cost on average takes the price of none of them', () => {
  const prices = parseFiatPrices('2026-01-01,300\n2026-01-02,500\n', 'EUR');
  expect(rowOf({ origin: 'pooled' }, prices)).toMatchObject({
    cost_tao: '3',
    cost_fiat: '',
    proceeds_fiat: '1000',
  });
});

test('without prices there is no value in a currency, and no currency', () => {
  expect(rowOf({}, undefined)).toMatchObject({
    cost_fiat: '',
    proceeds_fiat: '',
    fiat_currency: '',
  });
});

test('a block of unknown time has none, unless another fact tells it', () => {
  const acquired = { ...stamp(1_000), timeMs: undefined };
  const prices = parseFiatPrices('2026-01-01,300\n', 'EUR');
  expect(rowOf({ acquired }, prices)).toMatchObject({
    acquired: '',
    acquired_block: '1000',
    cost_fiat: '',
  });
  const timeOf = (number: number) => (number === 1_000 ? stamp(1_001).timeMs : undefined);
  expect(rowOf({ acquired }, prices, timeOf)).toMatchObject({
    acquired: '2026-01-01T00:00:12Z',
    cost_fiat: '900',
  });
});
