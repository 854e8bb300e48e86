/** Options and fields that several wallet commands share. Plain data, loads nothing. */
import type { FieldSpec, OptionSpec } from '../../cli/spec.ts';

export const SECRET_FILES_NOTE =
  'Secrets come from a prompt or a file, never from the command line. A FILE of - is standard input, /dev/fd/N a file descriptor.';

export const SCHEMES = ['sr25519', 'ed25519'] as const;

export const wordsOption: OptionSpec = {
  name: 'words',
  value: 'N',
  summary: 'Length of the mnemonic',
  choices: ['12', '15', '18', '21', '24'],
  defaultText: '12',
};

export const mnemonicOutOption: OptionSpec = {
  name: 'mnemonic-out',
  value: 'FILE',
  summary: 'Write the words to a new file, mode 600',
  complete: 'file',
};

export const encryptOption: OptionSpec = {
  name: 'encrypt',
  summary: 'Store it with a password; hotkeys usually have none',
};

export const overwriteOptions: readonly OptionSpec[] = [
  { name: 'overwrite', summary: 'Replace what is there; its keys are gone for good' },
  { name: 'confirm', value: 'NAME', summary: 'With --overwrite: the name again, as confirmation' },
];

export const importSourceOptions: readonly OptionSpec[] = [
  { name: 'mnemonic-file', value: 'FILE', summary: '12 to 24 words', complete: 'file' },
  { name: 'seed-file', value: 'FILE', summary: '64 hex digits', complete: 'file' },
  {
    name: 'private-key-file',
    value: 'FILE',
    summary: '128 hex digits, as key files hold it; for ed25519 also 64',
    complete: 'file',
  },
  {
    name: 'uri-file',
    value: 'FILE',
    summary: 'A secret URI such as WORDS//hard/soft///passphrase',
    complete: 'file',
  },
  {
    name: 'json-file',
    value: 'FILE',
    summary: 'An account exported from polkadot-js',
    complete: 'file',
  },
  {
    name: 'json-password-file',
    value: 'FILE',
    summary: "The export's password, on the first line of FILE",
    complete: 'file',
  },
  {
    name: 'keyfile',
    value: 'FILE',
    summary: 'A key file of this or another Bittensor wallet',
    complete: 'file',
  },
  {
    name: 'keyfile-password-file',
    value: 'FILE',
    summary: "That file's password, on the first line of FILE",
    complete: 'file',
  },
  {
    name: 'address',
    value: 'ADDRESS',
    summary: 'Only watch this address, or public key in hex; nothing can be signed',
  },
  {
    name: 'scheme',
    value: 'SCHEME',
    summary: 'Signature scheme of the key',
    choices: SCHEMES,
    defaultText: 'sr25519',
  },
];

export const importFields: readonly FieldSpec[] = [
  { name: 'wallet', type: 'string', summary: 'Name of the wallet' },
  { name: 'hotkey', type: 'string', summary: 'Name of the hotkey, or null for the coldkey' },
  { name: 'address', type: 'string', summary: 'Address of the key' },
  { name: 'scheme', type: 'string', summary: 'sr25519 or ed25519' },
  { name: 'canSign', type: 'boolean', summary: 'false: watch-only' },
  { name: 'files', type: 'list', summary: 'Files written' },
];

/** The fields of one key in `wallet show`, below `prefix`. */
export function shownKeyFields(prefix: string): readonly FieldSpec[] {
  return [
    { name: `${prefix}.address`, type: 'string', summary: 'Address; null: only unlocking tells' },
    { name: `${prefix}.publicKey`, type: 'string', summary: '32 bytes, 0x hex, or null' },
    { name: `${prefix}.scheme`, type: 'string', summary: 'sr25519 or ed25519, or null' },
    { name: `${prefix}.key`, type: 'string', summary: KEY_WORDS },
    { name: `${prefix}.encryption`, type: 'string', summary: ENCRYPTION_WORDS },
    { name: `${prefix}.files[].path`, type: 'string', summary: 'A file of the key' },
    { name: `${prefix}.files[].mode`, type: 'string', summary: 'Its permission bits, octal' },
  ];
}

export const KEY_WORDS = 'encrypted, plain, watch-only, absent or unreadable';
export const ENCRYPTION_WORDS = 'nacl, ansible, fernet, or none';

export const problemFields: readonly FieldSpec[] = [
  { name: 'problems[].key', type: 'string', summary: 'WALLET, or WALLET/HOTKEY' },
  { name: 'problems[].code', type: 'string', summary: 'Error code of what is wrong' },
  { name: 'problems[].message', type: 'string', summary: 'What is wrong, in a sentence' },
];
