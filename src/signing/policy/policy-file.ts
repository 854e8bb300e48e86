/**
 * The policy on disk: one JSON file with a checksum, so that damage and careless edits close the
 * tool instead of opening it. The checksum is no protection against someone who can write the
 * file.
 */
import { dirname } from 'node:path';
import type { Files } from '../../domain/ports.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes.ts';
import {
  checksumOf,
  type Fail,
  type FieldReader,
  parseDocument,
  readFields,
} from '../json-fields.ts';
import { KNOWN_CALLS, readAccount } from './call-effects.ts';
import type { Policy, WindowLimit, WindowPeriod } from './types.ts';

export const POLICY_FILE_LIMIT_BYTES = 1024 * 1024;
export const MAX_LIST_LENGTH = 10_000;
const FORMAT = 'tao-policy/1';
const MAX_LIMIT_RAO = 2n ** 64n - 1n;
const PERIODS: readonly WindowPeriod[] = ['hour', 'day', 'week'];

export type PolicyFile = {
  /** The policy, or undefined when none was set. POLICY_DAMAGED. */
  readonly read: () => Promise<Policy | undefined>;
  /** Replaces the policy. POLICY_INVALID. */
  readonly write: (policy: Policy) => Promise<void>;
  readonly remove: () => Promise<void>;
};

export function createPolicyFile(options: {
  readonly files: Files;
  readonly path: string;
}): PolicyFile {
  const { files, path } = options;
  return {
    read: async () => {
      const content = await files.read(path, POLICY_FILE_LIMIT_BYTES);
      if (content === undefined) return undefined;
      const text = decodeUtf8(content);
      if (text === undefined) throw damaged('it is not UTF-8 text');
      return parsePolicyFile(text);
    },
    write: async (policy) => {
      const text = serializePolicyFile(policy);
      await files.makeDirectory(dirname(path), 0o700);
      await files.writeAtomic(path, encodeUtf8(text), { mode: 0o600, overwrite: true });
    },
    remove: () => files.remove(path),
  };
}

/** Parses a policy file and checks its checksum. POLICY_DAMAGED. */
export function parsePolicyFile(text: string): Policy {
  const document = parseDocument(text, POLICY_FILE_LIMIT_BYTES, damaged);
  if (document.text('format', { maxLength: 32 }) !== FORMAT)
    throw damaged('its format is not known');
  const checksum = document.text('checksum', { maxLength: 66 });
  const fields = document.object('policy');
  const policy = readPolicy(fields, damaged);
  fields.end();
  document.end();
  if (checksumOf(policyJson(policy)) !== checksum) throw damaged('its checksum does not fit');
  return policy;
}

/** The text of a policy file. POLICY_INVALID for a policy that could not be read back. */
export function serializePolicyFile(policy: Policy): string {
  const json = policyJson(policy);
  const fields = readFields(json, 'the policy', invalid);
  readPolicy(fields, invalid);
  fields.end();
  const document = { format: FORMAT, policy: json, checksum: checksumOf(json) };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (text.length <= POLICY_FILE_LIMIT_BYTES) return text;
  throw invalid(
    `its file would be longer than ${POLICY_FILE_LIMIT_BYTES} bytes: shorten its lists`,
  );
}

/** The policy as JSON-safe data, amounts as strings: also what commands print. */
export function policyJson(policy: Policy): Readonly<Record<string, unknown>> {
  const { perTransactionRao, windows, netuids, hotkeys, destinations, calls, expiresAtMs } = policy;
  return {
    ...(perTransactionRao === undefined ? {} : { perTransactionRao: `${perTransactionRao}` }),
    windows: windows.map(({ period, limitRao }) => ({ period, limitRao: `${limitRao}` })),
    ...(netuids === undefined ? {} : { netuids }),
    ...(hotkeys === undefined ? {} : { hotkeys }),
    ...(destinations === undefined ? {} : { destinations }),
    ...(calls === undefined ? {} : { calls }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  };
}

function readPolicy(fields: FieldReader, fail: Fail): Policy {
  const windows = fields.list('windows', PERIODS.length).map((value) => readWindow(value, fail));
  if (new Set(windows.map(({ period }) => period)).size !== windows.length) {
    throw fail('it limits one period twice');
  }
  return {
    windows,
    ...(fields.has('perTransactionRao')
      ? { perTransactionRao: fields.decimal('perTransactionRao', { max: MAX_LIMIT_RAO }) }
      : {}),
    ...(fields.has('netuids') ? { netuids: readList(fields, 'netuids', isNetuid, fail) } : {}),
    ...(fields.has('hotkeys') ? { hotkeys: readList(fields, 'hotkeys', isAddress, fail) } : {}),
    ...(fields.has('destinations')
      ? { destinations: readList(fields, 'destinations', isAddress, fail) }
      : {}),
    ...(fields.has('calls') ? { calls: readList(fields, 'calls', isKnownCall, fail) } : {}),
    ...(fields.has('expiresAtMs')
      ? { expiresAtMs: fields.integer('expiresAtMs', { min: 0, max: Number.MAX_SAFE_INTEGER }) }
      : {}),
  };
}

function readWindow(value: unknown, fail: Fail): WindowLimit {
  const fields = readFields(value, 'a window', fail);
  const name = fields.text('period', { maxLength: 8 });
  const period = PERIODS.find((candidate) => candidate === name);
  if (period === undefined) throw fail('a period is not hour, day or week');
  const limitRao = fields.decimal('limitRao', { max: MAX_LIMIT_RAO });
  fields.end();
  return { period, limitRao };
}

function readList<T>(
  fields: FieldReader,
  name: string,
  isItem: (value: unknown) => value is T,
  fail: Fail,
): readonly T[] {
  const list = fields.list(name, MAX_LIST_LENGTH);
  if (list.every(isItem)) return list;
  throw fail(`"${name}" holds something that does not belong there`);
}

function isNetuid(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && readAccount(value) === value;
}

function isKnownCall(value: unknown): value is string {
  return typeof value === 'string' && KNOWN_CALLS.includes(value);
}

function damaged(reason: string): TaoError {
  return new TaoError('POLICY_DAMAGED', {
    message: `Couldn't read the spending policy: ${reason}. Nothing is signed until it is set again.`,
    hint: 'Run tao policy set to write the policy anew.',
  });
}

function invalid(reason: string): TaoError {
  return new TaoError('POLICY_INVALID', {
    message: `Couldn't set the spending policy: ${reason}.`,
    hint: 'Check the amounts, addresses and call names of the policy.',
  });
}
