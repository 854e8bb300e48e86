/**
 * Takes a plan or signed file at its bytes, not at its word: decodes the call with the metadata in
 * the file, and checks that era, nonce, tip and chain are those that are signed. Never online.
 */
import { decodeRuntime } from '../../chain/codecs/decode-metadata.ts';
import { buildParts } from '../../chain/codecs/extrinsic.ts';
import type { Call, Runtime } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { isTaoError, TaoError } from '../../errors/tao-error.ts';
import type { Artifact } from '../../signing/artifact.ts';
import { equalBytes, parseHex } from '../../signing/bytes.ts';
import { readCachedMetadata } from './cached-metadata.ts';
import { judgeMetadata, type MetadataStanding, type Trust } from './metadata-standing.ts';
import { unpackMetadata } from './pack-metadata.ts';

export type OpenedArtifact = {
  readonly runtime: Runtime;
  readonly call: Call;
  readonly metadata: MetadataStanding;
};

/** ARTIFACT_INVALID, ARTIFACT_UNTRUSTED, CHAIN_UNDECODABLE, CHAIN_UNKNOWN_EXTENSION. */
export async function openArtifact(
  context: Pick<Context, 'files' | 'paths'>,
  artifact: Artifact,
  trust: Trust = { trustedHash: undefined },
): Promise<OpenedArtifact> {
  const bytes = await readMetadata(context, artifact);
  const metadata = await judgeMetadata(context, artifact, bytes, trust);
  return { ...decodeWith(artifact, bytes), metadata };
}

/** Metadata that contradicts itself makes the codecs fail in ways of their own. */
function decodeWith(
  artifact: Artifact,
  metadata: Uint8Array,
): { readonly runtime: Runtime; readonly call: Call } {
  try {
    const runtime = decodeMetadata(artifact, metadata);
    const call = runtime.decodeCall(artifact.call);
    requireParts(artifact, runtime);
    return { runtime, call };
  } catch (error) {
    if (isTaoError(error)) throw error;
    throw invalid('its metadata contradicts itself', error);
  }
}

async function readMetadata(
  context: Pick<Context, 'files' | 'paths'>,
  artifact: Artifact,
): Promise<Uint8Array> {
  if (artifact.metadata !== undefined) return unpackMetadata(artifact.metadata);
  const [cached] = await readCachedMetadata(context, artifact.chain);
  if (cached !== undefined) return cached;
  throw invalid('it has no metadata, and this machine knows none of that chain and runtime');
}

/** The metadata names the runtime it is of: a file may not claim another. */
function decodeMetadata({ chain }: Artifact, bytes: Uint8Array): Runtime {
  let runtime: Runtime;
  try {
    runtime = decodeWithOwnVersion(bytes);
  } catch (error) {
    if (!isTaoError(error)) throw error;
    throw invalid('its metadata cannot be read', error);
  }
  const isSame =
    runtime.specVersion === chain.specVersion &&
    runtime.transactionVersion === chain.transactionVersion;
  if (isSame) return runtime;
  throw invalid('its metadata is of another runtime than it says');
}

/** A runtime that is what its own metadata says it is. CHAIN_METADATA_UNUSABLE, CHAIN_LACKS_ITEM. */
export function decodeWithOwnVersion(bytes: Uint8Array): Runtime {
  const unnamed = { specName: '', specVersion: 0, transactionVersion: 0 };
  const runtime = decodeRuntime(bytes, unnamed);
  const version = runtime.constant('System', 'Version') as Readonly<Record<string, unknown>>;
  const { spec_version: specVersion, transaction_version: transactionVersion } = version;
  if (typeof specVersion !== 'number' || typeof transactionVersion !== 'number') {
    throw new TaoError('CHAIN_METADATA_UNUSABLE', {
      message: "Couldn't read the metadata: it does not say which runtime it is of.",
    });
  }
  return { ...runtime, specName: String(version.spec_name), specVersion, transactionVersion };
}

/** ARTIFACT_INVALID for bytes that never expire: whoever had them could send them in a year. */
export function requireMortal({ era }: Artifact): void {
  if (era.kind === 'immortal') throw invalid('its transaction would never expire');
}

/**
 * What is signed beside the call must be what the file says of era, nonce, tip, chain and hash.
 * ARTIFACT_INVALID, CHAIN_UNKNOWN_EXTENSION.
 */
export function requireParts(artifact: Artifact, runtime: Runtime): void {
  const { chain, call, era, nonce, tipRao, metadataHash } = artifact;
  const hash = metadataHash === undefined ? undefined : parseHex(metadataHash);
  const { genesisHash } = chain;
  const same = { runtime, genesisHash, call, era, nonce, tipRao };
  let parts: ReturnType<typeof buildParts>;
  try {
    parts = buildParts(hash === undefined ? same : { ...same, metadataHash: hash });
  } catch (error) {
    if (error instanceof RangeError) throw invalid('its era cannot begin where it says', error);
    throw error;
  }
  const isSame =
    equalBytes(parts.extra, artifact.extra) && equalBytes(parts.additional, artifact.additional);
  if (!isSame) throw invalid('what is signed beside its call is not what it says');
}

function invalid(reason: string, cause?: unknown): TaoError {
  return new TaoError('ARTIFACT_INVALID', {
    message: `Couldn't read the plan or signed file: ${reason}.`,
    hint: 'Copy the file again, or make it anew with --unsigned-out or --signed-out.',
    ...(cause === undefined ? {} : { cause }),
  });
}
