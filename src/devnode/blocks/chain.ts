/**
 * The chain of blocks: makes new ones, finds old ones, and gives the state after any of them. The
 * live state belongs to it alone; readers get views and must not change them.
 */
import { presetState } from '../genesis/presets.ts';
import {
  type BlockInput,
  type ExecutedBlock,
  executeBlock,
  timeInherent,
} from '../runtime/execute-block.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import type { View } from '../state/view.ts';
import { createHashIndex, type HashIndex } from './hash-index.ts';
import { HASH_BYTES, type Header, headerHash } from './header.ts';
import { createHistory, type History, MAX_REPLAY_BLOCKS, parentOf, timeOf } from './history.ts';
import { loadChain } from './load.ts';
import { createMemoryStore } from './memory-store.ts';
import { rebuildHeader } from './rebuild-header.ts';
import { type BlockEvents, createRecentEvents, type RecentEvents } from './recent-events.ts';
import { createSnapshots, SNAPSHOT_INTERVAL, type Snapshots, type StateAt } from './snapshots.ts';
import type { BlockBody, ChainStore } from './store.ts';

export type Chain = {
  readonly preset: string;
  readonly genesisHash: string;
  /** Bytes of an unfinished record that were found and dropped when the chain was opened. */
  readonly droppedBytes: number;
  readonly store: ChainStore;
  readonly index: HashIndex;
  readonly bodies: Map<number, BlockBody>;
  readonly snapshots: Snapshots;
  readonly history: History;
  readonly recentEvents: RecentEvents;
  /** The newest state; only this module changes it. */
  live: StateAt;
  /** Whether a reader has looked at the newest state: it may come back for it later. */
  isLiveRead: boolean;
};

export type ChainOptions = { readonly preset: string; readonly store?: ChainStore | undefined };

/** The longest run of empty blocks in one record. */
const MAX_RUN_BLOCKS = 1_000;
const EMPTY: BlockInput = { actions: [], candidates: [] };
const NO_HASH = toHex(new Uint8Array(HASH_BYTES));

/** Opens a chain, from its store if that holds one. DEV_CHAIN_CORRUPT, DEV_PRESET_UNKNOWN. */
export function openChain({ preset: wanted, store = createMemoryStore() }: ChainOptions): Chain {
  const index = createHashIndex();
  const bodies = new Map<number, BlockBody>();
  const snapshots = createSnapshots(store, index.hash);
  const loaded = loadChain({ preset: wanted, store, index, bodies, snapshots });
  const genesis = () => presetState(loaded.preset);
  const history = createHistory({ index, snapshots, bodies, genesis });
  const recentEvents = createRecentEvents();
  recentEvents.push(index.count() - 1, eventsOf(loaded.live));
  const parts = { store, index, bodies, snapshots, history, recentEvents };
  return { ...loaded, ...parts, isLiveRead: false };
}

export function headNumber(chain: Chain): number {
  return chain.index.count() - 1;
}

export function headHash(chain: Chain): string {
  return hashAt(chain, headNumber(chain)) as string;
}

/** 0x hash of a block by number; undefined for an unknown one. */
export function hashAt({ index }: Chain, number: number): string | undefined {
  const hash = index.hash(number);
  return hash === undefined ? undefined : toHex(hash);
}

export function numberOf({ index }: Chain, hash: string): number | undefined {
  return index.numberOf(fromHex(hash));
}

export function headerAt(chain: Chain, number: number): Header | undefined {
  const extrinsics = extrinsicsAt(chain, number);
  if (extrinsics === undefined) return undefined;
  return rebuildHeader(chain.index, { number, timeMs: timeOf(number) }, extrinsics);
}

/** Encoded extrinsics of a block, the time first; undefined for an unknown block. */
export function extrinsicsAt(
  { index, bodies }: Chain,
  number: number,
): readonly Uint8Array[] | undefined {
  if (index.hash(number) === undefined) return undefined;
  if (number === 0) return [];
  return [timeInherent(timeOf(number)), ...(bodies.get(number)?.extrinsics ?? [])];
}

