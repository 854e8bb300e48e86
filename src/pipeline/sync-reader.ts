/**
 * Reads a node kindly: so many questions at once and no more, slower when it says that it is too
 * many, and again when an answer was lost. Reading twice changes nothing.
 */
import { readBlockTime } from '../chain/queries/read-limits.ts';
import type { BlockView, Chain } from '../chain/types.ts';
import type { Clock } from '../domain/ports.ts';
import { isTaoError } from '../errors/tao-error.ts';

export type SyncReader = {
  readonly chain: Chain;
  /** Pins a block of the best chain. CHAIN_UNKNOWN_BLOCK. */
  readonly view: (number: number) => Promise<BlockView>;
  /** One bounded, repeated read. Never read inside a read: it would wait for itself. */
  readonly read: <T>(body: () => Promise<T>) => Promise<T>;
  /** Whether the node still has the state of that block. */
  readonly hasState: (number: number) => Promise<boolean>;
};

/** Reads under way at once. */
export const READS_AT_ONCE = 8;
/** Tries of one read, the first included. */
export const MAX_TRIES = 7;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Pinned blocks kept, so that several reads of one block pin it once. */
const MAX_VIEWS = 64;

/** What nodes and gateways answer when they are asked too much: HTTP 429 and its kin. */
const TOO_MUCH: ReadonlySet<unknown> = new Set([429, -32_005, -32_009, -32_029]);

export function createSyncReader(parts: {
  readonly chain: Chain;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly readsAtOnce?: number;
}): SyncReader {
  const { chain, clock, signal } = parts;
  const slots = createSlots(parts.readsAtOnce ?? READS_AT_ONCE);
  const views = new Map<number, Promise<BlockView>>();
  const read = async <T>(body: () => Promise<T>): Promise<T> => {
    await slots.take();
    try {
      return await persist(body, clock, signal);
    } finally {
      slots.free();
    }
  };
  const view = (number: number): Promise<BlockView> => {
    const known = views.get(number);
    if (known !== undefined) return known;
    const pinning = read(() => chain.at(number));
    views.set(number, pinning);
    pinning.catch(() => views.delete(number));
    const [oldest] = views.keys();
    if (views.size > MAX_VIEWS && oldest !== undefined) views.delete(oldest);
    return pinning;
  };
  const hasState = async (number: number): Promise<boolean> => {
    try {
      const pinned = await view(number);
      await read(() => readBlockTime(pinned));
      return true;
    } catch (error) {
      if (isTaoError(error, 'CHAIN_UNKNOWN_BLOCK') || isTaoError(error, 'RPC_REFUSED'))
        return false;
      throw error;
    }
  };
  return { chain, view, read, hasState };
}

async function persist<T>(body: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await body();
    } catch (error) {
      if (tries >= MAX_TRIES || !mayPass(error)) throw error;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
      await clock.sleep(pauseMs, signal);
    }
  }
}

function mayPass(error: unknown): boolean {
  if (isTaoError(error, 'NETWORK_TIMEOUT')) return true;
  return isTaoError(error, 'RPC_REFUSED') && TOO_MUCH.has(error.data.rpcCode);
}

function createSlots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    take: async (): Promise<void> => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    free: (): void => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
