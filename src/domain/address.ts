/** Account addresses: ss58 text at the edges, 32 bytes or lower-case hex inside. No I/O. */
import { AccountId, getSs58AddressInfo } from '@polkadot-api/substrate-bindings';
import { TaoError } from '../errors/tao-error.ts';

/** Bittensor's ss58 prefix (the generic Substrate one). */
export const SS58_PREFIX = 42;

const codec = AccountId(SS58_PREFIX);

/** Most remembered addresses: a read of many positions names the same few accounts all over. */
const MAX_REMEMBERED = 5_000;
/** Checksums are slow, so a spelling worked out before is known. Texts by bytes, and bytes by text. */
const knownTexts = new Map<string, string>();
const knownBytes = new Map<string, Uint8Array>();

const ACCOUNT_BYTES = 32;
/** An address has at most 51 characters; base58 of a long text would take very long. */
const MAX_TEXT_LENGTH = 64;

/**
 * Writes a 32-byte account id in ss58 with Bittensor's prefix. The bytes are copied first: the
 * codec reads a view from the start of its buffer, which would be another account.
 */
export function formatAddress(accountId: Uint8Array): string {
  if (accountId.length !== ACCOUNT_BYTES) {
    throw new RangeError(`An account id has ${ACCOUNT_BYTES} bytes, not ${accountId.length}`);
  }
  const name = String.fromCharCode(...accountId);
  const known = knownTexts.get(name);
  if (known !== undefined) return known;
  const copy = Uint8Array.from(accountId);
  const text = codec.dec(copy);
  remember(knownTexts, name, text);
  remember(knownBytes, text, copy);
  return text;
}

/** Whether `text` has the shape of an ss58 address (any prefix, checksum not looked at). */
export function looksLikeAddress(text: string): boolean {
  return /^[1-9A-HJ-NP-Za-km-z]{46,50}$/.test(text);
}

/** The 32 bytes and the prefix of an ss58 address of any chain; undefined when it is not valid. */
export function decodeAddress(
  text: string,
): { readonly publicKey: Uint8Array; readonly prefix: number } | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const parsed = getSs58AddressInfo(text);
  if (!parsed.isValid || parsed.publicKey.length !== ACCOUNT_BYTES) return undefined;
  const prefix = decodePrefix(parsed.ss58Format);
  return prefix === undefined ? undefined : { publicKey: parsed.publicKey, prefix };
}

/**
 * Parses an ss58 address into its 32 bytes. ADDRESS_INVALID for a bad checksum or length;
 * ADDRESS_WRONG_PREFIX for another chain's spelling, with the right one in the hint.
 */
export function parseAddress(text: string): Uint8Array {
  const known = knownBytes.get(text);
  if (known !== undefined) return known.slice();
  const parsed = decodeAddress(text);
  if (parsed === undefined) {
    const shown = echo(text);
    throw new TaoError('ADDRESS_INVALID', {
      message: `Couldn't read the address ${shown}: it is not a valid ss58 address.`,
      hint: 'Copy the whole address again; it starts with 5 and has 48 characters.',
      data: { address: shown },
    });
  }
  if (parsed.prefix !== SS58_PREFIX) {
    throw new TaoError('ADDRESS_WRONG_PREFIX', {
      message: `Couldn't use the address "${text}": it is spelled for prefix ${parsed.prefix}, and Bittensor uses ${SS58_PREFIX}.`,
      hint: `If you are sure of the account, its Bittensor spelling is ${formatAddress(parsed.publicKey)}.`,
      data: { address: text, prefix: parsed.prefix },
    });
  }
  remember(knownBytes, text, parsed.publicKey.slice());
  return parsed.publicKey;
}

function remember<T>(known: Map<string, T>, name: string, value: T): void {
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(name, value);
}

/** `5F3s…Qk2a`: for terminals only, the full value must be reachable. */
export function shortAddress(address: string): string {
  return address.length > 12 ? `${address.slice(0, 4)}…${address.slice(-4)}` : address;
}

/**
 * One byte is the prefix itself, below 64. Two bytes, which the codec reads as one big-endian
 * number, hold 14 bits in an order of their own; a small prefix in two bytes is not an address.
 */
function decodePrefix(raw: number): number | undefined {
  if (raw < 64) return raw;
  if (raw < 0x4000 || raw >= 0x8000) return undefined;
  const first = raw >> 8;
  const second = raw & 0xff;
  const prefix = ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8);
  return prefix < 64 ? undefined : prefix;
}

/** Repeats only what could have been meant as an address: people paste seeds into wrong fields. */
function echo(text: string): string {
  if (/^[1-9A-HJ-NP-Za-km-z]{1,64}$/.test(text)) return `"${text}"`;
  return text === '' ? 'from no text' : `from ${text.length} characters`;
}
