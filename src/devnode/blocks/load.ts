/** Brings a chain up from its store, or starts it from its preset. */
import { presetDigests, presetState } from '../genesis/presets.ts';
import { toHex } from '../scale/hex.ts';
import { stateDigest } from '../state/digest.ts';
import { ENTRY_BYTES, type HashIndex } from './hash-index.ts';
import { HASH_BYTES, headerHash } from './header.ts';
import { corrupt, NO_EVENTS, replay, replayBlock } from './history.ts';
import { genesisHeader } from './rebuild-header.ts';
import type { NumberedState, Snapshots, StateAt } from './snapshots.ts';
import type { BlockBody, ChainStore, LogRecord, StoredChain } from './store.ts';

export type LoadParts = {
  readonly preset: string;
  readonly store: ChainStore;
  readonly index: HashIndex;
  readonly bodies: Map<number, BlockBody>;
  readonly snapshots: Snapshots;
};

export type LoadedChain = {
  readonly preset: string;
  readonly genesisHash: string;
  readonly droppedBytes: number;
  /** The state after the newest block. */
  readonly live: StateAt;
};

/** Fills index and bodies and gives the newest state. DEV_CHAIN_CORRUPT, DEV_PRESET_UNKNOWN. */
export function loadChain(parts: LoadParts): LoadedChain {
  const stored = parts.store.load();
  const first = stored.records[0];
  if (first === undefined) return startChain(parts);
  if (first.kind !== 'genesis') throw corrupt('its log does not begin with a genesis');
  return resumeChain(parts, stored, first);
}

function startChain({ preset, store, index }: LoadParts): LoadedChain {
  const state = presetState(preset);
  const genesisHash = pushGenesis(index, presetDigests[preset] ?? stateDigest(state));
  store.append({ kind: 'genesis', preset, genesisHash });
  store.appendEntries(index.bytes(0));
  return { preset, genesisHash, droppedBytes: 0, live: { state, ...NO_EVENTS } };
}

function resumeChain(
  parts: LoadParts,
  stored: StoredChain,
  { preset, genesisHash }: Extract<LogRecord, { kind: 'genesis' }>,
): LoadedChain {
  const { index, bodies, snapshots, store } = parts;
  // A large genesis is made only when no later state is at hand.
  const digest = presetDigests[preset] ?? stateDigest(presetState(preset));
  if (pushGenesis(index, digest) !== genesisHash) {
    throw corrupt(`this version of tao has another genesis for the preset "${preset}"`);
  }
  const ends = collectBodies(stored.records, bodies, genesisHash);
  const blocks = ends.at(-1)?.number ?? 0;
  const trusted = trustedBlocks(stored.entries, ends);
  index.pushAll(stored.entries.subarray(ENTRY_BYTES, (trusted + 1) * ENTRY_BYTES));
  const start = (): NumberedState =>
    snapshots.latest(trusted) ?? {
      number: 0,
      at: { state: presetState(preset), ...NO_EVENTS },
    };
  let live = replay({ index, bodies, snapshots }, start(), blocks);
  for (const { number, hash } of ends) assertHash(index, number, hash);
  const finished = finishRun(parts, live, stored.entries);
  const head = index.count() - 1;
  live = finished ?? replay({ index, bodies, snapshots }, start(), head);
  if (head > blocks) {
    const hash = toHex(index.hash(head) ?? new Uint8Array());
    store.append({ kind: 'empty', count: head - blocks, hash });
  }
  const isWritten = trusted === blocks && stored.entries.length === index.count() * ENTRY_BYTES;
  if (!isWritten) store.writeEntries(index.bytes(0));
  return { preset, genesisHash, droppedBytes: stored.droppedBytes, live };
}

/** Records block 0 and gives its hash. */
function pushGenesis(index: HashIndex, digest: string): string {
  const header = genesisHeader(digest);
  const hash = headerHash(header);
  index.push(hash, header.stateRoot);
  return toHex(hash);
}

type RecordEnd = { readonly number: number; readonly hash: string };

/** Fills `bodies`, and gives the last block of every record with its hash. */
function collectBodies(
  records: readonly LogRecord[],
  bodies: Map<number, BlockBody>,
  genesisHash: string,
): readonly RecordEnd[] {
  const ends: RecordEnd[] = [{ number: 0, hash: genesisHash }];
  let number = 0;
  for (const record of records) {
    if (record.kind === 'genesis') continue;
    number += record.kind === 'empty' ? record.count : 1;
    if (record.kind === 'block') bodies.set(number, record.body);
    ends.push({ number, hash: record.hash });
  }
  return ends;
}

/** Up to which block the stored entries agree with the log: the newest record's end that they have. */
function trustedBlocks(entries: Uint8Array, ends: readonly RecordEnd[]): number {
  for (let i = ends.length - 1; i > 0; i -= 1) {
    const { number, hash } = ends[i] as RecordEnd;
    if (entryHash(entries, number) === hash) return number;
  }
  return 0;
}

/**
 * Makes the empty blocks again whose entries were written and whose record was not, because the
 * writer ended within a run. Undefined when one is no empty block: the state is spoiled then.
 */
function finishRun(parts: LoadParts, live: StateAt, entries: Uint8Array): StateAt | undefined {
  const { index, bodies } = parts;
  let reached = live;
  for (;;) {
    const number = index.count();
    const wanted = entryHash(entries, number);
    if (wanted === undefined) return reached;
    const { events, eventCount } = replayBlock({ index, bodies }, reached.state, number);
    if (toHex(index.hash(number) ?? new Uint8Array()) !== wanted) {
      index.truncate(number);
      return undefined;
    }
    reached = { state: reached.state, events, eventCount };
  }
}

function entryHash(entries: Uint8Array, number: number): string | undefined {
  const at = number * ENTRY_BYTES;
  if (entries.length < at + ENTRY_BYTES) return undefined;
  return toHex(entries.subarray(at, at + HASH_BYTES));
}

function assertHash(index: HashIndex, number: number, hash: string): void {
  const found = index.hash(number);
  if (found !== undefined && toHex(found) === hash) return;
  throw corrupt(`block ${number} does not replay to its recorded hash`);
}
