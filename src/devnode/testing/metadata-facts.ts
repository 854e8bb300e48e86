/**
 * For tests: decoded metadata as flat facts, one text per item, so that two metadata can be
 * compared item by item whatever their type numbers are.
 */
import {
  decAnyMetadata,
  type UnifiedMetadata,
  unifyMetadata,
} from '@polkadot-api/substrate-bindings';

type Entry = UnifiedMetadata['lookup'][number];
export type Facts = Readonly<Record<string, string>>;

/** `call SubtensorModule.add_stake` → `2 (hotkey: …, netuid: u16, …)` and so on. */
export function metadataFacts(bytes: Uint8Array): Facts {
  const metadata = unifyMetadata(decAnyMetadata(bytes));
  const { lookup } = metadata;
  const facts: Record<string, string> = {};
  const outer = new Set<number>();
  const name = (id: number): string => typeName(lookup, id);
  for (const pallet of metadata.pallets) {
    facts[`pallet ${pallet.name}`] = `${pallet.index}`;
    for (const kind of ['calls', 'events', 'errors'] as const) {
      const type = pallet[kind]?.type;
      if (type === undefined) continue;
      outer.add(type);
      for (const [key, text] of variantFacts(lookup, type))
        facts[`${kind} ${pallet.name}.${key}`] = text;
    }
    for (const item of pallet.storage?.items ?? []) {
      const key =
        item.type.tag === 'plain'
          ? ''
          : `${item.type.value.hashers.map((hasher) => hasher.tag).join()} ${name(item.type.value.key)} `;
      const value = name(item.type.tag === 'plain' ? item.type.value : item.type.value.value);
      facts[`storage ${pallet.name}.${item.name}`] =
        `${key}→ ${value}, modifier ${item.modifier}, default ${item.fallback}`;
    }
    for (const constant of pallet.constants) {
      facts[`constant ${pallet.name}.${constant.name}`] =
        `${name(constant.type)} ${constant.value}`;
    }
  }
  for (const api of metadata.apis) {
    for (const method of api.methods) {
      const inputs = method.inputs.map((input) => `${input.name}: ${name(input.type)}`);
      facts[`api ${api.name}.${method.name}`] = `(${inputs.join(', ')}) → ${name(method.output)}`;
    }
  }
  const extensions = Object.values(metadata.extrinsic.extensions);
  for (const [index, extension] of extensions.entries()) {
    facts[`extension ${extension.identifier}`] =
      `${index} ${name(extension.type)}, ${name(extension.additionalSigned)}`;
  }
  for (const entry of lookup) {
    if (entry.path.length === 0 || outer.has(entry.id)) continue;
    facts[`type ${name(entry.id)}`] = definition(lookup, entry);
  }
  return facts;
}

function variantFacts(lookup: readonly Entry[], id: number): [string, string][] {
  const { def } = lookup[id] as Entry;
  if (def.tag !== 'variant') return [];
  return def.value.map(({ name, index, fields }) => [
    name,
    `${index} (${fieldsText(lookup, fields)})`,
  ]);
}

type Field = { readonly name: string | undefined; readonly type: number };

function fieldsText(lookup: readonly Entry[], fields: readonly Field[]): string {
  return fields
    .map(({ name, type }) => `${name === undefined ? '' : `${name}: `}${typeName(lookup, type)}`)
    .join(', ');
}

function definition(lookup: readonly Entry[], { def }: Entry): string {
  switch (def.tag) {
    case 'composite':
      return `{ ${fieldsText(lookup, def.value)} }`;
    case 'variant':
      return [...def.value]
        .sort((a, b) => a.index - b.index)
        .map(({ name, index, fields }) => `${index} ${name}(${fieldsText(lookup, fields)})`)
        .join(' | ');
    default:
      return def.tag;
  }
}

/** Path and parameters of a named type, the structure of an unnamed one. */
function typeName(lookup: readonly Entry[], id: number): string {
  const { path, params, def } = lookup[id] as Entry;
  const name = (inner: number): string => typeName(lookup, inner);
  if (path.length > 0) {
    const inner = params.map((param) => (param.type === undefined ? param.name : name(param.type)));
    const text = path.join('::');
    return inner.length === 0 ? text : `${text}<${inner.join(', ')}>`;
  }
  switch (def.tag) {
    case 'primitive':
      return def.value.tag;
    case 'compact':
      return `Compact<${name(def.value)}>`;
    case 'sequence':
      return `[${name(def.value)}]`;
    case 'array':
      return `[${name(def.value.type)}; ${def.value.len}]`;
    case 'tuple':
      return `(${def.value.map(name).join(', ')})`;
    default:
      return def.tag;
  }
}
