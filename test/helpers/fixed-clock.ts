/** A clock that stands still until something sleeps, and random bytes that repeat. */
import type { Clock, Random } from '../../src/domain/ports.ts';

export type FixedClock = Clock & { readonly advance: (ms: number) => void };

/** 2026-08-10 12:00:00 UTC. */
export const START_MS = 1_786_363_200_000;

/** Sleeping moves the time at once; an aborted signal rejects as the real clock does. */
export function createFixedClock(startMs = START_MS): FixedClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    sleep: async (ms, signal) => {
      if (signal?.aborted === true) throw signal.reason;
      nowMs += ms;
    },
  };
}

/** Bytes 1, 2, 3 … over all calls: distinct, and the same in every run. */
export function createFixedRandom(): Random {
  let next = 0;
  return {
    bytes: (length) =>
      Uint8Array.from({ length }, () => {
        next = (next + 1) % 256;
        return next;
      }),
  };
}
