import { describe, expect, test } from 'vitest';
import { MAX_PRICE_LINES, parseFiatPrices } from './fiat-prices.ts';

const TAO = 1_000_000_000n;
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
const worthOf = (line: string, taoRao = TAO) =>
  parseFiatPrices(line, 'EUR').valueOf(taoRao, noon('2026-08-10'));

describe('a line of prices', () => {
  test.each([
    ['2026-08-10,312.45', '312.45'],
    ['"2026-08-10","312.45"', '312.45'],
    ['2026-08-10 , 312.45  ', '312.45'],
    ['2026-08-10,312', '312'],
    ['2026-08-10,0', '0'],
    ['2026-08-10,0.00000001', '0.00000001'],
    // Less than the last decimal that is written
    ['2026-08-10,0.000000009999', '0'],
    ['2026-08-10,999999999999999.999999999999', '999999999999999.99999999'],
  ])('%j makes a TAO worth %s', (line, value) => {
    expect(worthOf(line)).toBe(value);
  });

  test.each([
    ['a date that does not stand first', 'on 2026-08-10,300'],
    ['words around the price', '2026-08-10,300 EUR'],
    ['text between date and comma', '2026-08-10x,300'],
    ['more decimals than a price has', '2026-08-10,1.1234567890123'],
    ['more digits than a price has', '2026-08-10,1234567890123456'],
    ['a point without decimals', '2026-08-10,300.'],
    ['no price', '2026-08-10,'],
    ['a decimal comma', '2026-08-10,300,5'],
    ['a month that is not', '2026-13-01,300'],
    ['a leap day of no leap year', '2026-02-29,300'],
    ['a heading that says something else', 'my date,price'],
    ['a heading of one word more', 'dates,price'],
  ])('is refused for %s', (_, line) => {
    expect(() => parseFiatPrices(line, 'EUR')).toThrow(
      expect.objectContaining({ data: { option: 'prices', line: 1 } }),
    );
  });

  test.each(['date,price', 'Date,Close', '"date","price"', 'DATE ,price'])(
    'may be the heading %j, at the top alone',
    (heading) => {
      expect(worthOf(`${heading}\n2026-08-10,300`)).toBe('300');
      expect(() => parseFiatPrices(`2026-08-10,300\n${heading}`, 'EUR')).toThrow(
        expect.objectContaining({ data: { option: 'prices', line: 2 } }),
      );
    },
  );

  test('may be blank', () => {
    expect(worthOf('  \n2026-08-10,300\n\t\n')).toBe('300');
  });

  test('of a leap day is one', () => {
    const leap = parseFiatPrices('2028-02-29,300', 'EUR');
    expect(leap.valueOf(TAO, noon('2028-02-29'))).toBe('300');
  });
});

test('what is wrong is said, with the line and what to write', () => {
  const lines = '2026-08-10,300\n2026-08-10,301';
  expect(() => parseFiatPrices(lines, 'EUR')).toThrow(
    "Couldn't use the price file: line 2 is wrong, the day is there twice.",
  );
  expect(() => parseFiatPrices('2026-02-30,1', 'EUR')).toThrow('there is no such day');
  expect(() => parseFiatPrices('yesterday,1', 'EUR')).toThrow('it must be a date and a price');
});

test('a file has a limit of lines', () => {
  const most = `2026-08-10,300${'\n'.repeat(MAX_PRICE_LINES - 1)}`;
  expect(worthOf(most)).toBe('300');
  expect(() => parseFiatPrices(`${most}\n`, 'EUR')).toThrow(
    expect.objectContaining({
      code: 'USAGE_INVALID',
      data: { option: 'prices', line: MAX_PRICE_LINES + 1 },
    }),
  );
  expect(() => parseFiatPrices(`${most}\n`, 'EUR')).toThrow('the file is too long');
});

test('a day is the UTC day, from its first to its last moment', () => {
  const { valueOf: at } = parseFiatPrices('2026-08-10,300', 'EUR');
  const [start, end] = [Date.parse('2026-08-10T00:00:00Z'), Date.parse('2026-08-11T00:00:00Z')];
  expect([start - 1, start, end - 1, end].map((ms) => at(TAO, ms))).toEqual([
    undefined,
    '300',
    '300',
    undefined,
  ]);
});

test('what is worth less than nothing that can be written is nothing, without a sign', () => {
  const { valueOf: at, currency } = parseFiatPrices('2026-08-10,0.000000001', 'EUR');
  expect([at(-1n, noon('2026-08-10')), currency]).toEqual(['0', 'EUR']);
  expect(worthOf('2026-08-10,2', -TAO)).toBe('-2');
});
