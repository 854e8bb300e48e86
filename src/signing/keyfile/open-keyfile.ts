/**
 * From the plaintext of a key file to its key. The derived address must be the one the file states:
 * nothing is ever signed on a mismatch. Loads the crypto library.
 */
import { isTaoError, TaoError } from '../../errors/tao-error.ts';
import { equalBytes, parseHex } from '../bytes.ts';
import {
  keyFromMnemonic,
  keyFromPrivateKey,
  keyFromSeed,
  keyFromUri,
  wipeKey,
} from '../keys/key-material.ts';
import type { KeyMaterial, PublicKey, Scheme } from '../types.ts';
import { damaged } from './decrypt-errors.ts';
import { hashedAccountCannotSign } from './foreign.ts';
import {
  type KeyfileContent,
  parseKeyfile,
  type SecretSource,
  stripPrefixes,
} from './keyfile-content.ts';

/**
 * The key in a secret file's plaintext. Its sources are tried in the official order; where the file
 * states an address, the first that gives it wins, whichever scheme that takes.
 * KEY_MISMATCH, KEYFILE_MISSING (no secret in it), KEYFILE_DAMAGED and `parseKeyfile`'s errors.
 */
export async function openKeyfile(plaintext: Uint8Array): Promise<KeyMaterial> {
  return openContent(parseKeyfile(plaintext, 'secret'));
}

/** As `openKeyfile`, from content already parsed. */
export async function openContent(content: KeyfileContent): Promise<KeyMaterial> {
  if (content.kind === 'hashed') throw hashedAccountCannotSign();
  if (content.kind === 'public') throw noSecret(content.key);
  const { stored } = content;
  const schemes = stored === undefined ? [content.scheme] : bothSchemes(content.scheme);
  let derivedAny = false;
  for (const source of content.sources) {
    for (const scheme of schemes) {
      const key = await deriveFrom(source, scheme);
      if (key === undefined) continue;
      if (stored === undefined || equalBytes(key.publicKey, stored.publicKey)) return key;
      derivedAny = true;
      wipeKey(key);
    }
  }
  if (stored !== undefined && derivedAny) throw mismatch(stored);
  throw damaged('none of its secrets has a valid form');
}

function bothSchemes(first: Scheme): readonly Scheme[] {
  return first === 'sr25519' ? ['sr25519', 'ed25519'] : ['ed25519', 'sr25519'];
}

/** Undefined when the source is malformed or cannot belong to the scheme; another may still fit. */
async function deriveFrom(source: SecretSource, scheme: Scheme): Promise<KeyMaterial | undefined> {
  try {
    if (source.kind === 'words') return await keyFromMnemonic(source.text, { scheme });
    if (source.kind === 'uri') return await keyFromUri(source.text, scheme);
    const secret = parseHex(stripPrefixes(source.text));
    if (secret === undefined) return undefined;
    const derive = source.kind === 'seed' ? keyFromSeed : keyFromPrivateKey;
    return derive(secret, scheme);
  } catch (error) {
    if (isTaoError(error)) return undefined;
    throw error;
  }
}

function mismatch(stored: PublicKey): TaoError {
  return new TaoError('KEY_MISMATCH', {
    message: `Couldn't trust the key file: its secret does not belong to ${stored.address}, the address in it.`,
    hint: 'Restore the file from a backup, or import the key again from its words.',
    data: { reason: 'address_mismatch', address: stored.address },
  });
}

function noSecret(key: PublicKey): TaoError {
  return new TaoError('KEYFILE_MISSING', {
    message: `Couldn't sign for ${key.address}: the key file holds its address only, no secret.`,
    hint: 'Import the secret with tao wallet import, or make an unsigned plan with --unsigned-out.',
    data: { reason: 'no_secret', address: key.address },
  });
}
