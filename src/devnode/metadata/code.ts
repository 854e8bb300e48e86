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
  '424': '0xfc5c90d576978a0ac5c5241fe66f70477377bd1599f4a60259aa3d55753b6350',
  '448': '0xfc5c90d576978a0ac5c5241fe66f70477377bd1599f4a60259aa3d55753b6350',
};

/** The bytes under `:code`: other metadata, other bytes. */
export function codeBytes({ name, specVersion }: RuntimeProfile): Uint8Array {
  return new TextEncoder().encode(`${SPEC_NAME} ${specVersion} ${METADATA_DIGESTS[name]}`);
}
