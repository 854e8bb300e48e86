import { describe, expect, it } from 'vitest';
import { canonicalJson, toJsonSafe } from './json-safe.ts';

describe('a decoded value made JSON-safe', () => {
  it('holds no bigint, no bytes and no undefined', () => {
    expect(
      toJsonSafe({
        rao: 2n ** 64n - 1n,
        bytes: new Uint8Array([1, 255]),
        gone: undefined,
        list: [1n],
      }),
    ).toEqual({ rao: '18446744073709551615', bytes: '0x01ff', list: ['1'] });
  });

  it('gives one text for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: 1n, a: { d: true, c: null } })).toBe(
      canonicalJson({ a: { c: null, d: true }, b: 1n }),
    );
    expect(canonicalJson({ a: 1 })).not.toBe(canonicalJson({ a: 2 }));
  });

  it.each([
    [null, 'null'],
    [undefined, 'null'],
    [true, 'true'],
    ['text', '"text"'],
    [1.5, '1.5'],
    [Number.NaN, 'null'],
    [Number.POSITIVE_INFINITY, 'null'],
    [[undefined, 1], '[null,1]'],
    [Symbol('s'), '"Symbol(s)"'],
    [{ b: 1, a: 2, c: undefined }, '{"a":2,"b":1}'],
    [{ z: 0, y: 0, x: 0, w: 0 }, '{"w":0,"x":0,"y":0,"z":0}'],
  ])('%j is written %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});
