/** Hex text to bytes, strictly: what is not whole bytes of hex never becomes bytes. */
import { fromHex, toHex } from '@polkadot-api/utils';

/** Lower-case 0x hex. */
export const formatHex = toHex;

/** Whether `text` is 0x and whole bytes of hex digits. */
export function isHex(text: unknown): text is string {
  return typeof text === 'string' && text.length % 2 === 0 && /^0x[0-9a-fA-F]*$/.test(text);
}

/** Parses 0x hex; undefined unless it is whole bytes of hex digits. */
export function parseHex(text: unknown): Uint8Array | undefined {
  return isHex(text) ? fromHex(text) : undefined;
}
