/** The bytes of System.Events, and of the other things a block holds, for scripted chains. */

import { formatHex } from '../../src/chain/codecs/hex.ts';
import { createTypeRegistry, type TypeRegistry } from '../../src/chain/codecs/type-registry.ts';
import { encodedMetadata } from '../../src/devnode/metadata/build.ts';
import { changed } from './metadata-shapes.ts';

export type ScriptedEvent = {
  readonly extrinsic: number | undefined;
  readonly pallet: string;
  readonly name: string;
  readonly fields?: unknown;
};

let made: TypeRegistry | undefined;

/** The library decodes module errors by name but encodes them without their padding: here as bytes. */
function registryOfBytes(): TypeRegistry {
  made ??= createTypeRegistry(
    changed(encodedMetadata(16), (metadata) => {
      const { def } = metadata.lookup.find((type) => type.path.at(-1) === 'ModuleError') ?? {};
      if (def?.tag !== 'composite' || def.value[1] === undefined) throw new Error('No ModuleError');
      def.value[1].name = 'code';
    }),
  );
  return made;
}

/** 0x hex of a storage value, in the types of the embedded chain. */
export function encodeStorage(pallet: string, item: string, value: unknown): string {
  const registry = registryOfBytes();
  const found = registry.metadata.pallets
    .find((entry) => entry.name === pallet)
    ?.storage?.items.find((entry) => entry.name === item);
  if (found === undefined) throw new Error(`No storage ${pallet}.${item}`);
  const type = found.type.tag === 'plain' ? found.type.value : found.type.value.value;
  return formatHex(registry.encode(registry.entry(type), value, `${pallet}.${item}`));
}

/** 0x hex of a runtime API's answer. */
export function encodeAnswer(api: string, method: string, value: unknown): string {
  const registry = registryOfBytes();
  const found = registry.metadata.apis
    .find((entry) => entry.name === api)
    ?.methods.find((entry) => entry.name === method);
  if (found === undefined) throw new Error(`No API ${api}.${method}`);
  return formatHex(registry.encode(registry.entry(found.output), value, `${api}.${method}`));
}

/** 0x hex of the events of one block. */
export function encodeEvents(events: readonly ScriptedEvent[]): string {
  return encodeStorage(
    'System',
    'Events',
    events.map(({ extrinsic, pallet, name, fields }) => ({
      phase:
        extrinsic === undefined ? 'Initialization' : { type: 'ApplyExtrinsic', value: extrinsic },
      event: { type: pallet, value: { type: name, value: fields } },
      topics: [],
    })),
  );
}

const dispatchInfo = {
  weight: { ref_time: 1n, proof_size: 0n },
  class: 'Normal',
  pays_fee: 'Yes',
};

export const success = (extrinsic: number): ScriptedEvent => ({
  extrinsic,
  pallet: 'System',
  name: 'ExtrinsicSuccess',
  fields: { dispatch_info: dispatchInfo },
});

export const failed = (extrinsic: number, error: unknown): ScriptedEvent => ({
  extrinsic,
  pallet: 'System',
  name: 'ExtrinsicFailed',
  fields: { dispatch_error: error, dispatch_info: dispatchInfo },
});

/** A DispatchError of a pallet, by names. */
export function moduleError(palletName: string, name: string) {
  const { metadata } = registryOfBytes();
  const pallet = metadata.pallets.find((entry) => entry.name === palletName);
  const { def } = metadata.lookup[pallet?.errors?.type ?? -1] ?? {};
  const variant = def?.tag === 'variant' ? def.value.find((v) => v.name === name) : undefined;
  if (pallet === undefined || variant === undefined) throw new Error(`No ${palletName}.${name}`);
  const code = Uint8Array.of(variant.index, 0, 0, 0);
  return { type: 'Module', value: { index: pallet.index, code } };
}
