/**
 * Key files without JSON: old and third-party wallets wrote the bare value. Decided by role.
 * Pure.
 */
import { decodeAddress, formatAddress } from '../../domain/address.ts';
import { parseHex } from '../bytes.ts';
import { formatUnknown } from './foreign.ts';
import type { KeyfileContent, KeyfileRole, SecretSource } from './keyfile-content.ts';

const SEED_DIGITS = 64;
const PRIVATE_KEY_DIGITS = 128;

/** The meaning of trimmed text that is not a JSON object. KEYFILE_FORMAT_UNKNOWN. */
export function bareContent(text: string, role: KeyfileRole): KeyfileContent {
  const content = role === 'public' ? barePublic(text) : bareSecret(text);
  if (content === undefined) throw formatUnknown('unparsable');
  return content;
}

/** 32 bytes of hex in a public file are a public key, never a seed. */
function barePublic(text: string): KeyfileContent | undefined {
  const bytes = parseHex(text);
  const publicKey = bytes?.length === 32 ? bytes : decodeAddress(text)?.publicKey;
  if (publicKey === undefined) return undefined;
  const key = { scheme: 'sr25519', publicKey, address: formatAddress(publicKey) } as const;
  return { kind: 'public', key };
}

function bareSecret(text: string): KeyfileContent | undefined {
  const source = bareSource(text);
  if (source === undefined) return undefined;
  return { kind: 'secret', sources: [source], scheme: 'sr25519', stored: undefined };
}

function bareSource(text: string): SecretSource | undefined {
  const digits = text.replace(/^0x/i, '');
  if (/^[0-9a-fA-F]+$/.test(digits)) {
    if (digits.length === SEED_DIGITS) return { kind: 'seed', text };
    return digits.length === PRIVATE_KEY_DIGITS ? { kind: 'private-key', text } : undefined;
  }
  if (text.startsWith('//')) return { kind: 'uri', text };
  const words = text.split(/\s+/);
  const isMnemonic =
    [12, 15, 18, 21, 24].includes(words.length) && words.every((word) => /^[a-z]+$/.test(word));
  return isMnemonic ? { kind: 'words', text } : undefined;
}
