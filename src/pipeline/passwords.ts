/**
 * Where a key file's password comes from: --password-file, --password-fd, TAO_PASSWORD,
 * TAO_PASSWORD_FILE, the official tool's variables, then a prompt. Never an argument, never stored.
 */
import type { Context } from '../cli/context.ts';
import { parseWalletOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { PasswordRequest, PasswordSource } from '../signing/wallet/load-key.ts';
import { readOfficialPassword } from '../signing/wallet/official-passwords.ts';

/** Longest password file. */
const PASSWORD_FILE_LIMIT_BYTES = 4096;

export type Passwords = {
  readonly current: PasswordSource;
  /** Whether the last password was typed, so that another try makes sense. */
  readonly wasTyped: () => boolean;
};

/** For opening a key that exists. KEY_PASSWORD_MISSING when there is no source and nobody to ask. */
export function createPasswords(context: Context, raw: RawInput): Passwords {
  let typed = false;
  return {
    wasTyped: () => typed,
    current: async (request) => {
      const given = await readGivenPassword(context, raw, request);
      if (given !== undefined) return given;
      if (!context.streams.canAsk) throw passwordMissing();
      typed = true;
      return context.streams.prompts.secret(`Password of ${describe(request)}`);
    },
  };
}

/** For a new key: typed twice, or given. KEY_PASSWORD_MISSING, USAGE_INVALID when the two differ. */
export async function readNewPassword(context: Context, raw: RawInput): Promise<string> {
  const given = await readGivenPassword(context, raw, undefined);
  if (given !== undefined) return given;
  if (!context.streams.canAsk) throw passwordMissing();
  const first = await context.streams.prompts.secret('New password');
  const second = await context.streams.prompts.secret('The same password again');
  if (first === second) return first;
  throw new TaoError('USAGE_INVALID', {
    message: "Couldn't set the password: the two that were typed differ.",
    hint: 'Run the command again and type the same password twice.',
  });
}

async function readGivenPassword(
  context: Context,
  raw: RawInput,
  request: PasswordRequest | undefined,
): Promise<string | undefined> {
  const { passwordFile, passwordFd } = parseWalletOptions(raw, context.settings);
  if (passwordFile !== undefined) return readFirstLine(context, passwordFile);
  if (passwordFd !== undefined) return readFirstLine(context, `/dev/fd/${passwordFd}`);
  const plain = context.env('TAO_PASSWORD');
  if (plain !== undefined) return plain;
  const file = context.env('TAO_PASSWORD_FILE');
  if (file !== undefined) return readFirstLine(context, file);
  if (request === undefined) return undefined;
  return readOfficialPassword({ env: context.env, request, files: context.files });
}

async function readFirstLine(context: Context, path: string): Promise<string> {
  const content = await context.files.read(path, PASSWORD_FILE_LIMIT_BYTES);
  if (content === undefined) {
    throw new TaoError('KEY_PASSWORD_MISSING', {
      message: `Couldn't read the password: there is no file ${path}.`,
      hint: 'Check the path after --password-file, or TAO_PASSWORD_FILE.',
      data: { path },
    });
  }
  const text = new TextDecoder().decode(content);
  return text.split(/\r?\n/, 1)[0] ?? '';
}

function describe(request: PasswordRequest): string {
  const { wallet, hotkey } = request.ref;
  return hotkey === undefined ? wallet : `${wallet}/${hotkey}`;
}

function passwordMissing(): TaoError {
  return new TaoError('KEY_PASSWORD_MISSING', {
    message: "Couldn't open the key: it has a password, and nobody can be asked.",
    hint: 'Give --password-file FILE, or set TAO_PASSWORD_FILE or TAO_PASSWORD.',
  });
}
