/** Hex text to bytes, strictly: what is not whole bytes of hex never becomes bytes. */

/** Lower-case 0x hex. */
export function formatHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`;
}

/** Whether `text` is 0x and whole bytes of hex digits. */
export function isHex(text: unknown): text is string {
  return typeof text === 'string' && text.length % 2 === 0 && /^0x[0-9a-fA-F]*$/.test(text);
}

/** Parses 0x hex; undefined unless it is whole bytes of hex digits. */
export function parseHex(text: unknown): Uint8Array | undefined {
  return isHex(text) ? new Uint8Array(Buffer.from(text.slice(2), 'hex')) : undefined;
}
