/** The same runtime described in the older metadata versions, for tests of their fallbacks. */
import {
  decAnyMetadata,
  metadata as metadataCodec,
  type V16,
} from '@polkadot-api/substrate-bindings';

type AnyMetadata = Parameters<typeof metadataCodec.enc>[0];

/** Types that exist in API answers only: a real version 14 does not list them. */
const API_ONLY_TYPES = ['StakeInfo', 'StakeAvailability', 'DelegateInfo', 'DynamicInfo'].concat([
  'SimSwapResult',
  'SubnetPrice',
  'RuntimeDispatchInfo',
]);

/** Version 14 of a version 16 metadata: no APIs, and their types are not to be found by name. */
export function asVersion14(bytes: Uint8Array): Uint8Array {
  const source = readV16(bytes);
  const lookup = source.lookup.map((type) =>
    API_ONLY_TYPES.includes(type.path.at(-1) ?? '') ? { ...type, path: ['hidden'] } : type,
  );
  const extrinsicType = source.lookup.find((type) => type.path.at(-1) === 'UncheckedExtrinsic');
  return encode('v14', {
    lookup,
    pallets: olderPallets(source),
    extrinsic: {
      type: extrinsicType?.id ?? 0,
      version: 4,
      signedExtensions: source.extrinsic.signedExtensions,
    },
    type: 0,
    apis: [],
  });
}

/** Version 15 of a version 16 metadata. */
export function asVersion15(bytes: Uint8Array): Uint8Array {
  const source = readV16(bytes);
  return encode('v15', {
    lookup: source.lookup,
    pallets: olderPallets(source),
    extrinsic: {
      version: 4,
      address: source.extrinsic.address,
      call: source.extrinsic.call,
      signature: source.extrinsic.signature,
      extra: 0,
      signedExtensions: source.extrinsic.signedExtensions,
    },
    type: 0,
    apis: source.apis,
    outerEnums: source.outerEnums,
    custom: [],
  });
}

/** The metadata with changes, for runtimes that do not exist yet. */
export function changed(bytes: Uint8Array, change: (metadata: V16) => void): Uint8Array {
  const source = structuredClone(readV16(bytes));
  change(source);
  return encode('v16', source);
}

function readV16(bytes: Uint8Array): V16 {
  return decAnyMetadata(Uint8Array.from(bytes)).metadata.value as V16;
}

function olderPallets(source: V16) {
  return source.pallets.map((pallet) => ({
    ...pallet,
    calls: pallet.calls?.type,
    events: pallet.events?.type,
    errors: pallet.errors?.type,
  }));
}

function encode(tag: 'v14' | 'v15' | 'v16', value: unknown): Uint8Array {
  const whole = { magicNumber: 0x6174_656d, metadata: { tag, value } };
  return metadataCodec.enc(whole as AnyMetadata);
}
