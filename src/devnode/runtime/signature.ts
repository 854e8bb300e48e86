/** Signature checks, with the cryptography loaded at the first one. */
import { blake2 } from '../blocks/header.ts';
import { fromHex } from '../scale/hex.ts';
import type { SignedExtrinsic } from './extrinsic.ts';

/** Chain rule: a longer payload is signed as its hash. */
const MAX_UNHASHED_BYTES = 256;

/** Whether `account` signed `payload`; an unknown kind of signature never fits. */
export async function isSignedBy(
  account: string,
  signature: SignedExtrinsic['signature'],
  payload: Uint8Array,
): Promise<boolean> {
  const message = payload.length > MAX_UNHASHED_BYTES ? blake2(payload) : payload;
  const key = fromHex(account);
  const bytes = fromHex(signature.value);
  if (signature.type === 'Ed25519') return verifyEd25519(key, bytes, message);
  if (signature.type === 'Sr25519') return verifySr25519(key, bytes, message);
  return false;
}

type Verify = (message: Uint8Array, signature: Uint8Array, key: Uint8Array) => boolean;

/** So many signatures are checked by the library that loads fast; then the one that runs fast comes. */
const FEW_SIGNATURES = 12;
let checkedSr25519 = 0;
let fast: Promise<Verify> | undefined;

async function verifySr25519(
  key: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  checkedSr25519 += 1;
  const verify = checkedSr25519 > FEW_SIGNATURES ? await fastSr25519() : await lightSr25519();
  try {
    return verify(message, signature, key);
  } catch {
    return false;
  }
}

async function lightSr25519(): Promise<Verify> {
  const { verify } = await import('@scure/sr25519');
  return verify;
}

/** Compiled code: ten times as fast, and slower to load than a few signatures take to check. */
export function fastSr25519(): Promise<Verify> {
  fast ??= (async () => {
    const { sr25519Verify, waitReady } = await import('@polkadot/wasm-crypto');
    await waitReady();
    return (message, signature, key) => sr25519Verify(signature, message, key);
  })();
  return fast;
}

async function verifyEd25519(
  key: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  const { createPublicKey, verify } = await import('node:crypto');
  const x = Buffer.from(key).toString('base64url');
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, publicKey, signature);
  } catch {
    return false;
  }
}
