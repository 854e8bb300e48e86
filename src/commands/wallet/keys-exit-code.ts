/**
 * The exit code of keys that are not what they should be: a check that found an error, a signature
 * that is not that key's. Such a command ended well (`ok: true`), only not with 0. Plain data.
 */
export const KEYS_EXIT_CODE = 4;
