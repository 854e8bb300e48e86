/**
 * Signed messages as the official tool makes them: the UTF-8 bytes as they are. Verifying also
 * tries the `<Bytes>` wrapping of browser extensions. An address does not tell its scheme: say
 * which was used.
 */
import { decodeAddress } from '../domain/address.ts';
import { TaoError } from '../errors/tao-error.ts';
import { concatBytes, encodeUtf8, formatBareHex, parseHex } from './bytes.ts';
import type { Scheme, Signer } from './types.ts';

const OPEN_TAG = encodeUtf8('<Bytes>');
const CLOSE_TAG = encodeUtf8('</Bytes>');
const SIGNATURE_BYTES = 64;
/** Set in the last byte of every sr25519 signature; one without it is of another scheme. */
const SR25519_MARK = 0x80;

/** The official JSON shape: 128 hex digits without 0x, and the signer's ss58 address. */
export type SignedMessage = {
  readonly signedMessage: string;
  readonly signerAddress: string;
  readonly scheme: Scheme;
};

export type MessageToVerify = {
  readonly message: string;
  /** Hex of any case, 0x optional. */
  readonly signature: string;
  /** ss58 of any chain, or a 32-byte public key in hex. */
  readonly signer: string;
  /** sr25519 unless the signer is known to be ed25519. */
  readonly scheme?: Scheme;
};

export type Verification = {
  readonly valid: boolean;
  readonly scheme: Scheme;
  /** Which bytes the signature is of; undefined when it is not valid. */
  readonly form: 'raw' | 'wrapped' | undefined;
};

/** Signs a message. Texts that look like hex are text all the same. */
export async function signMessage(signer: Signer, message: string): Promise<SignedMessage> {
  const signature = await signer.signBytes(encodeUtf8(message));
  return {
    signedMessage: formatBareHex(signature),
    signerAddress: signer.address,
    scheme: signer.scheme,
  };
}

/** Verifies a signed message; a malformed signature is simply not valid. ADDRESS_INVALID. */
export async function verifyMessage(input: MessageToVerify): Promise<Verification> {
  const scheme = input.scheme ?? 'sr25519';
  const publicKey = readSigner(input.signer);
  const signature = parseHex(input.signature.trim());
  const hasShape =
    signature?.length === SIGNATURE_BYTES &&
    (scheme === 'ed25519' || ((signature[SIGNATURE_BYTES - 1] as number) & SR25519_MARK) !== 0);
  if (!hasShape) return { valid: false, scheme, form: undefined };
  const { verifySignature } = await import('./keys/verify-signature.ts');
  const raw = encodeUtf8(input.message);
  if (verifySignature({ scheme, publicKey, signature, bytes: raw })) {
    return { valid: true, scheme, form: 'raw' };
  }
  const wrapped = concatBytes(OPEN_TAG, raw, CLOSE_TAG);
  const valid = verifySignature({ scheme, publicKey, signature, bytes: wrapped });
  return { valid, scheme, form: valid ? 'wrapped' : undefined };
}

function readSigner(text: string): Uint8Array {
  const hex = parseHex(text);
  const publicKey = hex?.length === 32 ? hex : decodeAddress(text)?.publicKey;
  if (publicKey !== undefined) return publicKey;
  throw new TaoError('ADDRESS_INVALID', {
    message: "Couldn't read the signer: it is neither an ss58 address nor a public key.",
    hint: 'Give the ss58 address, or 0x and 64 hex digits.',
  });
}
