/**
 * Key passwords where the official wallets look for them, in their order. Read-only: nothing is
 * ever put into the environment.
 */
import { normalize } from 'node:path';
import type { Files } from '../../domain/ports.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { decodeUtf8 } from '../bytes.ts';
import { decodeEnvironmentPassword, environmentVariableFor } from '../environment-password.ts';
import type { Environment } from '../types.ts';
import type { PasswordRequest } from './load-key.ts';

export const PASSWORD_FILE_LIMIT_BYTES = 4096;

const PLAIN_VARIABLE = 'BT_WALLET_PASSWORD';
const FILE_VARIABLE = 'BT_WALLET_PASSWORD_FILE';
const OLD_COLDKEY_PREFIX = 'BT_COLD_PW_';

/**
 * The password for a key file: `BT_WALLET_PASSWORD`, the variable of that file,
 * `BT_WALLET_PASSWORD_FILE` (content trimmed), then `BT_COLD_PW_<WALLET>` for coldkeys; undefined
 * when none is set. USAGE_INVALID for a value that cannot be decoded, KEY_PASSWORD_MISSING for a
 * file that is not there.
 */
export async function readOfficialPassword(lookup: {
  readonly env: Environment;
  readonly files: Files;
  readonly request: Pick<PasswordRequest, 'path' | 'ref'>;
}): Promise<string | undefined> {
  const { env, files, request } = lookup;
  const plain = env(PLAIN_VARIABLE);
  if (isSet(plain)) return plain;
  for (const variable of fileVariables(request.path)) {
    const value = env(variable);
    if (isSet(value)) return decodeEnvironmentPassword(variable, value);
  }
  const path = env(FILE_VARIABLE);
  if (isSet(path)) return readPasswordFile(files, path);
  const { wallet, hotkey } = request.ref;
  return hotkey === undefined ? oldColdkeyPassword(env, wallet) : undefined;
}

/** The path as given and as normalized: the official tools differ in what they collapse. */
function fileVariables(path: string): readonly string[] {
  return [...new Set([environmentVariableFor(path), environmentVariableFor(normalize(path))])];
}

async function readPasswordFile(files: Files, path: string): Promise<string> {
  const content = await files.read(path, PASSWORD_FILE_LIMIT_BYTES);
  const password = content === undefined ? undefined : decodeUtf8(content)?.trim();
  if (isSet(password)) return password;
  throw new TaoError('KEY_PASSWORD_MISSING', {
    message: `Couldn't read the password: ${path}, named by ${FILE_VARIABLE}, is missing, empty or no text.`,
    hint: `Correct or unset ${FILE_VARIABLE}, or give --password-file FILE.`,
    data: { path, variable: FILE_VARIABLE },
  });
}

/** The first generation's variable: plain text; later versions wrote hyphens as underscores. */
function oldColdkeyPassword(env: Environment, wallet: string): string | undefined {
  const upper = wallet.toUpperCase();
  const names = [upper, upper.replaceAll('-', '_')].map((name) => `${OLD_COLDKEY_PREFIX}${name}`);
  return names.map(env).find(isSet);
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
