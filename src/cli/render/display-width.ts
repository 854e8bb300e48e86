/** How many columns a text takes on a terminal, and padding by it. Pure. */
import stringWidth from 'string-width';

const PLAIN_ASCII = /^[\u0020-\u007e]*$/;

/** Columns of `text`: wide characters and emoji count two, combining marks none. */
export function displayWidth(text: string): number {
  return PLAIN_ASCII.test(text) ? text.length : stringWidth(text);
}

/** `text` with spaces up to `width` columns, on the side away from the alignment. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const missing = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + missing : missing + text;
}
