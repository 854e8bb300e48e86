/** Brings a chain up from its store, or starts it from its preset. */
import { presetDigests, presetState } from '../genesis/presets.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { stateDigest } from '../state/digest.ts';
import { ENTRY_BYTES, type HashIndex } from './hash-index.ts';
import { HASH_BYTES, headerHash } from './header.ts';
import { corrupt, NO_EVENTS, replay } from './history.ts';
import { genesisHeader } from './rebuild-header.ts';
import type { Snapshots, StateAt } from './snapshots.ts';
import type { BlockBody, ChainStore, LogRecord, StoredChain } from './store.ts';

export type LoadParts = {
  readonly preset: string;
  readonly store: ChainStore | undefined;
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
  const stored = parts.store?.load();
  const first = stored?.records[0];
  if (stored === undefined || first === undefined) return startChain(parts);
  if (first.kind !== 'genesis') throw corrupt('its log does not begin with a genesis');
  return resumeChain(parts, stored, first);
}

function startChain({ preset, store, index }: LoadParts): LoadedChain {
  const state = presetState(preset);
  const genesisHash = pushGenesis(index, preset, state);
  store?.append({ kind: 'genesis', preset, genesisHash }, index.bytes(0));
  return { preset, genesisHash, droppedBytes: 0, live: { state, ...NO_EVENTS } };
}

function resumeChain(
  parts: LoadParts,
  stored: StoredChain,
  { preset, genesisHash }: Extract<LogRecord, { kind: 'genesis' }>,
): LoadedChain {
  const { index, bodies, snapshots, store } = parts;
  const genesis = presetState(preset);
  if (pushGenesis(index, preset, genesis) !== genesisHash) {
    throw corrupt(`this version of tao has another genesis for the preset "${preset}"`);
  }
  const blocks = collectBodies(stored.records, bodies);
  const entries = trustedEntries(stored, blocks);
  if (entries !== undefined) index.pushAll(entries.subarray(ENTRY_BYTES));
  const start = { number: 0, at: { state: genesis, ...NO_EVENTS } };
  const from = entries === undefined ? start : (snapshots.latest(blocks) ?? start);
  const live = replay({ index, bodies, snapshots }, from, blocks);
  if (entries === undefined) assertHead(index, stored.records);
  if (entries?.length !== stored.entries.length) store?.writeEntries(index.bytes(0));
  return { preset, genesisHash, droppedBytes: stored.droppedBytes, live };
}

/** Records block 0 and gives its hash. */
function pushGenesis(index: HashIndex, preset: string, state: ChainState): string {
  const header = genesisHeader(presetDigests[preset] ?? stateDigest(state));
  const hash = headerHash(header);
  index.push(hash, header.stateRoot);
  return toHex(hash);
}

/** Fills `bodies` and counts the blocks after the genesis. */
function collectBodies(records: readonly LogRecord[], bodies: Map<number, BlockBody>): number {
  let number = 0;
  for (const record of records) {
    if (record.kind === 'empty') number += record.count;
    if (record.kind !== 'block') continue;
    number += 1;
    bodies.set(number, record.body);
  }
  return number;
}

/** The stored entries, when they cover the log and end in its last hash. */
function trustedEntries(stored: StoredChain, blocks: number): Uint8Array | undefined {
  const wanted = (blocks + 1) * ENTRY_BYTES;
  if (stored.entries.length < wanted) return undefined;
  const at = wanted - ENTRY_BYTES;
  const lastHash = toHex(stored.entries.subarray(at, at + HASH_BYTES));
  return lastHash === headOf(stored.records) ? stored.entries.subarray(0, wanted) : undefined;
}

function assertHead(index: HashIndex, records: readonly LogRecord[]): void {
  const head = index.hash(index.count() - 1);
  if (head === undefined || toHex(head) !== headOf(records)) {
    throw corrupt('its newest block does not replay to its recorded hash');
  }
}

function headOf(records: readonly LogRecord[]): string | undefined {
  const last = records.at(-1);
  return last?.kind === 'genesis' ? last.genesisHash : last?.hash;
}
