/**
 * Writes key file plaintext that every official reader opens: compact JSON, strings only for
 * sr25519. btcli 9 refuses any other value, so sr25519 files carry no type field; absent means
 * sr25519. Pure.
 */
import { encodeUtf8, formatHex } from '../bytes.ts';
import type { KeyMaterial, PublicKey } from '../types.ts';

/** The official code of ed25519. btcli 9 cannot open files that carry it. */
const CRYPTO_TYPE_ED25519 = 0;

/** The plaintext of a secret file: every secret the key knows. The caller wipes it. */
export function serializeSecret(key: KeyMaterial): Uint8Array {
  return encodeFields({
    ...identity(key),
    privateKey: formatHex(key.privateKey),
    ...(key.mnemonic === undefined ? {} : { secretPhrase: key.mnemonic }),
    ...(key.seed === undefined ? {} : { secretSeed: formatHex(key.seed) }),
    ss58Address: key.address,
    ...schemeField(key),
  });
}

/** The content of a public companion file. */
export function serializePublic(key: PublicKey): Uint8Array {
  return encodeFields({ ...identity(key), ss58Address: key.address, ...schemeField(key) });
}

function identity(key: PublicKey): { readonly accountId: string; readonly publicKey: string } {
  const hex = formatHex(key.publicKey);
  return { accountId: hex, publicKey: hex };
}

function schemeField(key: PublicKey): { readonly cryptoType?: number } {
  return key.scheme === 'ed25519' ? { cryptoType: CRYPTO_TYPE_ED25519 } : {};
}

function encodeFields(fields: Readonly<Record<string, string | number>>): Uint8Array {
  return encodeUtf8(JSON.stringify(fields));
}
