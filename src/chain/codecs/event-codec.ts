/** Events of a block by name, and the names behind module errors. */
import type { LookupEntry } from '@polkadot-api/metadata-builders';
import type { ChainEvent, ModuleErrorName } from '../types.ts';
import { formatHex } from './hex.ts';
import { createStorageCodec } from './storage-codec.ts';
import type { TypeRegistry } from './type-registry.ts';

type PlainEnum = { readonly type: string; readonly value?: unknown };
type PlainRecord = { readonly phase: PlainEnum; readonly event: PlainEnum };

/** Decodes the value of System.Events. CHAIN_UNDECODABLE, CHAIN_LACKS_ITEM. */
export function decodeEvents(registry: TypeRegistry, bytes: Uint8Array): readonly ChainEvent[] {
  const codec = createStorageCodec(registry, 'System', 'Events');
  const records = codec.decodeValue(formatHex(bytes)) as readonly PlainRecord[];
  return records.map(({ phase, event }) => {
    const inner = event.value as PlainEnum;
    return {
      pallet: event.type,
      name: inner.type,
      fields: fieldsOf(shapeOfEvent(registry, event.type, inner.type), inner.value),
      extrinsicIndex: phase.type === 'ApplyExtrinsic' ? (phase.value as number) : undefined,
    };
  });
}

/** The name of a module error, or undefined when this runtime has none at that place. */
export function nameError(
  registry: TypeRegistry,
  palletIndex: number,
  errorIndex: number,
): ModuleErrorName | undefined {
  const pallet = registry.metadata.pallets.find((entry) => entry.index === palletIndex);
  if (pallet?.errors === undefined) return undefined;
  const { def } = registry.metadata.lookup[pallet.errors.type] ?? {};
  if (def?.tag !== 'variant') return undefined;
  const variant = def.value.find((entry) => entry.index === errorIndex);
  if (variant === undefined) return undefined;
  return { pallet: pallet.name, name: variant.name, docs: joinDocs(variant.docs) };
}

/** The documentation of a module error by name; empty when it has none. */
export function errorDocs(registry: TypeRegistry, palletName: string, name: string): string {
  const pallet = registry.metadata.pallets.find((entry) => entry.name === palletName);
  if (pallet?.errors === undefined) return '';
  const { def } = registry.metadata.lookup[pallet.errors.type] ?? {};
  if (def?.tag !== 'variant') return '';
  return joinDocs(def.value.find((variant) => variant.name === name)?.docs ?? []);
}

function joinDocs(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .join(' ')
    .trim();
}

type EventShape = Extract<LookupEntry, { type: 'enum' }>['value'][string] | undefined;

function shapeOfEvent(registry: TypeRegistry, palletName: string, name: string): EventShape {
  const pallet = registry.metadata.pallets.find((entry) => entry.name === palletName);
  if (pallet?.events === undefined) return undefined;
  const shape = registry.entry(pallet.events.type);
  return shape.type === 'enum' ? shape.value[name] : undefined;
}

function fieldsOf(shape: EventShape, value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (shape?.type === 'struct') return value as Record<string, unknown>;
  if (shape?.type === 'tuple' || shape?.type === 'array') return { ...(value as unknown[]) };
  return { 0: value };
}
