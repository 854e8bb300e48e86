/** How many columns a text takes on a terminal. Pure. */
import stringWidth from 'string-width';

/** One column each: ASCII, and the dots of what was shortened. */
const SINGLE_WIDTH = /^[\u0020-\u007e…]*$/;

/** Columns of `text`: wide characters and emoji count two, combining marks none. */
export function displayWidth(text: string): number {
  return SINGLE_WIDTH.test(text) ? text.length : stringWidth(text);
}
