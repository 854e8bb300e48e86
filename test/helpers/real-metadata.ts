/**
 * The metadata of a real runtime (spec 424, version 16), from the reference folder beside the
 * repository. Tests that need it say in their names when it is absent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const realMetadataPath = fileURLToPath(
  new URL('../../../shared/reference/metadata-424.scale', import.meta.url),
);

export const hasRealMetadata = existsSync(realMetadataPath);

/** What a suite over the real runtime is called: its name, or that it could not run. */
export function realSuiteName(name: string): string {
  return hasRealMetadata ? `${name} (real metadata, spec 424)` : `${name} (REAL METADATA ABSENT)`;
}

export function readRealMetadata(): Uint8Array {
  return new Uint8Array(readFileSync(realMetadataPath));
}
