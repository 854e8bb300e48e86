import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specs } from '../../src/commands/specs.ts';
import { createHome, type Home } from './tool.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** These go on until they are stopped, or play everything again: their own tests run them. */
const NOT_HERE = ['dev run', 'demo'];

/** A command line as a shell would split it; the docs use no quotes with spaces. */
const wordsOf = (line: string) =>
  line
    .replace(/\s+[#>].*$/, '')
    .trim()
    .split(/\s+/)
    .slice(1);

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

async function works(words: readonly string[]): Promise<void> {
  const files = words.map((word) =>
    /^(words|password)\.txt$|^[a-z-]+\.(json|txt)$/.test(word) ? join(home.path, word) : word,
  );
  const run = await home.tao(files, { env: { TAO_PASSWORD: 'a password for docs' } });
  expect(run.code, `tao ${words.join(' ')}\n${run.stdout}\n${run.stderr}`).toBe(0);
}

describe('the README', () => {
  it('shows only commands that work as typed', async () => {
    const blocks = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    const lines = blocks
      .flatMap((block) => block.split('\n'))
      .filter((line) => line.startsWith('tao ') && !line.includes('$HOTKEY'));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) await works(wordsOf(line));
  });

  it('lists every noun and verb there is, and no other', () => {
    const rows = [...README.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)];
    const shown = new Map(rows.map((row) => [row[1], row[2] ?? '']));
    for (const { path } of specs) {
      const [noun = '', verb] = path;
      expect(shown.has(noun), noun).toBe(true);
      if (verb !== undefined) expect(shown.get(noun), `${noun} ${verb}`).toContain(verb);
    }
    expect([...shown.keys()].every((noun) => specs.some(({ path }) => path[0] === noun))).toBe(
      true,
    );
  });
});

describe('the examples in help', () => {
  const examples = specs
    .filter(({ path }) => !NOT_HERE.includes(path.join(' ')))
    .flatMap((spec) => spec.examples.map(({ command }) => command));
  let before: Home;
  beforeAll(() => {
    before = home;
    home = createHome();
    mkdirSync(home.path, { recursive: true });
    writeFileSync(join(home.path, 'password.txt'), 'a password for docs\n', { mode: 0o600 });
    writeFileSync(join(home.path, 'new-password.txt'), 'another for docs\n', { mode: 0o600 });
  });
  afterAll(() => {
    home.remove();
    home = before;
  });

  it.each(examples)('%s: works as typed, after those before it', async (command) => {
    await works(wordsOf(command));
  });
});
