/** Specs of `tao wallet hotkey …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import {
  encryptOption,
  importFields,
  importSourceOptions,
  KEY_WORDS,
  mnemonicOutOption,
  overwriteOptions,
  SECRET_FILES_NOTE,
  wordsOption,
} from './spec-parts.ts';

const hotkeyName = {
  name: 'name',
  summary: 'Name of the hotkey in --wallet, or WALLET/HOTKEY',
  required: true,
} as const;

const walletHotkeyCreateSpec: CommandSpec = {
  path: ['wallet', 'hotkey', 'create'],
  summary: 'Create a hotkey in a wallet that exists',
  description: [
    'Its words are shown once, on a terminal only, or written to --mnemonic-out.',
    'Like the official wallet it stores hotkeys without a password unless --encrypt is given.',
  ],
  examples: [
    {
      command: 'tao wallet hotkey create miner --wallet savings --mnemonic-out miner-words.txt',
      note: 'without a question; keep miner-words.txt somewhere safe',
    },
  ],
  arguments: [hotkeyName],
  options: [wordsOption, mnemonicOutOption, encryptOption, ...overwriteOptions],
  groups: ['wallet'],
  fields: [
    { name: 'wallet', type: 'string', summary: 'Name of the wallet' },
    { name: 'hotkey', type: 'string', summary: 'Name of the hotkey' },
    { name: 'address', type: 'string', summary: "Hotkey's address" },
    { name: 'encrypted', type: 'boolean', summary: 'Whether its file has a password' },
    { name: 'files', type: 'list', summary: 'Files written' },
  ],
  effect: 'writes-local',
  schema: 'wallet.hotkey.create/1',
  load: async () => (await import('./hotkey-create.ts')).walletHotkeyCreate,
};

const walletHotkeyImportSpec: CommandSpec = {
  path: ['wallet', 'hotkey', 'import'],
  summary: 'Import a hotkey from a secret or a file, or watch one',
  description: [
    SECRET_FILES_NOTE,
    'Without a source the secret is asked for: words, a seed, a private key and a secret URI are told apart by their form.',
  ],
  examples: [
    {
      command:
        'tao wallet hotkey import old-miner --wallet savings --mnemonic-file miner-words.txt',
      note: 'restore a hotkey from its words',
    },
  ],
  arguments: [hotkeyName],
  options: [...importSourceOptions, encryptOption, ...overwriteOptions],
  groups: ['wallet'],
  fields: importFields,
  effect: 'writes-local',
  schema: 'wallet.hotkey.import/1',
  load: async () => (await import('./hotkey-import.ts')).walletHotkeyImport,
};

const walletHotkeyListSpec: CommandSpec = {
  path: ['wallet', 'hotkey', 'list'],
  summary: 'List the hotkeys of a wallet',
  description: ['Reads public files only: no password is asked, nothing is unlocked.'],
  examples: [{ command: 'tao wallet hotkey list savings', note: 'its hotkeys and addresses' }],
  arguments: [
    {
      name: 'name',
      summary: 'Name of the wallet; the default wallet when left out',
      required: false,
    },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'wallet', type: 'string', summary: 'Name of the wallet' },
    { name: 'hotkeys[].name', type: 'string', summary: 'Name of the hotkey' },
    { name: 'hotkeys[].address', type: 'string', summary: 'Its address, or null' },
    { name: 'hotkeys[].key', type: 'string', summary: KEY_WORDS },
    { name: 'strays', type: 'list', summary: 'Files among the hotkeys that are no keys' },
  ],
  effect: 'reads',
  schema: 'wallet.hotkey.list/1',
  load: async () => (await import('./hotkey-list.ts')).walletHotkeyList,
};

export const walletHotkeySpecs: readonly CommandSpec[] = [
  walletHotkeyCreateSpec,
  walletHotkeyImportSpec,
  walletHotkeyListSpec,
];
