/** Makes one fresh key and writes it: words first to where they are kept, then the files. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import type { MnemonicWordCount } from '../../signing/keys/mnemonic.ts';
import { formatKeyRef, type KeyRef } from '../../signing/wallet/names.ts';
import type { WalletStore } from '../../signing/wallet/wallet-store.ts';
import type { Protection, WrittenKey } from '../../signing/wallet/write-key.ts';
import type { WordsOutlet } from './mnemonic-outlet.ts';

/** Words of a new mnemonic where --words does not say. */
const DEFAULT_WORDS = '12';

export type KeyCreation = {
  readonly context: Context;
  readonly store: WalletStore;
  readonly ref: KeyRef;
  readonly wordCount: MnemonicWordCount;
  readonly protection: Protection;
  readonly overwrite: boolean;
  /** Undefined: the words stay in the key's own file, which is plain. */
  readonly outlet: WordsOutlet | undefined;
};

export async function createKey(creation: KeyCreation): Promise<WrittenKey> {
  const { context, store, ref, wordCount, protection, overwrite, outlet } = creation;
  const { generateMnemonic } = await import('../../signing/keys/mnemonic.ts');
  const { keyFromMnemonic, wipeKey } = await import('../../signing/keys/key-material.ts');
  const words = generateMnemonic(wordCount, context.random);
  const key = await keyFromMnemonic(words, { scheme: 'sr25519' });
  try {
    const what = `${ref.hotkey === undefined ? 'coldkey' : 'hotkey'} ${formatKeyRef(ref)}`;
    await outlet?.deliver(words, what);
    return await store.writeKey({ ref, key, protection, overwrite });
  } finally {
    wipeKey(key);
  }
}

/** The value of --words; the parser lets only possible ones through. */
export function readWordCount(raw: RawInput): MnemonicWordCount {
  return Number.parseInt(optionText(raw, 'words') ?? DEFAULT_WORDS, 10) as MnemonicWordCount;
}
