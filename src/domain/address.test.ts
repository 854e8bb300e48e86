import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import { decodeAddress, formatAddress, parseAddress } from './address.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const ALICE_ON_MOONBEAM = 'VdvKmYJfD4VXA9fzz1SbmCo2eYHSzUFbaDCZSuaNKJAe8YNg6';

describe('addresses', () => {
  it('read back what they write', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (accountId) => {
        expect(parseAddress(formatAddress(accountId))).toEqual(accountId);
      }),
    );
  });

  it('of two views of one buffer are two addresses', () => {
    const buffer = new Uint8Array(64);
    buffer.fill(1, 0, 32).fill(2, 32);
    const second = formatAddress(buffer.subarray(32));
    expect(second).not.toBe(formatAddress(buffer.subarray(0, 32)));
    expect(second).toBe(formatAddress(new Uint8Array(32).fill(2)));
  });

  it('are not what a caller does to the bytes it got', () => {
    const mine = parseAddress(ALICE);
    const again = parseAddress(ALICE);
    mine.fill(0);
    expect(formatAddress(again)).toBe(ALICE);
    expect(formatAddress(parseAddress(ALICE))).toBe(ALICE);
    const id = parseAddress(ALICE);
    expect(formatAddress(id)).toBe(ALICE);
    id.fill(7);
    expect(formatAddress(again)).toBe(ALICE);
    expect(parseAddress(ALICE)).toEqual(again);
  });

  it('refuse an account id of another length', () => {
    expect(() => formatAddress(new Uint8Array(33))).toThrow(RangeError);
  });

  it('of a two-byte prefix show that prefix and the same account', () => {
    expect(decodeAddress(ALICE_ON_MOONBEAM)).toEqual({
      prefix: 1284,
      publicKey: parseAddress(ALICE),
    });
  });

  it('of another chain are refused with the Bittensor spelling in the hint', () => {
    expect(() => parseAddress(ALICE_ON_MOONBEAM)).toThrow(
      expect.objectContaining({
        code: 'ADDRESS_WRONG_PREFIX',
        hint: `If you are sure of the account, its Bittensor spelling is ${ALICE}.`,
      }),
    );
  });

  it('that are no addresses give a TaoError and nothing else, however long', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constant('1'.repeat(1e6)),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          parseAddress(text);
        } catch (error) {
          expect(isTaoError(error, 'ADDRESS_INVALID')).toBe(true);
        }
      }),
    );
  });

  it('with any one character changed are refused', () => {
    const alphabet = [...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'];
    const variants = [...ALICE].flatMap((was, at) =>
      alphabet
        .filter((letter) => letter !== was)
        .map((letter) => ALICE.slice(0, at) + letter + ALICE.slice(at + 1)),
    );
    expect(variants.filter((variant) => decodeAddress(variant) !== undefined)).toEqual([]);
  });

  it('are not repeated when what was given cannot be one', () => {
    const seed = `0x${'ab'.repeat(32)}`;
    expect(() => parseAddress(seed)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('abab') }),
    );
  });
});
