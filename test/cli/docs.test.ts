import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** The commands in the shell blocks of a document. */
const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap((match) => (match[1] ?? '').split('\n'))
    .filter((line) => line.startsWith('tao ') && !line.includes('$HOTKEY'));

/** `# exit 7` behind a command says that it is refused, and how. */
const exitOf = (line: string): number => Number.parseInt(/# exit (\d+)/.exec(line)?.[1] ?? '0', 10);

async function works(words: readonly string[], exitCode = 0): Promise<void> {
  const files = words.map((word) =>
    /^(words|password)\.txt$|^[a-z-]+\.(json|txt|snapshot|csv)$/.test(word)
      ? join(home.path, word)
      : word,
  );
  const run = await home.tao(files, { env: { TAO_PASSWORD: 'a password for docs' } });
  expect(run.code, `tao ${words.join(' ')}\n${run.stdout}\n${run.stderr}`).toBe(exitCode);
}

describe('the README', () => {
  it('shows only commands that work as typed', async () => {
    const lines = commandsIn(README);
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

const DOCS = new URL('../../docs/', import.meta.url);
const documents = readdirSync(DOCS)
  .filter((name) => name.endsWith('.md'))
  .map((name) => [name, commandsIn(readFileSync(new URL(name, DOCS), 'utf8'))] as const)
  .filter(([, commands]) => commands.length > 0);

describe('the documents in docs', () => {
  it('are read: those with commands are known', () => {
    const names = documents.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['offline.md', 'policy.md']));
  });

  it.each(documents)('%s shows only commands that do what it says', async (_name, commands) => {
    const before = home;
    home = createHome();
    try {
      for (const line of commands) await works(wordsOf(line), exitOf(line));
    } finally {
      home.remove();
      home = before;
    }
  });

  it('link to each other and to files that are there', () => {
    const missing = readdirSync(DOCS)
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => {
        const text = readFileSync(new URL(name, DOCS), 'utf8');
        const links = [...text.matchAll(/\]\(([a-z-]+\.md)\)/g)].map((match) => match[1] ?? '');
        return links.filter((link) => !existsSync(new URL(link, DOCS)));
      });
    expect(missing).toEqual([]);
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
