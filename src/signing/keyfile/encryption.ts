/** How a key file is encrypted, decided by its first bytes. Pure; loads no crypto. */
import { encodeUtf8 } from '../bytes.ts';

/** `none` means "not encrypted", whatever the bytes are. */
export type EncryptionMethod = 'nacl' | 'ansible' | 'fernet' | 'none';

export const NACL_HEADER = encodeUtf8('$NACL');
const ANSIBLE_HEADER = encodeUtf8('$ANSIBLE_VAULT');
const FERNET_HEADER = encodeUtf8('gAAAAA');

/** The encryption of a key file's content. */
export function detectEncryption(content: Uint8Array): EncryptionMethod {
  if (startsWith(content, NACL_HEADER)) return 'nacl';
  if (startsWith(content, ANSIBLE_HEADER)) return 'ansible';
  if (startsWith(content, FERNET_HEADER)) return 'fernet';
  return 'none';
}

function startsWith(content: Uint8Array, header: Uint8Array): boolean {
  return content.length >= header.length && header.every((byte, index) => content[index] === byte);
}
