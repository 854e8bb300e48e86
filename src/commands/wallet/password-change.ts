/** `tao wallet password change`: another password for a key, or a first one. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { askNewPassword, readPasswordFile } from '../../pipeline/passwords.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import { formatKeyRef, keyPaths } from '../../signing/wallet/names.ts';
import { readKeyArgument } from './key-argument.ts';
import { protectionOf } from './protection.ts';
import { provePassword } from './prove-password.ts';
import { refuseSharedStdin } from './secret-input.ts';

const NEW_PASSWORD_OPTION = 'new-password-file';

export const walletPasswordChange: CommandBody = {
  run: async (context, raw) => {
    const ref = readKeyArgument(context, raw);
    refuseSharedStdin(raw);
    requireNewPassword(context, raw);
    const store = openWalletStore(context, raw);
    const current = await provePassword(context, raw, { store, ref });
    const { secret } = await store.readKey(ref);
    const { protection, warnings } = protectionOf(context, await readNew(context, raw));
    const { address } = await store.changeProtection({
      ref,
      current,
      protection,
      content: raw.options.portable === true ? 'portable' : 'keep',
    });
    const wasEncrypted = secret === 'encrypted';
    const key = formatKeyRef(ref);
    const file = keyPaths(store.root, ref).secret;
    return {
      data: { key, address, file, wasEncrypted, encrypted: true },
      warnings,
      view: () => [
        {
          kind: 'receipt',
          verb: wasEncrypted ? 'Changed' : 'Set',
          subject: `password of ${key}`,
          details: [
            ['Address', address],
            ['File', file],
          ],
        },
      ],
    };
  },
};

/** Found out before the slow derivation of the current password. */
function requireNewPassword({ streams }: Pick<Context, 'streams'>, raw: RawInput): void {
  if (optionText(raw, NEW_PASSWORD_OPTION) !== undefined || streams.canAsk) return;
  throw new TaoError('USAGE_MISSING', {
    message: "Couldn't start: the new password is missing, and nobody can be asked.",
    hint: `Add --${NEW_PASSWORD_OPTION} FILE; --password-file is for the current one.`,
    data: { missing: [`--${NEW_PASSWORD_OPTION}`] },
  });
}

async function readNew(context: Context, raw: RawInput): Promise<string> {
  const path = optionText(raw, NEW_PASSWORD_OPTION);
  return path === undefined ? askNewPassword(context) : readPasswordFile(context, path);
}
