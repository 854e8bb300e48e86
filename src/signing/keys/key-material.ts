/**
 * Keys from what people have: words, a seed, a private key, a secret URI. Loads the crypto library:
 * import it only where a secret is at hand. Secrets never appear in errors.
 */
import {
  ed25519DeriveHard,
  ed25519PairFromSeed,
  sr25519DeriveHard,
  sr25519PairFromSeed,
} from '@polkadot/util-crypto';
import { getPublicKey, HDKD } from '@scure/sr25519';
import { formatAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { parseHex, wipe } from '../bytes.ts';
import type { KeyMaterial, Scheme } from '../types.ts';
import { mnemonicToSeed, parseMnemonic } from './mnemonic.ts';
import { toKeyfileForm, toLibraryForm } from './scalar-form.ts';
import { type Junction, parseSecretUri } from './secret-uri.ts';

export const SEED_BYTES = 32;
export const PRIVATE_KEY_BYTES = { sr25519: 64, ed25519: 32 } as const;

/**
 * The key of valid words. A passphrase gives another key, whose words are not kept.
 * MNEMONIC_INVALID.
 */
export async function keyFromMnemonic(
  text: string,
  options: { readonly scheme: Scheme; readonly passphrase?: string },
): Promise<KeyMaterial> {
  const mnemonic = parseMnemonic(text);
  const passphrase = options.passphrase ?? '';
  const seed = await mnemonicToSeed(mnemonic, passphrase);
  const key = keyFromSeed(seed, options.scheme);
  wipe(seed);
  return passphrase === '' ? { ...key, mnemonic } : key;
}

/** The key of a 32-byte mini-secret, which it keeps. SEED_INVALID. */
export function keyFromSeed(seed: Uint8Array, scheme: Scheme): KeyMaterial {
  if (seed.length !== SEED_BYTES) {
    throw badSecret(`a seed has ${SEED_BYTES} bytes, and this has ${seed.length}`);
  }
  return { ...keyFromSecret(expandSeed(seed, scheme), scheme), seed: Uint8Array.from(seed) };
}

/**
 * The key of a private key as keyfiles store it: 64 bytes for sr25519 (canonical scalar, nonce),
 * the 32-byte seed for ed25519, where 64 bytes (seed, public key) are read too. SEED_INVALID.
 */
export function keyFromPrivateKey(privateKey: Uint8Array, scheme: Scheme): KeyMaterial {
  const isLongEd25519 = scheme === 'ed25519' && privateKey.length === 64;
  const secret = isLongEd25519 ? privateKey.slice(0, 32) : Uint8Array.from(privateKey);
  if (secret.length !== PRIVATE_KEY_BYTES[scheme]) {
    throw badSecret(
      `an ${scheme} private key has ${PRIVATE_KEY_BYTES[scheme]} bytes, and this has ${secret.length}`,
    );
  }
  return keyFromSecret(secret, scheme);
}

/**
 * The key of a secret URI. Like the official wallet it keeps the private key only. URI_INVALID,
 * MNEMONIC_INVALID.
 */
export async function keyFromUri(text: string, scheme: Scheme): Promise<KeyMaterial> {
  const { seed, ...key } = await deriveUri(text, scheme);
  wipe(seed);
  return key;
}

/** As `keyFromUri`, with the seed where the URI has one. */
export async function deriveUri(text: string, scheme: Scheme): Promise<KeyMaterial> {
  const uri = parseSecretUri(text);
  const seed =
    uri.source.kind === 'seed'
      ? uri.source.seed
      : await mnemonicToSeed(uri.source.words, uri.passphrase);
  if (uri.junctions.length === 0) return keyFromSeed(seed, scheme);
  if (scheme === 'ed25519') return keyFromSeed(deriveEd25519(seed, uri.junctions), scheme);
  return keyFromSecret(deriveSr25519(seed, uri.junctions), scheme);
}

/** Parses a 32-byte seed in hex, 0x optional. SEED_INVALID. */
export function parseSeed(text: string): Uint8Array {
  const seed = parseHex(text.trim());
  if (seed?.length === SEED_BYTES) return seed;
  throw badSecret(`a seed is ${SEED_BYTES * 2} hex digits, with or without 0x`);
}

/** Clears the buffers of a key that is no longer needed. */
export function wipeKey(key: KeyMaterial): void {
  wipe(key.privateKey, key.seed);
}

function keyFromSecret(privateKey: Uint8Array, scheme: Scheme): KeyMaterial {
  const publicKey = scheme === 'sr25519' ? sr25519Public(privateKey) : ed25519Public(privateKey);
  return { scheme, publicKey, address: formatAddress(publicKey), privateKey };
}

function sr25519Public(privateKey: Uint8Array): Uint8Array {
  const library = toLibraryForm(privateKey);
  if (library === undefined) throw badSecret('its scalar is not one that sr25519 allows');
  try {
    return getPublicKey(library);
  } finally {
    wipe(library);
  }
}

function ed25519Public(seed: Uint8Array): Uint8Array {
  const pair = ed25519PairFromSeed(seed, true);
  wipe(pair.secretKey);
  return pair.publicKey;
}

function expandSeed(seed: Uint8Array, scheme: Scheme): Uint8Array {
  if (scheme === 'ed25519') return Uint8Array.from(seed);
  const pair = sr25519PairFromSeed(seed);
  const privateKey = toKeyfileForm(pair.secretKey);
  wipe(pair.secretKey);
  return privateKey;
}

function deriveEd25519(seed: Uint8Array, junctions: readonly Junction[]): Uint8Array {
  if (junctions.some((junction) => junction.kind === 'soft')) {
    throw new TaoError('URI_INVALID', {
      message: "Couldn't derive the key: ed25519 has no soft derivation.",
      hint: 'Write every derivation with two slashes, or use sr25519.',
    });
  }
  return junctions.reduce((current, { chainCode }) => ed25519DeriveHard(current, chainCode), seed);
}

function deriveSr25519(seed: Uint8Array, junctions: readonly Junction[]): Uint8Array {
  let pair = sr25519PairFromSeed(seed);
  for (const { kind, chainCode } of junctions) {
    const next = kind === 'hard' ? sr25519DeriveHard(pair, chainCode) : deriveSoft(pair, chainCode);
    wipe(pair.secretKey);
    pair = next;
  }
  const privateKey = toKeyfileForm(pair.secretKey);
  wipe(pair.secretKey);
  return privateKey;
}

/**
 * Soft derivation lets the nonce half be anything secret. Without added randomness it depends on
 * the parent's secret alone, so that one URI always gives one file.
 */
function deriveSoft(
  pair: { readonly secretKey: Uint8Array },
  chainCode: Uint8Array,
): { publicKey: Uint8Array; secretKey: Uint8Array } {
  const noRandomness = (length = 32): Uint8Array => new Uint8Array(length);
  const secretKey = HDKD.secretSoft(pair.secretKey, chainCode, noRandomness);
  return { secretKey, publicKey: getPublicKey(secretKey) };
}

function badSecret(reason: string): TaoError {
  return new TaoError('SEED_INVALID', {
    message: `Couldn't use the secret: ${reason}.`,
    hint: 'Check that the whole value was copied, and that it is of the kind you named.',
  });
}
