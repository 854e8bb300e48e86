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
  '424': '0xd07264d5fedc531c14c47e6fc86deeecebec6dfe6f2a10c4478e0d97c702de5a',
  '448': '0xd07264d5fedc531c14c47e6fc86deeecebec6dfe6f2a10c4478e0d97c702de5a',
};

/** The bytes under `:code`: other metadata, other bytes. */
export function codeBytes({ name, specVersion }: RuntimeProfile): Uint8Array {
  return new TextEncoder().encode(`${SPEC_NAME} ${specVersion} ${METADATA_DIGESTS[name]}`);
}
