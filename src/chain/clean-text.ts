/** Text that others wrote (names, symbols, a node's words), made safe to show on one line. */

/** Longest text kept, in UTF-16 units. */
const MAX_TEXT_LENGTH = 200;
/** Controls and line separators: they would break the line or drive the terminal. */
const BREAKING = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
/** Bidirectional and invisible formatting, hidden tags, private use, lone surrogates. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}]/gu;

/** One line without control, bidirectional or invisible characters, at most 200 characters. */
export function cleanText(text: string): string {
  return text
    .slice(0, MAX_TEXT_LENGTH)
    .replace(BREAKING, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** UTF-8 bytes as such a line. Malformed bytes show as the replacement character. */
export function cleanBytes(bytes: Uint8Array): string {
  return cleanText(new TextDecoder('utf-8').decode(bytes));
}
