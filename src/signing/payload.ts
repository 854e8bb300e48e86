/**
 * The bytes of an extrinsic (format version 4): what is signed, and what is sent. Pure; it never
 * looks inside the call or the extensions, which the chain client encodes.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes, encodeCompactLength, formatHex } from './bytes.ts';
import type { Scheme } from './types.ts';

/** Chain rule: a longer payload is signed as its blake2-256 hash. */
export const MAX_UNHASHED_BYTES = 256;
const SIGNED_V4 = 0x84;
const ADDRESS_IS_ACCOUNT_ID = 0x00;
const SIGNATURE_TYPE = { ed25519: 0x00, sr25519: 0x01 } as const;
const ACCOUNT_BYTES = 32;
const SIGNATURE_BYTES = 64;

/**
 * The call and the signed extensions: `extra` goes into the extrinsic, `additional` is only
 * signed.
 */
export type SigningParts = {
  readonly call: Uint8Array;
  readonly extra: Uint8Array;
  readonly additional: Uint8Array;
};

export type SignedParts = {
  readonly publicKey: Uint8Array;
  readonly scheme: Scheme;
  readonly signature: Uint8Array;
  readonly extra: Uint8Array;
  readonly call: Uint8Array;
};

/** The bytes a signer signs: call, extra, additional; hashed when longer than 256 bytes. */
export function signingBytes(parts: SigningParts): Uint8Array {
  const payload = concatBytes(parts.call, parts.extra, parts.additional);
  return payload.length > MAX_UNHASHED_BYTES ? blake2b(payload, { dkLen: 32 }) : payload;
}

/** The whole signed extrinsic with its length prefix, ready to submit. */
export function assembleSigned(parts: SignedParts): Uint8Array {
  assertLength('public key', parts.publicKey, ACCOUNT_BYTES);
  assertLength('signature', parts.signature, SIGNATURE_BYTES);
  const body = concatBytes(
    Uint8Array.of(SIGNED_V4, ADDRESS_IS_ACCOUNT_ID),
    parts.publicKey,
    Uint8Array.of(SIGNATURE_TYPE[parts.scheme]),
    parts.signature,
    parts.extra,
    parts.call,
  );
  return concatBytes(encodeCompactLength(body.length), body);
}

/**
 * The same extrinsic with a signature of 64 one-bytes: right in length for fee queries, refused by
 * every chain when submitted.
 */
export function assembleUnsignedDummy(parts: Omit<SignedParts, 'signature'>): Uint8Array {
  return assembleSigned({ ...parts, signature: new Uint8Array(SIGNATURE_BYTES).fill(1) });
}

/** The transaction hash of an extrinsic with its length prefix: blake2-256, 0x hex. */
export function extrinsicHash(extrinsic: Uint8Array): string {
  return formatHex(blake2b(extrinsic, { dkLen: 32 }));
}

function assertLength(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length === length) return;
  throw new RangeError(`The ${what} has ${bytes.length} bytes instead of ${length}`);
}
