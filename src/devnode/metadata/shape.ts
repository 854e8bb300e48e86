/** The structure of a type, as codecs and the registry of the metadata read it. Types only, nearly. */
import type { Fields } from './declare.ts';
import { parseTyped } from './expressions.ts';

export type ShapeField = {
  readonly name: string | undefined;
  readonly type: string;
  readonly alias: string | undefined;
};
export type ShapeVariant = {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly ShapeField[];
};
export type ShapeParam = { readonly name: string; readonly type: string | undefined };

export type Shape =
  | { readonly kind: 'primitive'; readonly name: Primitive }
  | { readonly kind: 'compact'; readonly of: string }
  | { readonly kind: 'sequence'; readonly of: string }
  | { readonly kind: 'array'; readonly of: string; readonly length: number }
  | { readonly kind: 'tuple'; readonly of: readonly string[] }
  | {
      readonly kind: 'struct';
      readonly path: readonly string[];
      readonly fields: readonly ShapeField[];
      readonly params: readonly ShapeParam[];
    }
  | {
      readonly kind: 'enum';
      readonly path: readonly string[];
      readonly variants: readonly ShapeVariant[];
      readonly params: readonly ShapeParam[];
    };

export const PRIMITIVES = [
  'bool',
  'str',
  'u8',
  'u16',
  'u32',
  'u64',
  'u128',
  'i8',
  'i16',
  'i32',
  'i64',
  'i128',
] as const;
export type Primitive = (typeof PRIMITIVES)[number];

/** The variants or fields of a declaration in the form of the shapes. */
export function fieldsOf(fields: Fields): ShapeField[] {
  if (Array.isArray(fields)) {
    return fields.map((text: string) => ({ name: undefined, ...parseTyped(text) }));
  }
  return Object.entries(fields).map(([name, text]) => ({ name, ...parseTyped(text) }));
}
