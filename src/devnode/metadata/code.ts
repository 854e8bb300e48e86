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
  '425': '0x899cd48342a3067d7739e65c4adeb4f03a948f596261c9ecf0a36ec1983e5d76',
  '448': '0x46dc2da4cc6641a4c95ae82232dfa31025820eff2ba31cd1e700b6474e19e3fb',
};

/** The bytes under `:code`: other metadata, other bytes. */
export function codeBytes({ name, specVersion }: RuntimeProfile): Uint8Array {
  return new TextEncoder().encode(`${SPEC_NAME} ${specVersion} ${METADATA_DIGESTS[name]}`);
}
