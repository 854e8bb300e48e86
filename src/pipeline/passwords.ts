/**
 * Where a key file's password comes from: --password-file, --password-fd, TAO_PASSWORD,
 * TAO_PASSWORD_FILE, the official tool's variables, then a prompt. Never an argument, never stored.
 */
import type { Context } from '../cli/context.ts';
import { parseWalletOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { PasswordRequest, PasswordSource } from '../signing/wallet/load-key.ts';
import {
  PASSWORD_FILE_LIMIT_BYTES,
  readOfficialPassword,
} from '../signing/wallet/official-passwords.ts';

const PASSWORD_HINT = 'Give --password-file FILE, or set TAO_PASSWORD_FILE or TAO_PASSWORD.';

export type Passwords = {
  readonly current: PasswordSource;
  /** Whether the last password was typed, so that another try makes sense. */
  readonly wasTyped: () => boolean;
};

/** For opening a key that exists. KEY_PASSWORD_MISSING when there is no source and nobody to ask. */
export function createPasswords(context: Context, raw: RawInput): Passwords {
  let typed = false;
  // A pipe can be read once, and a command may open several keys.
  let named: Promise<string | undefined> | undefined;
  return {
    wasTyped: () => typed,
    current: async (request) => {
      named ??= readNamedPassword(context, raw);
      const given = (await named) ?? (await officialPassword(context, request));
      if (given !== undefined) return given;
      if (!context.streams.canAsk) throw passwordMissing();
      typed = true;
      return context.streams.prompts.secret(`Password of ${describe(request)}`);
    },
  };
}

/** For a new key: typed twice, or given. KEY_PASSWORD_MISSING, USAGE_INVALID when the two differ. */
export async function readNewPassword(context: Context, raw: RawInput): Promise<string> {
  const given = await readNamedPassword(context, raw);
  if (given !== undefined) return given;
  if (context.streams.canAsk) return askNewPassword(context);
  throw new TaoError('KEY_PASSWORD_MISSING', {
    message: "Couldn't set a password: none was given, and nobody can be asked.",
    hint: PASSWORD_HINT,
  });
}

/** Asks for a new password twice. USAGE_INVALID when the two differ. */
export async function askNewPassword({ streams }: Pick<Context, 'streams'>): Promise<string> {
  const first = await streams.prompts.secret('New password');
  const second = await streams.prompts.secret('The same password again');
  if (first === second) return first;
  throw new TaoError('USAGE_INVALID', {
    message: "Couldn't set the password: the two that were typed differ.",
    hint: 'Run the command again and type the same password twice.',
  });
}

/** What options and our own variables name, whichever key it is for. */
async function readNamedPassword(context: Context, raw: RawInput): Promise<string | undefined> {
  const { passwordFile, passwordFd } = parseWalletOptions(raw, context.settings);
  if (passwordFile !== undefined) return readPasswordFile(context, passwordFile);
  if (passwordFd !== undefined) return readPasswordFile(context, `/dev/fd/${passwordFd}`);
  const plain = context.env('TAO_PASSWORD');
  if (plain !== undefined) return plain;
  const file = context.env('TAO_PASSWORD_FILE');
  return file === undefined ? undefined : readPasswordFile(context, file);
}

function officialPassword(
  { env, files }: Pick<Context, 'env' | 'files'>,
  request: PasswordRequest,
): Promise<string | undefined> {
  return readOfficialPassword({ env, files, request });
}

/** The first line of a file; `-` is standard input. KEY_PASSWORD_MISSING when there is none. */
export async function readPasswordFile(context: Context, path: string): Promise<string> {
  const isStdin = path === '-';
  const content = isStdin
    ? await context.streams.readStdin(PASSWORD_FILE_LIMIT_BYTES)
    : await context.files.read(path, PASSWORD_FILE_LIMIT_BYTES);
  const password = new TextDecoder().decode(content).split(/\r?\n/, 1)[0] ?? '';
  if (password !== '') return password;
  const isAbsent = content === undefined && !isStdin;
  const why = isAbsent
    ? `there is no file ${path}`
    : `${isStdin ? 'standard input' : path} has none`;
  throw new TaoError('KEY_PASSWORD_MISSING', {
    message: `Couldn't read the password: ${why}.`,
    hint: 'Name a file whose first line is the password, or pipe it in.',
    data: { path },
  });
}

function describe(request: PasswordRequest): string {
  const { wallet, hotkey } = request.ref;
  return hotkey === undefined ? wallet : `${wallet}/${hotkey}`;
}

function passwordMissing(): TaoError {
  return new TaoError('KEY_PASSWORD_MISSING', {
    message: "Couldn't open the key: it has a password, and nobody can be asked.",
    hint: PASSWORD_HINT,
  });
}
