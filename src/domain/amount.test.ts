import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import {
  addAmounts,
  alpha,
  displayRao,
  formatRao,
  MAX_RAO,
  parseAlpha,
  parseRao,
  parseTao,
  subtractAmounts,
  tao,
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
  });
});
