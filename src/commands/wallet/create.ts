/** `tao wallet create`: fresh keys in the official layout; the words leave this program once. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import { DEFAULT_NAME, parseName } from '../../signing/wallet/names.ts';
import type { WrittenKey } from '../../signing/wallet/write-key.ts';
import { createKey, readWordCount } from './create-key.ts';
import { readWalletArgument } from './key-argument.ts';
import { openWordsOutlet } from './mnemonic-outlet.ts';
import { checkNewName } from './new-name.ts';
import { confirmOverwrite, refuseTaken } from './overwrite.ts';
import { readProtection } from './protection.ts';

export const walletCreate: CommandBody = {
  run: async (context, raw) => {
    const wallet = checkNewName(readWalletArgument(context, raw));
    const hotkey =
      raw.options['no-hotkey'] === true
        ? undefined
        : checkNewName(parseName(optionText(raw, 'hotkey') ?? DEFAULT_NAME, 'hotkey'));
    const outlet = openWordsOutlet(context, raw);
    const store = openWalletStore(context, raw);
    const refs = [{ wallet }, ...(hotkey === undefined ? [] : [{ wallet, hotkey }])];
    await refuseTaken({ context, raw, store, refs });
    const { protection, warnings } = await readProtection(context, raw, 'coldkey');
    const overwrite = await confirmOverwrite({ context, raw, store, refs });

    const shared = { context, store, wordCount: readWordCount(raw), overwrite };
    const written = [await createKey({ ...shared, ref: { wallet }, protection, outlet })];
    if (hotkey !== undefined) {
      const plain = { protection: { kind: 'plain' }, outlet: undefined } as const;
      written.push(await createKey({ ...shared, ...plain, ref: { wallet, hotkey } }));
    }
    return createdResult({ wallet, hotkey, written, wordsPath: outlet.path, warnings });
  },
};

function createdResult(created: {
  readonly wallet: string;
  readonly hotkey: string | undefined;
  readonly written: readonly WrittenKey[];
  readonly wordsPath: string | undefined;
  readonly warnings: readonly string[];
}): CommandResult {
  const { wallet, written, wordsPath, warnings } = created;
  const coldkey = written[0]?.address ?? '';
  const hotkey = written[1]?.address ?? null;
  return {
    data: { wallet, coldkey, hotkey, files: written.flatMap((key) => key.files) },
    warnings,
    view: () => [
      {
        kind: 'receipt',
        verb: 'Created',
        subject: `wallet ${wallet}`,
        details: [
          ['Coldkey', coldkey],
          ...(hotkey === null ? [] : [['Hotkey', `${hotkey} (${created.hotkey})`] as const]),
          ...(wordsPath === undefined ? [] : [['Words', `written to ${wordsPath}`] as const]),
        ],
      },
      {
        kind: 'hint',
        text: 'Send TAO to the coldkey; tao wallet balance shows when it is there.',
      },
    ],
  };
}
