/** Whole extrinsics taken apart: who signed, with which extensions, and what the call is. */
import { Bytes, type Codec, extrinsicFormat, Tuple, u8 } from '@polkadot-api/substrate-bindings';
import type { DecodedExtrinsic, EraShape } from '../types.ts';
import { decodeCall } from './call-codec.ts';
import { decodeEra } from './era.ts';
import { lengthPrefix } from './length-prefix.ts';
import { asGiven, decodeWith, type TypeRegistry, undecodable } from './type-registry.ts';

type Extension = { readonly identifier: string; readonly type: number };

const WHAT = 'the extrinsic';

/** Takes an extrinsic with its length prefix apart. CHAIN_UNDECODABLE. */
export function decodeExtrinsic(registry: TypeRegistry, bytes: Uint8Array): DecodedExtrinsic {
  return asGiven(() => decodeWhole(registry, bytes));
}

function decodeWhole(registry: TypeRegistry, bytes: Uint8Array): DecodedExtrinsic {
  const prefix = lengthPrefix(bytes, WHAT);
  const body = bytes.subarray(prefix.bytesRead);
  if (body.length !== prefix.length) throw undecodable(WHAT, 'its length prefix is wrong');
  const format = decodeWith(extrinsicFormat as Codec<unknown>, body, WHAT).value as {
    version: number;
    type: 'bare' | 'signed' | 'general';
  };
  const rest = body.subarray(1);
  const version = format.version;
  if (format.type === 'signed') {
    return { kind: 'signed', version, ...decodeSigned(registry, rest) };
  }
  if (format.type === 'general') {
    return { kind: 'general', version, ...decodeGeneral(registry, rest) };
  }
  return {
    kind: 'bare',
    version,
    address: undefined,
    signature: undefined,
    ...describeExtensions([], []),
    call: decodeCall(registry, rest),
    callBytes: rest,
  };
}

function decodeSigned(registry: TypeRegistry, bytes: Uint8Array) {
  const { address, signature } = envelopeTypes(registry);
  const extensions = carrying(registry);
  const values = decodeAll(registry, [address, signature, ...extensions.map((e) => e.type)], bytes);
  const callBytes = values.rest;
  const [who, how, ...contents] = values.plain as [Tagged, Tagged, ...unknown[]];
  return {
    address: who.type === 'Id' ? (who.value as string) : undefined,
    signature: { scheme: how.type.toLowerCase(), hex: how.value as string },
    ...describeExtensions(extensions, contents),
    call: decodeCall(registry, callBytes),
    callBytes,
  };
}

function decodeGeneral(registry: TypeRegistry, bytes: Uint8Array) {
  const extensions = carrying(registry, u8.dec(bytes.slice(0, 1)));
  const { plain, rest } = decodeAll(
    registry,
    extensions.map((extension) => extension.type),
    bytes.subarray(1),
  );
  return {
    address: undefined,
    signature: undefined,
    ...describeExtensions(extensions, plain),
    call: decodeCall(registry, rest),
    callBytes: rest,
  };
}

type Tagged = { readonly type: string; readonly value?: unknown };

function decodeAll(registry: TypeRegistry, types: readonly number[], bytes: Uint8Array) {
  const codecs = types.map((type) => registry.codec(registry.entry(type)));
  const all = Tuple(...codecs, Bytes(Number.POSITIVE_INFINITY)) as Codec<unknown>;
  const values = decodeWith(all, bytes, WHAT).value as unknown[];
  return {
    plain: types.map((type, i) => registry.toPlain(registry.entry(type), values[i])),
    rest: values[types.length] as Uint8Array,
  };
}

/** The extensions of one version that put bytes into the extrinsic. */
function carrying(registry: TypeRegistry, version = 0): readonly Extension[] {
  const extensions = registry.metadata.extrinsic.extensionsByVersion[version];
  if (extensions === undefined) throw undecodable(WHAT, 'its extension version is unknown');
  return extensions.filter((extension) => registry.entry(extension.type).type !== 'void');
}

function envelopeTypes(registry: TypeRegistry): { address: number; signature: number } {
  const { extrinsic, lookup } = registry.metadata;
  if ('address' in extrinsic) return extrinsic;
  const params = lookup[extrinsic.type]?.params ?? [];
  const address = params.find((param) => param.name === 'Address')?.type;
  const signature = params.find((param) => param.name === 'Signature')?.type;
  if (address === undefined || signature === undefined) {
    throw undecodable(WHAT, 'the metadata does not say how it is signed');
  }
  return { address, signature };
}

function describeExtensions(extensions: readonly Extension[], contents: readonly unknown[]) {
  const byName = Object.fromEntries(
    extensions.map((extension, index) => [extension.identifier, contents[index]]),
  );
  const tip = byName.ChargeTransactionPayment ?? byName.ChargeAssetTxPayment;
  return {
    era: eraOf(byName.CheckMortality ?? byName.CheckEra),
    nonce: numberOf(byName.CheckNonce),
    tipRao: tipOf(tip),
    extensions: byName,
  };
}

/** The metadata's form of an era is a variant named for its first byte: `Mortal4` with the second. */
function eraOf(value: unknown): EraShape | undefined {
  if (value === undefined) return undefined;
  const { type, value: second } = value as Tagged;
  if (type === 'Immortal') return { kind: 'immortal' };
  const first = Number.parseInt(type.replace('Mortal', ''), 10);
  return decodeEra(Uint8Array.of(first, second as number)).era;
}

function numberOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'number' ? value : Number.parseInt(String(value), 10);
}

function tipOf(value: unknown): bigint | undefined {
  if (value === undefined) return undefined;
  const tip = typeof value === 'object' && value !== null && 'tip' in value ? value.tip : value;
  return BigInt(tip as number | bigint);
}
