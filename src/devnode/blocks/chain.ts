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
import { createHistory, type History, parentOf, timeOf } from './history.ts';
import { loadChain } from './load.ts';
import { rebuildHeader } from './rebuild-header.ts';
import { createSnapshots, SNAPSHOT_INTERVAL, type Snapshots, type StateAt } from './snapshots.ts';
import type { BlockBody, ChainStore } from './store.ts';

export type Chain = {
  readonly preset: string;
  readonly genesisHash: string;
  /** Bytes of an unfinished record that were found and dropped when the chain was opened. */
  readonly droppedBytes: number;
  readonly store: ChainStore | undefined;
  readonly index: HashIndex;
  readonly bodies: Map<number, BlockBody>;
  readonly snapshots: Snapshots;
  readonly history: History;
  /** The newest state; only this module changes it. */
  live: StateAt;
};

export type ChainOptions = { readonly preset: string; readonly store?: ChainStore | undefined };

/** The longest run of empty blocks in one record. */
const MAX_RUN_BLOCKS = 1_000;
const EMPTY: BlockInput = { actions: [], candidates: [] };
const NO_HASH = toHex(new Uint8Array(HASH_BYTES));

/** Opens a chain, from its store if that holds one. DEV_CHAIN_CORRUPT, DEV_PRESET_UNKNOWN. */
export function openChain({ preset: wanted, store }: ChainOptions): Chain {
  const index = createHashIndex();
  const bodies = new Map<number, BlockBody>();
  const snapshots = createSnapshots(store, index.hash);
  const loaded = loadChain({ preset: wanted, store, index, bodies, snapshots });
  const genesis = () => presetState(loaded.preset);
  const history = createHistory({ index, snapshots, bodies, genesis });
  return { ...loaded, store, index, bodies, snapshots, history };
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

/** The chain after a block that exists. Read only. DEV_CHAIN_CORRUPT. */
export function viewAt(chain: Chain, number: number): View {
  const { state, events, eventCount } =
    number === headNumber(chain) ? chain.live : chain.history.at(number);
  return {
    state,
    block: {
      number,
      hash: hashAt(chain, number) as string,
      parentHash: hashAt(chain, number - 1) ?? NO_HASH,
      timeMs: timeOf(number),
      events,
      eventCount,
    },
    hashAt: (earlier) => hashAt(chain, earlier),
  };
}

/** Makes one block and records it. */
export function produceBlock(chain: Chain, input: BlockInput): ExecutedBlock {
  const changes = input.actions.length > 0 || input.candidates.length > 0;
  if (changes) chain.history.keep(headNumber(chain), chain.live);
  const block = makeBlock(chain, input);
  const { number } = block.header;
  const body = { actions: input.actions, extrinsics: block.extrinsics.slice(1) };
  const hash = hashAt(chain, number) as string;
  if (body.actions.length === 0 && body.extrinsics.length === 0) {
    chain.store?.append({ kind: 'empty', count: 1, hash }, chain.index.bytes(number));
  } else {
    chain.bodies.set(number, body);
    chain.store?.append({ kind: 'block', body, hash }, chain.index.bytes(number));
  }
  return block;
}

/** Makes blocks that hold nothing but the time; recorded in runs, so that a crash loses one. */
export function advanceChain(chain: Chain, blocks: number): void {
  for (let left = blocks; left > 0; left -= MAX_RUN_BLOCKS) {
    const count = Math.min(left, MAX_RUN_BLOCKS);
    const first = headNumber(chain) + 1;
    for (let made = 0; made < count; made += 1) makeBlock(chain, EMPTY);
    const record = { kind: 'empty', count, hash: headHash(chain) } as const;
    chain.store?.append(record, chain.index.bytes(first));
  }
}

/** Back to the genesis block of the same preset. */
export function resetChain(chain: Chain): void {
  const { preset, store, index, bodies, snapshots } = chain;
  snapshots.clear();
  store?.clear();
  bodies.clear();
  chain.history.clear();
  index.truncate(0);
  chain.live = loadChain({ preset, store, index, bodies, snapshots }).live;
}

/** Keeps the newest state, so that the next opening needs no replay. */
export function closeChain(chain: Chain): void {
  if (chain.store === undefined) return;
  chain.snapshots.save(headNumber(chain), chain.live);
  chain.store.close();
}

function makeBlock(chain: Chain, input: BlockInput): ExecutedBlock {
  const number = headNumber(chain) + 1;
  const parent = parentOf(chain.index, number);
  const block = executeBlock(chain.live.state, parent, input, timeOf(number));
  chain.index.push(headerHash(block.header), block.header.stateRoot);
  const { events, eventCount } = block;
  chain.live = { state: chain.live.state, events, eventCount };
  if (number % SNAPSHOT_INTERVAL === 0) chain.snapshots.save(number, chain.live);
  return block;
}
