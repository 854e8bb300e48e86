/** `tao wallet list`: what the wallet folder holds, from public files. */
import type { CommandBody, View } from '../../cli/spec.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import type { WalletState } from '../../signing/wallet/read-wallets.ts';
import { keyWord, problemsOf, problemWarnings } from './key-words.ts';

export const walletList: CommandBody = {
  run: async (context, raw) => {
    const store = openWalletStore(context, raw);
    const wallets = await store.list();
    return {
      data: {
        path: store.root,
        wallets: wallets.map((wallet) => ({
          name: wallet.name,
          address: wallet.coldkey.address ?? null,
          key: keyWord(wallet.coldkey),
          hotkeys: wallet.hotkeys.map((hotkey) => ({
            name: hotkey.name,
            address: hotkey.address ?? null,
            key: keyWord(hotkey),
          })),
          problems: problemsOf(wallet),
        })),
      },
      warnings: wallets.flatMap(problemWarnings),
      view: () => renderWallets(wallets),
    };
  },
};

function renderWallets(wallets: readonly WalletState[]): View {
  if (wallets.length === 0)
    return [{ kind: 'hint', text: 'No wallet here. tao wallet create makes one.' }];
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Wallet' },
        { header: 'Hotkey' },
        { header: 'Address', kind: 'address' },
        { header: 'Key' },
      ],
      rows: wallets.flatMap((wallet) => [
        [wallet.name, '', wallet.coldkey.address ?? '', keyWord(wallet.coldkey)],
        ...wallet.hotkeys.map((hotkey) => [
          wallet.name,
          hotkey.name,
          hotkey.address ?? '',
          keyWord(hotkey),
        ]),
      ]),
    },
  ];
}
