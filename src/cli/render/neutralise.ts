/**
 * Makes text from outside harmless on a terminal: control characters could move the cursor, change
 * colours or reorder what is read. Pure.
 */

/** C0, DEL, C1, line and paragraph separators, bidirectional controls, invisible joins and tags. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** One line of text: every control character becomes `\ufffd`, line breaks and tabs included. */
export function neutralise(text: string): string {
  return text.replace(HARMFUL, '\ufffd');
}

/** Several lines: line breaks stay, everything else is neutralised. */
export function neutraliseLines(text: string): string {
  return text.split('\n').map(neutralise).join('\n');
}

/** A JSON text with the same value that is harmless to look at: the characters become escapes. */
export function neutraliseJson(json: string): string {
  return json
    .split('\n')
    .map((line) => line.replace(HARMFUL, escapeUnits))
    .join('\n');
}

function escapeUnits(match: string): string {
  let escaped = '';
  for (let index = 0; index < match.length; index += 1) {
    escaped += `\\u${match.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
