/**
 * Key passwords in the environment, as the official wallets look for them; read-only. The per-file
 * value is XORed with its variable's name: that hides it from a glance and from nobody else. Pure.
 */
import { normalize } from 'node:path';
import { TaoError } from '../errors/tao-error.ts';
import { decodeUtf8, encodeUtf8 } from './bytes.ts';
import type { Environment } from './types.ts';
import type { KeyRef } from './wallet/names.ts';

const PLAIN_VARIABLE = 'BT_WALLET_PASSWORD';
const FILE_PREFIX = 'BT_PW_';
const OLD_COLDKEY_PREFIX = 'BT_COLD_PW_';

export type EnvironmentPassword = { readonly password: string; readonly variable: string };

/**
 * The password for a key file, in the official order: `BT_WALLET_PASSWORD`, the per-file variable,
 * then the old plain one for coldkeys. USAGE_INVALID for a per-file value that cannot be decoded.
 */
export function readEnvironmentPassword(
  environment: Environment,
  keyfile: { readonly path: string; readonly ref: KeyRef },
): EnvironmentPassword | undefined {
  const plain = environment[PLAIN_VARIABLE];
  if (plain !== undefined && plain !== '') return { password: plain, variable: PLAIN_VARIABLE };
  for (const variable of fileVariables(keyfile.path)) {
    const value = environment[variable];
    if (value === undefined || value === '') continue;
    return { password: decodeEnvironmentPassword(variable, value), variable };
  }
  return keyfile.ref.hotkey === undefined
    ? readOldColdkeyPassword(environment, keyfile.ref.wallet)
    : undefined;
}

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

/** The path as given and as normalized: the official tools differ in what they collapse. */
function fileVariables(path: string): readonly string[] {
  return [...new Set([environmentVariableFor(path), environmentVariableFor(normalize(path))])];
}

function readOldColdkeyPassword(
  environment: Environment,
  wallet: string,
): EnvironmentPassword | undefined {
  const upper = wallet.toUpperCase();
  const names = [upper, upper.replaceAll('-', '_')].map((name) => `${OLD_COLDKEY_PREFIX}${name}`);
  const variable = names.find((name) => (environment[name] ?? '') !== '');
  if (variable === undefined) return undefined;
  return { password: environment[variable] as string, variable };
}

function xorWithName(bytes: Uint8Array, variable: string): Uint8Array {
  const name = encodeUtf8(variable);
  return bytes.map((byte, index) => byte ^ (name[index % name.length] as number));
}
