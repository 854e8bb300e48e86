/**
 * Verifies one signature. Loads the crypto library; malformed keys and signatures are not valid.
 */
import { ed25519Verify, sr25519Verify } from '@polkadot/util-crypto';
import type { Scheme } from '../types.ts';

/** Whether `signature` (64 bytes) is `publicKey`'s over exactly `bytes`. Never throws. */
export function verifySignature(input: {
  readonly scheme: Scheme;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly bytes: Uint8Array;
}): boolean {
  const { scheme, publicKey, signature, bytes } = input;
  try {
    if (scheme === 'ed25519') return ed25519Verify(bytes, signature, publicKey, true);
    return sr25519Verify(bytes, signature, publicKey);
  } catch {
    return false;
  }
}
