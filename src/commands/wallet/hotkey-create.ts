/** `tao wallet hotkey create`: a fresh hotkey beside a wallet's coldkey. */
import type { CommandBody } from '../../cli/spec.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import { formatKeyRef } from '../../signing/wallet/names.ts';
import { createKey, readWordCount } from './create-key.ts';
import { readHotkeyArgument } from './key-argument.ts';
import { openWordsOutlet } from './mnemonic-outlet.ts';
import { checkNewName } from './new-name.ts';
import { confirmOverwrite, refuseTaken } from './overwrite.ts';
import { readProtection } from './protection.ts';

export const walletHotkeyCreate: CommandBody = {
  run: async (context, raw) => {
    const ref = readHotkeyArgument(context, raw);
    checkNewName(ref.hotkey);
    const outlet = openWordsOutlet(context, raw);
    const store = openWalletStore(context, raw);
    await store.read(ref.wallet);
    await refuseTaken({ context, raw, store, refs: [ref] });
    const { protection, warnings } = await readProtection(context, raw, 'hotkey');
    const overwrite = await confirmOverwrite({ context, raw, store, refs: [ref] });
    const { address, files } = await createKey({
      context,
      store,
      ref,
      wordCount: readWordCount(raw),
      protection,
      overwrite,
      outlet,
    });
    return {
      data: { ...ref, address, encrypted: protection.kind === 'encrypted', files },
      warnings,
      view: () => [
        {
          kind: 'receipt',
          verb: 'Created',
          subject: `hotkey ${formatKeyRef(ref)}`,
          details: [
            ['Address', address],
            ...(outlet.path === undefined ? [] : [['Words', `written to ${outlet.path}`] as const]),
          ],
        },
      ],
    };
  },
};
