/** A signer over a key in memory, built on @polkadot/keyring. Loads the crypto library. */
import { createPair } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { formatAddress } from '../../domain/address.ts';
import { concatBytes, wipe } from '../bytes.ts';
import type { KeyMaterial, Signer } from '../types.ts';
import { toLibraryForm } from './scalar-form.ts';

/**
 * A signer for `key`. It copies the secret, so the key may be wiped; `dispose` wipes the copy. The
 * keyring's WebAssembly is not waited for: sr25519 does not use it, and ed25519 has both forms.
 */
export async function createKeySigner(key: KeyMaterial): Promise<Signer> {
  const secretKey = librarySecret(key);
  const pair = createPair(
    { toSS58: formatAddress, type: key.scheme },
    { publicKey: key.publicKey, secretKey },
  );
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> => signWith(pair, bytes);
  return {
    publicKey: Uint8Array.from(key.publicKey),
    address: key.address,
    scheme: key.scheme,
    signPayload: sign,
    signBytes: sign,
    dispose: () => {
      pair.lock();
      wipe(secretKey);
    },
  };
}

function signWith(pair: KeyringPair, bytes: Uint8Array): Uint8Array {
  if (pair.isLocked) throw new Error('A disposed signer was asked to sign');
  return pair.sign(bytes);
}

function librarySecret(key: KeyMaterial): Uint8Array {
  if (key.scheme === 'ed25519') return concatBytes(key.privateKey, key.publicKey);
  const secret = toLibraryForm(key.privateKey);
  if (secret === undefined) throw new RangeError('The key material has no valid sr25519 scalar');
  return secret;
}
