/** Where an imported key comes from: one named source, or a prompt. The secret is never repeated. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { formatAddress, parseAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { readPasswordFile } from '../../pipeline/passwords.ts';
import { parseHex, wipe } from '../../signing/bytes.ts';
import type { KeyMaterial, PublicKey, Scheme } from '../../signing/types.ts';
import { readSecretBytes, readSecretText } from './secret-input.ts';

const SECRET_SOURCES = [
  'mnemonic-file',
  'seed-file',
  'private-key-file',
  'uri-file',
  'json-file',
  'keyfile',
] as const;
const SOURCES = [...SECRET_SOURCES, 'address'] as const;
/** Options that only go with one source. */
const COMPANIONS = {
  'json-password-file': 'json-file',
  'keyfile-password-file': 'keyfile',
} as const;
const PRIVATE_KEY_DIGITS = 128;
const SEED_DIGITS = 64;

export type ImportSource = (typeof SOURCES)[number] | 'prompt';

/** The one source that was named; a prompt where none was. USAGE_CONFLICT, USAGE_MISSING. */
export function readImportSource(context: Context, raw: RawInput): ImportSource {
  const given = SOURCES.filter((name) => optionText(raw, name) !== undefined);
  if (given.length > 1) {
    throw new TaoError('USAGE_CONFLICT', {
      message: `Couldn't tell what to import: ${given.map((name) => `--${name}`).join(' and ')} exclude each other.`,
      hint: 'Leave all but one out.',
    });
  }
  const source = given[0] ?? 'prompt';
  for (const [option, needed] of Object.entries(COMPANIONS)) {
    if (optionText(raw, option) === undefined || source === needed) continue;
    throw new TaoError('USAGE_CONFLICT', {
      message: `Couldn't use --${option}: it belongs to --${needed}.`,
      hint: `Add --${needed} FILE, or leave it out.`,
    });
  }
  if (source !== 'prompt' || context.streams.canAsk) return source;
  throw new TaoError('USAGE_MISSING', {
    message: "Couldn't import: no secret was given, and nobody can be asked.",
    hint: 'Add --mnemonic-file FILE or another source (- is standard input), or --address to watch.',
    data: { missing: SOURCES.map((name) => `--${name}`) },
  });
}

/** The scheme of --scheme; keyfiles and exports state their own. */
export function readScheme(raw: RawInput, source: ImportSource): Scheme {
  const scheme = optionText(raw, 'scheme') as Scheme | undefined;
  if (scheme === undefined || (source !== 'json-file' && source !== 'keyfile')) {
    return scheme ?? 'sr25519';
  }
  throw new TaoError('USAGE_CONFLICT', {
    message: `Couldn't use --scheme with --${source}: the file states the scheme of its key.`,
    hint: 'Leave --scheme out.',
  });
}

/** The account of --address: ss58, or a 32-byte public key in hex. ADDRESS_ codes. */
export function readWatchedKey(raw: RawInput, scheme: Scheme): PublicKey {
  const text = optionText(raw, 'address') ?? '';
  const hex = parseHex(text);
  const publicKey = hex?.length === 32 ? hex : parseAddress(text);
  return { scheme, publicKey, address: formatAddress(publicKey) };
}

export type SecretReading = {
  readonly context: Context;
  readonly raw: RawInput;
  readonly source: Exclude<ImportSource, 'address'>;
  readonly scheme: Scheme;
};

/** The key; wipe it. MNEMONIC_INVALID, SEED_INVALID, URI_INVALID, KEYFILE_, KEY_PASSWORD_ codes. */
export async function readImportedKey(reading: SecretReading): Promise<KeyMaterial> {
  const { context, raw, source, scheme } = reading;
  const path = source === 'prompt' ? '' : (optionText(raw, source) ?? '');
  if (source === 'json-file') return keyFromExport(context, raw, path);
  if (source === 'keyfile') return keyFromFile(context, raw, path);
  const text =
    source === 'prompt'
      ? (await context.streams.prompts.secret('Mnemonic, seed, private key or secret URI')).trim()
      : await readSecretText(context, path);
  return keyFromText(text, source === 'prompt' ? kindOf(text) : source, scheme);
}

/** What was typed, by its form: hex of two lengths, a URI by its slash, otherwise words. */
function kindOf(text: string): Exclude<ImportSource, 'prompt' | 'address'> {
  const digits = text.replace(/^0x/i, '');
  if (/^[0-9a-fA-F]+$/.test(digits)) {
    if (digits.length === PRIVATE_KEY_DIGITS) return 'private-key-file';
    if (digits.length === SEED_DIGITS) return 'seed-file';
  }
  return text.includes('/') ? 'uri-file' : 'mnemonic-file';
}

async function keyFromText(
  text: string,
  kind: Exclude<ImportSource, 'prompt' | 'address'>,
  scheme: Scheme,
): Promise<KeyMaterial> {
  const keys = await import('../../signing/keys/key-material.ts');
  if (kind === 'uri-file') return keys.keyFromUri(text, scheme);
  if (kind === 'mnemonic-file') return keys.keyFromMnemonic(text, { scheme });
  const secret = kind === 'seed-file' ? keys.parseSeed(text) : parsePrivateKey(text);
  try {
    return kind === 'seed-file'
      ? keys.keyFromSeed(secret, scheme)
      : keys.keyFromPrivateKey(secret, scheme);
  } finally {
    wipe(secret);
  }
}

function parsePrivateKey(text: string): Uint8Array {
  const secret = parseHex(text);
  if (secret !== undefined) return secret;
  throw new TaoError('SEED_INVALID', {
    message: "Couldn't use the private key: it is not whole bytes of hex digits.",
    hint: 'Copy it again: 128 hex digits for sr25519, 64 or 128 for ed25519.',
  });
}

async function keyFromExport(context: Context, raw: RawInput, path: string): Promise<KeyMaterial> {
  const text = await readSecretText(context, path);
  const password = await readForeignPassword(context, raw, {
    option: 'json-password-file',
    what: 'the polkadot-js export',
  });
  const { keyFromPolkadotJson } = await import('../../signing/keys/polkadot-json.ts');
  return keyFromPolkadotJson(text, password);
}

async function keyFromFile(context: Context, raw: RawInput, path: string): Promise<KeyMaterial> {
  const content = await readSecretBytes(context, path);
  const { detectEncryption } = await import('../../signing/keyfile/encryption.ts');
  const { openKeyfile } = await import('../../signing/keyfile/open-keyfile.ts');
  let plaintext = content;
  if (detectEncryption(content) !== 'none') {
    const asked = { option: 'keyfile-password-file', what: `the key file ${path}` };
    plaintext = await context
      .unlocker()
      .open(content, await readForeignPassword(context, raw, asked));
  }
  try {
    return await openKeyfile(plaintext);
  } finally {
    wipe(plaintext, content);
  }
}

/** The password of a file that is imported, which is not the one the key will have here. */
async function readForeignPassword(
  context: Context,
  raw: RawInput,
  asked: { readonly option: string; readonly what: string },
): Promise<string> {
  const path = optionText(raw, asked.option);
  if (path !== undefined) return readPasswordFile(context, path);
  if (context.streams.canAsk) return context.streams.prompts.secret(`Password of ${asked.what}`);
  throw new TaoError('KEY_PASSWORD_MISSING', {
    message: `Couldn't open ${asked.what}: it has a password, and nobody can be asked.`,
    hint: `Give --${asked.option} FILE; --password-file is for the password it gets here.`,
    data: { missing: [`--${asked.option}`] },
  });
}
