/** Explains any extrinsic or call: from hex, a file of hex, or a plan or signed file. Reads only. */
import { compact } from '@polkadot-api/substrate-bindings';
import { mergeUint8 } from '@polkadot-api/utils';
import type { Call, DecodedExtrinsic, Runtime } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { isTaoError, TaoError } from '../../errors/tao-error.ts';
import { type Artifact, MAX_CALL_BYTES, parseArtifact } from '../../signing/artifact.ts';
import { decodeUtf8, parseHex } from '../../signing/bytes.ts';
import { readGivenFile } from './artifact-file.ts';
import { readNewestMetadata } from './cached-metadata.ts';
import type { MetadataStanding } from './metadata-standing.ts';
import { decodeWithOwnVersion, type OpenedArtifact, openArtifact } from './open-artifact.ts';
import { metadataHashOf } from './pack-metadata.ts';

export type Explained =
  | { readonly kind: 'file'; readonly artifact: Artifact; readonly opened: OpenedArtifact }
  | {
      readonly kind: 'extrinsic';
      readonly bytes: Uint8Array;
      readonly extrinsic: DecodedExtrinsic;
      readonly source: RuntimeSource;
    }
  | {
      readonly kind: 'call';
      readonly bytes: Uint8Array;
      readonly call: Call;
      readonly source: RuntimeSource;
    };

/** Whose metadata the bytes were read with. */
export type RuntimeSource = {
  readonly network: string;
  readonly specVersion: number;
  readonly metadata: MetadataStanding;
};

/** FILE_NOT_FOUND, USAGE_INVALID, ARTIFACT_*, CHAIN_UNDECODABLE, NETWORK_ codes. */
export async function explainGiven(context: Context, text: string): Promise<Explained> {
  if (/^0x/i.test(text)) return explainBytes(context, hexBytes(text));
  const content = decodeUtf8(await readGivenFile(context, text))?.trim() ?? '';
  if (/^(0x)?[0-9a-f]+$/i.test(content)) {
    return explainBytes(context, hexBytes(content.startsWith('0x') ? content : `0x${content}`));
  }
  const artifact = parseArtifact(content);
  return { kind: 'file', artifact, opened: await openArtifact(context, artifact) };
}

async function explainBytes(context: Context, bytes: Uint8Array): Promise<Explained> {
  const { runtime, source } = await readRuntime(context);
  const asExtrinsic = (candidate: Uint8Array): Explained | undefined => {
    const extrinsic = tryDecode(() => runtime.decodeExtrinsic(candidate));
    return extrinsic && { kind: 'extrinsic', bytes: candidate, extrinsic, source };
  };
  const asCall = (): Explained | undefined => {
    const call = tryDecode(() => runtime.decodeCall(bytes));
    return call && { kind: 'call', bytes, call, source };
  };
  // As the chain has it, with its length in front; as some tools print it, without, last: the
  // first byte of a bare one may also be the number of a pallet.
  const prefixed = mergeUint8([compact.enc(bytes.length), bytes]);
  const explained = asExtrinsic(bytes) ?? asCall() ?? asExtrinsic(prefixed);
  if (explained !== undefined) return explained;
  throw undecodable(source);
}

/** Of the connected node; where that is out of reach, the newest this machine had from one. */
async function readRuntime(
  context: Context,
): Promise<{ readonly runtime: Runtime; readonly source: RuntimeSource }> {
  try {
    const { runtime, target } = await context.openChain();
    return { runtime, source: sourceOf(runtime, target.name, 'node') };
  } catch (error) {
    const { genesisHash, name } = context.network();
    if (!isTaoError(error) || genesisHash === undefined) throw error;
    const cached = await readNewestMetadata(context, genesisHash);
    if (cached === undefined) throw error;
    const runtime = decodeWithOwnVersion(cached);
    return { runtime, source: sourceOf(runtime, name, 'cache') };
  }
}

function sourceOf(
  { metadataBytes, specVersion }: Runtime,
  network: string,
  knownBy: 'node' | 'cache',
): RuntimeSource {
  return { network, specVersion, metadata: { hash: metadataHashOf(metadataBytes), knownBy } };
}

function tryDecode<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (isTaoError(error, 'CHAIN_UNDECODABLE')) return undefined;
    throw error;
  }
}

function hexBytes(text: string): Uint8Array {
  const bytes = parseHex(text.toLowerCase());
  if (bytes !== undefined && bytes.length > 0 && bytes.length <= 2 * MAX_CALL_BYTES) return bytes;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't read the bytes: they are not whole bytes of hex, at most ${2 * MAX_CALL_BYTES}.`,
    hint: 'Give 0x and an even number of hex digits, or the name of a file.',
  });
}

function undecodable({ network, specVersion }: RuntimeSource): TaoError {
  return new TaoError('CHAIN_UNDECODABLE', {
    message: `Couldn't decode the bytes: runtime ${specVersion} of ${network} has no such extrinsic and no such call.`,
    hint: 'Check that they are whole, and that --network is the chain they are for.',
    data: { network, specVersion },
    exitCode: 2,
  });
}
