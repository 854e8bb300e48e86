/** Specs of what `tao wallet …` does with keys that are there: plain data, loads nothing else. */
import type { ArgumentSpec, CommandSpec, OptionSpec } from '../../cli/spec.ts';
import { ENCRYPTION_WORDS, SCHEMES, SECRET_FILES_NOTE } from './spec-parts.ts';

const messageArgument: ArgumentSpec = {
  name: 'message',
  summary: 'The message; quote it for the shell',
  required: false,
};

const fileOption: OptionSpec = {
  name: 'file',
  value: 'FILE',
  summary: 'Take the message from FILE, line ends included (- is standard input)',
  complete: 'file',
};

const keyArgument: ArgumentSpec = {
  name: 'key',
  summary: 'WALLET or WALLET/HOTKEY; the default wallet when left out',
  required: false,
};

const walletSignSpec: CommandSpec = {
  path: ['wallet', 'sign'],
  summary: 'Sign a message with a coldkey or hotkey',
  description: [
    "Signs the message's UTF-8 bytes as they are, as the official tool does. Nothing is sent to a chain.",
    'A message of exactly 32 bytes asks for confirmation: it could be the hash of a transaction.',
  ],
  examples: [
    { command: 'tao wallet sign hello --wallet //Alice', note: 'with a development key' },
    {
      command: 'tao wallet sign hello --wallet savings --hotkey miner --json',
      note: 'with a hotkey, for a script',
    },
  ],
  arguments: [messageArgument],
  options: [
    fileOption,
    { name: 'hotkey', value: 'NAME', summary: 'Sign with this hotkey instead of the coldkey' },
    { name: 'yes', short: 'y', summary: 'Answer the confirmation with yes' },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'signature', type: 'string', summary: '128 hex digits, without 0x' },
    { name: 'signer', type: 'string', summary: 'Address that signed' },
    { name: 'scheme', type: 'string', summary: 'sr25519 or ed25519' },
    { name: 'message', type: 'string', summary: 'The message that was signed' },
    { name: 'wallet', type: 'string', summary: 'Wallet that signed' },
    { name: 'hotkey', type: 'string', summary: 'Hotkey that signed, or null' },
  ],
  effect: 'reads',
  schema: 'wallet.sign/1',
  load: async () => (await import('./sign.ts')).walletSign,
};

const walletVerifySpec: CommandSpec = {
  path: ['wallet', 'verify'],
  summary: "Check whether a signature is an account's over a message",
  description: [
    'Tries the message as it is, then wrapped in <Bytes> as browser extensions sign it.',
    'Ends with 0 when the signature is valid and with 4 when it is not.',
  ],
  examples: [
    {
      command:
        'tao wallet verify hello --signer //Alice --signature 78c00b578732ea928067c2862eab855abc8140cefe02201e6b43e12aa6623d3fc95309775a2c1cb3eff482420092fc74813c8f11913597b81ff8327ed79f5580',
      note: 'what tao wallet sign gave for //Alice',
    },
  ],
  arguments: [messageArgument],
  options: [
    fileOption,
    { name: 'signature', value: 'HEX', summary: '128 hex digits, with or without 0x' },
    {
      name: 'signer',
      value: 'ADDRESS|NAME',
      summary: 'Address, public key in hex, wallet, wallet/hotkey, or name of the address book',
    },
    {
      name: 'scheme',
      value: 'SCHEME',
      summary: "Signature scheme; an address does not tell it, a wallet's file does",
      choices: SCHEMES,
      defaultText: 'sr25519',
    },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'valid', type: 'boolean', summary: 'Whether the signature is valid' },
    { name: 'signer', type: 'string', summary: 'Address it was checked for' },
    { name: 'scheme', type: 'string', summary: 'Scheme it was checked with' },
    { name: 'form', type: 'string', summary: 'raw, or wrapped in <Bytes>; null: not valid' },
    { name: 'message', type: 'string', summary: 'The message it was checked for' },
  ],
  effect: 'reads',
  schema: 'wallet.verify/1',
  load: async () => (await import('./verify.ts')).walletVerify,
};

