/** What a node answered, checked before it is used. Everything else is NETWORK_BAD_REPLY. */
import { isHex, parseHex } from './codecs/hex.ts';
import { badReplyError } from './rpc-errors.ts';

const HASH_LENGTH = 66;

export type Header = {
  readonly number: number;
  readonly parentHash: string;
  readonly stateRoot: string;
  readonly extrinsicsRoot: string;
  /** SCALE bytes of each digest item, 0x hex. */
  readonly logs: readonly string[];
};

export type VersionReply = {
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly apiHashes: readonly string[];
};

/** A 32-byte hash in lower-case hex. */
export function expectHash(value: unknown, method: string): string {
  if (isHex(value) && value.length === HASH_LENGTH) return value.toLowerCase();
  throw unexpected(method, 'no hash');
}

export function expectHexBytes(value: unknown, method: string): Uint8Array {
  const bytes = parseHex(value);
  if (bytes === undefined) throw unexpected(method, 'no hex');
  return bytes;
}

/** 0x hex as it came. */
export function expectHex(value: unknown, method: string): string {
  if (!isHex(value)) throw unexpected(method, 'no hex');
  return value;
}

/** 0x hex, or undefined for null. */
export function expectOptionalHex(value: unknown, method: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (!isHex(value)) throw unexpected(method, 'no hex');
  return value;
}

/** A block header, or undefined when the node has none. */
export function expectHeader(value: unknown, method: string): Header | undefined {
  if (value === null || value === undefined) return undefined;
  if (!isRecord(value)) throw unexpected(method, 'no header');
  const logs = isRecord(value.digest) ? value.digest.logs : undefined;
  return {
    number: expectBlockNumber(value.number, method),
    parentHash: expectHash(value.parentHash, method),
    stateRoot: expectHash(value.stateRoot, method),
    extrinsicsRoot: expectHash(value.extrinsicsRoot, method),
    logs: Array.isArray(logs) ? logs.filter(isHex) : [],
  };
}

export function expectVersion(value: unknown, method: string): VersionReply {
  if (!isRecord(value)) throw unexpected(method, 'no runtime version');
  const { specName, specVersion, transactionVersion, apis } = value;
  if (typeof specName !== 'string' || typeof specVersion !== 'number') {
    throw unexpected(method, 'a runtime version without name or number');
  }
  return {
    specName,
    specVersion,
    // Chain rule: absent in the oldest runtimes, where it means 1.
    transactionVersion: typeof transactionVersion === 'number' ? transactionVersion : 1,
    apiHashes: Array.isArray(apis)
      ? apis.map((api: unknown) => (Array.isArray(api) ? String(api[0]).toLowerCase() : ''))
      : [],
  };
}

export function expectStringList(value: unknown, method: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw unexpected(method, 'no list of texts');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The error for an answer of the wrong shape. */
export function unexpected(method: string, what: string) {
  return badReplyError(`${what} in answer to ${method}`);
}

function expectBlockNumber(value: unknown, method: string): number {
  const number = typeof value === 'string' ? Number.parseInt(value, 16) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
  throw unexpected(method, 'no block number');
}
