/**
 * From friendly values to the codec library's shapes, checking each against its type: the library
 * itself would wrap a number that is too large and cut bytes that are too long. Accepts ss58 text
 * for accounts, numbers or bigint for integers, 0x hex or bytes for bytes, a variant's name or
 * `{ type, value }` for enums, and `{ pallet, name, args }` for calls.
 */
import type { LookupEntry, Var } from '@polkadot-api/metadata-builders';
import { formatAddress, parseAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { formatHex, parseHex } from './hex.ts';

export type Wirer = (entry: LookupEntry, value: unknown, path: string) => unknown;

type EnumShape = Extract<Var, { type: 'enum' }>;
type ResultShape = Extract<Var, { type: 'result' }>;
type Fields = Readonly<Record<string, unknown>>;

/** CHAIN_ARGUMENT naming the value by its path; CHAIN_LACKS_CALL for a nested call unknown here. */
export function createWirer(callTypeId: number | undefined): Wirer {
  const wire: Wirer = (entry, value, path) =>
    entry.id === callTypeId && entry.type === 'enum'
      ? wireCall(entry, value, path)
      : wireShape(entry, value, path);

  const wireShape = (shape: Var, value: unknown, path: string): unknown => {
    switch (shape.type) {
      case 'void':
        return undefined;
      case 'primitive':
        return wirePrimitive(shape.value, value, path);
      case 'compact':
        return wireInteger(shape.size, value, path);
      case 'AccountId32':
        return wireAccount(value, path);
      case 'option':
        return value === undefined || value === null ? undefined : wire(shape.value, value, path);
      case 'sequence':
        if (isU8(shape.value)) return wireBytes(value, undefined, path);
        return wireList(value, path).map((item, i) => wire(shape.value, item, `${path}[${i}]`));
      case 'array':
        if (isU8(shape.value)) return formatHex(wireBytes(value, shape.len, path));
        return wireList(value, path, shape.len).map((v, i) =>
          wire(shape.value, v, `${path}[${i}]`),
        );
      case 'tuple':
        return wireList(value, path, shape.value.length).map((item, i) =>
          wire(shape.value[i] as LookupEntry, item, `${path}[${i}]`),
        );
      case 'struct':
        return wireFields(shape.value, value, path);
      case 'enum':
        return wireEnum(shape, value, path);
      case 'result':
        return wireResult(shape, value, path);
      default:
        return value;
    }
  };

  const wireFields = (
    fields: Readonly<Record<string, LookupEntry>>,
    value: unknown,
    path: string,
  ) => {
    const given = wireRecord(value, path);
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name)) throw unfit(path, `has no field "${name}" in this runtime`);
    }
    return Object.fromEntries(
      Object.entries(fields).map(([name, entry]) => {
        if (!Object.hasOwn(given, name)) throw unfit(path, `lacks the field "${name}"`);
        return [name, wire(entry, given[name], `${path}.${name}`)];
      }),
    );
  };

  const wireEnum = (shape: EnumShape, value: unknown, path: string): unknown => {
    if (typeof value === 'string' && !Object.hasOwn(shape.value, value) && takesAccount(shape)) {
      return { type: 'Id', value: wireAccount(value, path) };
    }
    const chosen = typeof value === 'string' ? { type: value } : wireRecord(value, path);
    const type = chosen.type;
    const variant = typeof type === 'string' ? shape.value[type] : undefined;
    if (variant === undefined)
      throw unfit(path, `has no variant "${String(type)}" in this runtime`);
    const inner = (chosen as Fields).value;
    const innerPath = `${path}.${type as string}`;
    if (variant.type === 'lookupEntry')
      return { type, value: wire(variant.value, inner, innerPath) };
    return { type, value: wireShape(variant, inner, innerPath) };
  };

  const wireResult = (shape: ResultShape, value: unknown, path: string): unknown => {
    const { success, value: inner } = wireRecord(value, path);
    if (typeof success !== 'boolean') throw unfit(path, 'must say whether it is a success');
    return { success, value: wire(success ? shape.value.ok : shape.value.ko, inner, path) };
  };

  const wireCall = (entry: EnumShape & { id: number }, value: unknown, path: string): unknown => {
    const call = wireRecord(value, path);
    const pallet = String(call.pallet);
    const name = String(call.name);
    const calls = entry.value[pallet];
    const variant =
      calls?.type === 'lookupEntry' && calls.value.type === 'enum'
        ? calls.value.value[name]
        : undefined;
    if (variant === undefined) throw lacksCall(pallet, name);
    const args = wireArguments({ pallet, name, args: (call.args ?? {}) as Fields }, variant);
    return { type: pallet, value: { type: name, value: args } };
  };

  const wireArguments = (call: NamedCall, variant: EnumShape['value'][string]): unknown => {
    const given = wireRecord(call.args, `${call.pallet}.${call.name}`);
    const fields = variant.type === 'struct' ? variant.value : {};
    assertSameArguments(call, Object.keys(given), Object.keys(fields));
    return variant.type === 'void' ? undefined : wireFields(fields, given, call.name);
  };

  return wire;
}

