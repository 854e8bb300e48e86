/** Extrinsics of format version 4: bytes to parts, and mortality. Pure; signatures elsewhere. */
import { compactBytes, joinBytes } from '../blocks/header.ts';
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import { baseProfile } from '../metadata/runtime.ts';
import { decodeExactly, encode, type Variant } from '../scale/codec.ts';

const SIGNED_V4 = 0x84;
const BARE_V4 = 0x04;
const SIGNED_TYPE =
  '(MultiAddress<AccountId32, ()>, MultiSignature, Era, Compact<u32>, Compact<u64>, Mode, RuntimeCall)';
const EXTRA_TYPE = '(Era, Compact<u32>, Compact<u64>, Mode)';
/** Chain rule: no extrinsic is longer (System.BlockLength). */
export const MAX_EXTRINSIC_BYTES = 5 * 1024 * 1024;

/** A call as the codecs give it: pallet, then name and arguments. */
export type RuntimeCall = { readonly type: string; readonly value: Variant };

export type SignedExtrinsic = {
  readonly bytes: Uint8Array;
  readonly address: Variant;
  readonly signature: { readonly type: string; readonly value: string };
  readonly era: Era;
  readonly nonce: number;
  readonly tipRao: bigint;
  /** Whether a hash of the metadata is signed too. */
  readonly metadataHash: boolean;
  readonly call: RuntimeCall;
  readonly callBytes: Uint8Array;
  readonly extra: Uint8Array;
};

export type Era =
  | { readonly kind: 'immortal' }
  | { readonly kind: 'mortal'; readonly period: number; readonly phase: number };

/** Reads a signed extrinsic with its length prefix; undefined when it is not one. */
export function decodeSigned(
  bytes: Uint8Array,
  profile: RuntimeProfile = baseProfile,
): SignedExtrinsic | undefined {
  const body = bodyOf(bytes);
  if (body === undefined || body[0] !== SIGNED_V4) return undefined;
  let parts: readonly unknown[];
  try {
    parts = decodeExactly(SIGNED_TYPE, body.subarray(1), profile) as readonly unknown[];
  } catch {
    return undefined;
  }
  const [address, signature, rawEra, nonce, tip, mode, call] = parts;
  const era = decodeEra(rawEra as Variant);
  if (era === undefined) return undefined;
  return {
    bytes,
    address: address as Variant,
    signature: signature as SignedExtrinsic['signature'],
    era,
    nonce: nonce as number,
    tipRao: tip as bigint,
    metadataHash: (mode as Variant).type === 'Enabled',
    call: call as RuntimeCall,
    callBytes: encode('RuntimeCall', call, profile),
    extra: encode(EXTRA_TYPE, [rawEra, nonce, tip, mode]),
  };
}

/** An unsigned extrinsic around a call: what block authors put into their blocks themselves. */
export function encodeBare(call: RuntimeCall): Uint8Array {
  const body = joinBytes(Uint8Array.of(BARE_V4), encode('RuntimeCall', call));
  return joinBytes(compactBytes(body.length), body);
}

/** First block of the era that a block of number `current` is in. */
export function eraBirth(era: Era, current: number): number {
  if (era.kind === 'immortal') return 0;
  const { period, phase } = era;
  return Math.floor((Math.max(current, phase) - phase) / period) * period + phase;
}

/** Whether the bytes begin with the length of the rest. */
export function hasLengthPrefix(bytes: Uint8Array): boolean {
  return bodyOf(bytes) !== undefined;
}

function bodyOf(bytes: Uint8Array): Uint8Array | undefined {
  const mode = (bytes[0] ?? 3) & 3;
  if (mode === 3 || bytes.length > MAX_EXTRINSIC_BYTES) return undefined;
  const prefix = 1 << mode;
  let length = 0;
  for (let i = prefix - 1; i >= 0; i -= 1) length = length * 256 + (bytes[i] ?? 0);
  const body = bytes.subarray(prefix);
  return Math.floor(length / 4) === body.length ? body : undefined;
}

/** A mortal era is two bytes: log2 of the period, and the phase in steps. */
function decodeEra(raw: Variant): Era | undefined {
  if (raw.type === 'Immortal') return { kind: 'immortal' };
  const first = Number.parseInt(raw.type.slice('Mortal'.length), 10);
  const encoded = first + (raw.value as number) * 256;
  const period = 2 << (encoded % 16);
  const phase = Math.floor(encoded / 16) * Math.max(period >> 12, 1);
  return period >= 4 && phase < period ? { kind: 'mortal', period, phase } : undefined;
}
