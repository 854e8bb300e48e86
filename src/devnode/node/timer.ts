/** Timed blocks: one every interval of the clock, until stopped. */
import type { Clock } from '../../domain/ports.ts';
import { type NodeCore, seal } from './core.ts';

/** Starts making blocks; gives what stops it. */
export function startTimer(core: NodeCore, clock: Clock, intervalMs: number): () => void {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(intervalMs, stopping.signal);
      if (stopping.signal.aborted) return;
      seal(core);
    }
  };
  run().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return () => stopping.abort();
}
