/**
 * Codecs for every declared type, straight from its text, without building metadata. Accounts,
 * hashes and bytes are lower-case 0x hex; u64 and wider are bigint; enums are `{type, value}`;
 * a struct of one unnamed field is that field. Never looks at the state.
 */
import {
  bool,
  type Codec,
  compactBn,
  compactNumber,
  createCodec,
  createDecoder,
  Hex,
  i8,
  i16,
  i32,
  i64,
  i128,
  Option,
  Struct,
  str,
  Tuple,
  u8,
  u16,
  u32,
  u64,
  u128,
  Vector,
} from '@polkadot-api/substrate-bindings';
import { perProfile, type RuntimeProfile } from '../metadata/profiles/profile.ts';
import { baseProfile } from '../metadata/runtime.ts';
import type { Primitive, Shape, ShapeField, ShapeVariant } from '../metadata/shape.ts';
import { shapeOf } from '../metadata/shapes.ts';

export type AnyCodec = Codec<unknown>;
/** A variant of an enum; without fields `value` is undefined. */
export type Variant = { readonly type: string; readonly value?: unknown };

const PRIMITIVE_CODECS: Readonly<Record<Primitive, unknown>> = {
  bool,
  str,
  u8,
  u16,
  u32,
  u64,
  u128,
  i8,
  i16,
  i32,
  i64,
  i128,
};
const WIDE = new Set(['u64', 'u128']);
const NOTHING = new Uint8Array();
const voidCodec = createCodec<unknown>(
  () => NOTHING,
  () => undefined,
);

const codecsOf = perProfile(() => new Map<string, AnyCodec>());

/** The codec of a type by its text, built at first use. */
export function codecOf(text: string, profile: RuntimeProfile = baseProfile): AnyCodec {
  const codecs = codecsOf(profile);
  const found = codecs.get(text);
  if (found !== undefined) return found;
  let built: AnyCodec | undefined;
  const lazy = createCodec<unknown>(
    (value) => (built as AnyCodec).enc(value),
    (bytes) => (built as AnyCodec).dec(bytes),
  );
  codecs.set(text, lazy);
  built = build(shapeOf(text, profile), (inner) => codecOf(inner, profile));
  codecs.set(text, built);
  return built;
}

/** Encodes a value of a type. */
export function encode(text: string, value: unknown, profile?: RuntimeProfile): Uint8Array {
  return codecOf(text, profile).enc(value);
}

/** Decodes bytes of a type; bytes left over are an error. The copy gives them their own buffer. */
export function decodeExactly(text: string, bytes: Uint8Array, profile?: RuntimeProfile): unknown {
  const codec = codecOf(text, profile);
  const value = codec.dec(Uint8Array.from(bytes));
  const again = codec.enc(value);
  if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i])) {
    throw new RangeError(`${bytes.length} bytes are not one ${text}`);
  }
  return value;
}

type CodecOf = (text: string) => AnyCodec;

function build(shape: Shape, of: CodecOf): AnyCodec {
  switch (shape.kind) {
    case 'primitive':
      return PRIMITIVE_CODECS[shape.name] as AnyCodec;
    case 'compact':
      return (WIDE.has(shape.of) ? compactBn : compactNumber) as unknown as AnyCodec;
    case 'sequence':
      return (shape.of === 'u8' ? Hex() : Vector(of(shape.of))) as unknown as AnyCodec;
    case 'array':
      return (shape.of === 'u8'
        ? Hex(shape.length)
        : Vector(of(shape.of), shape.length)) as unknown as AnyCodec;
    case 'tuple':
      return shape.of.length === 0
        ? voidCodec
        : (Tuple(...shape.of.map(of)) as unknown as AnyCodec);
    case 'struct':
      return fieldsCodec(shape.fields, of);
    case 'enum':
      return shape.path[0] === 'Option'
        ? optionCodec(shape.variants[1]?.fields[0]?.type as string, of)
        : enumCodec(shape.path.join('::'), shape.variants, of);
  }
}

function fieldsCodec(fields: readonly ShapeField[], of: CodecOf): AnyCodec {
  if (fields.length === 0) return voidCodec;
  if (fields[0]?.name !== undefined) {
    const entries = fields.map(({ name, type }) => [name as string, of(type)]);
    return Struct(Object.fromEntries(entries)) as unknown as AnyCodec;
  }
  if (fields.length === 1) return of((fields[0] as ShapeField).type);
  return Tuple(...fields.map(({ type }) => of(type))) as unknown as AnyCodec;
}

/** An inner `None` of a nested option is `null`, so that it differs from the outer one. */
function optionCodec(inner: string, of: CodecOf): AnyCodec {
  const codec = of(inner);
  if (!inner.startsWith('Option<')) return Option(codec) as AnyCodec;
  const nested = createCodec<unknown>(
    (value) => codec.enc(value === null ? undefined : value),
    (bytes) => codec.dec(bytes) ?? null,
  );
  return Option(nested) as AnyCodec;
}

function enumCodec(path: string, variants: readonly ShapeVariant[], of: CodecOf): AnyCodec {
  const list = variants.map((variant) => ({ ...variant, codec: fieldsCodec(variant.fields, of) }));
  const byName = new Map(list.map((variant) => [variant.name, variant]));
  const byIndex = new Map(list.map((variant) => [variant.index, variant]));
  return createCodec<unknown>(
    (value) => {
      const { type, value: inner } = value as Variant;
      const variant = byName.get(type);
      if (variant === undefined) throw new RangeError(`${path} has no variant ${type}`);
      const tail = variant.codec.enc(inner);
      const bytes = new Uint8Array(1 + tail.length);
      bytes[0] = variant.index;
      bytes.set(tail, 1);
      return bytes;
    },
    createDecoder((bytes) => {
      const index = u8.dec(bytes);
      const variant = byIndex.get(index);
      if (variant === undefined) throw new RangeError(`${path} has no variant ${index}`);
      const value = variant.codec.dec(bytes);
      return value === undefined ? { type: variant.name } : { type: variant.name, value };
    }),
  );
}
