import { base58Encode, blake2AsU8a, encodeAddress } from '@polkadot/util-crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import {
  decodeAddress,
  formatAddress,
  looksLikeAddress,
  parseAddress,
  shortAddress,
} from './address.ts';

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

  it('that were never seen are not what a caller does to the bytes it got either', () => {
    const unseen = encodeAddress(new Uint8Array(32).fill(211), 42);
    parseAddress(unseen).fill(0);
    expect(parseAddress(unseen)).toEqual(new Uint8Array(32).fill(211));
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

  it('say what was given, where it could be an address, and how to mend it', () => {
    const typo = `${ALICE.slice(0, -1)}Z`;
    expect(() => parseAddress(typo)).toThrow(
      expect.objectContaining({
        message: `Couldn't read the address "${typo}": it is not a valid ss58 address.`,
        hint: 'Copy the whole address again; it starts with 5 and has 48 characters.',
        data: { address: `"${typo}"` },
      }),
    );
    expect(() => parseAddress(ALICE_ON_MOONBEAM)).toThrow(
      expect.objectContaining({
        message: `Couldn't use the address "${ALICE_ON_MOONBEAM}": it is spelled for prefix 1284, and Bittensor uses 42.`,
        data: { address: ALICE_ON_MOONBEAM, prefix: 1284 },
      }),
    );
  });

  it.each([
    ['', 'from no text'],
    ['word word', 'from 9 characters'],
    [`${ALICE}!`, 'from 49 characters'],
    [` ${ALICE}`, 'from 49 characters'],
    ['1'.repeat(64), `"${'1'.repeat(64)}"`],
    ['1'.repeat(65), 'from 65 characters'],
  ])('%j is no address, and called %s', (text, shown) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ data: { address: shown } }));
  });

  it('have the prefix that their first bytes say, one or two of them', () => {
    const prefixes = [0, 2, 42, 63, 64, 65, 255, 256, 1284, 16_383];
    const publicKey = parseAddress(ALICE);
    const read = prefixes.map((prefix) => decodeAddress(encodeAddress(publicKey, prefix)));
    expect(read).toEqual(prefixes.map((prefix) => ({ publicKey, prefix })));
  });

  it.each([
    ['with a small prefix in two bytes', [0x40 | (42 >> 2), (42 & 3) << 6], 32],
    ['with a first byte no prefix begins with', [0x80], 32],
    ['with a first byte that would need more', [0xc0, 0x01], 32],
    ['of 33 bytes', [42], 33],
    ['of 31 bytes', [42], 31],
    ['of no bytes', [42], 0],
  ])('%s are none', (_what, prefix, length) => {
    const body = Uint8Array.from([...prefix, ...new Uint8Array(length).fill(5)]);
    const hashed = blake2AsU8a(Uint8Array.from([...Buffer.from('SS58PRE'), ...body]), 512);
    const text = base58Encode(Uint8Array.from([...body, ...hashed.subarray(0, 2)]));
    expect(decodeAddress(text)).toBeUndefined();
  });

  it('are worked out anew when more were seen than are remembered', () => {
    for (let at = 0; at < 5_100; at += 1) {
      const accountId = new Uint8Array(32);
      new DataView(accountId.buffer).setUint32(0, at);
      formatAddress(accountId);
    }
    expect(formatAddress(parseAddress(ALICE))).toBe(ALICE);
  });
});

describe('what is only looked at', () => {
  it.each([
    [ALICE, true],
    ['1'.repeat(46), true],
    ['z'.repeat(50), true],
    ['1'.repeat(45), false],
    ['1'.repeat(51), false],
    [` ${ALICE}`, false],
    [`${ALICE} `, false],
    [`0${ALICE.slice(1)}`, false],
    ['my wallet', false],
  ])('%j looks like an address: %s', (text, expected) => {
    expect(looksLikeAddress(text)).toBe(expected);
  });

  it('an address is shortened to its ends, and a short text is not', () => {
    expect(shortAddress(ALICE)).toBe('5Grw…utQY');
    expect(shortAddress('123456789abc')).toBe('123456789abc');
    expect(shortAddress('123456789abcd')).toBe('1234…abcd');
  });
});
