/** A call as people hand it over: 0x hex, or the file of an unsigned transaction. */
import { formatHex, parseHex } from '../chain/codecs/hex.ts';
import type { Call, Runtime } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { optionText } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import { ARTIFACT_LIMIT_BYTES, MAX_CALL_BYTES, parseArtifact } from '../signing/artifact.ts';
import { extrinsicHash } from '../signing/payload.ts';
import type { InnerCall } from './acting-as-proxy.ts';

/** The call with its bytes and their blake2-256, which announcements and approvals are known by. */
export function callOf(runtime: Runtime, call: Call): InnerCall {
  const bytes = runtime.encodeCall(call);
  return { call, hex: formatHex(bytes), hash: extrinsicHash(bytes) };
}

/** `--call` as a call of this chain. USAGE_MISSING, USAGE_INVALID, FILE_NOT_FOUND, ARTIFACT_*. */
export async function readGivenCall(context: Context, raw: RawInput): Promise<InnerCall> {
  const text = optionText(raw, 'call');
  if (text === undefined) throw missing('--call', 'the 0x hex of the call, or its file');
  const bytes = await readCallBytes(context, text);
  return decodeCall((await context.openChain()).runtime, bytes);
}

/** Calls, each as 0x hex or a file, in their order. USAGE_INVALID, FILE_NOT_FOUND, ARTIFACT_*. */
export async function readCalls(
  context: Context,
  texts: readonly string[],
): Promise<readonly InnerCall[]> {
  const all = await Promise.all(texts.map((text) => readCallBytes(context, text)));
  const { runtime } = await context.openChain();
  return all.map((bytes) => decodeCall(runtime, bytes));
}

/** `--call-hash`, or the hash of `--call`. USAGE_MISSING, USAGE_CONFLICT, USAGE_INVALID. */
export async function readGivenHash(context: Context, raw: RawInput): Promise<string> {
  const hash = optionText(raw, 'call-hash');
  const isCallGiven = optionText(raw, 'call') !== undefined;
  if (hash !== undefined && isCallGiven) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't use --call and --call-hash together: each names the call.",
      hint: 'Leave one of them out.',
    });
  }
  if (hash !== undefined) return parseCallHash(hash);
  if (!isCallGiven) throw missing('--call-hash', 'the hash of what is pending');
  return (await readGivenCall(context, raw)).hash;
}

/** What can be read without the chain. USAGE_INVALID, FILE_NOT_FOUND, ARTIFACT_*. */
async function readCallBytes(context: Context, text: string): Promise<Uint8Array> {
  return text.startsWith('0x') ? hexBytes(text) : fileBytes(context, text);
}

/** USAGE_INVALID for bytes that are no call of this runtime. */
function decodeCall(runtime: Runtime, bytes: Uint8Array): InnerCall {
  try {
    return callOf(runtime, runtime.decodeCall(bytes));
  } catch (error) {
    if (!isTaoError(error, 'CHAIN_UNDECODABLE')) throw error;
    throw invalid("they are no call of this chain's runtime", error);
  }
}

const HASH_PATTERN = /^0x[0-9a-fA-F]{64}$/;

/** Reads `--call-hash`: 32 bytes of hex. USAGE_INVALID. */
export function parseCallHash(text: string): string {
  if (HASH_PATTERN.test(text)) return text.toLowerCase();
  throw new TaoError('USAGE_INVALID', {
    message: "Couldn't read --call-hash: it must be 0x and 64 hex digits.",
    hint: 'Copy it from the list of what is pending.',
  });
}

function hexBytes(text: string): Uint8Array {
  const bytes = parseHex(text);
  if (bytes !== undefined && bytes.length > 0 && bytes.length <= MAX_CALL_BYTES) return bytes;
  throw invalid('they are not whole bytes of hex');
}

async function fileBytes({ files }: Pick<Context, 'files'>, path: string): Promise<Uint8Array> {
  const content = await files.read(path, ARTIFACT_LIMIT_BYTES);
  if (content !== undefined) return parseArtifact(new TextDecoder().decode(content)).call;
  throw new TaoError('FILE_NOT_FOUND', {
    message: `Couldn't read the call: there is no file ${path}.`,
    hint: 'Give the call as 0x hex, or the file that --unsigned-out wrote.',
    data: { path },
  });
}

function missing(option: string, what: string): TaoError {
  return new TaoError('USAGE_MISSING', {
    message: `Couldn't tell which call is meant: ${option} is missing.`,
    hint: `Add ${option} with ${what}.`,
    data: { missing: [option] },
  });
}

function invalid(reason: string, cause?: TaoError): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't read the bytes of the call: ${reason}.`,
    details: cause === undefined ? [] : [cause.message],
    hint: 'Copy the whole 0x hex of the call, as tao printed it.',
    ...(cause === undefined ? {} : { cause }),
  });
}
