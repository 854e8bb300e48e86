/** Reads key files encrypted as a Fernet token, the oldest form. Never writes them. */
import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeUtf8, wipe } from '../bytes.ts';
import { damaged, wrongPasswordOrDamaged } from './decrypt-errors.ts';

/** About 4 s: these wallets predate argon2. */
const ROUNDS = 10_000_000;
const SALT = 'Iguesscyborgslikemyselfhaveatendencytobeparanoidaboutourorigins';
const KEY_BYTES = 16;
const HMAC_BYTES = 32;
const VERSION = 0x80;
const IV_START = 9;
const BODY_START = 25;
const BLOCK_BYTES = 16;

const derive = promisify(pbkdf2);

/** The plaintext of a Fernet file. KEYFILE_DAMAGED for a broken form, else KEY_PASSWORD_WRONG. */
export async function openFernet(content: Uint8Array, password: string): Promise<Uint8Array> {
  const token = parseToken(content);
  const macStart = token.length - HMAC_BYTES;
  const keys = await derive(password, SALT, ROUNDS, 2 * KEY_BYTES, 'sha256');
  try {
    const expected = createHmac('sha256', keys.subarray(0, KEY_BYTES))
      .update(token.subarray(0, macStart))
      .digest();
    if (!timingSafeEqual(expected, token.subarray(macStart))) throw wrongPasswordOrDamaged();
    const iv = token.subarray(IV_START, BODY_START);
    const decipher = createDecipheriv('aes-128-cbc', keys.subarray(KEY_BYTES), iv);
    return finish(decipher, token.subarray(BODY_START, macStart));
  } finally {
    wipe(keys);
  }
}

function parseToken(content: Uint8Array): Uint8Array {
  const text = (decodeUtf8(content) ?? '').trim();
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(text)) throw damaged('its Fernet token is not base64url');
  const token = Uint8Array.from(Buffer.from(text, 'base64url'));
  if (Buffer.from(token).toString('base64url') !== text.replace(/=+$/, '')) {
    throw damaged('its Fernet token is not canonical base64url');
  }
  const bodyLength = token.length - BODY_START - HMAC_BYTES;
  if (token[0] !== VERSION || bodyLength < BLOCK_BYTES || bodyLength % BLOCK_BYTES !== 0) {
    throw damaged('its Fernet token has the wrong length');
  }
  return token;
}

/** The token is authenticated already, so a bad padding means the writer was broken. */
function finish(decipher: ReturnType<typeof createDecipheriv>, body: Uint8Array): Uint8Array {
  try {
    return Uint8Array.from(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch {
    throw damaged('its content is not padded as Fernet pads it');
  }
}
