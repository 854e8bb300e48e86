/** Types that stand for others by parameter, such as `Vec<T>` and `Option<T>`. Pure. */
import type { Shape, ShapeField } from './shape.ts';

type Generic = (args: readonly string[]) => Shape;

const wrapper =
  (path: string, params: readonly string[], inner: (...args: string[]) => string): Generic =>
  (args) => ({
    kind: 'struct',
    path: path.split('::'),
    fields: [{ name: undefined, type: inner(...args), alias: undefined }],
    params: params.map((name, i) => ({ name, type: args[i] })),
  });

const vecOf = (item: string) => `Vec<${item}>`;
const field = (type: string, alias: string, name?: string): ShapeField => ({ name, type, alias });

const GENERICS: Readonly<Record<string, Generic>> = {
  Vec: ([of = '']) => ({ kind: 'sequence', of }),
  Compact: ([of = '']) => ({ kind: 'compact', of }),
  BoundedVec: wrapper('bounded_collections::bounded_vec::BoundedVec', ['T', 'S'], vecOf),
  WeakBoundedVec: wrapper(
    'bounded_collections::weak_bounded_vec::WeakBoundedVec',
    ['T', 'S'],
    vecOf,
  ),
  BTreeSet: wrapper('BTreeSet', ['T'], vecOf),
  BTreeMap: wrapper('BTreeMap', ['K', 'V'], (key, value) => `Vec<(${key}, ${value})>`),
  Cow: wrapper('Cow', ['T'], (inner) => inner),
  IdAmount: ([id = '', balance = '']) => ({
    kind: 'struct',
    path: 'frame_support::traits::tokens::misc::IdAmount'.split('::'),
    fields: [field(id, 'Id', 'id'), field(balance, 'Balance', 'amount')],
    params: [
      { name: 'Id', type: id },
      { name: 'Balance', type: balance },
    ],
  }),
  PerDispatchClass: ([of = '']) => ({
    kind: 'struct',
    path: 'frame_support::dispatch::PerDispatchClass'.split('::'),
    fields: ['normal', 'operational', 'mandatory'].map((name) => field(of, 'T', name)),
    params: [{ name: 'T', type: of }],
  }),
  Option: ([of = '']) => ({
    kind: 'enum',
    path: ['Option'],
    variants: [
      { name: 'None', index: 0, fields: [] },
      { name: 'Some', index: 1, fields: [{ name: undefined, type: of, alias: undefined }] },
    ],
    params: [{ name: 'T', type: of }],
  }),
  Result: ([ok = '', error = '']) => ({
    kind: 'enum',
    path: ['Result'],
    variants: [
      { name: 'Ok', index: 0, fields: [{ name: undefined, type: ok, alias: undefined }] },
      { name: 'Err', index: 1, fields: [{ name: undefined, type: error, alias: undefined }] },
    ],
    params: [
      { name: 'T', type: ok },
      { name: 'E', type: error },
    ],
  }),
};

/** The shape of `name<args>`, or undefined when there is no such generic type. */
export function genericType(name: string, args: readonly string[]): Shape | undefined {
  const bits = /^typenum::(U|B)(\d+)$/.exec(name);
  if (bits !== null) return typenum(bits[1] as string, Number.parseInt(bits[2] as string, 10));
  return GENERICS[name]?.(args);
}

/** The type-level numbers that fixed-point types carry as their count of fraction bits. */
function typenum(kind: string, value: number): Shape {
  const empty = (path: string): Shape => ({
    kind: 'struct',
    path: `substrate_typenum::${path}`.split('::'),
    fields: [],
    params: [],
  });
  if (kind === 'B') return empty(`bit::B${value}`);
  if (value === 0) return empty('uint::UTerm');
  const msb = `typenum::U${value >> 1}`;
  const lsb = `typenum::B${value & 1}`;
  return {
    kind: 'struct',
    path: ['substrate_typenum', 'uint', 'UInt'],
    fields: [field(msb, 'U', 'msb'), field(lsb, 'B', 'lsb')],
    params: [
      { name: 'U', type: msb },
      { name: 'B', type: lsb },
    ],
  };
}
