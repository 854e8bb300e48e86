/** Events in the order they happened, to the bytes of System.Events. */
import type { EconomyEvent, EventFields, RootClaimType } from '../../economy/state.ts';
import { compactBytes, joinBytes } from '../blocks/header.ts';
import { perProfile, type RuntimeProfile } from '../metadata/profiles/profile.ts';
import type { ShapeField, ShapeVariant } from '../metadata/shape.ts';
import { shapeOf } from '../metadata/shapes.ts';
import { codecOf, type Variant } from '../scale/codec.ts';
import { claimTypeValue } from '../storage/stake-providers.ts';
import { dispatchErrorValue } from './dispatch-error.ts';

export type Phase =
  | { readonly kind: 'initialization' }
  | { readonly kind: 'extrinsic'; readonly index: number };

/** `fields` may hold values in the codecs' form where the economy has none for them. */
export type EventRecord = { readonly phase: Phase; readonly event: EconomyEvent };

const RECORD_TYPE = 'EventRecord<RuntimeEvent, H256>';
const RESULT_TYPE = 'Result<(), DispatchError>';

/** SCALE bytes of a vector of event records. */
export function encodeEvents(records: readonly EventRecord[], profile: RuntimeProfile): Uint8Array {
  const codec = codecOf(RECORD_TYPE, profile);
  const parts = records.map(({ phase, event }) =>
    codec.enc({ phase: phaseValue(phase), event: eventValue(event, profile), topics: [] }),
  );
  return joinBytes(compactBytes(records.length), ...parts);
}

function phaseValue(phase: Phase): Variant {
  return phase.kind === 'initialization'
    ? { type: 'Initialization' }
    : { type: 'ApplyExtrinsic', value: phase.index };
}

/** An event in the codecs' form. Unnamed fields are taken in the order the economy gives them. */
function eventValue({ pallet, name, fields }: EconomyEvent, profile: RuntimeProfile): Variant {
  const value = fieldsValue(variantOf(pallet, name, profile), fields, profile);
  return { type: pallet, value: { type: name, value } };
}

function fieldsValue(
  { name, fields }: ShapeVariant,
  given: EventFields,
  profile: RuntimeProfile,
): unknown {
  const values = Object.values(given);
  if (values.length !== fields.length) {
    throw new TypeError(`${name} has ${fields.length} fields, not ${values.length}`);
  }
  if (fields.length === 0) return undefined;
  if (fields[0]?.name === undefined) return fields.length === 1 ? values[0] : values;
  return Object.fromEntries(
    fields.map((field) => [field.name, namedValue(name, field, given, profile)] as const),
  );
}

function namedValue(
  event: string,
  field: ShapeField,
  given: EventFields,
  profile: RuntimeProfile,
): unknown {
  const name = field.name as string;
  if (field.type === 'DispatchError') {
    return dispatchErrorValue(given[name] as unknown as Variant, profile);
  }
  if (field.type === RESULT_TYPE) return resultValue(given[name] as unknown as Variant, profile);
  if (field.type === 'RootClaimTypeEnum') {
    return claimTypeValue(given[name] as unknown as RootClaimType);
  }
  if (name in given) return given[name];
  throw new TypeError(`${event} lacks the field ${name}`);
}

/** The result of a call in the codecs' form. */
function resultValue({ type, value }: Variant, profile: RuntimeProfile): Variant {
  return type === 'Err' ? { type, value: dispatchErrorValue(value as Variant, profile) } : { type };
}

const variantsOf = perProfile(() => new Map<string, ShapeVariant>());

function variantOf(pallet: string, name: string, profile: RuntimeProfile): ShapeVariant {
  const known = variantsOf(profile);
  const cached = known.get(`${pallet}.${name}`);
  if (cached !== undefined) return cached;
  const module = profile.pallets.find((one) => one.name === pallet)?.module ?? pallet;
  const shape = shapeOf(`${module}::Event`, profile);
  const found =
    shape.kind === 'enum' ? shape.variants.find((variant) => variant.name === name) : undefined;
  if (found === undefined) throw new TypeError(`No such event: ${pallet}.${name}`);
  known.set(`${pallet}.${name}`, found);
  return found;
}
