/** Types that exist only because pallets are put together: RuntimeCall, RuntimeEvent, extrinsics. */
import type { PalletDeclaration } from './declare.ts';
import { extensions } from './extensions.ts';
import { pallets } from './runtime.ts';
import { fieldsOf, type Shape, type ShapeVariant } from './shape.ts';

const RUNTIME = 'node_subtensor_runtime';
export const EXTENSIONS_TYPE = 'SignedExtensions';
const INNER_EXTRINSIC = 'GenericUncheckedExtrinsic';

export type OuterKind = 'Call' | 'Event' | 'Error';

export const hasOuter = (pallet: PalletDeclaration, kind: OuterKind): boolean =>
  (kind === 'Error' ? pallet.errors.length : Object.keys(outerList(pallet, kind)).length) > 0;

const outerList = (pallet: PalletDeclaration, kind: OuterKind): object =>
  kind === 'Call' ? pallet.calls : kind === 'Event' ? pallet.events : pallet.errors;

/** RuntimeCall, RuntimeEvent, RuntimeError, and each pallet's own Call, Event and Error. */
export function outerType(text: string): Shape | undefined {
  const empty = { kind: 'enum', variants: [], params: [] } as const;
  if (text === 'RuntimeHoldReason' || text === 'RuntimeFreezeReason') {
    return { ...empty, path: [RUNTIME, text] };
  }
  if (text === 'Runtime') return { kind: 'struct', path: [RUNTIME, text], fields: [], params: [] };
  if (text === 'Era')
    return { ...empty, path: 'sp_runtime::generic::era::Era'.split('::'), variants: eraVariants() };
  if (text === EXTENSIONS_TYPE) return { kind: 'tuple', of: extensions.map((one) => one.extra) };
  if (text === 'UncheckedExtrinsic' || text === INNER_EXTRINSIC) return uncheckedExtrinsic(text);
  const outer = /^Runtime(Call|Event|Error)$/.exec(text)?.[1] as OuterKind | undefined;
  if (outer !== undefined) {
    const list = pallets.filter((pallet) => hasOuter(pallet, outer));
    const variants = list.map((pallet) => ({
      name: pallet.name,
      index: pallet.index,
      fields: [{ name: undefined, type: `${pallet.module}::${outer}`, alias: undefined }],
    }));
    return { kind: 'enum', path: [RUNTIME, text], variants, params: [] };
  }
  const at = text.lastIndexOf('::');
  const pallet = pallets.find((one) => one.module === text.slice(0, at));
  if (pallet === undefined) return undefined;
  return {
    kind: 'enum',
    path: text.split('::'),
    variants: palletVariants(pallet, text.slice(at + 2) as OuterKind),
    params: [{ name: 'T', type: undefined }],
  };
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

function eraVariants(): ShapeVariant[] {
  const mortal = Array.from({ length: 255 }, (_, i) => ({
    name: `Mortal${i + 1}`,
    index: i + 1,
    fields: [{ name: undefined, type: 'u8', alias: undefined }],
  }));
  return [{ name: 'Immortal', index: 0, fields: [] }, ...mortal];
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
