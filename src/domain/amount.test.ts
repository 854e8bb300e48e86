import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import {
  addAmounts,
  alpha,
  alphaJson,
  displayRao,
  formatRao,
  MAX_RAO,
  parseAlpha,
  parseRao,
  parseTao,
  subtractAmounts,
  tao,
  taoJson,
} from './amount.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isTaoError(error) ? error.code : 'not ours';
  }
  return 'no error';
};

describe('an amount', () => {
  it('survives being written and read again, for every value the chain can hold', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_RAO }), (rao) => {
        expect(parseRao(formatRao(rao))).toBe(rao);
      }),
    );
  });

  it('is read without rounding', () => {
    expect(parseTao('2.5').rao).toBe(2_500_000_000n);
    expect(parseTao('0.000000001').rao).toBe(1n);
    expect(parseTao('18446744073.709551615').rao).toBe(MAX_RAO);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '-1',
    '+1',
    '1e3',
    '.5',
    '5.',
    '1,000',
    '0x10',
    '1_000',
    'NaN',
    '١',
    '1.2.3',
  ])('is refused when written as %j', (text) => {
    expect(codeOf(() => parseRao(text))).toBe('AMOUNT_INVALID');
  });

  it('with ten decimals is refused, never rounded', () => {
    expect(codeOf(() => parseTao('1.0000000001'))).toBe('AMOUNT_TOO_PRECISE');
    expect(codeOf(() => parseTao('1.0000000000'))).toBe('AMOUNT_TOO_PRECISE');
  });

  it('of zero, or above u64, is refused', () => {
    expect(codeOf(() => parseTao('0'))).toBe('AMOUNT_INVALID');
    expect(codeOf(() => parseAlpha('0.000', 8))).toBe('AMOUNT_INVALID');
    expect(codeOf(() => parseTao('18446744073.709551616'))).toBe('AMOUNT_INVALID');
  });

  it('adds and subtracts only within its unit and netuid', () => {
    expect(addAmounts(tao(1n), tao(2n)).rao).toBe(3n);
    expect(subtractAmounts(alpha(8, 1n), alpha(8, 3n)).rao).toBe(-2n);
    expect(() => addAmounts<typeof a | typeof b>(a, b)).toThrow('different units');
    expect(() => addAmounts(alpha(1, 1n), alpha(2, 1n))).toThrow('different units');
  });
  const a = tao(1n);
  const b = alpha(1, 1n);

  it('is shown rounded toward the less flattering side', () => {
    expect(displayRao(1_234_567_891n, 6)).toBe('1.234567');
    expect(displayRao(1_234_567_891n, 6, 'up')).toBe('1.234568');
    expect(displayRao(1_234_567_000_000_000n, 2)).toBe('1,234,567');
    expect(displayRao(999_999_999_999n, 0, 'up')).toBe('1,000');
    expect(displayRao(-1_500_000_000n, 0)).toBe('-2');
    expect(displayRao(2_000_000_000n, 0, 'up')).toBe('2');
    expect(displayRao(1_234_567_891n)).toBe('1.234567');
  });

  it('is in JSON as rao and as decimal, both texts', () => {
    expect(taoJson(tao(2_500_000_000n))).toEqual({ rao: '2500000000', tao: '2.5' });
    expect(alphaJson(alpha(8, -1n))).toEqual({ netuid: 8, rao: '-1', alpha: '-0.000000001' });
  });

  it.each([
    ['1 TAO', 'it must be a plain decimal number such as 2.5.', 'Write digits with at most one'],
    ['1.0000000001', 'it has 10 decimals and the unit has 9.', 'Use at most 9 decimals'],
    ['18446744074', 'it is more than the chain can hold.', 'The largest amount is 18446744073.7'],
  ])('written as %j is refused with the reason and the fix', (text, reason, fix) => {
    expect(() => parseRao(text, 'fee')).toThrow(
      expect.objectContaining({
        message: `Couldn't read the fee "${text}": ${reason}`,
        hint: expect.stringContaining(fix),
        data: { value: text },
      }),
    );
    expect(() => parseRao(text)).toThrow(`Couldn't read the amount "${text}"`);
  });

  it('of zero is refused with the reason and the fix', () => {
    expect(() => parseTao('0.0')).toThrow(
      expect.objectContaining({
        message: `Couldn't use the amount "0.0": it must be more than zero.`,
        hint: 'Give an amount above zero.',
        data: { value: '0.0' },
      }),
    );
  });

  it('is repeated only where it could have been meant as one', () => {
    const secret = 'x'.repeat(41);
    expect(() => parseRao(secret)).toThrow(
      expect.objectContaining({ data: { value: '(41 characters)' } }),
    );
    const long = 'x'.repeat(40);
    expect(() => parseRao(long)).toThrow(expect.objectContaining({ data: { value: long } }));
  });

  it('of another unit is called by its name', () => {
    expect(() => addAmounts<typeof a | typeof b>(a, b)).toThrow(
      'Amounts of different units: TAO and alpha of netuid 1',
    );
  });
});