const walletPasswordChangeSpec: CommandSpec = {
  path: ['wallet', 'password', 'change'],
  summary: "Change a key's password, or set a first one",
  description: [
    SECRET_FILES_NOTE,
    '--password-file and the environment are for the current password. The file is written in the current encryption, whichever it had.',
  ],
  examples: [
    {
      command:
        'tao wallet password change savings --password-file password.txt --new-password-file new-password.txt',
      note: 'without a question',
    },
  ],
  arguments: [keyArgument],
  options: [
    {
      name: 'new-password-file',
      value: 'FILE',
      summary: 'Read the new password from the first line of FILE',
      complete: 'file',
    },
    { name: 'portable', summary: 'Write only the fields that every official wallet reads' },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'key', type: 'string', summary: 'WALLET, or WALLET/HOTKEY' },
    { name: 'address', type: 'string', summary: 'Its address' },
    { name: 'file', type: 'string', summary: 'File written' },
    { name: 'wasEncrypted', type: 'boolean', summary: 'Whether it had a password before' },
    { name: 'encrypted', type: 'boolean', summary: 'Whether it has one now' },
  ],
  effect: 'writes-local',
  schema: 'wallet.password.change/1',
  load: async () => (await import('./password-change.ts')).walletPasswordChange,
};

const walletPasswordRemoveSpec: CommandSpec = {
  path: ['wallet', 'password', 'remove'],
  summary: 'Store a key without a password',
  description: [
    'Whoever can read the file then owns the funds, so the name of the key has to be typed, or given to --confirm; --yes is not enough.',
  ],
  examples: [
    {
      command:
        'tao wallet password remove savings --password-file new-password.txt --confirm savings',
      note: 'without a question',
    },
  ],
  arguments: [keyArgument],
  options: [{ name: 'confirm', value: 'NAME', summary: 'The name of the key, as confirmation' }],
  groups: ['wallet'],
  fields: [
    { name: 'key', type: 'string', summary: 'WALLET, or WALLET/HOTKEY' },
    { name: 'address', type: 'string', summary: 'Its address' },
    { name: 'file', type: 'string', summary: 'The key file' },
    { name: 'changed', type: 'boolean', summary: 'false: it had no password' },
    { name: 'encrypted', type: 'boolean', summary: 'Whether it has a password now' },
  ],
  effect: 'writes-local',
  schema: 'wallet.password.remove/1',
  load: async () => (await import('./password-remove.ts')).walletPasswordRemove,
};

const walletCheckSpec: CommandSpec = {
  path: ['wallet', 'check'],
  summary: 'Check key files: format, mode, encryption, and whether they belong together',
  description: [
    'Ends with 0 when there are no errors and with 4 when there are; warnings alone are no errors.',
    'Encrypted keys are opened only with --unlock, which proves that each secret gives its address.',
  ],
  examples: [
    { command: 'tao wallet check savings', note: 'one wallet, without a password' },
    { command: 'tao wallet check --all --json', note: 'every wallet, for a script' },
  ],
  arguments: [
    {
      name: 'name',
      summary: 'Name of the wallet; the default wallet when left out',
      required: false,
    },
  ],
  options: [
    { name: 'all', summary: 'All wallets of the folder' },
    { name: 'unlock', summary: 'Open encrypted keys too' },
    {
      name: 'repair',
      summary: 'Write public files that are missing, from keys that were opened',
    },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'path', type: 'string', summary: 'Folder of wallets' },
    { name: 'keys[].key', type: 'string', summary: 'WALLET, or WALLET/HOTKEY' },
    { name: 'keys[].path', type: 'string', summary: 'Its secret file' },
    { name: 'keys[].address', type: 'string', summary: 'Its address, or null' },
    {
      name: 'keys[].secret',
      type: 'string',
      summary: 'encrypted, plain, absent or unreadable',
    },
    { name: 'keys[].encryption', type: 'string', summary: ENCRYPTION_WORDS },
    { name: 'keys[].mode', type: 'string', summary: 'Permission bits, octal, or null' },
    {
      name: 'keys[].proof',
      type: 'string',
      summary: 'proved (the secret gives the address), not-opened, no-secret or failed',
    },
    { name: 'keys[].findings[].severity', type: 'string', summary: 'error or warning' },
    { name: 'keys[].findings[].code', type: 'string', summary: 'What it is, for scripts' },
    { name: 'keys[].findings[].message', type: 'string', summary: 'What it is, in a sentence' },
    { name: 'errors', type: 'integer', summary: 'How many errors there are' },
    { name: 'warnings', type: 'integer', summary: 'How many warnings there are' },
    { name: 'repaired', type: 'list', summary: 'Files written with --repair' },
  ],
  effect: 'writes-local',
  schema: 'wallet.check/1',
  load: async () => (await import('./check.ts')).walletCheck,
};

export const walletKeySpecs: readonly CommandSpec[] = [
  walletSignSpec,
  walletVerifySpec,
  walletPasswordChangeSpec,
  walletPasswordRemoveSpec,
  walletCheckSpec,
];
