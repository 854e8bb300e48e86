/** Gives every type used its number in the metadata's type list, in order of first use. */

import type { Fields } from './declare.ts';
import type { RuntimeProfile } from './profiles/profile.ts';
import { fieldsOf, type Shape, type ShapeField } from './shape.ts';
import { shapeOf } from './shapes.ts';

export type RegistryField = {
  name: string | undefined;
  type: number;
  typeName: string | undefined;
  docs: string[];
};

export type RegistryEntry = {
  id: number;
  path: string[];
  params: { name: string; type: number | undefined }[];
  def: RegistryDef;
  docs: string[];
};

export type RegistryDef =
  | { tag: 'composite'; value: RegistryField[] }
  | {
      tag: 'variant';
      value: { name: string; fields: RegistryField[]; index: number; docs: string[] }[];
    }
  | { tag: 'sequence' | 'compact'; value: number }
  | { tag: 'array'; value: { len: number; type: number } }
  | { tag: 'tuple'; value: number[] }
  | { tag: 'primitive'; value: { tag: string; value: undefined } };

export type Registry = {
  readonly entries: readonly RegistryEntry[];
  /** The number of a type, registering it and what it is made of. */
  readonly idOf: (text: string) => number;
  readonly fields: (fields: Fields) => RegistryField[];
};

export function createRegistry(profile: RuntimeProfile): Registry {
  const ids = new Map<string, number>();
  const entries: RegistryEntry[] = [];
  const toFields = (fields: readonly ShapeField[]): RegistryField[] =>
    fields.map((field) => ({
      name: field.name,
      type: idOf(field.type),
      typeName: field.alias ?? field.type,
      docs: [],
    }));

  function idOf(text: string): number {
    const found = ids.get(text);
    if (found !== undefined) return found;
    const id = entries.length;
    ids.set(text, id);
    const shape = shapeOf(text, profile);
    const entry: RegistryEntry = {
      id,
      path: [],
      params: [],
      def: { tag: 'tuple', value: [] },
      docs: [],
    };
    entries.push(entry);
    if (shape.kind === 'struct' || shape.kind === 'enum') {
      entry.path = [...shape.path];
      entry.params = shape.params.map(({ name, type }) => ({
        name,
        type: type === undefined ? undefined : idOf(type),
      }));
    }
    entry.def = define(shape);
    return id;
  }

  function define(shape: Shape): RegistryDef {
    switch (shape.kind) {
      case 'primitive':
        return { tag: 'primitive', value: { tag: shape.name, value: undefined } };
      case 'compact':
      case 'sequence':
        return { tag: shape.kind, value: idOf(shape.of) };
      case 'array':
        return { tag: 'array', value: { len: shape.length, type: idOf(shape.of) } };
      case 'tuple':
        return { tag: 'tuple', value: shape.of.map(idOf) };
      case 'struct':
        return { tag: 'composite', value: toFields(shape.fields) };
      case 'enum':
        return {
          tag: 'variant',
          value: shape.variants.map(({ name, index, fields }) => ({
            name,
            fields: toFields(fields),
            index,
            docs: [],
          })),
        };
    }
  }

  return { entries, idOf, fields: (fields) => toFields(fieldsOf(fields)) };
}
