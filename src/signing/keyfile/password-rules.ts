/** What a new password must be, and when it deserves a warning. Pure. */
import { TaoError } from '../../errors/tao-error.ts';

export const MIN_PASSWORD_LENGTH = 6;
/** Below this the official tools would accept it, and so do we, with a warning. */
export const SHORT_PASSWORD_LENGTH = 12;

/**
 * Checks a password that is about to be set; asking for it twice is the caller's part. Returns a
 * warning sentence for a weak one. KEY_PASSWORD_WEAK for one that would not work everywhere.
 */
export function checkNewPassword(password: string): string | undefined {
  if (password !== password.trim()) {
    throw weak('it begins or ends with white space, which the official wallet cuts off');
  }
  if ([...password].length < MIN_PASSWORD_LENGTH) {
    throw weak(`it has fewer than ${MIN_PASSWORD_LENGTH} characters`);
  }
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];
  const variety = classes.filter((pattern) => pattern.test(password)).length;
  const isRepetitive = new Set(password).size < MIN_PASSWORD_LENGTH;
  if (isRepetitive || ([...password].length < SHORT_PASSWORD_LENGTH && variety < 3)) {
    return `This password is easy to guess; ${SHORT_PASSWORD_LENGTH} characters or more are safer.`;
  }
  return undefined;
}

function weak(reason: string): TaoError {
  return new TaoError('KEY_PASSWORD_WEAK', {
    message: `Couldn't use the new password: ${reason}.`,
    hint: `Choose at least ${MIN_PASSWORD_LENGTH} characters, without spaces at either end.`,
  });
}
