/** Events in the order they happened, to the bytes of System.Events. */
import type { EconomyEvent, EventFields, RootClaimType } from '../../economy/state.ts';
import { compactBytes, joinBytes } from '../blocks/header.ts';
import { pallets } from '../metadata/runtime.ts';
import type { ShapeField, ShapeVariant } from '../metadata/shape.ts';
import { shapeOf } from '../metadata/shapes.ts';
import { codecOf, type Variant } from '../scale/codec.ts';
import { claimTypeValue } from '../storage/stake-providers.ts';

export type Phase =
  | { readonly kind: 'initialization' }
  | { readonly kind: 'extrinsic'; readonly index: number };

/** `fields` may hold values in the codecs' form where the economy has none for them. */
export type EventRecord = { readonly phase: Phase; readonly event: EconomyEvent };

const RECORD_TYPE = 'EventRecord<RuntimeEvent, H256>';

/** SCALE bytes of a vector of event records. */
export function encodeEvents(records: readonly EventRecord[]): Uint8Array {
  const codec = codecOf(RECORD_TYPE);
  const parts = records.map(({ phase, event }) =>
    codec.enc({ phase: phaseValue(phase), event: eventValue(event), topics: [] }),
  );
  return joinBytes(compactBytes(records.length), ...parts);
}

function phaseValue(phase: Phase): Variant {
  return phase.kind === 'initialization'
    ? { type: 'Initialization' }
    : { type: 'ApplyExtrinsic', value: phase.index };
}

/** An event in the codecs' form. Unnamed fields are taken in the order the economy gives them. */
function eventValue({ pallet, name, fields }: EconomyEvent): Variant {
  return {
    type: pallet,
    value: { type: name, value: fieldsValue(variantOf(pallet, name), fields) },
  };
}

function fieldsValue({ name, fields }: ShapeVariant, given: EventFields): unknown {
  const values = Object.values(given);
  if (values.length !== fields.length) {
    throw new TypeError(`${name} has ${fields.length} fields, not ${values.length}`);
  }
  if (fields.length === 0) return undefined;
  if (fields[0]?.name === undefined) return fields.length === 1 ? values[0] : values;
  return Object.fromEntries(
    fields.map((field) => [field.name, namedValue(name, field, given)] as const),
  );
}

function namedValue(event: string, field: ShapeField, given: EventFields): unknown {
  const name = field.name as string;
  if (field.type === 'RootClaimTypeEnum') {
    return claimTypeValue(given[name] as unknown as RootClaimType);
  }
  if (name in given) return given[name];
  throw new TypeError(`${event} lacks the field ${name}`);
}

const variantCache = new Map<string, ShapeVariant>();

function variantOf(pallet: string, name: string): ShapeVariant {
  const cached = variantCache.get(`${pallet}.${name}`);
  if (cached !== undefined) return cached;
  const module = pallets.find((one) => one.name === pallet)?.module ?? pallet;
  const shape = shapeOf(`${module}::Event`);
  const found =
    shape.kind === 'enum' ? shape.variants.find((variant) => variant.name === name) : undefined;
  if (found === undefined) throw new TypeError(`No such event: ${pallet}.${name}`);
  variantCache.set(`${pallet}.${name}`, found);
  return found;
}
