/**
 * The two spellings of a 64-byte sr25519 secret. Keyfiles hold the canonical scalar (sp-core); the
 * libraries hold it times eight (Ed25519 style). The nonce half is the same in both. Pure.
 */

const SECRET_BYTES = 64;
const SCALAR_BYTES = 32;
/** The order of the ristretto group: canonical scalars are below it. */
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Keyfile form to library form (scalar × 8); undefined for a length or scalar no key can have. */
export function toLibraryForm(privateKey: Uint8Array): Uint8Array | undefined {
  if (privateKey.length !== SECRET_BYTES) return undefined;
  const scalar = readScalar(privateKey);
  if (scalar === 0n || scalar >= GROUP_ORDER) return undefined;
  return withScalar(privateKey, scalar << 3n);
}

/** Library form to keyfile form (scalar ÷ 8). The three low bits are zero in every library key. */
export function toKeyfileForm(secretKey: Uint8Array): Uint8Array {
  if (secretKey.length !== SECRET_BYTES) throw new RangeError('An sr25519 secret has 64 bytes');
  return withScalar(secretKey, readScalar(secretKey) >> 3n);
}

function readScalar(secret: Uint8Array): bigint {
  let scalar = 0n;
  for (let index = SCALAR_BYTES - 1; index >= 0; index -= 1) {
    scalar = (scalar << 8n) | BigInt(secret[index] as number);
  }
  return scalar;
}

function withScalar(secret: Uint8Array, scalar: bigint): Uint8Array {
  const result = Uint8Array.from(secret);
  for (let index = 0; index < SCALAR_BYTES; index += 1) {
    result[index] = Number((scalar >> BigInt(8 * index)) & 0xffn);
  }
  return result;
}
