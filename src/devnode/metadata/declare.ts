/**
 * The vocabulary in which the dev chain's runtime is written down: types as text, everything else
 * as plain records. Names, indices and shapes are those of spec 424. No behaviour.
 */

/** Named fields with their types, or a list of types. `u64 as TaoBalance` adds the runtime's alias. */
export type Fields = Readonly<Record<string, string>> | readonly string[];

export type StructDeclaration = {
  readonly kind: 'struct';
  readonly path: string;
  readonly fields: Fields;
  /** `Name=Type`, or `Name` alone for a parameter without a type. */
  readonly params: readonly string[];
};

/** By variant name: index and fields. */
export type Variants = Readonly<Record<string, readonly [index: number, fields: Fields]>>;

export type EnumDeclaration = {
  readonly kind: 'enum';
  readonly path: string;
  readonly variants: Variants;
  readonly params: readonly string[];
};

export type TypeDeclaration = StructDeclaration | EnumDeclaration;
export type TypeDeclarations = Readonly<Record<string, TypeDeclaration>>;

export type Hasher = 'Blake2128Concat' | 'Twox64Concat' | 'Identity';
export type KeyPart = { readonly hasher: Hasher; readonly type: string };

/** `fallback` is what a missing key reads as; without one the item is optional. */
export type StorageDeclaration = {
  readonly keys: readonly KeyPart[];
  readonly value: string;
  readonly fallback: string | undefined;
};

export type CallDeclaration = {
  readonly index: number;
  readonly args: Readonly<Record<string, string>>;
};
export type CallDeclarations = Readonly<Record<string, CallDeclaration>>;
/** In the order of their indices. */
export type EventDeclarations = Readonly<Record<string, Fields>>;
export type StorageDeclarations = Readonly<Record<string, StorageDeclaration>>;
/** Type and SCALE bytes. */
export type ConstantDeclarations = Readonly<Record<string, readonly [type: string, hex: string]>>;

export type PalletDeclaration = {
  readonly name: string;
  readonly index: number;
  /** Module that holds the pallet's Call, Event and Error types. */
  readonly module: string;
  readonly calls: CallDeclarations;
  readonly events: EventDeclarations;
  readonly errors: readonly string[];
  readonly storage: StorageDeclarations;
  readonly constants: ConstantDeclarations;
  /** Names of the type parameters of Call, Event and Error where they are not just `T`. */
  readonly params?: Readonly<Partial<Record<'Call' | 'Event' | 'Error', readonly string[]>>>;
};

export type ApiMethods = Readonly<
  Record<string, readonly [params: Readonly<Record<string, string>>, returns: string]>
>;
export type ApiDeclaration = { readonly version: number; readonly methods: ApiMethods };
export type ApiDeclarations = Readonly<Record<string, ApiDeclaration>>;

export type ExtensionDeclaration = {
  readonly identifier: string;
  readonly extra: string;
  readonly implicit: string;
};

export function struct(
  path: string,
  fields: Fields,
  params: readonly string[] = [],
): StructDeclaration {
  return { kind: 'struct', path, fields, params };
}

export function variants(
  path: string,
  list: Variants,
  params: readonly string[] = [],
): EnumDeclaration {
  return { kind: 'enum', path, variants: list, params };
}

/** An enum without fields whose indices are the positions. */
export function enumeration(path: string, names: readonly string[]): EnumDeclaration {
  return variants(path, Object.fromEntries(names.map((name, index) => [name, [index, []]])));
}

export function call(index: number, args: Readonly<Record<string, string>> = {}): CallDeclaration {
  return { index, args };
}

export function plain(value: string, fallback?: string): StorageDeclaration {
  return { keys: [], value, fallback };
}

export function map(
  keys: readonly KeyPart[],
  value: string,
  fallback?: string,
): StorageDeclaration {
  return { keys, value, fallback };
}

export const blake2 = (type: string): KeyPart => ({ hasher: 'Blake2128Concat', type });
export const twox = (type: string): KeyPart => ({ hasher: 'Twox64Concat', type });
export const identity = (type: string): KeyPart => ({ hasher: 'Identity', type });
