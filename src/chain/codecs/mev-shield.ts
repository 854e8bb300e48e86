/**
 * What MevShield's `submit_encrypted` carries: a complete signed extrinsic, sealed for the author
 * of a block to come. Layout and cryptography, both ways; pure, so randomness is given. Never asks
 * a node, never keeps a key.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { Twox128 } from '@polkadot-api/substrate-bindings';

/** Bytes of an ML-KEM-768 public key: what the storage item `MevShield.NextKey` holds. */
export const SHIELD_KEY_BYTES = 1_184;
/** Fresh randomness one sealing takes: for the shared secret, and for the nonce. */
export const SHIELD_SECRET_BYTES = 32;
export const SHIELD_NONCE_BYTES = 24;
/** Chain rule: `submit_encrypted` takes at most this many bytes. */
export const MAX_SHIELDED_BYTES = 8_192;

const KEY_HASH_BYTES = 16;
const LENGTH_BYTES = 2;
const KEM_CIPHERTEXT_BYTES = 1_088;
const TAG_BYTES = 16;
const HEAD_BYTES = KEY_HASH_BYTES + LENGTH_BYTES;

/** The longest signed extrinsic, length prefix included, that one submission can carry. */
export const MAX_SHIELDED_EXTRINSIC_BYTES =
  MAX_SHIELDED_BYTES - HEAD_BYTES - KEM_CIPHERTEXT_BYTES - SHIELD_NONCE_BYTES - TAG_BYTES;

export type ShieldedTransaction = {
  /** twox-128 of the public key it is sealed for. */
  readonly keyHash: Uint8Array;
  readonly kemCiphertext: Uint8Array;
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
};

export type ShieldInput = {
  /** The signed extrinsic as it would be submitted, with its length prefix. */
  readonly extrinsic: Uint8Array;
  /** `MevShield.NextKey` at the best block. */
  readonly publicKey: Uint8Array;
  /** SHIELD_SECRET_BYTES fresh random bytes. */
  readonly secret: Uint8Array;
  /** SHIELD_NONCE_BYTES fresh random bytes. */
  readonly nonce: Uint8Array;
};

/** How the chain names a key: twox-128 of its bytes. */
export function shieldKeyHash(publicKey: Uint8Array): Uint8Array {
  return Twox128(publicKey);
}

/**
 * The `ciphertext` argument of `submit_encrypted`. A key or an extrinsic of a length that cannot
 * be is a RangeError: callers look at SHIELD_KEY_BYTES and MAX_SHIELDED_EXTRINSIC_BYTES first.
 */
export function shieldExtrinsic({ extrinsic, publicKey, secret, nonce }: ShieldInput): Uint8Array {
  if (publicKey.length !== SHIELD_KEY_BYTES) {
    throw new RangeError(`A shield key has ${SHIELD_KEY_BYTES} bytes, not ${publicKey.length}`);
  }
  if (extrinsic.length > MAX_SHIELDED_EXTRINSIC_BYTES) {
    throw new RangeError(`At most ${MAX_SHIELDED_EXTRINSIC_BYTES} bytes can be shielded`);
  }
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey, secret);
  const sealed = xchacha20poly1305(sharedSecret, nonce).encrypt(extrinsic);
  return encodeShielded({
    keyHash: shieldKeyHash(publicKey),
    kemCiphertext: cipherText,
    nonce,
    sealed,
  });
}

/** Key hash, length of the KEM's ciphertext (u16 LE), that ciphertext, nonce, sealed bytes. */
export function encodeShielded(parts: ShieldedTransaction): Uint8Array {
  const { keyHash, kemCiphertext, nonce, sealed } = parts;
  const length = Uint8Array.of(kemCiphertext.length & 0xff, kemCiphertext.length >> 8);
  return Uint8Array.of(...keyHash, ...length, ...kemCiphertext, ...nonce, ...sealed);
}

/** Takes the `ciphertext` argument apart; undefined when it ends too early. */
export function parseShielded(bytes: Uint8Array): ShieldedTransaction | undefined {
  const [low, high] = bytes.subarray(KEY_HASH_BYTES, HEAD_BYTES);
  if (low === undefined || high === undefined) return undefined;
  const nonceAt = HEAD_BYTES + (low | (high << 8));
  const sealedAt = nonceAt + SHIELD_NONCE_BYTES;
  if (bytes.length < sealedAt) return undefined;
  return {
    keyHash: bytes.slice(0, KEY_HASH_BYTES),
    kemCiphertext: bytes.slice(HEAD_BYTES, nonceAt),
    nonce: bytes.slice(nonceAt, sealedAt),
    sealed: bytes.slice(sealedAt),
  };
}

/** The extrinsic inside, by the secret key; undefined when it was not sealed for that key. */
export function unshieldExtrinsic(
  { kemCiphertext, nonce, sealed }: ShieldedTransaction,
  secretKey: Uint8Array,
): Uint8Array | undefined {
  if (kemCiphertext.length !== KEM_CIPHERTEXT_BYTES) return undefined;
  const sharedSecret = ml_kem768.decapsulate(kemCiphertext, secretKey);
  try {
    return xchacha20poly1305(sharedSecret, nonce).decrypt(sealed);
  } catch {
    return undefined;
  }
}
