/**
 * From the codec library's shapes to plain ones: bytes become 0x hex and nested calls become
 * `{ pallet, name, args }`. Types that hold neither are passed through untouched.
 */
import type { LookupEntry, Var } from '@polkadot-api/metadata-builders';
import { formatHex } from './hex.ts';

export type Plainer = (entry: LookupEntry, value: unknown) => unknown;

type Convert = (value: unknown) => unknown;
type TaggedValue = { readonly type: string; readonly value: unknown };

const keep: Convert = (value) => value;

export function createPlainer(callTypeId: number | undefined): Plainer {
  const known = new Map<number, Convert>();

  const converter = (entry: LookupEntry): Convert => {
    const found = known.get(entry.id);
    if (found !== undefined) return found;
    // A type that contains itself meets this indirection while it is being made.
    let made: Convert | undefined;
    known.set(entry.id, (value) => (made ?? keep)(value));
    made = entry.id === callTypeId ? callConverter(entry) : byShape(entry);
    known.set(entry.id, made);
    return made;
  };

  const byShape = (shape: Var): Convert => {
    switch (shape.type) {
      case 'sequence':
        return isU8(shape.value) ? bytesToHex : listOf(converter(shape.value));
      case 'array':
        return isU8(shape.value) ? keep : listOf(converter(shape.value));
      case 'tuple':
        return tupleOf(shape.value.map(converter));
      case 'struct':
        return structOf(mapValues(shape.value, converter));
      case 'option':
        return optional(converter(shape.value));
      case 'result':
        return resultOf(converter(shape.value.ok), converter(shape.value.ko));
      case 'enum':
        return enumOf(mapValues(shape.value, (variant) => lazily(() => variantOf(variant))));
      default:
        return keep;
    }
  };

  const variantOf = (variant: Variant): Convert =>
    variant.type === 'lookupEntry' ? converter(variant.value) : byShape(variant);

  const callConverter = (entry: LookupEntry): Convert => {
    const plain = byShape(entry);
    return (value) => {
      const pallet = plain(value) as TaggedValue;
      const call = pallet.value as TaggedValue;
      return { pallet: pallet.type, name: call.type, args: call.value ?? {} };
    };
  };

  return (entry, value) => converter(entry)(value);
}

type Variant = Extract<Var, { type: 'enum' }>['value'][string];

function isU8(entry: LookupEntry): boolean {
  return entry.type === 'primitive' && entry.value === 'u8';
}

function bytesToHex(value: unknown): unknown {
  return value instanceof Uint8Array ? formatHex(value) : value;
}

function lazily(make: () => Convert): Convert {
  let made: Convert | undefined;
  return (value) => {
    made ??= make();
    return made(value);
  };
}

function listOf(item: Convert): Convert {
  return item === keep ? keep : (value) => (value as unknown[]).map(item);
}

function tupleOf(items: readonly Convert[]): Convert {
  if (items.every((item) => item === keep)) return keep;
  return (value) => (value as unknown[]).map((item, index) => (items[index] ?? keep)(item));
}

function structOf(fields: Readonly<Record<string, Convert>>): Convert {
  if (Object.values(fields).every((field) => field === keep)) return keep;
  return (value) => mapValues(value as Record<string, unknown>, (v, k) => (fields[k] ?? keep)(v));
}

function optional(inner: Convert): Convert {
  return inner === keep ? keep : (value) => (value === undefined ? undefined : inner(value));
}

function resultOf(ok: Convert, failed: Convert): Convert {
  return (value) => {
    const { success, value: inner } = value as { success: boolean; value: unknown };
    return { success, value: success ? ok(inner) : failed(inner) };
  };
}

function enumOf(variants: Readonly<Record<string, Convert>>): Convert {
  return (value) => {
    const { type, value: inner } = value as TaggedValue;
    return inner === undefined ? { type } : { type, value: (variants[type] ?? keep)(inner) };
  };
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  convert: (value: In, key: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, v]) => [key, convert(v, key)]));
}
