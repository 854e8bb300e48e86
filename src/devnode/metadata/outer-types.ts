/** Types that exist only because pallets are put together: RuntimeCall, RuntimeEvent, extrinsics. */
import type { PalletDeclaration } from './declare.ts';
import { extensions } from './extensions.ts';
import type { RuntimeProfile } from './profiles/profile.ts';
import { fieldsOf, type Shape, type ShapeVariant } from './shape.ts';

const RUNTIME = 'node_subtensor_runtime';
export const EXTENSIONS_TYPE = 'SignedExtensions';
const INNER_EXTRINSIC = 'GenericUncheckedExtrinsic';

export type OuterKind = 'Call' | 'Event' | 'Error';

export const hasOuter = (pallet: PalletDeclaration, kind: OuterKind): boolean =>
  (kind === 'Error' ? pallet.errors.length : Object.keys(outerList(pallet, kind)).length) > 0;

const outerList = (pallet: PalletDeclaration, kind: OuterKind): object =>
  kind === 'Call' ? pallet.calls : kind === 'Event' ? pallet.events : pallet.errors;

/** RuntimeCall, RuntimeEvent, RuntimeError, each pallet's own Call, Event and Error, extrinsics. */
export function outerType(text: string, { pallets }: RuntimeProfile): Shape | undefined {
  switch (text) {
    case 'RuntimeHoldReason':
    case 'RuntimeFreezeReason':
      return { kind: 'enum', path: [RUNTIME, text], variants: [], params: [] };
    case 'Runtime':
      return { kind: 'struct', path: [RUNTIME, text], fields: [], params: [] };
    case 'Era':
      return eraShape();
    case EXTENSIONS_TYPE:
      return extensionsShape();
    case 'UncheckedExtrinsic':
    case INNER_EXTRINSIC:
      return uncheckedExtrinsic(text);
    case 'RuntimeCall':
    case 'RuntimeEvent':
    case 'RuntimeError':
      return runtimeEnum(text, pallets);
    default:
      return palletEnum(text, pallets);
  }
}

function runtimeEnum(text: string, pallets: readonly PalletDeclaration[]): Shape {
  const kind = text.slice('Runtime'.length) as OuterKind;
  const list = pallets.filter((pallet) => hasOuter(pallet, kind));
  const variants = list.map((pallet) => ({
    name: pallet.name,
    index: pallet.index,
    fields: [{ name: undefined, type: `${pallet.module}::${kind}`, alias: undefined }],
  }));
  return { kind: 'enum', path: [RUNTIME, text], variants, params: [] };
}

function palletEnum(text: string, pallets: readonly PalletDeclaration[]): Shape | undefined {
  const at = text.lastIndexOf('::');
  const pallet = pallets.find((one) => one.module === text.slice(0, at));
  if (pallet === undefined) return undefined;
  const kind = text.slice(at + 2) as OuterKind;
  const params = (pallet.params?.[kind] ?? ['T']).map((name) => ({ name, type: undefined }));
  return { kind: 'enum', path: text.split('::'), variants: palletVariants(pallet, kind), params };
}

/** The runtime nests them in three tuples; on the wire they follow each other. */
function extensionsShape(): Shape {
  const types = extensions.map(({ extra }) =>
    extra === 'ChargeTransactionPayment' ? 'ChargeTransactionPaymentWrapper' : extra,
  );
  const payment = types.indexOf('ChargeTransactionPaymentWrapper');
  const tuple = (of: readonly string[]): string => `(${of.join(', ')})`;
  const last = types.length - 1;
  const of = [tuple(types.slice(0, payment)), tuple(types.slice(payment, last)), types[last] ?? ''];
  return { kind: 'tuple', of };
}

function palletVariants(pallet: PalletDeclaration, kind: OuterKind): ShapeVariant[] {
  if (kind === 'Call') {
    return Object.entries(pallet.calls).map(([name, call]) => ({
      name,
      index: call.index,
      fields: fieldsOf(call.args),
    }));
  }
  if (kind === 'Event') {
    return Object.entries(pallet.events).map(([name, fields], index) => ({
      name,
      index,
      fields: fieldsOf(fields),
    }));
  }
  return pallet.errors.map((name, index) => ({ name, index, fields: [] }));
}

function eraShape(): Shape {
  const mortal = Array.from({ length: 255 }, (_, i) => ({
    name: `Mortal${i + 1}`,
    index: i + 1,
    fields: [{ name: undefined, type: 'u8', alias: undefined }],
  }));
  const variants = [{ name: 'Immortal', index: 0, fields: [] }, ...mortal];
  return { kind: 'enum', path: 'sp_runtime::generic::era::Era'.split('::'), variants, params: [] };
}

/** Opaque bytes on the wire; the parameters tell clients what is inside. The runtime wraps it once. */
function uncheckedExtrinsic(text: string): Shape {
  const isWrapper = text === 'UncheckedExtrinsic';
  const path = isWrapper
    ? 'fp_self_contained::unchecked_extrinsic::UncheckedExtrinsic'
    : 'sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic';
  const type = isWrapper ? INNER_EXTRINSIC : 'Vec<u8>';
  return {
    kind: 'struct',
    path: path.split('::'),
    fields: [{ name: undefined, type, alias: undefined }],
    params: [
      { name: 'Address', type: 'MultiAddress<AccountId32, ()>' },
      { name: 'Call', type: 'RuntimeCall' },
      { name: 'Signature', type: 'MultiSignature' },
      { name: isWrapper ? 'Extension' : 'Extra', type: EXTENSIONS_TYPE },
    ],
  };
}
