/**
 * Runs the built bin in a world and kills it at some moment: a real process, a real signal. It has
 * a folder of its own: SQLite keeps handles in this process until they are collected, and a file
 * that another process writes meanwhile would be damaged.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { BIN } from '../cli/tool.ts';
import { realClock } from '../helpers/real-clock.ts';
import type { World } from './world.ts';

/** The world with the folder of one killed run, which knows the chain's metadata already. */
export function ownFolder(world: World, name: string): World {
  const home = join(world.home, name);
  const known = join(world.home, MEASURED, 'cache');
  if (existsSync(known)) cpSync(known, join(home, 'cache'), { recursive: true });
  return { ...world, home };
}

/** The folder of the first run, which reads the metadata for the others. */
export const MEASURED = 'measured';

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
