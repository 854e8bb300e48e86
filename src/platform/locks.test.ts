import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFixedClock } from '../../test/helpers/fixed-clock.ts';
import { createLocks } from './locks.ts';
import { createRandom } from './random.ts';

let base: string;
let path: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tao-locks-'));
  path = join(base, 'state.lock');
});
afterEach(() => rm(base, { recursive: true, force: true }));

function locksOf(pid: number, alive: readonly number[]) {
  return createLocks({
    pid,
    isAlive: (other) => alive.includes(other),
    clock: createFixedClock(),
    random: createRandom(),
  });
}

it('is held by one at a time, names its holder, and leaves nothing behind', async () => {
  const first = await locksOf(1, [1, 2]).acquire(path);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: 1, machine: hostname() });
  await expect(locksOf(2, [1, 2]).acquire(path)).rejects.toMatchObject({
    code: 'FILE_LOCKED',
    message: `Couldn't take the lock ${path}: process 1 on ${hostname()} holds it.`,
    data: { pid: 1 },
  });
  await first.release();
  const second = await locksOf(2, [1, 2]).acquire(path);
  await first.release();
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: 2 });
  await second.release();
  expect(await readdir(base)).toEqual([]);
});

it('is waited for, up to a limit', async () => {
  const first = await locksOf(1, [1]).acquire(path);
  const clock = createFixedClock();
  const startMs = clock.nowMs();
  let sleeps = 0;
  const waiting = createLocks({
    pid: 2,
    isAlive: () => true,
    random: createRandom(),
    clock: {
      ...clock,
      sleep: async (ms) => {
        clock.advance(ms);
        sleeps += 1;
        if (sleeps === 3) await first.release();
      },
    },
  });
  await (await waiting.acquire(path, { waitMs: 1_000 })).release();
  expect(sleeps).toBe(3);
  await locksOf(1, [1]).acquire(path);
  await expect(waiting.acquire(path, { waitMs: 1_000 })).rejects.toMatchObject({
    code: 'FILE_LOCKED',
  });
  expect(clock.nowMs() - startMs).toBeLessThan(1_500);
});

it('is taken over when its holder is gone, by one of many', async () => {
  await locksOf(1, []).acquire(path);
  const outcomes = await Promise.all(
    [2, 3, 4, 5].map((pid) =>
      locksOf(pid, [2, 3, 4, 5])
        .acquire(path)
        .then(
          () => 'held',
          (error: { code: string }) => error.code,
        ),
    ),
  );
  expect(outcomes.sort()).toEqual(['FILE_LOCKED', 'FILE_LOCKED', 'FILE_LOCKED', 'held']);
  expect(await readdir(base)).toEqual(['state.lock']);
});

it.each([
  ['of another machine', JSON.stringify({ pid: 1, machine: 'elsewhere', token: 'x' })],
  ['that cannot be read', 'half a li'],
])('%s is respected', async (_, content) => {
  await writeFile(path, content);
  await expect(locksOf(2, []).acquire(path)).rejects.toMatchObject({ code: 'FILE_LOCKED' });
  expect(await readFile(path, 'utf8')).toBe(content);
});

it('ends waiting at Ctrl-C and says what keeps the file from being made', async () => {
  await locksOf(1, [1]).acquire(path);
  const reason = new Error('stop');
  const signal = AbortSignal.abort(reason);
  await expect(locksOf(2, [1]).acquire(path, { waitMs: 1_000, signal })).rejects.toBe(reason);
  await expect(locksOf(2, []).acquire(join(base, 'none', 'l'))).rejects.toMatchObject({
    code: 'FILE_NOT_WRITABLE',
  });
});
