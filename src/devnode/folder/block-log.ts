/**
 * The log's records as lines of text: a checksum, then JSON. Only the last record can be
 * unfinished, after a crash; anything else that does not fit is damage.
 */
import { blake2 } from '../blocks/header.ts';
import { corrupt } from '../blocks/history.ts';
import type { BlockBody, LogRecord } from '../blocks/store.ts';
import type { DevAction, SetBalance } from '../runtime/dev-actions.ts';
import { fromHex, toHex } from '../scale/hex.ts';

const CHECKSUM_CHARS = 16;

/** One record with its line end. */
export function encodeRecord(record: LogRecord): string {
  const text = JSON.stringify(toJson(record));
  return `${checksum(text)} ${text}\n`;
}

export type DecodedLog = {
  readonly records: readonly LogRecord[];
  /** Length of the whole records, in bytes. */
  readonly wholeBytes: number;
};

/** All whole records. DEV_CHAIN_CORRUPT for a damaged one that others follow. */
export function decodeLog(content: Uint8Array): DecodedLog {
  const records: LogRecord[] = [];
  const text = Buffer.from(content.buffer, content.byteOffset, content.length);
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf(0x0a, at);
    const record = end < 0 ? undefined : decodeLine(text.toString('utf8', at, end));
    if (record === undefined) {
      const isLast = end < 0 || end === text.length - 1;
      if (isLast) break;
      throw corrupt(`record ${records.length + 1} of its log is damaged`);
    }
    records.push(record);
    at = end + 1;
  }
  return { records, wholeBytes: at };
}

function decodeLine(line: string): LogRecord | undefined {
  const text = line.slice(CHECKSUM_CHARS + 1);
  if (line.slice(0, CHECKSUM_CHARS) !== checksum(text)) return undefined;
  return fromJson(JSON.parse(text) as RecordJson);
}

function checksum(text: string): string {
  return toHex(blake2(new TextEncoder().encode(text))).slice(2, 2 + CHECKSUM_CHARS);
}

/** An action with its amounts as text. */
type ActionJson =
  | Exclude<DevAction, SetBalance>
  | (Omit<SetBalance, 'freeRao'> & { readonly freeRao: string });
type RecordJson =
  | { readonly kind: 'genesis'; readonly preset: string; readonly genesisHash: string }
  | { readonly kind: 'empty'; readonly count: number; readonly hash: string }
  | {
      readonly kind: 'block';
      readonly actions: readonly ActionJson[];
      readonly extrinsics: readonly string[];
      readonly hash: string;
    };

function toJson(record: LogRecord): RecordJson {
  if (record.kind !== 'block') return record;
  const { body, hash } = record;
  const actions = body.actions.map(
    (action): ActionJson =>
      action.kind === 'set-balance' ? { ...action, freeRao: `${action.freeRao}` } : action,
  );
  return { kind: 'block', actions, extrinsics: body.extrinsics.map(toHex), hash };
}

function fromJson(json: RecordJson): LogRecord {
  if (json.kind !== 'block') return json;
  const actions = json.actions.map(
    (action): DevAction =>
      action.kind === 'set-balance' ? { ...action, freeRao: BigInt(action.freeRao) } : action,
  );
  const body: BlockBody = { actions, extrinsics: json.extrinsics.map(fromHex) };
  return { kind: 'block', body, hash: json.hash };
}
