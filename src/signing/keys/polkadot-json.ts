/**
 * Imports polkadot-js exports (version 3). The stretched password opens a secretbox that holds the
 * secret in library form; the public key in it must be the secret's. Loads the crypto library.
 */
import { scrypt } from 'node:crypto';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { decodeAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { encodeUtf8, equalBytes, wipe } from '../bytes.ts';
import type { KeyMaterial, Scheme } from '../types.ts';
import { keyFromPrivateKey } from './key-material.ts';
import { toKeyfileForm } from './scalar-form.ts';

/** Exports are a kilobyte; this only bounds the work. */
export const MAX_EXPORT_LENGTH = 65_536;

const KEY_BYTES = 32;
const SALT_BYTES = 32;
const SCRYPT_BYTES = SALT_BYTES + 12;
const NONCE_BYTES = 24;
const MAX_N = 2 ** 18;
const MAX_R = 8;
const HEADER = Uint8Array.of(
  ...[0x30, 0x53, 0x02, 0x01, 0x01, 0x30, 0x05, 0x06],
  ...[0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20],
);
const DIVIDER = Uint8Array.of(0xa1, 0x23, 0x03, 0x21, 0x00);
const SECRET_BYTES = 64;
const PUBLIC_BYTES = 32;

/**
 * The key in an export; like the official wallet it keeps the private key only. KEY_PASSWORD_WRONG,
 * KEYFILE_UNSUPPORTED (other versions and key types), KEYFILE_DAMAGED, KEY_MISMATCH.
 */
export async function keyFromPolkadotJson(text: string, password: string): Promise<KeyMaterial> {
  const { encoded, scheme, isScrypt, address } = parseExport(text);
  const plaintext = await open(encoded, password, isScrypt);
  try {
    const key = readSecret(plaintext, scheme);
    const stated = address === undefined ? undefined : decodeAddress(address);
    if (stated !== undefined && !equalBytes(stated.publicKey, key.publicKey)) throw mismatch();
    return key;
  } finally {
    wipe(plaintext);
  }
}

type Export = {
  readonly encoded: Uint8Array;
  readonly scheme: Scheme;
  readonly isScrypt: boolean;
  readonly address: string | undefined;
};

function parseExport(text: string): Export {
  const fields = parseObject(text);
  const encoding = asObject(fields?.encoding);
  if (typeof fields?.encoded !== 'string' || encoding === undefined) {
    throw damaged('it is not a polkadot-js export with "encoded" and "encoding"');
  }
  if (encoding.version !== '3') throw unsupported('only version 3 of the export can be read');
  const types = textList(encoding.type);
  if (!types.includes('xsalsa20-poly1305')) throw unsupported('it is not encrypted as expected');
  const content = textList(encoding.content);
  const scheme = (['sr25519', 'ed25519'] as const).find((name) => content.includes(name));
  if (scheme === undefined) throw unsupported('its key is neither sr25519 nor ed25519');
  return {
    encoded: decodeBase64(fields.encoded),
    scheme,
    isScrypt: types.includes('scrypt'),
    address: typeof fields.address === 'string' ? fields.address : undefined,
  };
}

async function open(encoded: Uint8Array, password: string, isScrypt: boolean): Promise<Uint8Array> {
  const start = isScrypt ? SCRYPT_BYTES : 0;
  if (encoded.length < start + NONCE_BYTES + 16) throw damaged('it is cut short');
  const key = isScrypt ? await stretch(encoded, password) : padPassword(password);
  const nonce = encoded.subarray(start, start + NONCE_BYTES);
  try {
    return xsalsa20poly1305(key, nonce).decrypt(encoded.subarray(start + NONCE_BYTES));
  } catch {
    throw new TaoError('KEY_PASSWORD_WRONG', {
      message:
        "Couldn't open the polkadot-js export: the password is wrong or the file is damaged; the two look the same.",
      hint: 'Use the password that was set when the account was exported.',
      data: { reason: 'wrong_password' },
    });
  } finally {
    wipe(key);
  }
}

/** Salt, then N, p, r as little-endian numbers. */
async function stretch(encoded: Uint8Array, password: string): Promise<Uint8Array> {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const N = view.getUint32(SALT_BYTES, true);
  const p = view.getUint32(SALT_BYTES + 4, true);
  const r = view.getUint32(SALT_BYTES + 8, true);
  const isPowerOfTwo = N >= 2 && (N & (N - 1)) === 0;
  if (!isPowerOfTwo || N > MAX_N || p !== 1 || r < 1 || r > MAX_R) {
    throw unsupported('its scrypt parameters are outside what is safe to run');
  }
  const options = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 65_536 };
  const salt = encoded.slice(0, SALT_BYTES);
  return new Promise((resolve, reject) => {
    scrypt(encodeUtf8(password), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(Uint8Array.from(key));
      else reject(error);
    });
  });
}

function padPassword(password: string): Uint8Array {
  const key = new Uint8Array(KEY_BYTES);
  key.set(encodeUtf8(password).subarray(0, KEY_BYTES));
  return key;
}

function readSecret(plaintext: Uint8Array, scheme: Scheme): KeyMaterial {
  const dividerAt = HEADER.length + SECRET_BYTES;
  const publicAt = dividerAt + DIVIDER.length;
  const hasShape =
    plaintext.length === publicAt + PUBLIC_BYTES &&
    equalBytes(plaintext.subarray(0, HEADER.length), HEADER) &&
    equalBytes(plaintext.subarray(dividerAt, publicAt), DIVIDER);
  if (!hasShape) throw damaged('its decrypted content has an unknown layout');
  const secret = plaintext.slice(HEADER.length, dividerAt);
  const privateKey = scheme === 'sr25519' ? toKeyfileForm(secret) : secret.slice(0, 32);
  const key = keyFromPrivateKey(privateKey, scheme);
  wipe(secret, privateKey);
  if (!equalBytes(key.publicKey, plaintext.subarray(publicAt))) throw mismatch();
  return key;
}

function decodeBase64(text: string): Uint8Array {
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (!isBase64) throw damaged('its "encoded" field is not base64');
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.length > MAX_EXPORT_LENGTH) throw damaged('it is too long to be an export');
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** Old exports have one text where newer ones have a list. */
function textList(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string');
}

function damaged(reason: string): TaoError {
  return new TaoError('KEYFILE_DAMAGED', {
    message: `Couldn't read the polkadot-js export: ${reason}.`,
    hint: 'Export the account again from the polkadot-js extension or app.',
    data: { reason: 'malformed' },
  });
}

function unsupported(reason: string): TaoError {
  return new TaoError('KEYFILE_UNSUPPORTED', {
    message: `Couldn't import the polkadot-js export: ${reason}.`,
    hint: 'Export the account again with a current polkadot-js, or import its words instead.',
    data: { reason: 'polkadot_js_export' },
  });
}

function mismatch(): TaoError {
  return new TaoError('KEY_MISMATCH', {
    message: "Couldn't trust the polkadot-js export: its secret belongs to another account.",
    hint: 'Export the account again, or import its words instead.',
    data: { reason: 'address_mismatch' },
  });
}
