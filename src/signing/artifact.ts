/**
 * Files for signing away from the network: an unsigned plan, and the signed transaction. Versioned
 * JSON, read strictly and checked against itself. The text in a file is its writer's claim: whoever
 * signs decodes the call. Pure.
 */
import { parseAddress } from '../domain/address.ts';
import { TaoError } from '../errors/tao-error.ts';
import { equalBytes, formatHex } from './bytes.ts';
import { checksumOf, type Fail, type FieldReader, parseDocument } from './json-fields.ts';
import { assembleSigned, extrinsicHash, signingBytes } from './payload.ts';
import type { Scheme } from './types.ts';

export const ARTIFACT_LIMIT_BYTES = 4 * 1024 * 1024;
export const MAX_CALL_BYTES = 1024 * 1024;
/** Metadata of the runtime, compressed: that of mainnet has about 100 KB. */
export const MAX_PACKED_METADATA_BYTES = 1024 * 1024;
export const MAX_SUMMARY_LINES = 200;
export const MAX_LINE_LENGTH = 500;
const FORMAT = 'tao-transaction/1';
const U32_MAX = 2 ** 32 - 1;
const U64_MAX = 2n ** 64n - 1n;
/** Controls, letters that are not seen or turn the text around, and breaks of lines. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

export type ArtifactChain = {
  /** What the writer called the network: for people. */
  readonly name: string;
  readonly genesisHash: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
};

export type ArtifactEra =
  | { readonly kind: 'immortal' }
  | {
      readonly kind: 'mortal';
      readonly period: number;
      readonly birthNumber: number;
      readonly birthHash: string;
    };

/** What decodes the call where there is no network. Whether it is the chain's own, it cannot say. */
export type ArtifactMetadata = {
  /** blake2-256 of the metadata before compression, 0x hex. */
  readonly hash: string;
  readonly gzip: Uint8Array;
};

/** Everything a signer needs, and what the submitter checks afterwards. */
export type UnsignedPlan = {
  readonly kind: 'unsigned';
  readonly chain: ArtifactChain;
  /** ss58 of the account that signs. */
  readonly from: string;
  readonly scheme: Scheme;
  /** Such as `stake.add`. */
  readonly command: string;
  /** What it does, in lines for people. */
  readonly summary: readonly string[];
  readonly call: Uint8Array;
  readonly extra: Uint8Array;
  readonly additional: Uint8Array;
  readonly era: ArtifactEra;
  readonly nonce: number;
  readonly tipRao: bigint;
  /** Hash of the metadata that a hardware signer compares; undefined when it is switched off. */
  readonly metadataHash?: string;
  /** The runtime's metadata; undefined in files that leave it to whoever reads them. */
  readonly metadata?: ArtifactMetadata;
  readonly createdAtMs: number;
  /** After this moment neither signing nor submitting makes sense: prices have moved. */
  readonly expiresAtMs: number;
};

/** A plan with its signature, and the extrinsic that both make. */
export type SignedTransaction = Omit<UnsignedPlan, 'kind'> & {
  readonly kind: 'signed';
  readonly signature: Uint8Array;
  readonly extrinsic: Uint8Array;
  /** blake2-256 of the extrinsic, 0x hex. */
  readonly hash: string;
};

export type Artifact = UnsignedPlan | SignedTransaction;

/** The file's text. */
export function serializeArtifact(artifact: Artifact): string {
  const body = artifactJson(artifact);
  return `${JSON.stringify({ format: FORMAT, ...body, checksum: checksumOf(body) }, null, 2)}\n`;
}

/**
 * Parses a plan or signed file. ARTIFACT_INVALID for any missing, unknown or malformed field, a
 * wrong checksum, or a signed file whose parts do not make its extrinsic;
 * ARTIFACT_VERSION_UNKNOWN.
 */
export function parseArtifact(text: string): Artifact {
  const document = parseDocument(text, ARTIFACT_LIMIT_BYTES, invalid);
  const format = document.text('format', { maxLength: 64 });
  if (format !== FORMAT) throw unknownVersion(format);
  const checksum = document.text('checksum', { maxLength: 66 });
  const plan = readPlan(document);
  const kind = document.text('kind', { maxLength: 16 });
  if (kind !== 'unsigned' && kind !== 'signed') throw invalid('its kind is not known');
  const artifact = kind === 'unsigned' ? plan : readSigned(document, plan);
  document.end();
  if (checksumOf(artifactJson(artifact)) !== checksum) throw invalid('its checksum does not fit');
  return artifact;
}

