/** `tao wallet hotkey list`: the hotkeys of one wallet, from public files. */
import type { CommandBody, View } from '../../cli/spec.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import type { WalletState } from '../../signing/wallet/read-wallets.ts';
import { readWalletArgument } from './key-argument.ts';
import { keyWord, problemWarnings } from './key-words.ts';

export const walletHotkeyList: CommandBody = {
  run: async (context, raw) => {
    const wallet = await openWalletStore(context, raw).read(readWalletArgument(context, raw));
    return {
      data: {
        wallet: wallet.name,
        hotkeys: wallet.hotkeys.map((hotkey) => ({
          name: hotkey.name,
          address: hotkey.address ?? null,
          key: keyWord(hotkey),
        })),
        strays: wallet.strays,
      },
      warnings: problemWarnings(wallet),
      view: () => renderHotkeys(wallet),
    };
  },
};

function renderHotkeys({ name, hotkeys }: WalletState): View {
  if (hotkeys.length === 0) {
    const text = `No hotkey here. tao wallet hotkey create NAME --wallet ${name} makes one.`;
    return [{ kind: 'hint', text }];
  }
  return [
    {
      kind: 'table',
      columns: [{ header: 'Hotkey' }, { header: 'Address', kind: 'address' }, { header: 'Key' }],
      rows: hotkeys.map((hotkey) => [hotkey.name, hotkey.address ?? '', keyWord(hotkey)]),
    },
  ];
}
