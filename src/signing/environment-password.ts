/**
 * The official wallets' per-file password variables. The value is XORed with the variable's name:
 * that hides it from a glance and from nobody else. Pure.
 */
import { TaoError } from '../errors/tao-error.ts';
import { decodeUtf8, encodeUtf8 } from './bytes.ts';

const FILE_PREFIX = 'BT_PW_';

/** The variable for a key file at an expanded path: slashes and dots become `_`, hyphens stay. */
export function environmentVariableFor(path: string): string {
  return `${FILE_PREFIX}${path.replace(/[/.]/g, '_').toUpperCase()}`;
}

/** The value the official wallets would store: base64 of the password XORed with the name. */
export function encodeEnvironmentPassword(variable: string, password: string): string {
  return Buffer.from(xorWithName(encodeUtf8(password), variable)).toString('base64');
}

/** The password in a per-file value. USAGE_INVALID when it is not base64 of UTF-8. */
export function decodeEnvironmentPassword(variable: string, value: string): string {
  const text = value.trim();
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
  const bytes = isBase64 ? Uint8Array.from(Buffer.from(text, 'base64')) : undefined;
  const password = bytes === undefined ? undefined : decodeUtf8(xorWithName(bytes, variable));
  if (password !== undefined && password !== '') return password;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't read the password in the environment variable ${variable}: it is not in the official wallet's form.`,
    hint: 'Unset the variable, or set it again with the tool that made it.',
    data: { variable },
  });
}

function xorWithName(bytes: Uint8Array, variable: string): Uint8Array {
  const name = encodeUtf8(variable);
  return bytes.map((byte, index) => byte ^ (name[index % name.length] as number));
}
