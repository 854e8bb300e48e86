/**
 * Values of declared types from JSON, for who sets storage by hand: whole numbers as numbers or
 * decimal text, accounts as ss58 or 0x hex, bytes as 0x hex, enums as a name or `{type, value}`.
 */
import { parseAddress } from '../../domain/address.ts';
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import type { Primitive, Shape, ShapeField } from '../metadata/shape.ts';
import { shapeOf } from '../metadata/shapes.ts';
import { toHex } from '../scale/hex.ts';

/** Types whose values the codecs take as bigint. */
const WIDE = new Set<string>(['u64', 'u128', 'i64', 'i128']);

/** A value in the codecs' form. Throws a RangeError that says what does not fit. */
export function valueOfJson(type: string, json: unknown, profile: RuntimeProfile): unknown {
  if (type === 'AccountId32' && typeof json === 'string' && !json.startsWith('0x')) {
    return toHex(parseAddress(json));
  }
  const of = (inner: string, value: unknown): unknown => valueOfJson(inner, value, profile);
  return ofShape(shapeOf(type, profile), json, of, type);
}

type Of = (type: string, json: unknown) => unknown;

function ofShape(shape: Shape, json: unknown, of: Of, type: string): unknown {
  switch (shape.kind) {
    case 'primitive':
      return ofPrimitive(shape.name, json);
    case 'compact':
      return of(shape.of, json);
    case 'sequence':
    case 'array':
      if (shape.of === 'u8') return ofBytes(json, type);
      return listOf(json, type).map((one) => of(shape.of, one));
    case 'tuple':
      if (shape.of.length === 0) return null;
      return listOf(json, type, shape.of.length).map((one, i) => of(shape.of[i] as string, one));
    case 'struct':
      return ofFields(shape.fields, json, of, type);
    case 'enum':
      return ofEnum(shape, json, of, type);
  }
}

function ofEnum(
  { path, variants }: Extract<Shape, { kind: 'enum' }>,
  json: unknown,
  of: Of,
  type: string,
): unknown {
  if (path[0] === 'Option') {
    return json === null ? undefined : of(variants[1]?.fields[0]?.type as string, json);
  }
  const given = typeof json === 'string' ? { type: json } : recordOf(json, type);
  const variant = variants.find(({ name }) => name === given.type);
  if (variant === undefined) {
    const names = variants.map(({ name }) => name).join(', ');
    throw unfit(type, `one of ${names}`);
  }
  if (variant.fields.length === 0) return { type: variant.name };
  const value = ofFields(variant.fields, (given as { value?: unknown }).value, of, type);
  return { type: variant.name, value };
}

function ofFields(fields: readonly ShapeField[], json: unknown, of: Of, type: string): unknown {
  if (fields.length === 0) return undefined;
  if (fields[0]?.name === undefined) {
    if (fields.length === 1) return of((fields[0] as ShapeField).type, json);
    return listOf(json, type, fields.length).map((one, i) => of(fields[i]?.type as string, one));
  }
  const record = recordOf(json, type);
  return Object.fromEntries(
    fields.map(({ name = '', type: inner }) => {
      if (!(name in record)) throw unfit(type, `an object with the field ${name}`);
      return [name, of(inner, record[name])];
    }),
  );
}

function ofPrimitive(name: Primitive, json: unknown): unknown {
  if (name === 'bool') {
    if (typeof json !== 'boolean') throw unfit(name, 'true or false');
    return json;
  }
  if (name === 'str') {
    if (typeof json !== 'string') throw unfit(name, 'text');
    return json;
  }
  const isWhole =
    typeof json === 'number' ? Number.isSafeInteger(json) : /^-?\d{1,39}$/.test(String(json));
  if (!isWhole) throw unfit(name, 'a whole number');
  const value = BigInt(json as number | string);
  const bits = BigInt(name.slice(1));
  const [low, high] = name.startsWith('u')
    ? [0n, 2n ** bits - 1n]
    : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  if (value < low || value > high) throw unfit(name, `${low} to ${high}`);
  return WIDE.has(name) ? value : Number.parseInt(value.toString(), 10);
}

function ofBytes(json: unknown, type: string): string {
  if (typeof json !== 'string' || !/^0x([0-9a-f]{2})*$/i.test(json)) throw unfit(type, '0x hex');
  return json.toLowerCase();
}

function listOf(json: unknown, type: string, length?: number): readonly unknown[] {
  if (Array.isArray(json) && (length === undefined || json.length === length)) return json;
  throw unfit(type, length === undefined ? 'a list' : `a list of ${length}`);
}

function recordOf(json: unknown, type: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw unfit(type, 'an object');
}

function unfit(type: string, wanted: string): RangeError {
  return new RangeError(`a ${type} must be ${wanted}`);
}
