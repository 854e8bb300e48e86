/** These commands name the multisig themselves, and its signatories sign in person. */
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';

/** USAGE_CONFLICT when --as is given. */
export function refuseAs(raw: RawInput): void {
  if (optionText(raw, 'as') === undefined) return;
  throw new TaoError('USAGE_CONFLICT', {
    message: "Couldn't use --as here: the command names the multisig itself.",
    hint: 'Leave --as out.',
  });
}