/**
 * The chain after a block that exists, its state fetched when it is looked at. Read only.
 * DEV_CHAIN_CORRUPT, DEV_STATE_DISCARDED then.
 */
export function viewAt(chain: Chain, number: number): View {
  let found: StateAt | undefined;
  const stateAt = (): StateAt => {
    if (number === headNumber(chain)) {
      chain.isLiveRead = true;
      return chain.live;
    }
    found ??= chain.history.at(number);
    return found;
  };
  const eventsAt = (): BlockEvents => chain.recentEvents.at(number) ?? eventsOf(stateAt());
  return {
    get state() {
      return stateAt().state;
    },
    get profile() {
      return eventsAt().profile;
    },
    block: {
      number,
      hash: hashAt(chain, number) as string,
      parentHash: hashAt(chain, number - 1) ?? NO_HASH,
      timeMs: timeOf(number),
      get events() {
        return eventsAt().events;
      },
      get eventCount() {
        return eventsAt().eventCount;
      },
    },
    hashAt: (earlier) => hashAt(chain, earlier),
  };
}

function eventsOf({ state: { profile }, events, eventCount }: StateAt): BlockEvents {
  return { profile, events, eventCount };
}

/** The oldest block from which on every state can be read. */
export function firstReadable(chain: Chain): number {
  let number = headNumber(chain);
  while (number > 0) {
    const distance = chain.history.distance(number);
    if (distance > MAX_REPLAY_BLOCKS) return number + 1;
    number -= distance + 1;
  }
  return 0;
}

/** Makes one block and records it. */
export function produceBlock(chain: Chain, input: BlockInput): ExecutedBlock {
  keepIfRead(chain);
  const block = makeBlock(chain, input);
  const { number } = block.header;
  const body = { actions: input.actions, extrinsics: block.extrinsics.slice(1) };
  const hash = hashAt(chain, number) as string;
  if (body.actions.length === 0 && body.extrinsics.length === 0) {
    chain.store.append({ kind: 'empty', count: 1, hash });
  } else {
    chain.bodies.set(number, body);
    chain.store.append({ kind: 'block', body, hash });
  }
  chain.store.appendEntries(chain.index.bytes(number));
  return block;
}

/**
 * Makes blocks that hold nothing but the time. Each leaves its entry at once, and a run of them
 * one record, so that a crash loses none that was finished.
 */
export function advanceChain(chain: Chain, blocks: number): void {
  if (blocks > 0) keepIfRead(chain);
  for (let left = blocks; left > 0; left -= MAX_RUN_BLOCKS) {
    const count = Math.min(left, MAX_RUN_BLOCKS);
    for (let made = 0; made < count; made += 1) {
      makeBlock(chain, EMPTY);
      chain.store.appendEntries(chain.index.bytes(headNumber(chain)));
    }
    chain.store.append({ kind: 'empty', count, hash: headHash(chain) });
  }
}

/** The same preset from its genesis again, in the same store. The given chain is not to be used on. */
export function resetChain({ preset, store }: Chain): Chain {
  store.clear();
  return openChain({ preset, store });
}

/** Keeps the newest state, so that the next opening needs no replay. */
export function closeChain(chain: Chain): void {
  if (chain.store.isLasting) chain.snapshots.save(headNumber(chain), chain.live);
  chain.store.close();
}

/** A state that was read is kept for its reader, because the block after it changes it in place. */
function keepIfRead(chain: Chain): void {
  if (chain.isLiveRead) chain.history.keep(headNumber(chain), chain.live);
  chain.isLiveRead = false;
}

function makeBlock(chain: Chain, input: BlockInput): ExecutedBlock {
  const number = headNumber(chain) + 1;
  const parent = parentOf(chain.index, number);
  const block = executeBlock(chain.live.state, parent, input, timeOf(number));
  chain.index.push(headerHash(block.header), block.header.stateRoot);
  const { events, eventCount } = block;
  chain.live = { state: chain.live.state, events, eventCount };
  chain.recentEvents.push(number, eventsOf(chain.live));
  if (number % SNAPSHOT_INTERVAL === 0) chain.snapshots.save(number, chain.live);
  return block;
}
