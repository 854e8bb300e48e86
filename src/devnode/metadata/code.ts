/**
 * What stands under `:code`, where a real chain keeps its runtime: clients hash it to learn whether
 * metadata they kept is still this runtime's. Loading this builds nothing.
 */
import type { RuntimeProfile } from './profiles/profile.ts';
import { SPEC_NAME } from './version.ts';

/** The storage key of a runtime's code, `:code`. */
export const CODE_KEY = '0x3a636f6465';

/**
 * blake2-256 of each profile's metadata in version 15. Their test says what to put here when
 * declarations change.
 */
export const METADATA_DIGESTS: Readonly<Record<string, string>> = {
  '424': '0x8116da6d9264c1499b3a49dcd4788aae7597061ea43b1696ea9662c7a5b0862f',
  '425': '0x22dd90bd31aca67f37cdeb53d260506c20538bced22504faf4f7a61f7e6f475f',
  '448': '0x4b0f6fcbb361449eb426f2e1faa081213f113da46a72c2d5cabe17d9426c0b2a',
};

/** The bytes under `:code`: other metadata, other bytes. */
export function codeBytes({ name, specVersion }: RuntimeProfile): Uint8Array {
  return new TextEncoder().encode(`${SPEC_NAME} ${specVersion} ${METADATA_DIGESTS[name]}`);
}
