/** Specs of `tao wallet …` for wallets as a whole: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { transactionFields } from '../transaction-fields.ts';
import {
  importFields,
  importSourceOptions,
  KEY_WORDS,
  mnemonicOutOption,
  overwriteOptions,
  problemFields,
  SECRET_FILES_NOTE,
  shownKeyFields,
  wordsOption,
} from './spec-parts.ts';

export const walletCreateSpec: CommandSpec = {
  path: ['wallet', 'create'],
  summary: 'Create a wallet: a coldkey with a password, and a hotkey',
  description: [
    "Writes the official wallet's files, so that other Bittensor tools open them too.",
    'The words that restore the coldkey are shown once, on a terminal only, or written to --mnemonic-out. The words of the hotkey stay in its own file.',
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
    wordsOption,
    {
      name: 'hotkey',
      value: 'NAME',
      summary: 'Name of the hotkey made with it',
      defaultText: 'default',
    },
    { name: 'no-hotkey', summary: 'Make no hotkey; delegating needs none' },
    mnemonicOutOption,
    { name: 'plain', summary: 'Store the coldkey without a password' },
    ...overwriteOptions,
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
  summary: 'Import a coldkey from a secret or a file, or watch an address',
  description: [
    SECRET_FILES_NOTE,
    'Without a source the secret is asked for: words, a seed, a private key and a secret URI are told apart by their form.',
    '--password-file is for the password the key gets here, not for the one it had elsewhere.',
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
    ...importSourceOptions,
    { name: 'plain', summary: 'Store the key without a password' },
    ...overwriteOptions,
  ],
  groups: ['wallet'],
  fields: importFields,
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
    { name: 'wallets[].key', type: 'string', summary: KEY_WORDS },
    { name: 'wallets[].hotkeys[].name', type: 'string', summary: 'Name of the hotkey' },
    { name: 'wallets[].hotkeys[].address', type: 'string', summary: "Hotkey's address, or null" },
    { name: 'wallets[].hotkeys[].key', type: 'string', summary: KEY_WORDS },
    ...problemFields.map((field) => ({ ...field, name: `wallets[].${field.name}` })),
  ],
  effect: 'reads',
  schema: 'wallet.list/1',
  load: async () => (await import('./list.ts')).walletList,
};

export const walletShowSpec: CommandSpec = {
  path: ['wallet', 'show'],
  summary: 'Show one wallet: addresses, files, encryption, and what is wrong',
  description: ['Reads public files only: no password is asked, nothing is unlocked.'],
  examples: [
    { command: 'tao wallet show savings', note: 'its keys and files' },
    { command: 'tao wallet show savings --json', note: 'the same for a script' },
  ],
  arguments: [
    {
      name: 'name',
      summary: 'Name of the wallet; the default wallet when left out',
      required: false,
    },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'name', type: 'string', summary: 'Name of the wallet' },
    { name: 'path', type: 'string', summary: 'Its folder' },
    ...shownKeyFields('coldkey'),
    { name: 'hotkeys[].name', type: 'string', summary: 'Name of the hotkey' },
    ...shownKeyFields('hotkeys[]'),
    { name: 'strays', type: 'list', summary: 'Files among the hotkeys that are no keys' },
    ...problemFields,
  ],
  effect: 'reads',
  schema: 'wallet.show/1',
  load: async () => (await import('./show.ts')).walletShow,
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

export const walletTransferSpec: CommandSpec = {
  path: ['wallet', 'transfer'],
  summary: 'Send free TAO to another account',
  description: [
    'Shows the plan, asks, signs, submits, and waits until the transfer is in a block. The sender always keeps the existential deposit.',
    '--amount all sends what is free, less the fee and that deposit; the plan shows the number.',
    'An address that is neither a wallet here, nor in the address book, nor was paid from here before on this chain, has to be confirmed by typing its last 8 characters or giving them to --confirm; --yes is not enough.',
  ],
  examples: [
    {
      command: 'tao wallet transfer --to //Bob --amount 2.5 --network dev --wallet //Alice --yes',
      note: 'send 2.5 TAO on the embedded chain',
    },
    {
      command: `tao wallet transfer --to ${devExamples.delegator} --amount 1 --network dev --wallet //Alice --confirm ${devExamples.delegator.slice(-8)}`,
      note: 'the first payment to an address',
    },
    {
      command:
        'tao wallet transfer --to //Bob --amount all --network dev --wallet //Alice --dry-run',
      note: 'see what everything comes to; nothing is signed',
    },
  ],
  options: [
    {
      name: 'to',
      value: 'ADDRESS|NAME',
      summary:
        'Who receives it: an address, a wallet, wallet/hotkey, or a name of the address book',
    },
    {
      name: 'amount',
      value: 'TAO|all',
      summary: 'TAO to send, at most 9 decimals, or everything that can go',
    },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'to', type: 'string', summary: 'Address that receives it' },
    { name: 'amount', type: 'tao', summary: 'TAO sent, as the chain reports it; null before' },
    {
      name: 'isRepeat',
      type: 'boolean',
      summary: 'The request id was known: this is the first result',
    },
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'wallet.transfer/1',
  load: async () => (await import('./transfer.ts')).walletTransfer,
};
