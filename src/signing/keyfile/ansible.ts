/**
 * Reads key files encrypted as an Ansible Vault, which wallets before 2023 wrote. Never writes
 * them.
 */
import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeUtf8, parseHex, wipe } from '../bytes.ts';
import { damaged, wrongPasswordOrDamaged } from './decrypt-errors.ts';

const ROUNDS = 10_000;
const KEY_BYTES = 32;
const IV_BYTES = 16;
const HMAC_BYTES = 32;
const SALT_BYTES = 32;
const BLOCK_BYTES = 16;

const derive = promisify(pbkdf2);

/** The plaintext of a vault file. KEYFILE_DAMAGED for a broken form, else KEY_PASSWORD_WRONG. */
export async function openAnsible(content: Uint8Array, password: string): Promise<Uint8Array> {
  const { salt, mac, ciphertext } = parseVault(content);
  const keys = await derive(password, salt, ROUNDS, 2 * KEY_BYTES + IV_BYTES, 'sha256');
  try {
    const expected = createHmac('sha256', keys.subarray(KEY_BYTES, 2 * KEY_BYTES))
      .update(ciphertext)
      .digest();
    if (!timingSafeEqual(expected, mac)) throw wrongPasswordOrDamaged();
    const iv = keys.subarray(2 * KEY_BYTES);
    const decipher = createDecipheriv('aes-256-ctr', keys.subarray(0, KEY_BYTES), iv);
    return removePadding(Uint8Array.from(decipher.update(ciphertext)));
  } finally {
    wipe(keys);
  }
}

type Vault = {
  readonly salt: Uint8Array;
  readonly mac: Uint8Array;
  readonly ciphertext: Uint8Array;
};

function parseVault(content: Uint8Array): Vault {
  const [header = '', ...lines] = (decodeUtf8(content) ?? '').split(/\r?\n/);
  if (!/^\$ANSIBLE_VAULT;(?:1\.1;AES256|1\.2;AES256;.+)$/.test(header.trim())) {
    throw damaged('its Ansible Vault header is not of version 1.1 or 1.2');
  }
  const inner = parseHex(lines.map((line) => line.trim()).join(''));
  const fields = inner === undefined ? [] : (decodeUtf8(inner) ?? '').split('\n');
  const [salt, mac, ciphertext] = fields.map(parseHex);
  if (fields.length !== 3 || salt === undefined || mac === undefined || ciphertext === undefined) {
    throw damaged('its Ansible Vault body is not three hex fields');
  }
  if (salt.length !== SALT_BYTES || mac.length !== HMAC_BYTES || ciphertext.length === 0) {
    throw damaged('a field of its Ansible Vault body has the wrong length');
  }
  return { salt, mac, ciphertext };
}

/** PKCS#7. The content is authenticated already, so a bad padding means the writer was broken. */
function removePadding(padded: Uint8Array): Uint8Array {
  const length = padded[padded.length - 1] ?? 0;
  const isValid = length >= 1 && length <= BLOCK_BYTES && length <= padded.length;
  if (!isValid) throw damaged('its content is not padded as Ansible Vault pads it');
  return padded.subarray(0, padded.length - length);
}
