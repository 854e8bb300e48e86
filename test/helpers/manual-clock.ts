/** A clock that stands still until a test moves it. */
import type { Clock } from '../../src/domain/ports.ts';

export type ManualClock = Clock & {
  /** Moves time on and wakes what slept that long. */
  readonly advance: (ms: number) => void;
  /** Sleeps under way: a finished call must leave none behind. */
  readonly sleeping: () => number;
};

type Sleeper = { readonly wakeAtMs: number; readonly wake: () => void };

export function createManualClock(startMs = 1_800_000_000_000): ManualClock {
  let nowMs = startMs;
  let sleepers: Sleeper[] = [];
  return {
    nowMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        const stop = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const sleeper: Sleeper = { wakeAtMs: nowMs + ms, wake };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    advance: (ms) => {
      nowMs += ms;
      const due = sleepers.filter((sleeper) => sleeper.wakeAtMs <= nowMs);
      sleepers = sleepers.filter((sleeper) => sleeper.wakeAtMs > nowMs);
      for (const sleeper of due) sleeper.wake();
    },
    sleeping: () => sleepers.length,
  };
}
