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
import type { HashIndex } from './hash-index.ts';
import { BLOCK_TIME_MS, headerHash } from './header.ts';
import {
  type NumberedState,
  SNAPSHOT_INTERVAL,
  type Snapshots,
  type StateAt,
} from './snapshots.ts';
import type { BlockBody } from './store.ts';

/** States kept at hand for readers pinned to blocks that are no longer the newest. */
const MAX_KEPT_STATES = 8;
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
  readonly genesis: () => ChainState;
};

export type History = {
  /** The state after a block that exists; not to be changed. DEV_CHAIN_CORRUPT. */
  readonly at: (number: number) => StateAt;
  /** Keeps a copy of a state that is about to change. */
  readonly keep: (number: number, at: StateAt) => void;
  readonly clear: () => void;
};

export function createHistory(parts: HistoryParts): History {
  const kept = new Map<number, StateAt>();

  function keep(number: number, at: StateAt): void {
    kept.delete(number);
    kept.set(number, at);
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT_STATES) break;
      kept.delete(oldest);
    }
  }

  function nearest(number: number): NumberedState {
    const genesis = { number: 0, at: { state: parts.genesis(), ...NO_EVENTS } };
    let best = parts.snapshots.latest(number) ?? genesis;
    for (const [at, state] of kept) {
      if (at <= number && at > best.number) best = { number: at, at: structuredClone(state) };
    }
    return best;
  }

  return {
    at(number) {
      const found = kept.get(number);
      if (found !== undefined) return found;
      const reached = replay(parts, nearest(number), number);
      keep(number, reached);
      return reached;
    },
    keep: (number, at) => keep(number, structuredClone(at)),
    clear: () => kept.clear(),
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
function replayBlock(
  { index, bodies }: Recorded,
  state: ChainState,
  number: number,
): ExecutedBlock {
  const body = bodies.get(number) ?? NO_BODY;
  const input = { actions: body.actions, candidates: body.extrinsics.map(candidateOf) };
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

/** The signature was checked when the extrinsic was included. */
function candidateOf(bytes: Uint8Array): Candidate {
  const extrinsic = decodeSigned(bytes);
  const signer = extrinsic === undefined ? undefined : accountIdOf(extrinsic.address);
  if (extrinsic === undefined || signer === undefined) throw corrupt('an extrinsic is unreadable');
  return { signer, extrinsic };
}

export function corrupt(what: string): TaoError {
  return new TaoError('DEV_CHAIN_CORRUPT', {
    message: `Couldn't read the dev chain: ${what}.`,
    hint: 'Run tao dev reset to start the chain again from its genesis.',
  });
}
