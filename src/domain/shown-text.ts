/** What somebody gave, as a message may repeat it. Pure. */

/** Longest text that is repeated. */
const MAX_SHOWN_LENGTH = 40;

/** The text, or its length: a long one was hardly meant, and people paste secrets into wrong fields. */
export function shownText(text: string): string {
  return text.length <= MAX_SHOWN_LENGTH ? text : `(${text.length} characters)`;
}
