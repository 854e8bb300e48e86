import { describe, expect, test } from 'vitest';
import { ALICE, START_MS, VALIDATOR } from '../testing.ts';
import type { Cell } from './csv.ts';
import type { ExportEvent } from './events.ts';
import { type FiatPrices, parseFiatPrices } from './fiat-prices.ts';
import { type ExportProfile, PROFILES } from './profiles.ts';

const RAO = 1_000_000_000n;
const prices = parseFiatPrices('2026-01-01,300\n', 'EUR');

const event = (changes: Partial<ExportEvent>): ExportEvent => ({
  coldkey: ALICE,
  hotkey: VALIDATOR,
  netuid: 8,
  kind: 'reward',
  timeMs: START_MS,
  blockNumber: 1_000,
  blockHash: '0x01',
  alphaRao: 4n * RAO,
  taoRao: 2n * RAO,
  to: undefined,
  ...changes,
});

/** The cells of some columns; undefined: the tool has no use for the event. */
function cellsOf(
  profile: ExportProfile,
  columns: readonly string[],
  changes: Partial<ExportEvent>,
  known: FiatPrices | undefined = prices,
): readonly string[] | undefined {
  const { columns: names, row } = PROFILES[profile];
  const cells = row(event(changes), known);
  const text = (cell: Cell | undefined) => (typeof cell === 'object' ? cell.figure : cell);
  return cells && columns.map((column) => text(cells[names.indexOf(column)]) ?? 'no such column');
}

const stake = { kind: 'stake', taoRao: -2n * RAO } as const;
const unstake = { kind: 'unstake', alphaRao: -4n * RAO } as const;

test.each(['neutral', 'koinly', 'cointracking'] as const)('%s: a row has every column', (name) => {
  const { columns, row } = PROFILES[name];
  expect(row(event({}), prices)).toHaveLength(columns.length);
  expect(row(event({ timeMs: undefined }), undefined)).toHaveLength(columns.length);
});

describe('where no holding changed, tools are told nothing', () => {
  test.each([
    ['stake on root, which stays TAO', { ...stake, netuid: 0 }],
    ['unstake from root', { ...unstake, netuid: 0 }],
    ['a move between own positions', { kind: 'move', alphaRao: -4n * RAO }],
    ['a trade of nothing', { ...stake, alphaRao: 0n }],
    ['a reward of nothing', { alphaRao: 0n }],
  ] as const)('%s', (_, changes) => {
    expect(cellsOf('koinly', ['Date'], changes)).toBeUndefined();
    expect(cellsOf('cointracking', ['Date'], changes)).toBeUndefined();
    expect(cellsOf('neutral', ['event'], changes)).toEqual([event(changes).kind]);
  });

  test('but of rewards on root', () => {
    const columns = ['Received Amount', 'Received Currency'];
    expect(cellsOf('koinly', columns, { netuid: 0 })).toEqual(['4', 'TAO']);
  });
});

describe('Koinly', () => {
  const sides = ['Sent Amount', 'Sent Currency', 'Received Amount', 'Received Currency'];
  test.each([
    [stake, ['2', 'TAO', '4', 'SN8']],
    [unstake, ['4', 'SN8', '2', 'TAO']],
    [{}, ['', '', '4', 'SN8']],
    [{ kind: 'rounding', alphaRao: -RAO }, ['1', 'SN8', '', '']],
    [{ kind: 'unexplained', alphaRao: -RAO }, ['1', 'SN8', '', '']],
    [{ kind: 'unexplained', alphaRao: RAO }, ['', '', '1', 'SN8']],
  ] as const)('has both sides of what changed: %#', (changes, expected) => {
    expect(cellsOf('koinly', sides, changes)).toEqual(expected);
  });

  test.each([
    ['reward', 'reward'],
    ['fee', 'cost'],
    ['rounding', 'cost'],
    ['stake', ''],
    ['unexplained', ''],
    ['opening', ''],
  ] as const)('labels %s with %j', (kind, label) => {
    expect(cellsOf('koinly', ['Label'], { kind })).toEqual([label]);
  });

  test('has no worth without a price of the day, nor a currency then', () => {
    const worth = ['Net Worth Amount', 'Net Worth Currency', 'Date'];
    const later = START_MS + 86_400_000;
    expect(cellsOf('koinly', worth, {})).toEqual(['600', 'EUR', '2026-01-01 00:00:00 UTC']);
    expect(cellsOf('koinly', worth, { timeMs: later })?.slice(0, 2)).toEqual(['', '']);
    expect(cellsOf('koinly', worth, { timeMs: undefined })).toEqual(['', '', '']);
    const { columns, row } = PROFILES.koinly;
    const cells = row(event({}), undefined) ?? [];
    expect(cells[columns.indexOf('Net Worth Currency')]).toBe('');
    expect(cells[columns.indexOf('Net Worth Amount')]).toEqual({ figure: '' });
  });
});

describe('CoinTracking', () => {
  test.each([
    ['stake', RAO, 'Trade'],
    ['unstake', -RAO, 'Trade'],
    ['reward', RAO, 'Staking'],
    ['fee', -RAO, 'Other Fee'],
    ['rounding', -RAO, 'Other Fee'],
    ['opening', RAO, 'Deposit'],
    ['unexplained', RAO, 'Deposit'],
    ['unexplained', -RAO, 'Withdrawal'],
  ] as const)('calls %s of %s rao %s', (kind, alphaRao, type) => {
    expect(cellsOf('cointracking', ['Type'], { kind, alphaRao })).toEqual([type]);
  });

  const values = [
    'Buy Value in Account Currency (optional)',
    'Sell Value in Account Currency (optional)',
  ];
  test.each([
    [stake, ['600', '600']],
    [{}, ['600', '']],
    [{ kind: 'rounding', alphaRao: -RAO }, ['', '600']],
    [{ kind: 'fee', alphaRao: -RAO, taoRao: 0n }, ['', '']],
    [{ timeMs: undefined }, ['', '']],
  ] as const)('values the sides that there are: %#', (changes, expected) => {
    expect(cellsOf('cointracking', values, changes)).toEqual(expected);
  });

  test('writes the day first, and nothing where no time is known', () => {
    const timeMs = Date.UTC(2026, 10, 2, 3, 4, 5);
    expect(cellsOf('cointracking', ['Date'], { timeMs })).toEqual(['02-11-2026 03:04:05']);
    expect(cellsOf('cointracking', ['Date'], { timeMs: undefined })).toEqual(['']);
  });
});

test('the neutral shape names both ends of a move, and leaves a time out that is not known', () => {
  const to = { coldkey: 'Bob', hotkey: 'Other', netuid: 8 };
  const columns = ['time', 'alpha', 'tao', 'to_coldkey', 'to_hotkey', 'fiat_value'];
  const move = { kind: 'move', alphaRao: -RAO / 2n, taoRao: RAO, to, timeMs: undefined } as const;
  expect(cellsOf('neutral', columns, move)).toEqual(['', '-0.5', '1', 'Bob', 'Other', '']);
});
