/** Where output goes wrong: a reader that leaves early, a disk that is full. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BIN, createHome, type Home } from './tool.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

function shell(script: string) {
  const run = spawnSync('bash', ['-c', script, 'bash', process.execPath, BIN], {
    env: home.env,
    encoding: 'utf8',
  });
  return { stdout: run.stdout, stderr: run.stderr, code: run.status };
}

it('ends quietly when the reader has what it wanted', () => {
  const run = shell('"$1" "$2" completion bash | head -1; exit $' + '{PIPESTATUS[0]}');
  expect(run).toEqual({
    stdout: '# bash completion for tao. Generated from the command specs; do not edit.\n',
    stderr: '',
    code: 0,
  });
  const closed = shell('"$1" "$2" completion bash >&-');
  expect(closed.stderr).not.toContain('INTERNAL');
});

it('says that the result could not be written', () => {
  const run = shell('"$1" "$2" config list > /dev/full');
  expect(run.code).toBe(9);
  expect(run.stderr).toBe(
    "Couldn't write the whole result to stdout: the system says ENOSPC.\n" +
      'The command itself was carried out; look at its outcome before repeating it.   ' +
      '[OUTPUT_NOT_WRITABLE]\n',
  );
});

it('prints text on stderr to a pipe without colours, and the result without hints', () => {
  const run = shell('"$1" "$2" config list');
  expect([run.code, run.stderr]).toEqual([0, '']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the purpose
  expect(run.stdout).not.toMatch(/\u001b/);
});
