/** Instants as text. The clock itself is the platform's. */

/** UTC, RFC 3339, whole seconds: `2026-11-22T10:00:00Z`. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