/** A plan with its signature: 64 bytes by the account in `from`, over `signingBytes(plan)`. */
export function signPlan(plan: UnsignedPlan, signature: Uint8Array): SignedTransaction {
  const publicKey = parseAddress(plan.from);
  const { scheme, extra, call } = plan;
  const extrinsic = assembleSigned({ publicKey, scheme, signature, extra, call });
  return { ...plan, kind: 'signed', signature, extrinsic, hash: extrinsicHash(extrinsic) };
}

/** Whether the signature is the account's over this very transaction. Loads the crypto library. */
export async function isArtifactSignatureValid(signed: SignedTransaction): Promise<boolean> {
  const { verifySignature } = await import('./keys/verify-signature.ts');
  return verifySignature({
    scheme: signed.scheme,
    publicKey: parseAddress(signed.from),
    signature: signed.signature,
    bytes: signingBytes(signed),
  });
}

/**
 * The first block in which a mortal transaction can no longer be included; undefined if immortal.
 */
export function eraEndBlock(era: ArtifactEra): number | undefined {
  return era.kind === 'immortal' ? undefined : era.birthNumber + era.period;
}

/** ARTIFACT_EXPIRED when its time is over, by the clock or, where given, by the best block. */
export function assertNotExpired(
  artifact: Artifact,
  now: { readonly nowMs: number; readonly bestBlock?: number },
): void {
  const end = eraEndBlock(artifact.era);
  const isPastEra = end !== undefined && now.bestBlock !== undefined && now.bestBlock >= end;
  if (now.nowMs < artifact.expiresAtMs && !isPastEra) return;
  throw new TaoError('ARTIFACT_EXPIRED', {
    message: isPastEra
      ? `Couldn't use the file: its transaction could only be included before block ${end}.`
      : "Couldn't use the file: it is past its time, and prices may have moved.",
    hint: 'Make the plan again and sign it; if this one may have been sent, look with tao tx list first.',
    data: { expiresAtMs: artifact.expiresAtMs, ...(end === undefined ? {} : { eraEndBlock: end }) },
  });
}

/** JSON-safe, hex and decimal strings: what the checksum covers. */
function artifactJson(artifact: Artifact): Readonly<Record<string, unknown>> {
  const { kind, chain, from, scheme, command, summary, era, nonce } = artifact;
  return {
    kind,
    chain,
    from,
    scheme,
    command,
    summary,
    call: formatHex(artifact.call),
    extra: formatHex(artifact.extra),
    additional: formatHex(artifact.additional),
    era,
    nonce,
    tipRao: artifact.tipRao.toString(),
    ...(artifact.metadataHash === undefined ? {} : { metadataHash: artifact.metadataHash }),
    ...(artifact.metadata === undefined ? {} : { metadata: metadataJson(artifact.metadata) }),
    createdAtMs: artifact.createdAtMs,
    expiresAtMs: artifact.expiresAtMs,
    ...(artifact.kind === 'signed'
      ? {
          signature: formatHex(artifact.signature),
          extrinsic: formatHex(artifact.extrinsic),
          hash: artifact.hash,
        }
      : {}),
  };
}

function metadataJson({ hash, gzip }: ArtifactMetadata): Readonly<Record<string, string>> {
  return { hash, gzip: formatHex(gzip) };
}

function readPlan(fields: FieldReader): UnsignedPlan {
  const time = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const bytes = (minBytes: number, maxBytes: number) => ({ minBytes, maxBytes });
  return {
    kind: 'unsigned',
    chain: readChain(fields.object('chain')),
    from: readAddress(fields),
    scheme: readScheme(fields),
    command: fields.text('command', { maxLength: 64, pattern: /^[a-z][a-z0-9.-]*$/ }),
    summary: readSummary(fields),
    call: fields.hex('call', bytes(2, MAX_CALL_BYTES)),
    extra: fields.hex('extra', bytes(0, 4096)),
    additional: fields.hex('additional', bytes(0, 4096)),
    era: readEra(fields.object('era')),
    nonce: fields.integer('nonce', { min: 0, max: U32_MAX }),
    tipRao: fields.decimal('tipRao', { max: U64_MAX }),
    ...(fields.has('metadataHash') ? { metadataHash: readHash(fields, 'metadataHash') } : {}),
    ...(fields.has('metadata') ? { metadata: readMetadata(fields.object('metadata')) } : {}),
    createdAtMs: fields.integer('createdAtMs', time),
    expiresAtMs: fields.integer('expiresAtMs', time),
  };
}

