/** Text for the terminal that may quote names from the chain. Pure. */

/** The text with every control character, line break and direction mark made visible. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '\ufffd');
}
