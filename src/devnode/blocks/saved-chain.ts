/**
 * A whole chain as the bytes of one file: what it was made of, its hashes, and its newest state.
 * The blocks are the truth; a state that cannot be read is made again from them.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { TaoError } from '../../errors/tao-error.ts';
import { decodeLog, encodeRecord } from '../folder/block-log.ts';
import { toHex } from '../scale/hex.ts';
import { stateDigest } from '../state/digest.ts';
import { type Chain, headHash, headNumber, openChain } from './chain.ts';
import { blake2, joinBytes } from './header.ts';
import { createMemoryStore } from './memory-store.ts';
import { encodeState } from './snapshots.ts';
import type { ChainStore, LogRecord, StoredChain } from './store.ts';

const FORMAT = 'taostake-dev-snapshot/1';
const MAX_HEAD_BYTES = 2_000;
/** The largest content read. */
const MAX_CONTENT_BYTES = 1024 * 1024 * 1024;
/** The longest run of empty blocks in one record. */
const MAX_RUN_BLOCKS = 1_000;

/** The first line of the file. */
type Head = {
  readonly format: typeof FORMAT;
  readonly preset: string;
  readonly genesisHash: string;
  readonly number: number;
  readonly hash: string;
  readonly stateDigest: string;
  /** Lengths of log and entries; the state is the rest. */
  readonly logBytes: number;
  readonly entriesBytes: number;
  /** blake2-256 of the content. */
  readonly checksum: string;
};

/** The bytes of a file that holds a chain. */
export function encodeChain(chain: Chain): Uint8Array {
  const log = new TextEncoder().encode(chainRecords(chain).map(encodeRecord).join(''));
  const entries = chain.index.bytes(0);
  const content = joinBytes(log, entries, encodeState(headHash(chain), chain.live));
  const head: Head = {
    format: FORMAT,
    preset: chain.preset,
    genesisHash: chain.genesisHash,
    number: headNumber(chain),
    hash: headHash(chain),
    stateDigest: stateDigest(chain.live.state),
    logBytes: log.length,
    entriesBytes: entries.length,
    checksum: toHex(blake2(content)),
  };
  const line = new TextEncoder().encode(`${JSON.stringify(head)}\n`);
  return joinBytes(line, gzipSync(content, { level: 1 }));
}

export type SavedFacts = Pick<Head, 'preset' | 'genesisHash' | 'number' | 'hash' | 'stateDigest'>;

/** What such bytes hold. DEV_SNAPSHOT_INVALID. */
export function describeSavedChain(bytes: Uint8Array): SavedFacts {
  const { preset, genesisHash, number, hash, stateDigest: digest } = decode(bytes).head;
  return { preset, genesisHash, number, hash, stateDigest: digest };
}

/**
 * Opens the chain in such bytes, in place of whatever a lasting store holds. Nothing is changed
 * when it throws. DEV_SNAPSHOT_INVALID, DEV_CHAIN_CORRUPT.
 */
export function restoreChain(bytes: Uint8Array, store: ChainStore): Chain {
  const { head, stored, state } = decode(bytes);
  const memory = createMemoryStore(stored);
  memory.writeSnapshot(head.number, state);
  const chain = openChain({ preset: head.preset, store: memory });
  const isSame =
    headHash(chain) === head.hash && stateDigest(chain.live.state) === head.stateDigest;
  if (!isSame) throw invalid('its blocks do not lead to its state');
  if (!store.isLasting) return chain;
  store.clear();
  for (const record of stored.records) store.append(record);
  store.appendEntries(stored.entries);
  store.writeSnapshot(head.number, state);
  return openChain({ preset: head.preset, store });
}

/** The records that lead to the chain's head. */
function chainRecords({ preset, genesisHash, bodies, index }: Chain): readonly LogRecord[] {
  const records: LogRecord[] = [{ kind: 'genesis', preset, genesisHash }];
  const hashOf = (number: number): string => toHex(index.hash(number) ?? new Uint8Array());
  const head = index.count() - 1;
  let count = 0;
  for (let number = 1; number <= head; number += 1) {
    const body = bodies.get(number);
    const endsRun = number === head || bodies.has(number + 1) || count + 1 === MAX_RUN_BLOCKS;
    if (body !== undefined) records.push({ kind: 'block', body, hash: hashOf(number) });
    else if (endsRun) {
      records.push({ kind: 'empty', count: count + 1, hash: hashOf(number) });
      count = 0;
    } else count += 1;
  }
  return records;
}

type Decoded = {
  readonly head: Head;
  readonly stored: StoredChain;
  readonly state: Uint8Array;
};

function decode(bytes: Uint8Array): Decoded {
  const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf(0x0a);
  const head = end < 0 ? undefined : readHead(bytes.subarray(0, end));
  if (head === undefined) throw invalid('it does not begin as one');
  const content = unpack(bytes.subarray(end + 1));
  if (toHex(blake2(content)) !== head.checksum) throw invalid('its checksum does not fit');
  const { records } = decodeLog(content.subarray(0, head.logBytes));
  const entriesEnd = head.logBytes + head.entriesBytes;
  const entries = content.slice(head.logBytes, entriesEnd);
  return {
    head,
    stored: { records, entries, droppedBytes: 0 },
    state: content.slice(entriesEnd),
  };
}

function readHead(line: Uint8Array): Head | undefined {
  try {
    const head = JSON.parse(new TextDecoder().decode(line)) as Head;
    return head.format === FORMAT ? head : undefined;
  } catch {
    return undefined;
  }
}

function unpack(bytes: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: MAX_CONTENT_BYTES }));
  } catch (cause) {
    throw invalid('it is cut off or damaged', cause);
  }
}

function invalid(why: string, cause?: unknown): TaoError {
  return new TaoError('DEV_SNAPSHOT_INVALID', {
    message: `Couldn't restore the snapshot: ${why}.`,
    hint: 'Give a file that tao dev snapshot save wrote.',
    cause,
  });
}
