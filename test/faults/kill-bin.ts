/** Runs the built bin in a world and kills it at some moment: a real process, a real signal. */
import { spawn } from 'node:child_process';
import { BIN } from '../cli/tool.ts';
import { realClock } from '../helpers/real-clock.ts';
import type { World } from './world.ts';

/** Runs to its end when `afterMs` is left out. Resolves with how long it lived, milliseconds. */
export async function runBin(
  world: World,
  argv: readonly string[],
  afterMs?: number,
): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [BIN, ...argv, '--network', world.url, '--json'], {
    env: { PATH: process.env.PATH ?? '', HOME: world.home, TAO_HOME: world.home, TERM: 'dumb' },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (afterMs !== undefined) {
    await Promise.race([ended, realClock.sleep(afterMs)]);
    child.kill('SIGKILL');
  }
  await ended;
  return performance.now() - startedMs;
}
