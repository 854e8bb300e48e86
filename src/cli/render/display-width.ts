/** How many columns a text takes on a terminal. Pure. */
import stringWidth from 'string-width';

const PLAIN_ASCII = /^[\u0020-\u007e]*$/;

/** Columns of `text`: wide characters and emoji count two, combining marks none. */
export function displayWidth(text: string): number {
  return PLAIN_ASCII.test(text) ? text.length : stringWidth(text);
}
