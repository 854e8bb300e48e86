import { describe, expect, it } from 'vitest';
import { TaoError } from '../errors/tao-error.ts';
import { checksumOf, type FieldReader, parseDocument, readFields } from './json-fields.ts';

const fail = (reason: string) => new TaoError('ARTIFACT_INVALID', { message: reason });
const read = (fields: unknown): FieldReader => readFields(fields, 'the file', fail);
const refusal = (message: string) => expect.objectContaining({ code: 'ARTIFACT_INVALID', message });

describe('a document', () => {
  it('is one JSON object of at most the given length', () => {
    expect(parseDocument('{"a":1}', 7, fail).has('a')).toBe(true);
    expect(() => parseDocument('{"a":1}', 6, fail)).toThrow(
      refusal('it has more than 6 characters'),
    );
    expect(() => parseDocument('{"a":1', 7, fail)).toThrow(refusal('it is not JSON'));
    for (const text of ['null', '[]', '"{}"', '1', 'true']) {
      expect(() => parseDocument(text, 7, fail)).toThrow(refusal('the document is not an object'));
    }
  });

  it('has no field that nobody asked for', () => {
    const fields = read({ a: 1, b: 2 });
    fields.integer('a', { min: 0, max: 1 });
    expect(() => fields.end()).toThrow(refusal('the file has an unknown field'));
    fields.integer('b', { min: 0, max: 2 });
    expect(() => fields.end()).not.toThrow();
    expect(() => read({}).end()).not.toThrow();
  });

  it('has a field only if it is its own', () => {
    const fields = read(Object.create({ a: 'x' }));
    expect(fields.has('a')).toBe(false);
    expect(() => fields.text('a', { maxLength: 1 })).toThrow(refusal('the file lacks "a"'));
    expect(() => read({}).text('constructor', { maxLength: 9 })).toThrow(/lacks "constructor"/);
  });

  it('names an object inside by its field', () => {
    expect(() => read({ a: {} }).object('a').text('b', { maxLength: 1 })).toThrow('"a" lacks "b"');
    expect(() => read({ a: [] }).object('a')).toThrow(refusal('"a" is not an object'));
  });
});

describe('a field', () => {
  type Ask = (fields: FieldReader) => unknown;
  const text: Ask = (fields) => fields.text('a', { maxLength: 3 });
  const word: Ask = (fields) => fields.text('a', { maxLength: 3, pattern: /^[a-z]+$/ });
  const bytes: Ask = (fields) => fields.hex('a', { minBytes: 1, maxBytes: 2 });
  const whole: Ask = (fields) => fields.integer('a', { min: 2, max: 4 });
  const anyWhole: Ask = (fields) => fields.integer('a', { min: 0, max: 2 ** 60 });
  const decimal: Ask = (fields) => fields.decimal('a', { max: 20n });
  const list: Ask = (fields) => fields.list('a', 2);

  it.each<[string, Ask, unknown, unknown]>([
    ['text without a letter', text, '', ''],
    ['text of the full length', text, 'A-1', 'A-1'],
    ['text of the pattern', word, 'abc', 'abc'],
    ['one byte', bytes, '0x0f', Uint8Array.of(15)],
    ['two bytes', bytes, '0x0fa0', Uint8Array.of(15, 160)],
    ['the least number', whole, 2, 2],
    ['the greatest number', whole, 4, 4],
    ['an amount of nothing', decimal, '0', 0n],
    ['the greatest amount', decimal, '20', 20n],
    ['an empty list', list, [], []],
    ['a full list', list, [1, 'b'], [1, 'b']],
  ])('is read as it is: %s', (_title, ask, given, found) => {
    expect(ask(read({ a: given }))).toEqual(found);
  });

  const NO_TEXT = 'text of the right form';
  const NO_HEX = 'lower-case hex of the right length';
  const NO_WHOLE = 'a whole number from 2 to 4';

  it.each<[string, Ask, unknown, string]>([
    ['text too long', text, 'abcd', NO_TEXT],
    ['a number for text', text, 1, NO_TEXT],
    ['null for text', text, null, NO_TEXT],
    ['a list for text', word, ['abc'], NO_TEXT],
    ['text of another pattern', word, 'a1', NO_TEXT],
    ['hex without 0x', bytes, '0f', NO_TEXT],
    ['hex in capitals', bytes, '0x0F', NO_TEXT],
    ['something before the hex', bytes, 'a0x0f', NO_TEXT],
    ['hex of three bytes', bytes, '0x0fa0b0', NO_TEXT],
    ['hex of no byte', bytes, '0x', NO_HEX],
    ['hex of half a byte', bytes, '0xfff', NO_HEX],
    ['a number too small', whole, 1, NO_WHOLE],
    ['a number too large', whole, 5, NO_WHOLE],
    ['a fraction', whole, 2.5, NO_WHOLE],
    ['a number as text', whole, '3', NO_WHOLE],
    ['a number that JSON cannot hold', anyWhole, 2 ** 53, `a whole number from 0 to ${2 ** 60}`],
    ['an amount too large', decimal, '21', 'at most 20'],
    ['an amount as a number', decimal, 1, NO_TEXT],
    ['an amount with a sign', decimal, '+1', NO_TEXT],
    ['an amount with zeros before it', decimal, '007', NO_TEXT],
    ['an amount in parts', decimal, '1.5', NO_TEXT],
    ['an amount in hex', decimal, '0x1', NO_TEXT],
    ['no amount', decimal, '', NO_TEXT],
    ['an amount of two lines', decimal, '1\n', NO_TEXT],
    ['a list too long', list, [1, 2, 3], 'a list of at most 2'],
    ['an object for a list', list, { length: 1 }, 'a list of at most 2'],
  ])('is refused for what it should be: %s', (_title, ask, given, form) => {
    expect(() => ask(read({ a: given }))).toThrow(refusal(`"a" of the file is not ${form}`));
  });

  it('of an amount may have forty digits, and no more', () => {
    const ask = (digits: number): bigint =>
      read({ a: '9'.repeat(digits) }).decimal('a', { max: 10n ** 60n });
    expect(ask(40)).toBe(10n ** 40n - 1n);
    expect(() => ask(41)).toThrow(`"a" of the file is not ${NO_TEXT}`);
  });
});

describe('the checksum', () => {
  const base = { a: 1, b: ['x', { c: null, d: true }], e: '' };

  it('is the blake2-256 of the sorted JSON without spaces', () => {
    // By Python's hashlib, of {"a":[1,2],"b":{"c":null,"d":"x"}}.
    const value = { b: { d: 'x', c: null }, a: [1, 2] };
    expect(checksumOf(value)).toBe(
      '0xced0fefd0cfeca849399dfe08bc48932f1841c3fbe19e7347f926b7638e119b0',
    );
  });

  it('does not depend on the order of the fields, or on those that are undefined', () => {
    expect(checksumOf({ e: '', b: ['x', { d: true, c: null }], a: 1, f: undefined })).toBe(
      checksumOf(base),
    );
  });

  it.each<[string, unknown]>([
    ['a value', { ...base, a: 2 }],
    ['a type', { ...base, a: '1' }],
    ['a name', { a2: 1, b: base.b, e: '' }],
    ['the order of a list', { ...base, b: [{ c: null, d: true }, 'x'] }],
    ['a field more', { ...base, f: null }],
    ['a field less', { a: 1, b: base.b }],
    ['a list for its one item', { ...base, e: [''] }],
  ])('changes with %s', (_title, value) => {
    expect(checksumOf(value)).not.toBe(checksumOf(base));
  });
});
