/** `tao wallet show`: one wallet's keys, files, encryption and problems, without a password. */
import type { Context } from '../../cli/context.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import { formatHex } from '../../signing/bytes.ts';
import { type KeyRef, keyPaths } from '../../signing/wallet/names.ts';
import type { KeyState } from '../../signing/wallet/read-wallets.ts';
import { readWalletArgument } from './key-argument.ts';
import { keyWord, problemsOf, problemWarnings } from './key-words.ts';
import { type ShownKey, viewWallet } from './show.view.ts';

export const walletShow: CommandBody = {
  run: async (context, raw) => {
    const store = openWalletStore(context, raw);
    const wallet = await store.read(readWalletArgument(context, raw));
    const show = (key: KeyState, ref: KeyRef) => showKey(context, { root: store.root, key, ref });
    const coldkey = await show(wallet.coldkey, { wallet: wallet.name });
    const hotkeys: (ShownKey & { readonly name: string })[] = [];
    for (const hotkey of wallet.hotkeys) {
      const ref = { wallet: wallet.name, hotkey: hotkey.name };
      hotkeys.push({ name: hotkey.name, ...(await show(hotkey, ref)) });
    }
    const { name, path, strays } = wallet;
    const data = { name, path, coldkey, hotkeys, strays, problems: problemsOf(wallet) };
    return { data, warnings: problemWarnings(wallet), view: () => viewWallet(data) };
  },
};

async function showKey(
  { files }: Pick<Context, 'files'>,
  of: { readonly root: string; readonly key: KeyState; readonly ref: KeyRef },
): Promise<ShownKey> {
  const { root, key, ref } = of;
  const paths = keyPaths(root, ref);
  const there: ShownKey['files'][number][] = [];
  for (const path of [paths.secret, paths.public]) {
    const stat = await files.stat(path);
    if (stat !== undefined) there.push({ path, mode: stat.mode.toString(8).padStart(3, '0') });
  }
  return {
    address: key.address ?? null,
    publicKey: key.publicKey === undefined ? null : formatHex(key.publicKey.publicKey),
    scheme: key.publicKey?.scheme ?? null,
    key: keyWord(key),
    encryption: key.encryption,
    files: there,
  };
}
