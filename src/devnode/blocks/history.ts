/**
 * The state after any block: the nearest kept state, replayed forward. A replay that does not give
 * the recorded hashes means damage, and says so.
 */
import { TaoError } from '../../errors/tao-error.ts';
import { GENESIS_TIME_MS } from '../genesis/presets.ts';
import { accountIdOf } from '../runtime/calls-frame.ts';
import {
  type Candidate,
  type ExecutedBlock,
  executeBlock,
  type ParentBlock,
} from '../runtime/execute-block.ts';
import { decodeSigned } from '../runtime/extrinsic.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { profileOf } from '../state/view.ts';
import type { HashIndex } from './hash-index.ts';
import { BLOCK_TIME_MS, headerHash } from './header.ts';
import {
  decodeState,
  encodeState,
  type NumberedState,
  SNAPSHOT_INTERVAL,
  type Snapshots,
  type StateAt,
} from './snapshots.ts';
import type { BlockBody } from './store.ts';

/** States kept at hand for readers pinned to blocks that are no longer the newest, as bytes. */
const MAX_KEPT = 8;
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
/** The most blocks one read replays; states further from a kept one are discarded. */
export const MAX_REPLAY_BLOCKS = 20_000;
const NO_BODY: BlockBody = { actions: [], extrinsics: [] };
/** An empty list of event records. */
export const NO_EVENTS = { events: Uint8Array.of(0), eventCount: 0 } as const;

export type Recorded = {
  readonly index: HashIndex;
  /** Bodies of the blocks that have one. */
  readonly bodies: ReadonlyMap<number, BlockBody>;
};

export type HistoryParts = Recorded & {
  readonly snapshots: Snapshots;
  /** The state of block 0, free to change. */
  readonly genesis: () => ChainState;
};

export type History = {
  /**
   * The state after a block that exists; not to be changed. DEV_CHAIN_CORRUPT,
   * DEV_STATE_DISCARDED.
   */
  readonly at: (number: number) => StateAt;
  /** Keeps a copy of a state that is about to change. */
  readonly keep: (number: number, at: StateAt) => void;
  /** Blocks a read of that block's state would replay. */
  readonly distance: (number: number) => number;
};

export function createHistory(parts: HistoryParts): History {
  const { index, snapshots } = parts;
  const kept = new Map<number, Uint8Array>();
  /** The state read last, because readers ask one block for many things. */
  let opened: NumberedState | undefined;

  function keep(number: number, at: StateAt): void {
    kept.delete(number);
    kept.set(number, encodeState(hashOf(number), at));
    let bytes = 0;
    for (const one of kept.values()) bytes += one.length;
    for (const [oldest, { length }] of kept) {
      if (kept.size <= 1 || (kept.size <= MAX_KEPT && bytes <= MAX_KEPT_BYTES)) break;
      kept.delete(oldest);
      bytes -= length;
    }
  }

  const hashOf = (number: number): string => toHex(index.hash(number) ?? new Uint8Array());

  function keptAtOrBefore(number: number): number {
    let best = -1;
    for (const at of kept.keys()) if (at <= number && at > best) best = at;
    return best;
  }

  function nearest(number: number): NumberedState {
    const best = keptAtOrBefore(number);
    if (best >= (snapshots.latestNumber(number) ?? 0)) {
      const at = decodeState(hashOf(best), kept.get(best) ?? new Uint8Array());
      if (at !== undefined) return { number: best, at };
    }
    const genesis = (): NumberedState => ({
      number: 0,
      at: { state: parts.genesis(), ...NO_EVENTS },
    });
    return snapshots.latest(number) ?? genesis();
  }

  const distance = (number: number): number =>
    number - Math.max(keptAtOrBefore(number), snapshots.latestNumber(number) ?? 0);

  return {
    at(number) {
      if (opened?.number === number) return opened.at;
      if (distance(number) > MAX_REPLAY_BLOCKS) throw discarded(number);
      const from = nearest(number);
      const at = replay(parts, from, number);
      if (number - from.number > 0) keep(number, at);
      opened = { number, at };
      return at;
    },
    keep,
    distance,
  };
}

/** Replays up to a block, keeping snapshots on the way. Changes the state it starts from. */
export function replay(
  parts: Recorded & { readonly snapshots: Snapshots },
  from: NumberedState,
  number: number,
): StateAt {
  let reached = from.at;
  for (let next = from.number + 1; next <= number; next += 1) {
    const { events, eventCount } = replayBlock(parts, reached.state, next);
    reached = { state: reached.state, events, eventCount };
    if (next % SNAPSHOT_INTERVAL === 0) parts.snapshots.save(next, reached);
  }
  return reached;
}

/** Time of a block: it follows from the number alone. */
export function timeOf(number: number): number {
  return GENESIS_TIME_MS + number * BLOCK_TIME_MS;
}

/** Makes a block again on the state before it. DEV_CHAIN_CORRUPT when it turns out different. */
export function replayBlock(
  { index, bodies }: Recorded,
  state: ChainState,
  number: number,
): ExecutedBlock {
  const body = bodies.get(number) ?? NO_BODY;
  const input = { actions: body.actions, candidates: candidatesOf(state, body.extrinsics) };
  const block = executeBlock(state, parentOf(index, number), input, timeOf(number));
  const hash = headerHash(block.header);
  const recorded = index.hash(number);
  if (recorded === undefined) index.push(hash, block.header.stateRoot);
  else if (toHex(hash) !== toHex(recorded)) {
    throw corrupt(`block ${number} does not replay to its recorded hash`);
  }
  return block;
}

export function parentOf(index: HashIndex, number: number): ParentBlock {
  const hash = index.hash(number - 1);
  const stateRoot = index.stateRoot(number - 1);
  if (hash === undefined || stateRoot === undefined) {
    throw corrupt(`block ${number - 1} is missing`);
  }
  return { number: number - 1, hash, stateRoot };
}

/** Their signatures were checked when they were included. */
function candidatesOf(state: ChainState, extrinsics: readonly Uint8Array[]): readonly Candidate[] {
  const profile = profileOf(state);
  return extrinsics.map((bytes) => {
    const extrinsic = decodeSigned(bytes, profile);
    const signer = extrinsic === undefined ? undefined : accountIdOf(extrinsic.address);
    if (extrinsic === undefined || signer === undefined) {
      throw corrupt('an extrinsic is unreadable');
    }
    return { signer, extrinsic };
  });
}

export function corrupt(what: string): TaoError {
  return new TaoError('DEV_CHAIN_CORRUPT', {
    message: `Couldn't read the dev chain: ${what}.`,
    hint: 'Run tao dev reset to start the chain again from its genesis.',
  });
}

function discarded(number: number): TaoError {
  return new TaoError('DEV_STATE_DISCARDED', {
    message: `Couldn't read the state of block ${number}: it lies more than ${MAX_REPLAY_BLOCKS} blocks after a kept one.`,
    hint: 'Read a newer block; tao dev status says from where on all are readable.',
    data: { block: number },
  });
}
