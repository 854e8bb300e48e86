import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatBytes,
  decodeUtf8,
  encodeCompactLength,
  encodeUtf8,
  equalBytes,
  formatBareHex,
  formatHex,
  parseHex,
  wipe,
} from './bytes.ts';

describe('parseHex', () => {
  it.each(['0', '0x0', 'zz', '0x 1', ' 00', '0x0x00'])('refuses %j', (text) => {
    expect(parseHex(text)).toBeUndefined();
  });

  it.each([
    ['', []],
    ['0x', []],
    ['0X0fA0', [15, 160]],
    ['00', [0]],
  ])('reads %j', (text, bytes) => {
    expect(parseHex(text)).toEqual(Uint8Array.from(bytes));
  });

  it.each(['0xzz00', '00zz', '0x0g', 'é0', '-1', '1x00'])('refuses all of %j', (text) => {
    expect(parseHex(text)).toBeUndefined();
  });

  it('reads back what formatHex writes, with or without prefix and in any case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const hex = formatHex(bytes);
        expect(parseHex(hex)).toEqual(bytes);
        expect(parseHex(hex.slice(2).toUpperCase())).toEqual(bytes);
      }),
    );
  });
});

describe('bytes', () => {
  it('joins parts in order', () => {
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(
      Uint8Array.of(1, 2, 3),
    );
  });

  it('wipes every buffer it is given and ignores absent ones', () => {
    const secret = Uint8Array.of(1, 2, 3);
    wipe(undefined, secret);
    expect(secret).toEqual(new Uint8Array(3));
  });

  it('writes every byte as two lower-case digits', () => {
    expect(formatBareHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
    expect(formatHex(Uint8Array.of(0, 10, 255))).toBe('0x000aff');
    expect(formatHex(new Uint8Array(0))).toBe('0x');
  });

  it.each([
    [[], [], true],
    [[1, 2], [1, 2], true],
    [[1, 2], [1, 3], false],
    [[1, 2], [3, 2], false],
    [[1, 2], [1], false],
    [[1], [1, 2], false],
    [[], [1], false],
  ])('%j and %j are the same: %s', (a, b, isSame) => {
    expect(equalBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(isSame);
  });

  it('reads text as it was written, a byte order mark included', () => {
    for (const text of ['', 'é日本', '\ufeffa']) expect(decodeUtf8(encodeUtf8(text))).toBe(text);
  });

  it('reads malformed UTF-8 as undefined', () => {
    expect(decodeUtf8(Uint8Array.of(0xc3, 0x28))).toBeUndefined();
  });
});

describe('encodeCompactLength', () => {
  it.each([
    [0, '0x00'],
    [63, '0xfc'],
    [64, '0x0101'],
    [16383, '0xfdff'],
    [16384, '0x02000100'],
    [2 ** 30 - 1, '0xfeffffff'],
  ])('encodes %i as %s', (length, hex) => {
    expect(formatHex(encodeCompactLength(length))).toBe(hex);
  });

  it('round-trips every length by the SCALE rule', () => {
    const anyLength = fc.integer({ min: 0, max: 2 ** 30 - 1 });
    fc.assert(
      fc.property(anyLength, (length) => {
        const encoded = encodeCompactLength(length);
        const value = encoded.reduce((sum, byte, index) => sum + byte * 256 ** index, 0);
        expect(Math.floor(value / 4)).toBe(length);
        expect(encoded.length).toBe([1, 2, 4][value % 4]);
      }),
    );
  });

  it('refuses what no extrinsic can hold', () => {
    expect(() => encodeCompactLength(2 ** 30)).toThrow(RangeError);
  });
});
