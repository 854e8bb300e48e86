import { expect, it } from 'vitest';
import { createClock } from './clock.ts';

it('sleeps until the time is over or the signal says stop', async () => {
  const clock = createClock();
  const startMs = clock.nowMs();
  await clock.sleep(5);
  expect(clock.nowMs() - startMs).toBeGreaterThanOrEqual(4);
  const controller = new AbortController();
  const reason = new Error('stop');
  const long = clock.sleep(60_000, controller.signal);
  controller.abort(reason);
  await expect(long).rejects.toBe(reason);
  await expect(clock.sleep(60_000, controller.signal)).rejects.toBe(reason);
});
