/**
 * Reads the plaintext of a key file as every wallet generation wrote it. Pure: it takes the text
 * apart and derives nothing, so listing public files needs no crypto library.
 */
import { decodeAddress, formatAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { decodeUtf8, equalBytes, parseHex } from '../bytes.ts';
import type { PublicKey, Scheme } from '../types.ts';
import { bareContent } from './bare-content.ts';
import { formatUnknown, isHashedAccount, refusePolkadotExport, unsupported } from './foreign.ts';

/**
 * A `public` file names an account and must not be read as a secret; a `secret` file may hold
 * either.
 */
export type KeyfileRole = 'public' | 'secret';

/** Where a secret may come from, in the order in which they are tried. */
export type SecretSource =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'seed'; readonly text: string }
  | { readonly kind: 'private-key'; readonly text: string }
  | { readonly kind: 'uri'; readonly text: string };

export type KeyfileContent =
  | { readonly kind: 'public'; readonly key: PublicKey }
  | {
      readonly kind: 'secret';
      readonly sources: readonly SecretSource[];
      /** The scheme the file states; sr25519 when it states none. */
      readonly scheme: Scheme;
      /** The account the file says it is; the derived key must match. */
      readonly stored: PublicKey | undefined;
    }
  /** A commitment account of a newer wallet: its address can be shown, it cannot sign here. */
  | { readonly kind: 'hashed'; readonly key: PublicKey | undefined };

/**
 * Parses key file plaintext. KEYFILE_FORMAT_UNKNOWN, KEYFILE_UNSUPPORTED (polkadot-js exports, key
 * types we do not know), KEY_MISMATCH when the address and the public key of one file differ.
 */
export function parseKeyfile(plaintext: Uint8Array, role: KeyfileRole): KeyfileContent {
  const text = decodeUtf8(plaintext);
  if (text === undefined) throw formatUnknown('binary');
  const fields = parseObject(text);
  if (fields === undefined) return bareContent(text.trim(), role);
  refusePolkadotExport(fields);
  const stored = readStoredKey(fields);
  if (isHashedAccount(fields)) return { kind: 'hashed', key: stored };
  const sources = role === 'secret' ? readSources(fields) : [];
  const scheme = readScheme(fields);
  if (sources.length > 0) return { kind: 'secret', sources, scheme, stored };
  if (stored === undefined) throw formatUnknown('no_key_material');
  return { kind: 'public', key: { ...stored, scheme } };
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string): Fields | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Fields) : undefined;
}

function readSources(fields: Fields): readonly SecretSource[] {
  const named = [
    { kind: 'words', field: 'secretPhrase' },
    { kind: 'seed', field: 'secretSeed' },
    { kind: 'private-key', field: 'privateKey' },
  ] as const;
  return named.flatMap(({ kind, field }) => {
    const text = readText(fields, field);
    return text === undefined ? [] : [{ kind, text }];
  });
}

function readScheme(fields: Fields): Scheme {
  const stated = fields.cryptoType;
  const isNumeric = typeof stated === 'string' && /^\s*\d{1,9}\s*$/.test(stated);
  const code = isNumeric ? Number.parseInt(stated as string, 10) : stated;
  if (typeof code !== 'number' || code === 1) return 'sr25519';
  if (code === 0) return 'ed25519';
  throw unsupported(`its key type ${code} is not known`, 'key_type');
}

function readStoredKey(fields: Fields): PublicKey | undefined {
  const address = readText(fields, 'ss58Address') ?? readText(fields, ' ss58Address');
  const hex = readText(fields, 'publicKey') ?? readText(fields, 'accountId');
  const fromAddress = address === undefined ? undefined : decodeAddress(address.trim());
  if (address !== undefined && fromAddress === undefined) {
    throw mismatch('the ss58 address in it is malformed');
  }
  const fromHex = hex === undefined ? undefined : readPublicKey(hex);
  if (fromAddress === undefined) return fromHex;
  if (fromHex !== undefined && !equalBytes(fromAddress.publicKey, fromHex.publicKey)) {
    throw mismatch('the address and the public key in it are of two accounts');
  }
  return publicKeyOf(fromAddress.publicKey);
}

function readPublicKey(hex: string): PublicKey {
  const bytes = parseHex(stripPrefixes(hex));
  if (bytes?.length === 32) return publicKeyOf(bytes);
  throw mismatch('the public key in it is not 32 bytes of hex');
}

function publicKeyOf(publicKey: Uint8Array): PublicKey {
  return { scheme: 'sr25519', publicKey, address: formatAddress(publicKey) };
}

/** A non-empty text field; null and other types count as absent. */
function readText(fields: Fields, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Very old wallets could write `0x0x…`. */
export function stripPrefixes(hex: string): string {
  return hex.trim().replace(/^(?:0x)+/i, '');
}

function mismatch(reason: string): TaoError {
  return new TaoError('KEY_MISMATCH', {
    message: `Couldn't trust the key file: ${reason}.`,
    hint: 'Restore the file from a backup; do not send funds to an address you cannot confirm.',
    data: { reason: 'address_mismatch' },
  });
}
