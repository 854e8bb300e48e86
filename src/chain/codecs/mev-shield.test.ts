import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  encodeShielded,
  MAX_SHIELDED_BYTES,
  MAX_SHIELDED_EXTRINSIC_BYTES,
  parseShielded,
  SHIELD_KEY_BYTES,
  SHIELD_NONCE_BYTES,
  shieldExtrinsic,
  shieldKeyHash,
  unshieldExtrinsic,
} from './mev-shield.ts';

const { publicKey, secretKey } = ml_kem768.keygen(new Uint8Array(64).fill(7));
const secret = new Uint8Array(32).fill(1);
const nonce = Uint8Array.from({ length: SHIELD_NONCE_BYTES }, (_, i) => i);
const extrinsic = Uint8Array.of(40, 0x84, 1, 2, 3);

test('what is sealed for a key opens with its secret, and only with that', () => {
  const bytes = shieldExtrinsic({ extrinsic, publicKey, secret, nonce });
  const parsed = parseShielded(bytes);
  if (parsed === undefined) throw new Error('unparsable');
  expect(unshieldExtrinsic(parsed, secretKey)).toEqual(extrinsic);
  const other = ml_kem768.keygen(new Uint8Array(64).fill(8));
  expect(unshieldExtrinsic(parsed, other.secretKey)).toBeUndefined();
  const sealed = Uint8Array.from(parsed.sealed);
  sealed[0] = (sealed[0] as number) ^ 1;
  expect(unshieldExtrinsic({ ...parsed, sealed }, secretKey)).toBeUndefined();
  const short = parsed.kemCiphertext.subarray(1);
  expect(unshieldExtrinsic({ ...parsed, kemCiphertext: short }, secretKey)).toBeUndefined();
});

test('the bytes are key hash, length, KEM ciphertext, nonce and sealed bytes, in this order', () => {
  const bytes = shieldExtrinsic({ extrinsic, publicKey, secret, nonce });
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey, secret);
  expect(bytes.subarray(0, 16)).toEqual(shieldKeyHash(publicKey));
  expect([...bytes.subarray(16, 18)]).toEqual([0x40, 0x04]);
  expect(bytes.subarray(18, 1_106)).toEqual(cipherText);
  expect(bytes.subarray(1_106, 1_130)).toEqual(nonce);
  expect(xchacha20poly1305(sharedSecret, nonce).decrypt(bytes.subarray(1_130))).toEqual(extrinsic);
});

test('the longest extrinsic fills the call, and one byte more is refused', () => {
  const longest = new Uint8Array(MAX_SHIELDED_EXTRINSIC_BYTES);
  const bytes = shieldExtrinsic({ extrinsic: longest, publicKey, secret, nonce });
  expect(bytes).toHaveLength(MAX_SHIELDED_BYTES);
  const longer = new Uint8Array(MAX_SHIELDED_EXTRINSIC_BYTES + 1);
  expect(() => shieldExtrinsic({ extrinsic: longer, publicKey, secret, nonce })).toThrow(
    RangeError,
  );
  const shortKey = publicKey.subarray(1);
  expect(() => shieldExtrinsic({ extrinsic, publicKey: shortKey, secret, nonce })).toThrow(
    `${SHIELD_KEY_BYTES} bytes, not ${SHIELD_KEY_BYTES - 1}`,
  );
});

test('any parts come back from their bytes, and bytes that end too early do not parse', () => {
  const whole = shieldExtrinsic({ extrinsic, publicKey, secret, nonce });
  for (let length = 0; length < 1_130; length += 1) {
    expect(parseShielded(whole.subarray(0, length)), `${length}`).toBeUndefined();
  }
  const part = (minLength: number, maxLength = minLength) =>
    fc.uint8Array({ minLength, maxLength });
  fc.assert(
    fc.property(part(16), part(0, 300), part(24), part(0, 50), (keyHash, kem, nonce24, sealed) => {
      const parts = { keyHash, kemCiphertext: kem, nonce: nonce24, sealed };
      expect(parseShielded(encodeShielded(parts))).toEqual(parts);
    }),
  );
});
