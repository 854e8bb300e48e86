import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const PLATFORM = new URL('./create-platform.ts', import.meta.url).href;

/** Runs a script in a process of its own, with the real platform of that process as `platform`. */
function run(script: string, env: Readonly<Record<string, string>> = {}) {
  const code = `
    const { createPlatform } = await import(${JSON.stringify(PLATFORM)});
    const platform = createPlatform(process);
    ${script}`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', code],
    { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: '/home/ada', ...env } },
  );
  return { stdout, stderr, status };
}

it('tells of errors that nobody waited for, and ends with what the listener says', () => {
  const script = (fault: string) => `
    platform.onStrayError(async (error) => {
      process.stderr.write('told: ' + error.message + '\\n');
      return 7;
    });
    ${fault}
    setTimeout(() => undefined, 60_000);`;
  const expected = { stdout: '', stderr: 'told: x\n', status: 7 };
  expect(run(script("setImmediate(() => { throw new Error('x'); });"))).toEqual(expected);
  expect(run(script("void Promise.reject(new Error('x'));"))).toEqual(expected);
});

it('takes paths from the environment, and from another one for a nested run', () => {
  const { stdout } = run(
    `const inner = platform.withEnvironment({ TAO_HOME: '/scratch', LATER: '' });
    console.log(JSON.stringify([
      platform.paths.data, platform.env('EARLIER'), platform.env('LATER'),
      inner.paths.data, inner.env('EARLIER'), inner.env('LATER') ?? null,
      inner.resolvePath('~/x'),
    ]));`,
    { EARLIER: 'a', LATER: 'b' },
  );
  expect(JSON.parse(stdout)).toEqual([
    '/home/ada/.local/share/taostake',
    'a',
    'b',
    '/scratch/data',
    'a',
    null,
    '/home/ada/x',
  ]);
});

it('knows whether the holder of a lock still runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tao-platform-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const holder = run(`await platform.locks.acquire('${folder}/l'); console.log('held');`);
  expect(holder.stdout).toBe('held\n');
  const next = run(`
    await platform.locks.acquire('${folder}/l');
    await platform.locks.acquire('${folder}/l').catch((error) => console.log(error.code));`);
  expect(next.stdout).toBe('FILE_LOCKED\n');
});
