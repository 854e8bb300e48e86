/** URLs without what may be a secret: credentials, path and query all carry providers' keys. */

/** Scheme, host and port. */
export function showableUrl(url: string): string {
  if (!URL.canParse(url)) return 'the given URL';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
