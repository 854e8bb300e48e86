/**
 * Reads JSON documents strictly: fields are asked for by name with their form and limits, and none
 * may be left over. Also the checksum that guards such a document against damage. Pure.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import type { TaoError } from '../errors/tao-error.ts';
import { encodeUtf8, formatHex, parseHex } from './bytes.ts';

/** Makes the document's own error from the end of a sentence. */
export type Fail = (reason: string) => TaoError;

export type FieldReader = {
  readonly has: (name: string) => boolean;
  readonly text: (name: string, rule: TextRule) => string;
  readonly hex: (
    name: string,
    rule: { readonly minBytes: number; readonly maxBytes: number },
  ) => Uint8Array;
  /** A JSON number that is whole and within the limits. */
  readonly integer: (name: string, rule: { readonly min: number; readonly max: number }) => number;
  /** A string of decimal digits, as amounts are written. */
  readonly decimal: (name: string, rule: { readonly max: bigint }) => bigint;
  readonly list: (name: string, maxLength: number) => readonly unknown[];
  readonly object: (name: string) => FieldReader;
  /** Refuses fields nobody asked for: a newer writer may have meant something by them. */
  readonly end: () => void;
};

export type TextRule = { readonly maxLength: number; readonly pattern?: RegExp };

/** Parses a document. `fail` is thrown for anything that is not one JSON object below the limit. */
export function parseDocument(text: string, maxLength: number, fail: Fail): FieldReader {
  if (text.length > maxLength) throw fail(`it has more than ${maxLength} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fail('it is not JSON');
  }
  return readFields(value, 'the document', fail);
}

/** Reads one JSON value as an object; `where` names it in errors. */
export function readFields(value: unknown, where: string, fail: Fail): FieldReader {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail(`${where} is not an object`);
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const asked = new Set<string>();
  const get = (name: string): unknown => {
    asked.add(name);
    if (!Object.hasOwn(fields, name)) throw fail(`${where} lacks "${name}"`);
    return fields[name];
  };
  const wrong = (name: string, form: string): TaoError =>
    fail(`"${name}" of ${where} is not ${form}`);
  const text = (name: string, { maxLength, pattern }: TextRule): string => {
    const found = get(name);
    const isValid = typeof found === 'string' && found.length <= maxLength;
    if (!isValid || pattern?.test(found) === false) throw wrong(name, 'text of the right form');
    return found;
  };
  return {
    has: (name) => Object.hasOwn(fields, name),
    text,
    hex: (name, { minBytes, maxBytes }) => {
      const found = text(name, { maxLength: 2 + 2 * maxBytes, pattern: /^0x[0-9a-f]*$/ });
      const bytes = parseHex(found);
      if (bytes !== undefined && bytes.length >= minBytes) return bytes;
      throw wrong(name, 'lower-case hex of the right length');
    },
    integer: (name, { min, max }) => {
      const found = get(name);
      const isWhole = typeof found === 'number' && Number.isSafeInteger(found);
      if (!isWhole || found < min || found > max) {
        throw wrong(name, `a whole number from ${min} to ${max}`);
      }
      return found;
    },
    decimal: (name, { max }) => {
      const digits = text(name, { maxLength: 40, pattern: /^(?:0|[1-9][0-9]*)$/ });
      const amount = BigInt(digits);
      if (amount > max) throw wrong(name, `at most ${max}`);
      return amount;
    },
    list: (name, maxLength) => {
      const found = get(name);
      if (Array.isArray(found) && found.length <= maxLength) return found as readonly unknown[];
      throw wrong(name, `a list of at most ${maxLength}`);
    },
    object: (name) => readFields(get(name), `"${name}"`, fail),
    end: () => {
      const extra = Object.keys(fields).find((name) => !asked.has(name));
      if (extra !== undefined) throw fail(`${where} has an unknown field`);
    },
  };
}

/** blake2-256 of a JSON-safe value, whatever the order of its keys: 0x hex. */
export function checksumOf(value: unknown): string {
  return formatHex(blake2b(encodeUtf8(canonicalJson(value)), { dkLen: 32 }));
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
