/** The two ways an encrypted key file fails to open, in the words the user sees. */
import { TaoError } from '../../errors/tao-error.ts';

/** A wrong password and a damaged file fail the same check, so both are named. */
export function wrongPasswordOrDamaged(): TaoError {
  return new TaoError('KEY_PASSWORD_WRONG', {
    message:
      "Couldn't open the key file: the password is wrong or the file is damaged; the two look the same.",
    hint: 'Type the password again; if you are sure of it, restore the file from a backup.',
    data: { reason: 'wrong_password' },
  });
}

/** The file's outer form is broken: no password can open it. */
export function damaged(what: string): TaoError {
  return new TaoError('KEYFILE_DAMAGED', {
    message: `Couldn't open the key file: ${what}.`,
    hint: 'Restore the file from a backup, or import the key again from its words.',
    data: { reason: 'malformed' },
  });
}
