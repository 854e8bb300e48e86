/** ShieldApi: what a block's author asks about encrypted submissions. */
import {
  parseShielded,
  type ShieldedTransaction,
  shieldKeyHash,
  unshieldExtrinsic,
} from '../../chain/codecs/mev-shield.ts';
import { compactBytes, joinBytes } from '../blocks/header.ts';
import { decodeSigned, hasLengthPrefix } from '../runtime/extrinsic.ts';
import { ciphertextOf, PENDING_KEY_AHEAD, shieldKeys } from '../runtime/shield-keys.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { profileOf } from '../state/view.ts';
import type { ApiMethods } from './call-api.ts';

type ShieldedValue = {
  readonly key_hash: string;
  readonly kem_ct: string;
  readonly aead_ct: string;
  readonly nonce: string;
};

const ML_KEM_768_SECRET_BYTES = 2_400;

export const shieldApis: ApiMethods = {
  try_decode_shielded_tx: ({ state }, uxt: string) => {
    const body = fromHex(uxt);
    const prefixed = joinBytes(compactBytes(body.length), body);
    const extrinsic = decodeSigned(prefixed, profileOf(state));
    const ciphertext = extrinsic === undefined ? undefined : ciphertextOf(extrinsic.call);
    const parsed = ciphertext === undefined ? undefined : parseShielded(ciphertext);
    return parsed === undefined ? undefined : shieldedValue(parsed);
  },
  // An author asks before its own block: its key is the pending one.
  is_shielded_using_current_key: ({ block, hashAt }, keyHash: string) => {
    const genesisHash = hashAt(0) ?? block.hash;
    const { publicKey } = shieldKeys(genesisHash, block.number + PENDING_KEY_AHEAD);
    return toHex(shieldKeyHash(publicKey)) === keyHash;
  },
  try_unshield_tx: (_view, secretKey: string, shielded: ShieldedValue) => {
    const secret = fromHex(secretKey);
    if (secret.length !== ML_KEM_768_SECRET_BYTES) return undefined;
    const bytes = unshieldExtrinsic(shieldedOf(shielded), secret);
    // The codec puts the length prefix back.
    if (bytes === undefined || !hasLengthPrefix(bytes)) return undefined;
    return toHex(bytes.subarray(1 << ((bytes[0] ?? 0) & 3)));
  },
};

function shieldedValue({ keyHash, kemCiphertext, nonce, sealed }: ShieldedTransaction) {
  const value: ShieldedValue = {
    key_hash: toHex(keyHash),
    kem_ct: toHex(kemCiphertext),
    aead_ct: toHex(sealed),
    nonce: toHex(nonce),
  };
  return value;
}

function shieldedOf(value: ShieldedValue): ShieldedTransaction {
  return {
    keyHash: fromHex(value.key_hash),
    kemCiphertext: fromHex(value.kem_ct),
    nonce: fromHex(value.nonce),
    sealed: fromHex(value.aead_ct),
  };
}
