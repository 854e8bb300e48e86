/** A clock that runs faster than the machine's: seconds that a run waits are over in no time. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FixedClock } from '../helpers/fixed-clock.ts';

/** So many of its seconds pass in a real one. */
const PACE = 100;

/** `advance` is not for this clock: it goes on by itself. */
export function createQuickClock(): FixedClock {
  const startMs = Date.now();
  const started = performance.now();
  return {
    nowMs: () => startMs + Math.floor((performance.now() - started) * PACE),
    sleep: async (ms, signal) => {
      await wait(Math.ceil(ms / PACE), undefined, signal === undefined ? {} : { signal });
    },
    advance: () => {
      throw new Error('This clock goes on by itself.');
    },
  };
}