type NamedCall = { readonly pallet: string; readonly name: string; readonly args: Fields };

/** CHAIN_LACKS_CALL: this runtime has no call of that name. */
export function lacksCall(pallet: string, name: string): TaoError {
  return new TaoError('CHAIN_LACKS_CALL', {
    message: `Couldn't build ${pallet}.${name}: this chain's runtime has no such call.`,
    hint: 'Look for a newer version of taostake, or use another command for the same aim.',
    data: { pallet, call: name },
  });
}

function assertSameArguments(
  call: NamedCall,
  given: readonly string[],
  wanted: readonly string[],
): void {
  const unknown = given.filter((name) => !wanted.includes(name));
  const missing = wanted.filter((name) => !given.includes(name));
  if (unknown.length === 0 && missing.length === 0) return;
  const problems = [
    ...unknown.map((name) => `it has no argument "${name}"`),
    ...missing.map((name) => `it also needs "${name}"`),
  ];
  throw new TaoError('CHAIN_LACKS_CALL', {
    message: `Couldn't build ${call.pallet}.${call.name} for this chain's runtime: ${problems.join(', ')}.`,
    hint: 'Look for a newer version of taostake.',
    data: { pallet: call.pallet, call: call.name, unknown, missing },
  });
}

function wirePrimitive(kind: string, value: unknown, path: string): unknown {
  if (kind === 'bool') {
    if (typeof value === 'boolean') return value;
    throw unfit(path, 'must be true or false');
  }
  if (kind === 'str' || kind === 'char') {
    if (typeof value === 'string') return value;
    throw unfit(path, 'must be text');
  }
  return wireInteger(kind, value, path);
}

/** Chain integers above 32 bits are bigint in the library, the others plain numbers. */
function wireInteger(kind: string, value: unknown, path: string): number | bigint {
  const bits = Number.parseInt(kind.slice(1), 10);
  const signed = kind.startsWith('i');
  const exact = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!exact) throw unfit(path, `must be a whole number (${kind})`);
  const whole = BigInt(value as number | bigint);
  const low = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const high = signed ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
  if (whole < low || whole > high) throw unfit(path, `must be from ${low} to ${high} (${kind})`);
  return bits > 32 ? whole : Number.parseInt(whole.toString(), 10);
}

function wireAccount(value: unknown, path: string): string {
  const bytes = value instanceof Uint8Array ? value : parseHex(value);
  if (bytes === undefined && typeof value === 'string') {
    return formatAddress(parseAddress(value));
  }
  if (bytes?.length !== 32) throw unfit(path, 'must be an ss58 address or 32 bytes');
  return formatAddress(bytes);
}

function wireBytes(value: unknown, length: number | undefined, path: string): Uint8Array {
  const bytes = value instanceof Uint8Array ? value : parseHex(value);
  if (bytes === undefined) throw unfit(path, 'must be bytes or 0x hex');
  if (length !== undefined && bytes.length !== length) throw unfit(path, `must be ${length} bytes`);
  return bytes;
}

function wireList(value: unknown, path: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value)) throw unfit(path, 'must be a list');
  if (length !== undefined && value.length !== length) {
    throw unfit(path, `must have ${length} items`);
  }
  return value;
}

function wireRecord(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw unfit(path, 'must be an object');
}

function takesAccount(shape: EnumShape): boolean {
  const id = shape.value.Id;
  return id?.type === 'lookupEntry' && id.value.type === 'AccountId32';
}

function isU8(entry: LookupEntry): boolean {
  return entry.type === 'primitive' && entry.value === 'u8';
}

function unfit(path: string, why: string): TaoError {
  return new TaoError('CHAIN_ARGUMENT', {
    message: `Couldn't encode ${path}: it ${why}.`,
    data: { argument: path },
  });
}
