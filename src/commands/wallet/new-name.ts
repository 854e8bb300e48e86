/** Names for something new. People paste secrets into wrong fields, and a name becomes a file's. */
import { looksLikeAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';

/** Twelve words or more, a seed or private key in hex, a secret URI, an address. */
const SECRET_SHAPES = [/^\s*(?:[a-z]+\s+){11,}[a-z]+\s*$/, /^(?:0x)?[0-9a-f]{64,}$/i, /^\/\//];

/** The name, unless it looks like a secret or an address. WALLET_NAME_INVALID, without repeating it. */
export function checkNewName(name: string): string {
  const isSecret = SECRET_SHAPES.some((shape) => shape.test(name));
  if (!isSecret && !looksLikeAddress(name)) return name;
  throw new TaoError('WALLET_NAME_INVALID', {
    message: `Couldn't use that as a name: it looks like ${isSecret ? 'a secret' : 'an address'}.`,
    hint: 'Choose a short name; secrets are asked for, or read from a file.',
  });
}
