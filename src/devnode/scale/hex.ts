/** Bytes and 0x hex. Buffer does the work: it is several times faster than a loop. */

export function toHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`;
}

/** Whole bytes of hex, with 0x or, as Substrate's nodes accept it too, without. Else undefined. */
export function parseHex(text: string): Uint8Array | undefined {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  return /^(?:[0-9a-fA-F]{2})*$/.test(digits) ? fromHex(`0x${digits}`) : undefined;
}

/** For text that is known to be hex. The result has its own buffer, as the codecs require. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
}

/** UTF-8 text as hex, the codecs' form of bytes. */
export function textHex(text: string): string {
  return `0x${Buffer.from(text, 'utf8').toString('hex')}`;
}

export function hexText(hex: string): string {
  return Buffer.from(hex.slice(2), 'hex').toString('utf8');
}
