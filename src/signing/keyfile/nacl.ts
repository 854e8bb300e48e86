/**
 * The official wallet's encryption: `$NACL`, a 24-byte nonce, then XSalsa20-Poly1305 under a key
 * that argon2i makes from the password. Slow by design: about 4 s and 512 MiB for each password.
 */
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { TaoError } from '../../errors/tao-error.ts';
import { concatBytes, encodeUtf8 } from '../bytes.ts';
import { damaged, wrongPasswordOrDamaged } from './decrypt-errors.ts';
import { NACL_HEADER } from './encryption.ts';

export const NACL_KEY_BYTES = 32;
export const NACL_NONCE_BYTES = 24;
const TAG_BYTES = 16;

/** libsodium's argon2i "sensitive" limits, which the official wallet uses for every file. */
const TIME_COST = 8;
const MEMORY_KIB = 524_288;
const LANES = 1;
const ARGON2I = 1;
const VERSION_13 = 1;
/** The same for every file of every wallet: one password gives one key. */
const SALT = Uint8Array.of(
  ...[0x13, 0x71, 0x83, 0xdf, 0xf1, 0x5a, 0x09, 0xbc],
  ...[0x9c, 0x90, 0xb5, 0x51, 0x87, 0x39, 0xe9, 0xb1],
);

/**
 * The file key of a password, made on a thread of its own. The caller wipes it.
 * KEY_DERIVATION_FAILED, mostly for want of memory.
 */
export async function deriveNaclKey(password: string): Promise<Uint8Array> {
  const { hashRaw } = await import('@node-rs/argon2');
  try {
    const key = await hashRaw(encodeUtf8(password), {
      algorithm: ARGON2I,
      version: VERSION_13,
      salt: SALT,
      timeCost: TIME_COST,
      memoryCost: MEMORY_KIB,
      parallelism: LANES,
      outputLen: NACL_KEY_BYTES,
    });
    return Uint8Array.from(key);
  } catch (cause) {
    throw new TaoError('KEY_DERIVATION_FAILED', {
      message: `Failed to make the file key from the password: it needs ${MEMORY_KIB / 1024} MiB of memory.`,
      hint: 'Free some memory, or raise the memory limit of the container, and run it again.',
      cause,
    });
  }
}

/** The plaintext of a `$NACL` file. KEYFILE_DAMAGED when cut short, else KEY_PASSWORD_WRONG. */
export function openNacl(content: Uint8Array, key: Uint8Array): Uint8Array {
  assertNaclShape(content);
  const nonceEnd = NACL_HEADER.length + NACL_NONCE_BYTES;
  const cipher = xsalsa20poly1305(key, content.subarray(NACL_HEADER.length, nonceEnd));
  try {
    return cipher.decrypt(content.subarray(nonceEnd));
  } catch {
    throw wrongPasswordOrDamaged();
  }
}

/** A `$NACL` file around `plaintext`. The nonce must be fresh random bytes. */
export function sealNacl(plaintext: Uint8Array, key: Uint8Array, nonce: Uint8Array): Uint8Array {
  return concatBytes(NACL_HEADER, nonce, xsalsa20poly1305(key, nonce).encrypt(plaintext));
}

/** Checks what no password is needed for, before seconds are spent on one. KEYFILE_DAMAGED. */
export function assertNaclShape(content: Uint8Array): void {
  const least = NACL_HEADER.length + NACL_NONCE_BYTES + TAG_BYTES;
  if (content.length >= least) return;
  throw damaged(`it has ${content.length} bytes, and the shortest encrypted file has ${least}`);
}
