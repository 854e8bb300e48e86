/** Account addresses: ss58 text at the edges, 32 bytes or lower-case hex inside. No I/O. */
import { AccountId, getSs58AddressInfo } from '@polkadot-api/substrate-bindings';
import { TaoError } from '../errors/tao-error.ts';

/** Bittensor's ss58 prefix (the generic Substrate one). */
export const SS58_PREFIX = 42;

const codec = AccountId(SS58_PREFIX);

/** Writes a 32-byte account id in ss58 with Bittensor's prefix. */
export function formatAddress(accountId: Uint8Array): string {
  return codec.dec(accountId);
}

/** Whether `text` has the shape of an ss58 address (any prefix, checksum not looked at). */
export function looksLikeAddress(text: string): boolean {
  return /^[1-9A-HJ-NP-Za-km-z]{46,50}$/.test(text);
}

/**
 * Parses an ss58 address into its 32 bytes. ADDRESS_INVALID for a bad checksum or length;
 * ADDRESS_WRONG_PREFIX for another chain's spelling, with the right one in the hint.
 */
export function parseAddress(text: string): Uint8Array {
  const parsed = getSs58AddressInfo(text);
  if (!parsed.isValid || parsed.publicKey.length !== 32) {
    throw new TaoError('ADDRESS_INVALID', {
      message: `Couldn't read the address "${text}": it is not a valid ss58 address.`,
      hint: 'Copy the whole address again; it starts with 5 and has 48 characters.',
      data: { address: text },
    });
  }
  if (parsed.ss58Format !== SS58_PREFIX) {
    throw new TaoError('ADDRESS_WRONG_PREFIX', {
      message: `Couldn't use the address "${text}": it is spelled for prefix ${parsed.ss58Format}, and Bittensor uses ${SS58_PREFIX}.`,
      hint: `If you are sure of the account, its Bittensor spelling is ${formatAddress(parsed.publicKey)}.`,
      data: { address: text, prefix: parsed.ss58Format },
    });
  }
  return parsed.publicKey;
}

/** `5F3s…Qk2a`: for terminals only, the full value must be reachable. */
export function shortAddress(address: string): string {
  return address.length > 12 ? `${address.slice(0, 4)}…${address.slice(-4)}` : address;
}
