/**
 * Whether the metadata that a file brings is the chain's own. Metadata decides what bytes mean: a
 * forged one shows another call than the one that is signed.
 */
import { publicNetworkOf } from '../../chain/known-networks.ts';
import type { Context } from '../../cli/context.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { Artifact } from '../../signing/artifact.ts';
import { equalBytes, formatHex } from '../../signing/bytes.ts';
import { readCachedMetadata } from './cached-metadata.ts';
import { digestMetadata } from './metadata-digest.ts';
import { metadataHashOf } from './pack-metadata.ts';

export type MetadataStanding = {
  /** blake2-256 of the metadata, 0x hex. */
  readonly hash: string;
  /**
   * `node`: the connected node gave it. `cache`: this machine fetched the same from one before.
   * `signed-hash`: its hash is signed too, so the chain refuses the transaction if it is not its
   * own. `user`: somebody vouched for it. Undefined: nobody knows.
   */
  readonly knownBy: 'node' | 'cache' | 'signed-hash' | 'user' | undefined;
};

export type Trust = {
  /** `--trust-metadata`: the hash that a machine the user trusts showed. */
  readonly trustedHash: string | undefined;
};

/** ARTIFACT_UNTRUSTED when it is known to be another one; ARTIFACT_INVALID for a wrong signed hash. */
export async function judgeMetadata(
  context: Pick<Context, 'files' | 'paths'>,
  artifact: Artifact,
  metadata: Uint8Array,
  { trustedHash }: Trust,
): Promise<MetadataStanding> {
  const hash = metadataHashOf(metadata);
  if (trustedHash !== undefined && !(await hasHash(metadata, trustedHash))) {
    throw untrusted(hash, 'it is not the metadata that --trust-metadata names');
  }
  if (artifact.metadataHash !== undefined) {
    await requireSignedHash(artifact.metadataHash, metadata);
    return { hash, knownBy: 'signed-hash' };
  }
  if (trustedHash !== undefined) return { hash, knownBy: 'user' };
  return { hash, knownBy: await compareWithCache(context, artifact, metadata) };
}

/** Either hash will do: of the bytes, or of what they say, which is the same in every version. */
async function hasHash(metadata: Uint8Array, hash: string): Promise<boolean> {
  const wanted = hash.toLowerCase();
  if (metadataHashOf(metadata) === wanted) return true;
  const digest = await digestMetadata(metadata);
  return digest !== undefined && formatHex(digest) === wanted;
}

/** The chain compares the signed hash with its own: what fits it is the chain's metadata. */
async function requireSignedHash(signedHash: string, metadata: Uint8Array): Promise<void> {
  const digest = await digestMetadata(metadata);
  if (digest !== undefined && formatHex(digest) === signedHash) return;
  throw new TaoError('ARTIFACT_INVALID', {
    message:
      "Couldn't read the plan or signed file: its metadata is not the one whose hash it signs.",
    hint: 'Copy the file again, or make it anew with --unsigned-out or --signed-out.',
  });
}

async function compareWithCache(
  context: Pick<Context, 'files' | 'paths'>,
  { chain }: Artifact,
  metadata: Uint8Array,
): Promise<'cache' | undefined> {
  const cached = await readCachedMetadata(context, chain);
  if (cached.some((known) => equalBytes(known, metadata))) return 'cache';
  if (cached.length === 0) return undefined;
  // Nodes serve the same metadata in several versions; its digest is the same in all.
  const digest = await digestMetadata(metadata);
  const digests = await Promise.all(cached.map(digestMetadata));
  if (digest === undefined || digests.includes(undefined)) return undefined;
  if (digests.some((known) => known !== undefined && equalBytes(known, digest))) return 'cache';
  // A public chain never changes its runtime and keeps the number; a chain of one's own may.
  if (publicNetworkOf(chain.genesisHash) === undefined) return undefined;
  const reason = `this machine knows other metadata of runtime ${chain.specVersion} on that chain`;
  throw untrusted(metadataHashOf(metadata), reason);
}

function untrusted(hash: string, reason: string): TaoError {
  return new TaoError('ARTIFACT_UNTRUSTED', {
    message: `Couldn't trust the metadata in the file: ${reason}.`,
    details: [`The file's metadata has the hash ${hash}.`],
    hint: 'Do not sign it. Make the plan again on a machine and with a node that you trust.',
    data: { metadataHash: hash },
  });
}
