import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, figure } from './csv.ts';
import { parseFiatPrices } from './fiat-prices.ts';

describe('a line', () => {
  test('quotes what has commas, quotes or line breaks', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', figure('-1.5')])).toBe('a,"b,c","d""e","f\ng",-1.5');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'])(
    'takes %j for text, never for a formula',
    (text) => {
      expect(csvLine([text]).replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  test('holds figures only where they are figures', () => {
    expect(() => figure('=1')).toThrow(TypeError);
    expect(() => figure('1e9')).toThrow(TypeError);
  });

  test('reads back as what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        expect(readLine(csvLine(cells))).toEqual(
          cells.map((cell) => (/^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell)),
        );
      }),
    );
  });
});

describe('a file of prices', () => {
  test('values TAO at the price of the UTC day, rounded toward zero', () => {
    const prices = parseFiatPrices('\uFEFFdate,price\r\n2026-08-10,300.123456789\r\n\r\n', 'EUR');
    const noon = Date.parse('2026-08-10T12:00:00Z');
    expect(prices.valueOf(1_000_000_000n, noon)).toBe('300.12345678');
    expect(prices.valueOf(-1_500_000_000n, noon)).toBe('-450.18518518');
    expect(prices.valueOf(-1n, noon)).toBe('-0.0000003');
    expect(prices.valueOf(0n, noon)).toBe('0');
  });

  test('gives no day the price of another', () => {
    const prices = parseFiatPrices('2026-08-10,300\n', 'EUR');
    expect(prices.valueOf(1n, Date.parse('2026-08-11T00:00:00Z'))).toBeUndefined();
    expect(prices.valueOf(1n, undefined)).toBeUndefined();
  });

  test.each([
    ['2026-08-10;300', 1],
    ['2026-08-10,300\n2026-02-30,1', 2],
    ['2026-08-10,300\n2026-08-10,301', 2],
    ['date,price\n2026-08-10,-1', 2],
    ['2026-08-10,1e3', 1],
  ])('refuses %j and names the line', (text, line) => {
    expect(() => parseFiatPrices(text, 'EUR')).toThrow(
      expect.objectContaining({ code: 'USAGE_INVALID', data: { option: 'prices', line } }),
    );
  });
});

/** A reader of one record, written for the test alone. */
function readLine(line: string): readonly string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = '';
    if (line[at] === '"') {
      at += 1;
      while (line[at] !== '"' || line[at + 1] === '"') {
        cell += line[at];
        at += line[at] === '"' ? 2 : 1;
      }
      at += 1;
    } else {
      while (at < line.length && line[at] !== ',') cell += line[at++];
    }
    cells.push(cell);
    if (line[at] !== ',') return cells;
    at += 1;
  }
}
