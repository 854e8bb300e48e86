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
  '424': '0x8f5b8c51a4d467b20e632ede40589b4363d20571d0e27a106549ac803494102e',
  '425': '0x797751002d138de6550bc9540b59254cbff35995af1a5be7eecb97289ddeaef5',
  '448': '0xb82f428b3c267b06a1fe3ba3ac7e271f6d23215ecce6e90282dbee69b16fa713',
};

/** The bytes under `:code`: other metadata, other bytes. */
export function codeBytes({ name, specVersion }: RuntimeProfile): Uint8Array {
  return new TextEncoder().encode(`${SPEC_NAME} ${specVersion} ${METADATA_DIGESTS[name]}`);
}
