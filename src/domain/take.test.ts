import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTakePercent, parseTakePercent } from './take.ts';

describe('a take', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [66, '0.11'],
    [11_796, '18.00'],
    [65_534, '100.00'],
    [65_535, '100.00'],
  ])('of %i parts is shown as %s percent, never less than it is', (parts, text) => {
    expect(formatTakePercent(parts)).toBe(text);
  });

  it.each([
    ['0', 0],
    ['9', 5_898],
    ['9.5', 6_225],
    ['9.05', 5_930],
    ['18', 11_796],
    ['100', 65_535],
    ['100.00', 65_535],
    ['007', 4_587],
  ])('said as %s percent is %i parts, never more than was said', (text, parts) => {
    expect(parseTakePercent(text)).toBe(parts);
  });

  it('that was said and is shown again is what was said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        const text = (hundredths / 100).toFixed(2);
        expect(formatTakePercent(parseTakePercent(text))).toBe(text);
      }),
    );
  });

  it.each(['', '-1', '100.01', '101', '9.555', '9.', '.5', '9 ', 'x9', '9%', '1e1', '1000'])(
    'is not %j',
    (text) => {
      expect(() => parseTakePercent(text)).toThrow(
        expect.objectContaining({
          code: 'USAGE_INVALID',
          message: `Couldn't read the take "${text}": it must be a percentage from 0 to 100 with at most two decimals.`,
          hint: 'Write a percentage such as 9.5.',
          data: { value: text },
        }),
      );
    },
  );

  it('is not repeated where it is far too long to be one', () => {
    expect(() => parseTakePercent('9'.repeat(41))).toThrow(
      expect.objectContaining({ data: { value: '(41 characters)' } }),
    );
  });
});
