/** Removes what must never be printed from a text: credentials in URLs and runs of mnemonic-like words. */

const urlCredentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const urlSecretQuery = /([?&](?:[a-z_-]*(?:key|token|secret|auth|password)[a-z_-]*)=)[^&\s"']+/gi;
/** Twelve or more lower-case words of three to eight letters in a row: the shape of a mnemonic. */
const wordRun = /\b[a-z]{3,8}(?:\s+[a-z]{3,8}){11,}\b/g;

/**
 * Returns `text` with URL credentials, secret query values and mnemonic-like word runs replaced.
 * @example redact('ws://me:pw@host') // 'ws://[redacted]@host'
 */
export function redact(text: string): string {
  return text
    .replace(urlCredentials, '$1[redacted]@')
    .replace(urlSecretQuery, '$1[redacted]')
    .replace(wordRun, '[redacted words]');
}

/** The same in every text of a JSON-safe value. */
export function redactData(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, redactData(field)] as const),
  );
}
