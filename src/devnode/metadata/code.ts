/**
 * What stands under `:code`, where a real chain keeps its runtime: clients hash it to learn whether
 * metadata they kept is still this runtime's. Loading this builds nothing.
 */
import { SPEC_NAME, SPEC_VERSION } from './version.ts';

/** The storage key of a runtime's code, `:code`. */
export const CODE_KEY = '0x3a636f6465';

/** blake2-256 of the metadata in version 15. Its test says what to put here when declarations change. */
export const METADATA_DIGEST = '0x95239fedaba69729105fe993acf058123daa05ff9f16f16a3f1a9b26600b3e41';

/** The bytes under `:code`: other metadata, other bytes. */
export function codeBytes(): Uint8Array {
  return new TextEncoder().encode(`${SPEC_NAME} ${SPEC_VERSION} ${METADATA_DIGEST}`);
}
