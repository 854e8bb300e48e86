/** Damaged copies of bytes and texts, for fuzz tests of parsers. */
import fc from 'fast-check';

/** `bytes` with one bit flipped. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const index = Math.floor(bit / 8);
  copy[index] = (copy[index] as number) ^ (1 << (bit % 8));
  return copy;
}

/** A text cut short, with a character changed, doubled or removed, or a piece replaced by anything. */
export function mutated(text: string): fc.Arbitrary<string> {
  const position = fc.nat(text.length - 1);
  const piece = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom(
      '"',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '0x',
      '-1',
      '1e999',
      'null',
      '\\u0000',
      '😀',
    ),
  );
  return fc.oneof(
    position.map((at) => text.slice(0, at)),
    position.map((at) => text.slice(0, at) + text.slice(at + 1)),
    position.map((at) => text.slice(0, at) + text.charAt(at) + text.slice(at)),
    fc.tuple(position, fc.nat(8), piece).map(([at, length, replacement]) => {
      return text.slice(0, at) + replacement + text.slice(at + length);
    }),
  );
}
