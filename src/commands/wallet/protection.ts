/** How a new key file is to be kept: under a password that is fit for it, or plain when asked for. */
import type { Context } from '../../cli/context.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { readNewPassword } from '../../pipeline/passwords.ts';
import { checkNewPassword } from '../../signing/keyfile/password-rules.ts';
import type { Protection } from '../../signing/wallet/write-key.ts';

export type ChosenProtection = {
  readonly protection: Protection;
  /** What to tell about the choice. */
  readonly warnings: readonly string[];
};

/** Coldkeys get a password unless --plain; hotkeys, like the official ones, only with --encrypt. */
export async function readProtection(
  context: Context,
  raw: RawInput,
  role: 'coldkey' | 'hotkey',
): Promise<ChosenProtection> {
  const isPlain = role === 'coldkey' ? raw.options.plain === true : raw.options.encrypt !== true;
  if (!isPlain) return protectionOf(context, await readNewPassword(context, raw));
  refuseUnusedPassword(raw, role);
  return {
    protection: { kind: 'plain' },
    warnings:
      role === 'coldkey'
        ? ['The coldkey is not encrypted: whoever reads its file owns the funds.']
        : [],
  };
}

/** Refuses a password that would not work everywhere before anything is written. KEY_PASSWORD_WEAK. */
export function protectionOf(context: Context, password: string): ChosenProtection {
  const warning = checkNewPassword(password);
  return {
    protection: { kind: 'encrypted', password, unlocker: context.unlocker() },
    warnings: warning === undefined ? [] : [warning],
  };
}

/** A password that would be ignored was meant to protect something. */
function refuseUnusedPassword(raw: RawInput, role: 'coldkey' | 'hotkey'): void {
  const given = ['password-file', 'password-fd'].find((name) => raw.options[name] !== undefined);
  if (given === undefined) return;
  throw new TaoError('USAGE_CONFLICT', {
    message:
      role === 'coldkey'
        ? `Couldn't use --${given} with --plain: a plain key has no password.`
        : `Couldn't use --${given}: a hotkey is stored without a password unless --encrypt is given.`,
    hint: role === 'coldkey' ? 'Leave one of them out.' : 'Add --encrypt, or leave it out.',
  });
}
