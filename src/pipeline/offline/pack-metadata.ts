/** Metadata as a file carries it: compressed, with its hash. Unpacking is bounded. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { blake2b } from '@noble/hashes/blake2.js';
import { TaoError } from '../../errors/tao-error.ts';
import { type ArtifactMetadata, MAX_PACKED_METADATA_BYTES } from '../../signing/artifact.ts';
import { formatHex } from '../../signing/bytes.ts';

/** Largest metadata; that of mainnet has about 340 KB. */
export const MAX_METADATA_BYTES = 8 * 1024 * 1024;
const COMPRESSION_LEVEL = 9;

const compress = promisify<Uint8Array, { level: number }, Buffer>(gzip);
const decompress = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

/** blake2-256 of metadata, 0x hex: what people compare, and what `--trust-metadata` takes. */
export function metadataHashOf(metadata: Uint8Array): string {
  return formatHex(blake2b(metadata, { dkLen: 32 }));
}

/** CHAIN_METADATA_UNUSABLE when it is too large for a file. */
export async function packMetadata(metadata: Uint8Array): Promise<ArtifactMetadata> {
  const packed = new Uint8Array(await compress(metadata, { level: COMPRESSION_LEVEL }));
  if (metadata.length > MAX_METADATA_BYTES || packed.length > MAX_PACKED_METADATA_BYTES) {
    throw new TaoError('CHAIN_METADATA_UNUSABLE', {
      message: `Couldn't write the file: the metadata of this runtime has ${metadata.length} bytes, which is too much for it.`,
      data: { bytes: metadata.length },
    });
  }
  return { hash: metadataHashOf(metadata), gzip: packed };
}

/** The metadata in a file. ARTIFACT_INVALID when it does not unpack, or is not what its hash says. */
export async function unpackMetadata(packed: ArtifactMetadata): Promise<Uint8Array> {
  let metadata: Uint8Array;
  try {
    const options = { maxOutputLength: MAX_METADATA_BYTES };
    metadata = new Uint8Array(await decompress(packed.gzip, options));
  } catch {
    throw unusable('its metadata cannot be unpacked');
  }
  if (metadataHashOf(metadata) !== packed.hash) {
    throw unusable('its metadata is not what its hash says');
  }
  return metadata;
}

function unusable(reason: string): TaoError {
  return new TaoError('ARTIFACT_INVALID', {
    message: `Couldn't read the plan or signed file: ${reason}.`,
    hint: 'Copy the file again, or make it anew with --unsigned-out or --signed-out.',
  });
}