function readSigned(fields: FieldReader, plan: UnsignedPlan): SignedTransaction {
  const signature = fields.hex('signature', { minBytes: 64, maxBytes: 64 });
  const extrinsic = fields.hex('extrinsic', { minBytes: 1, maxBytes: 2 * MAX_CALL_BYTES });
  const hash = readHash(fields, 'hash');
  const signed = signPlan(plan, signature);
  if (!equalBytes(signed.extrinsic, extrinsic)) {
    throw invalid('its call and signature do not make its extrinsic');
  }
  if (signed.hash !== hash) throw invalid('its hash is not the hash of its extrinsic');
  return signed;
}

function readChain(fields: FieldReader): ArtifactChain {
  const chain = {
    name: fields.text('name', { maxLength: 200, pattern: /^[\x20-\x7e]*$/ }),
    genesisHash: readHash(fields, 'genesisHash'),
    specVersion: fields.integer('specVersion', { min: 0, max: U32_MAX }),
    transactionVersion: fields.integer('transactionVersion', { min: 0, max: U32_MAX }),
  };
  fields.end();
  return chain;
}

function readMetadata(fields: FieldReader): ArtifactMetadata {
  const metadata = {
    hash: readHash(fields, 'hash'),
    gzip: fields.hex('gzip', { minBytes: 1, maxBytes: MAX_PACKED_METADATA_BYTES }),
  };
  fields.end();
  return metadata;
}

function readEra(fields: FieldReader): ArtifactEra {
  const kind = fields.text('kind', { maxLength: 16 });
  if (kind === 'immortal') {
    fields.end();
    return { kind };
  }
  if (kind !== 'mortal') throw invalid('its era is neither mortal nor immortal');
  const period = fields.integer('period', { min: 4, max: 65_536 });
  if ((period & (period - 1)) !== 0) throw invalid("its era's period is not a power of two");
  const birthNumber = fields.integer('birthNumber', { min: 0, max: U32_MAX });
  const birthHash = readHash(fields, 'birthHash');
  fields.end();
  return { kind, period, birthNumber, birthHash };
}

function readSummary(fields: FieldReader): readonly string[] {
  const lines = fields.list('summary', MAX_SUMMARY_LINES);
  const isLine = (line: unknown): line is string =>
    typeof line === 'string' && line.length <= MAX_LINE_LENGTH && !UNPRINTABLE.test(line);
  if (lines.every(isLine)) return lines;
  throw invalid('its summary is not lines of plain text');
}

function readAddress(fields: FieldReader): string {
  const address = fields.text('from', { maxLength: 64 });
  parseAddress(address);
  return address;
}

function readScheme(fields: FieldReader): Scheme {
  const scheme = fields.text('scheme', { maxLength: 16 });
  if (scheme === 'sr25519' || scheme === 'ed25519') return scheme;
  throw invalid('its signature scheme is not known');
}

function readHash(fields: FieldReader, name: string): string {
  return formatHex(fields.hex(name, { minBytes: 32, maxBytes: 32 }));
}

const invalid: Fail = (reason) =>
  new TaoError('ARTIFACT_INVALID', {
    message: `Couldn't read the plan or signed file: ${reason}.`,
    hint: 'Copy the file again, or make it anew with --unsigned-out or --signed-out.',
  });

function unknownVersion(format: string): TaoError {
  return new TaoError('ARTIFACT_VERSION_UNKNOWN', {
    message: `Couldn't read the file: its format is not ${FORMAT}.`,
    hint: 'Make the file with this version of tao, or read it with the version that made it.',
    data: { expected: FORMAT, found: format.replace(/[^\x20-\x7e]/g, '?') },
  });
}
