import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../test/helpers/run-cli.ts';
import { specs } from '../specs.ts';

const base = mkdtempSync(join(tmpdir(), 'tao-completion-'));
const script = join(base, 'tao.bash');
beforeAll(async () => {
  writeFileSync(script, (await runCli('completion bash')).stdout);
  for (const name of ['some file', 'other']) writeFileSync(join(base, name), '');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What bash would offer for the last word. */
function complete(...words: readonly string[]): readonly string[] {
  const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tao; printf "%s\\n" "\${COMPREPLY[@]}"`;
  const args = ['--norc', '-c', program, 'bash', script, 'tao', ...words];
  const output = execFileSync('bash', args, { encoding: 'utf8', cwd: base });
  return output.split('\n').filter((word) => word !== '');
}

describe('bash', () => {
  it('offers the commands', () => {
    const nouns = [...new Set(specs.map((spec) => spec.path[0] ?? '')), 'help'];
    expect(complete('')).toEqual(nouns);
    expect(complete('wal')).toEqual(['wallet']);
    const verbs = specs.filter(({ path }) => path[0] === 'stake').map(({ path }) => path[1]);
    expect(complete('stake', '')).toEqual([...new Set(verbs)]);
    expect(complete('--json', 'help', 'con')).toEqual(['config']);
  });

  it('takes the value of an option for no command', () => {
    expect(complete('--network', 'dev', 'wal')).toEqual(['wallet']);
    expect(complete('stake', '--color', 'never', 'li')).toEqual(['list']);
    expect(complete('--network', '=', 'dev', 'wal')).toEqual(['wallet']);
  });

  it('offers the options of a command', () => {
    expect(complete('stake', 'add', '--limit')).toEqual(['--limit-price']);
    expect(complete('stake', '--j')).toEqual(['--json']);
    expect(complete('config', 'path', '--limit')).toEqual([]);
  });

  it('offers values: choices, networks, preferences and files', () => {
    expect(complete('stake', 'add', '--wait', '')).toEqual(['submitted', 'included', 'finalized']);
    expect(complete('stake', 'list', '--network', 'f')).toEqual(['finney']);
    expect(complete('stake', 'list', '--network', '=', 'f')).toEqual(['finney']);
    expect(complete('stake', 'list', '--network', '=')).toContain('dev');
    expect(complete('config', 'get', 'wal')).toEqual(['wallet', 'wallet-path']);
    expect(complete('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(complete('stake', 'add', '--password-file', 'o')).toEqual(['other']);
    expect(complete('stake', 'add', '--amount', '')).toEqual([]);
  });
});

/** A summary as the shell's script spells it between single quotes. */
function quoted(shell: string, summary: string): string {
  if (shell === 'fish') return summary.replaceAll("'", "\\'");
  return summary.replaceAll("'", "'\\''").replaceAll(':', '\\:');
}

describe('tao completion', () => {
  it.each(['zsh', 'fish'])('prints a script for %s that knows every command', async (shell) => {
    const { stdout } = await runCli(`completion ${shell}`);
    for (const { path, summary } of specs) {
      expect(stdout).toContain(path.join(' '));
      expect(stdout).toContain(quoted(shell, summary));
    }
    expect(stdout).not.toContain('\ufffd');
  });

  it('is the script as data with --json', async () => {
    const run = await runCli('completion bash --json');
    expect(run.json().data).toEqual({
      shell: 'bash',
      script: (await runCli('completion bash')).stdout,
    });
  });

  it('knows no other shell', async () => {
    const run = await runCli('completion powershell');
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
  });
});
