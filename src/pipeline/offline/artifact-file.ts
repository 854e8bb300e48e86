/** Plan and signed files on disk. Nothing is ever overwritten. */
import type { Context } from '../../cli/context.ts';
import { isoTime } from '../../domain/time.ts';
import { TaoError } from '../../errors/tao-error.ts';
import {
  ARTIFACT_LIMIT_BYTES,
  type Artifact,
  eraEndBlock,
  parseArtifact,
  serializeArtifact,
} from '../../signing/artifact.ts';
import { decodeUtf8, encodeUtf8 } from '../../signing/bytes.ts';

type FileContext = Pick<Context, 'files'>;

/** Only its owner reads it: it tells what is about to be paid. */
const MODE = 0o600;

/** FILE_NOT_FOUND, FILE_TOO_LARGE, ARTIFACT_INVALID, ARTIFACT_VERSION_UNKNOWN. */
export async function readArtifact(context: FileContext, path: string): Promise<Artifact> {
  const text = decodeUtf8(await readGivenFile(context, path));
  if (text !== undefined) return parseArtifact(text);
  throw new TaoError('ARTIFACT_INVALID', {
    message: `Couldn't read ${path}: it is not a plan or a signed file.`,
    hint: 'Name the file that --unsigned-out or tao tx sign --out wrote.',
    data: { path },
  });
}

/** The bytes of a file the user named. FILE_NOT_FOUND, FILE_TOO_LARGE. */
export async function readGivenFile(context: FileContext, path: string): Promise<Uint8Array> {
  const content = await context.files.read(path, ARTIFACT_LIMIT_BYTES);
  if (content !== undefined) return content;
  throw new TaoError('FILE_NOT_FOUND', {
    message: `Couldn't find the file ${path}.`,
    hint: 'Check the name of the file.',
    data: { path },
  });
}

/** FILE_EXISTS: asked before anything is confirmed, so that no password is typed for nothing. */
export async function refuseExisting(context: FileContext, path: string): Promise<void> {
  if ((await context.files.stat(path)) === undefined) return;
  throw new TaoError('FILE_EXISTS', {
    message: `Couldn't write ${path}: something is there already, and nothing is overwritten.`,
    hint: 'Choose another file name, or move that file away.',
    data: { path },
  });
}

export type WrittenArtifact = { readonly path: string; readonly artifact: Artifact };

/** FILE_EXISTS, FILE_NOT_WRITABLE, FILE_DISK_FULL. */
export async function writeArtifact(
  context: FileContext,
  path: string,
  artifact: Artifact,
): Promise<WrittenArtifact> {
  const content = encodeUtf8(serializeArtifact(artifact));
  await context.files.writeAtomic(path, content, { mode: MODE, overwrite: false });
  return { path, artifact };
}

/** The file as part of a result. */
export function artifactData({
  path,
  artifact,
}: WrittenArtifact): Readonly<Record<string, unknown>> {
  return {
    path,
    kind: artifact.kind,
    from: artifact.from,
    nonce: artifact.nonce,
    genesisHash: artifact.chain.genesisHash,
    specVersion: artifact.chain.specVersion,
    expiresAt: isoTime(artifact.expiresAtMs),
    expiresAtBlock: eraEndBlock(artifact.era) ?? null,
    metadata: {
      hash: artifact.metadata?.hash ?? null,
      signedHash: artifact.metadataHash ?? null,
    },
    hash: artifact.kind === 'signed' ? artifact.hash : null,
  };
}

/** `2026-08-10T12:25:36Z, before block 5,120,034`: both end its time. */
export function expiryText(artifact: Artifact): string {
  const end = eraEndBlock(artifact.era);
  const time = isoTime(artifact.expiresAtMs);
  return end === undefined ? time : `${time}, or at block ${end}`;
}
