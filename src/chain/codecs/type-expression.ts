/**
 * Type entries from a short text such as `Vec<(AccountId32, Compact<u16>)>`: for the signatures
 * that metadata 14 does not hold. Names found in the registry win over our own struct tables.
 */
import type {
  LookupEntry,
  MetadataPrimitives,
  StructVar,
  Var,
} from '@polkadot-api/metadata-builders';
import type { Structs } from './api-signatures.ts';
import type { TypeRegistry } from './type-registry.ts';

const PRIMITIVE = /^(bool|str|[ui](8|16|32|64|128|256))$/;

/** Entries made here count down from −1, so they never meet an id of the metadata. */
const nextIds = new WeakMap<TypeRegistry, { next: number }>();

/** The entry a type text stands for. A text it cannot read is a defect and throws. */
export function parseTypeExpression(
  registry: TypeRegistry,
  structs: Structs,
  text: string,
): LookupEntry {
  const ids = nextIds.get(registry) ?? { next: -1 };
  nextIds.set(registry, ids);
  const make = (shape: Var): LookupEntry => ({ id: ids.next--, ...shape });

  const parse = (source: string): LookupEntry => {
    const type = source.trim();
    const generic = /^(\w+)<(.*)>$/.exec(type);
    if (generic !== null) return parseGeneric(generic[1] as string, generic[2] as string);
    if (type.startsWith('(')) return parseTuple(type.slice(1, -1));
    if (PRIMITIVE.test(type)) return primitive(type);
    if (type === 'AccountId32') return make({ type: 'AccountId32' });
    if (type === 'Bytes') return make({ type: 'sequence', value: primitive('u8') });
    return named(type);
  };

  const parseGeneric = (name: string, inner: string): LookupEntry => {
    if (name === 'Vec') return make({ type: 'sequence', value: parse(inner) });
    if (name === 'Option') return make({ type: 'option', value: parse(inner) });
    if (name === 'Compact') return make(compactOf(inner));
    throw new TypeError(`Unknown type ${name}<${inner}>`);
  };

  const parseTuple = (inner: string): LookupEntry => {
    const parts = splitTopLevel(inner);
    if (parts.length === 0) return make({ type: 'void' });
    return make({ type: 'tuple', value: parts.map(parse), innerDocs: parts.map(() => []) });
  };

  const primitive = (type: string): LookupEntry =>
    make({ type: 'primitive', value: type as MetadataPrimitives });

  const named = (name: string): LookupEntry => {
    const known = registry.metadata.lookup.find((type) => type.path.at(-1) === name);
    if (known !== undefined) return registry.entry(known.id);
    const fields = structs[name];
    if (fields === undefined) throw new TypeError(`Unknown type ${name}`);
    const value: StructVar['value'] = {};
    for (const [field, type] of Object.entries(fields)) value[field] = parse(type);
    return make({ type: 'struct', value, innerDocs: {} });
  };

  return parse(text);
}

type Compact = Extract<Var, { type: 'compact' }>;

function compactOf(inner: string): Compact {
  return {
    type: 'compact',
    isBig: Number.parseInt(inner.slice(1), 10) > 32,
    size: inner as Compact['size'],
  };
}

function splitTopLevel(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (letter === '(' || letter === '<') depth += 1;
    if (letter === ')' || letter === '>') depth -= 1;
    if (letter === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}
