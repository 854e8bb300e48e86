/** Specs of `tao wallet …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';

export const walletCreateSpec: CommandSpec = {
  path: ['wallet', 'create'],
  summary: 'Create a wallet: a coldkey with a password, and a hotkey',
  description: [
    "Writes the official wallet's files, so that other Bittensor tools open them too.",
    'The words that restore the coldkey are shown once, on a terminal only, or written to --mnemonic-out.',
  ],
  examples: [
    {
      command: 'tao wallet create savings --password-file password.txt --mnemonic-out words.txt',
      note: 'without a question; keep words.txt somewhere safe',
    },
  ],
  arguments: [
    {
      name: 'name',
      summary: 'Name of the wallet; the default wallet when left out',
      required: false,
    },
  ],
  options: [
    {
      name: 'words',
      value: 'N',
      summary: 'Length of the mnemonic',
      choices: ['12', '15', '18', '21', '24'],
      defaultText: '12',
    },
    {
      name: 'hotkey',
      value: 'NAME',
      summary: 'Name of the hotkey made with it',
      defaultText: 'default',
    },
    { name: 'no-hotkey', summary: 'Make no hotkey; delegating needs none' },
    {
      name: 'mnemonic-out',
      value: 'FILE',
      summary: 'Write the words to a new file, mode 600',
      complete: 'file',
    },
    { name: 'plain', summary: 'Store the coldkey without a password' },
    { name: 'overwrite', summary: 'Replace a wallet of that name; its keys are gone for good' },
    {
      name: 'confirm',
      value: 'NAME',
      summary: 'With --overwrite: the name again, as confirmation',
    },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'wallet', type: 'string', summary: 'Name of the wallet' },
    { name: 'coldkey', type: 'string', summary: "Coldkey's address: it holds the TAO" },
    { name: 'hotkey', type: 'string', summary: "Hotkey's address, or null" },
    { name: 'files', type: 'list', summary: 'Files written' },
  ],
  effect: 'writes-local',
  schema: 'wallet.create/1',
  load: async () => (await import('./create.ts')).walletCreate,
};

export const walletImportSpec: CommandSpec = {
  path: ['wallet', 'import'],
  summary: 'Import a key from words, a seed, a secret URI, or watch an address',
  description: [
    'Secrets come from a prompt or a file, never from the command line. A FILE of - is standard input.',
  ],
  examples: [
    {
      command: 'tao wallet import restored --mnemonic-file words.txt --password-file password.txt',
      note: 'restore a coldkey from its words',
    },
    {
      command:
        'tao wallet import watched --address 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
      note: 'watch an address; nothing can be signed',
    },
  ],
  arguments: [{ name: 'name', summary: 'Name of the wallet', required: true }],
  options: [
    { name: 'mnemonic-file', value: 'FILE', summary: '12 to 24 words', complete: 'file' },
    { name: 'seed-file', value: 'FILE', summary: '64 hex digits', complete: 'file' },
    {
      name: 'uri-file',
      value: 'FILE',
      summary: 'A secret URI such as WORDS//hard/soft',
      complete: 'file',
    },
    { name: 'address', value: 'ADDRESS', summary: 'Only watch this address' },
    {
      name: 'hotkey',
      value: 'NAME',
      summary: 'Import as this hotkey of the wallet instead of its coldkey',
    },
    { name: 'plain', summary: 'Store the key without a password' },
    { name: 'overwrite', summary: 'Replace a key that is there; it is gone for good' },
    {
      name: 'confirm',
      value: 'NAME',
      summary: 'With --overwrite: the name again, as confirmation',
    },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'wallet', type: 'string', summary: 'Name of the wallet' },
    { name: 'hotkey', type: 'string', summary: 'Name of the hotkey, or null for the coldkey' },
    { name: 'address', type: 'string', summary: 'Address of the key' },
    { name: 'canSign', type: 'boolean', summary: 'false: watch-only' },
    { name: 'files', type: 'list', summary: 'Files written' },
  ],
  effect: 'writes-local',
  schema: 'wallet.import/1',
  load: async () => (await import('./import.ts')).walletImport,
};

export const walletListSpec: CommandSpec = {
  path: ['wallet', 'list'],
  summary: 'List wallets and hotkeys with their addresses',
  description: ['Reads public files only: no password is asked, nothing is unlocked.'],
  examples: [{ command: 'tao wallet list', note: 'every wallet in the folder' }],
  groups: ['wallet'],
  fields: [
    { name: 'path', type: 'string', summary: 'Folder of wallets' },
    { name: 'wallets[].name', type: 'string', summary: 'Name' },
    {
      name: 'wallets[].address',
      type: 'string',
      summary: "Coldkey's address, or null when only unlocking tells",
    },
    {
      name: 'wallets[].key',
      type: 'string',
      summary: 'encrypted, plain, watch-only, absent or unreadable',
    },
    { name: 'wallets[].hotkeys[].name', type: 'string', summary: 'Name of the hotkey' },
    { name: 'wallets[].hotkeys[].address', type: 'string', summary: "Hotkey's address, or null" },
    {
      name: 'wallets[].hotkeys[].key',
      type: 'string',
      summary: 'encrypted, plain, watch-only, absent or unreadable',
    },
    {
      name: 'wallets[].problems',
      type: 'list',
      summary: 'What is wrong with its files, if anything',
    },
  ],
  effect: 'reads',
  schema: 'wallet.list/1',
  load: async () => (await import('./list.ts')).walletList,
};

export const walletBalanceSpec: CommandSpec = {
  path: ['wallet', 'balance'],
  summary: 'Show free TAO, staked value and total',
  description: ['The staked value is at the spot prices of the block that was read.'],
  examples: [
    { command: 'tao wallet balance //Alice --network dev', note: 'a development account' },
    { command: 'tao wallet balance --all --network dev', note: 'every wallet in the folder' },
  ],
  arguments: [
    {
      name: 'account',
      summary: 'Wallet name or address; the default wallet when left out',
      required: false,
    },
  ],
  options: [{ name: 'all', summary: 'All wallets of the folder' }],
  groups: ['network', 'wallet'],
  fields: [
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    { name: 'accounts[].name', type: 'string', summary: 'Wallet name, or the address' },
    { name: 'accounts[].address', type: 'string', summary: 'Address' },
    { name: 'accounts[].free', type: 'tao', summary: 'Free TAO' },
    { name: 'accounts[].staked', type: 'tao', summary: 'Value of all stake at spot' },
    { name: 'accounts[].total', type: 'tao', summary: 'Free and staked together' },
  ],
  effect: 'reads',
  schema: 'wallet.balance/1',
  load: async () => (await import('./balance.ts')).walletBalance,
};
