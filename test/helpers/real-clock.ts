/** The machine's clock, for tests that talk to a server in another task of the event loop. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src/domain/ports.ts';

export const realClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  },
};
