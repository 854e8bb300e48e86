/** How `tao wallet show` looks. Pure. */
import type { Text, View } from '../../cli/spec.ts';
import type { KeyProblem } from './key-words.ts';

export type ShownKey = {
  readonly address: string | null;
  readonly publicKey: string | null;
  readonly scheme: string | null;
  readonly key: string;
  readonly encryption: string;
  readonly files: readonly { readonly path: string; readonly mode: string }[];
};

export type ShownWallet = {
  readonly name: string;
  readonly path: string;
  readonly coldkey: ShownKey;
  readonly hotkeys: readonly (ShownKey & { readonly name: string })[];
  readonly strays: readonly string[];
  readonly problems: readonly KeyProblem[];
};

export function viewWallet(wallet: ShownWallet): View {
  const { coldkey, hotkeys, strays, problems } = wallet;
  return [
    {
      kind: 'rows',
      rows: [
        ['Wallet', { text: wallet.name, tone: 'strong' }],
        ['Folder', wallet.path],
        ['Coldkey', coldkey.address ?? 'not known without its password'],
        ['Key', keptHow(coldkey)],
        ['Public key', coldkey.publicKey ?? ''],
        ...coldkey.files.map(({ path, mode }) => ['File', `${path} (mode ${mode})`] as const),
        ...hotkeys.map((hotkey) => ['Hotkey', hotkeyText(hotkey)] as const),
        ...strays.map((name) => ['No key', `hotkeys/${name}`] as const),
        ...problems.map(({ key, message }): readonly [string, Text] => [
          'Problem',
          { text: `${key}: ${message}`, tone: 'bad' },
        ]),
      ],
    },
    ...(problems.length === 0
      ? []
      : [{ kind: 'hint', text: `tao wallet check ${wallet.name} says more.` } as const]),
  ];
}

function keptHow({ key, encryption, scheme }: ShownKey): string {
  const how = key === 'encrypted' ? `encrypted (${encryption})` : key;
  return scheme === null ? how : `${how}, ${scheme}`;
}

function hotkeyText(hotkey: ShownWallet['hotkeys'][number]): string {
  return `${hotkey.name}  ${hotkey.address ?? 'address not known'}  ${keptHow(hotkey)}`;
}
