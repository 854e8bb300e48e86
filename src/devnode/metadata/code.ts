/**
 * What stands under `:code`, where a real chain keeps its runtime: clients hash it to learn whether
 * metadata they kept is still this runtime's. Loading this builds nothing.
 */
import { SPEC_NAME, SPEC_VERSION } from './version.ts';

/** The storage key of a runtime's code, `:code`. */
export const CODE_KEY = '0x3a636f6465';

/** blake2-256 of the metadata in version 15. Its test says what to put here when declarations change. */
export const METADATA_DIGEST = '0xe19370dba3aa60484179ab4b698ece86a7e09eb69d696f206bc95197a37186b2';

/** The bytes under `:code`: other metadata, other bytes. */
export function codeBytes(): Uint8Array {
  return new TextEncoder().encode(`${SPEC_NAME} ${SPEC_VERSION} ${METADATA_DIGEST}`);
}
