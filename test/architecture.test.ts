/** Enforces the layout of the style guide: who imports whom, sizes, banned calls and banned names. */
import { describe, expect, it } from 'vitest';
import {
  blankTexts,
  exportsOf,
  importsOf,
  lineAt,
  readSources,
  type SourceFile,
  wordsOf,
} from './helpers/source-files.ts';

const MAX_FILE_LINES = 400;
const MAX_LINE_LENGTH = 100;
const MAX_FUNCTION_LINES = 70;
const BANNED_WORDS = ['handle', 'process', 'manager', 'helper', 'util', 'info', 'misc', 'temp'];

/**
 * Who may import whom, by folder of `src`; a name with a slash is one folder or file only.
 * `types` are importable as types only. Tests beside the code may import what the code may, the
 * `test` folder, and everything of the embedded chain.
 */
const MAY_IMPORT: Readonly<Record<string, { readonly values: string; readonly types?: string }>> = {
  // The composition root wires everything.
  main: { values: '*' },
  compose: { values: '*' },
  program: { values: 'cli errors', types: 'commands/specs.ts' },
  commands: { values: 'pipeline cli signing chain ledger domain errors', types: 'economy' },
  'commands/dev': { values: 'pipeline cli signing chain ledger domain errors devnode' },
  'commands/demo': { values: 'pipeline cli signing chain ledger domain errors devnode' },
  // Of the frame the pipeline knows the gate and the parsed options.
  pipeline: {
    values: 'cli/consent.ts cli/option-groups.ts signing chain ledger domain errors',
    types: 'cli/context.ts cli/spec.ts',
  },
  // Never the network.
  signing: { values: 'domain errors', types: 'chain/types.ts' },
  economy: { values: 'domain errors' },
  // It is fed, so that replay is deterministic.
  ledger: { values: 'economy domain errors', types: 'chain/types.ts chain/facts.ts' },
  chain: { values: 'domain errors' },
  cli: { values: 'domain errors', types: 'chain/types.ts ledger/types.ts' },
  // The contract between commands and main: it names everything main gives, as types.
  'cli/context.ts': { values: '', types: 'chain ledger signing domain cli' },
  devnode: { values: 'economy domain errors chain/codecs', types: 'chain/types.ts' },
  platform: { values: 'errors', types: 'cli/context.ts domain/ports.ts' },
  domain: { values: 'errors' },
  errors: { values: '' },
};

/** Calls only main and platform may make; where else, by folder or file. */
const BANNED_CALLS: readonly (readonly [what: string, pattern: RegExp, except: string])[] = [
  ['console', /\bconsole\s*\./g, ''],
  ['process', /(?<![.\w])process\s*[.[(]|['"](?:node:)?process['"]/g, ''],
  ['Date.now', /\bDate\.now\b/g, ''],
  ['new Date()', /\bnew Date\(\s*\)/g, ''],
  ['Math.random', /\bMath\.random\b/g, ''],
  ['a timer', /(?<![.\w])set(?:Timeout|Interval)\s*\(/g, ''],
  ['fetch', /(?<![.\w])fetch\s*\(/g, 'chain'],
  // Amounts do not pass here: a number of seconds, a number of days.
  ['parseFloat', /\bparseFloat\s*\(/g, 'commands'],
];

const all = readSources(['src']);
const sources = all.filter(({ path }) => !path.endsWith('.test.ts'));

describe('who imports whom', () => {
  it('is as the table says', () => {
    const found = all.flatMap((file) =>
      importsOf(file).flatMap(({ line, target, isTypeOnly }) => {
        if (target === undefined || isAllowed(file.path, target, isTypeOnly)) return [];
        return [`${file.path}:${line} imports ${target}${isTypeOnly ? ' (type)' : ''}`];
      }),
    );
    expect(found).toEqual([]);
  });

  it('is known for every folder', () => {
    const folders = new Set(all.map(({ path }) => placeOf(path)[0]));
    expect([...folders].filter((folder) => !((folder ?? '') in MAY_IMPORT))).toEqual([]);
  });

  it('names files that exist, with their extension', () => {
    const paths = new Set(readSources(['src', 'test', 'scripts']).map(({ path }) => path));
    const found = all.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target?.endsWith('.json') === false && !paths.has(target))
        .map(({ line, target }) => `${file.path}:${line} imports ${target}, which does not exist`),
    );
    expect(found).toEqual([]);
  });
});

describe('the sources', () => {
  it(`have at most ${MAX_FILE_LINES} lines a file`, () => {
    const found = readSources(['src', 'test', 'scripts', 'bench'])
      .filter(({ lines }) => lines.length > MAX_FILE_LINES + 1)
      .map(({ path, lines }) => `${path}:1 has ${lines.length} lines`);
    expect(found).toEqual([]);
  });

  it(`have at most ${MAX_LINE_LENGTH} characters a line`, () => {
    const found = sources.flatMap(({ path, lines }) =>
      lines.flatMap((line, index) =>
        line.length > MAX_LINE_LENGTH && !isLongText(line)
          ? [`${path}:${index + 1} has ${line.length} characters`]
          : [],
      ),
    );
    expect(found).toEqual([]);
  });

  it(`have at most ${MAX_FUNCTION_LINES} lines a function, those named inside it apart`, () => {
    const found = sources.flatMap(({ path, lines }) =>
      lines.flatMap((line, start) => {
        if (!/^(?:export )?(?:async )?function\b/.test(line)) return [];
        const length = functionLength(lines, start);
        return length > MAX_FUNCTION_LINES ? [`${path}:${start + 1} has ${length} lines`] : [];
      }),
    );
    expect(found).toEqual([]);
  });

  it('make no call that belongs to platform', () => {
    const outside = sources.filter(({ path }) => !/^src\/(?:platform\/|main\.ts$)/.test(path));
    const found = outside.flatMap((file) =>
      BANNED_CALLS.flatMap(([what, pattern, except]) =>
        except !== '' && placeOf(file.path).includes(except)
          ? []
          : matchesIn(file, pattern).map((line) => `${file.path}:${line} uses ${what}`),
      ),
    );
    expect(found).toEqual([]);
  });

  it("never use chalk's default export", () => {
    const found = sources.flatMap((file) => {
      const match = /import\s+(?!type\b)\w+[^;]*from 'chalk'/.exec(file.text);
      return match === null ? [] : [`${file.path}:${lineAt(file.text, match.index)}`];
    });
    expect(found).toEqual([]);
  });

  it('export by name, declare types and unions, and have no barrels', () => {
    const found = sources.flatMap((file) =>
      (
        [
          ['a default export', /^export default\b/gm],
          ['an interface', /^\s*(?:export\s+)?(?:declare\s+)?interface\s+\w/gm],
          ['an enum', /^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s+\w/gm],
          ['a re-export', /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\b/gm],
        ] as const
      ).flatMap(([what, pattern]) =>
        matchesIn(file, pattern).map((line) => `${file.path}:${line} has ${what}`),
      ),
    );
    expect(found).toEqual([]);
  });

  it('use no banned word in the name of a file or of anything exported', () => {
    const isBanned = (word: string) => BANNED_WORDS.includes(word.replace(/s$/, ''));
    const files = all
      .filter(({ path }) => wordsOf(path.replace(/^src\//, '').replace('.ts', '')).some(isBanned))
      .map(({ path }) => `${path}:1 is named with a banned word`);
    const names = sources.flatMap((file) =>
      exportsOf(file)
        .filter(({ name }) => wordsOf(name).some(isBanned))
        .map(({ line, name }) => `${file.path}:${line} exports ${name}`),
    );
    expect([...files, ...names]).toEqual([]);
  });

  it('are named in kebab-case', () => {
    const wrong = all.filter(({ path }) => !/^src\/(?:[a-z0-9-]+\/)*[a-z0-9.-]+\.ts$/.test(path));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('open with a sentence on what they are for', () => {
    const found = sources
      .filter(({ text }) => !/^(?:\/\/|\/\*\*)/.test(text))
      .map(({ path }) => `${path}:1 has no header`);
    expect(found).toEqual([]);
  });
});

describe('the reading of sources', () => {
  it('sees calls in templates, and none in comments, strings and patterns', () => {
    const text = [
      "const a = 'console.log'; // process.exit",
      `const b = \`console.log \${process.pid} /* \` + /["'\`]process\\//.source;`,
      '/* fetch( */ const c = d / process.pid / 2;',
    ].join('\n');
    const code = blankTexts(text);
    expect(code.split('\n')).toHaveLength(3);
    expect(code.match(/process\.pid/g)).toHaveLength(2);
    expect(code).not.toMatch(/console|exit|fetch/);
  });

  it('tells types from values in every form of import', () => {
    const text = [
      "import type { A } from './a.ts';",
      "import { type B, type C } from './b.ts';",
      "import {\n  d,\n  type E,\n} from '../d.ts';",
      "type F = import('./f.ts').F;",
      "const g = await import('./g.ts');",
      "export { h } from './h.ts';",
      "// import './comment.ts';",
    ].join('\n');
    const file: SourceFile = { path: 'src/x/y.ts', text, lines: [], code: blankTexts(text) };
    const found = importsOf(file).map(({ target, isTypeOnly, line }) => [target, isTypeOnly, line]);
    expect(found).toEqual([
      ['src/x/a.ts', true, 1],
      ['src/x/b.ts', true, 2],
      ['src/d.ts', false, 6],
      ['src/x/f.ts', true, 7],
      ['src/x/g.ts', false, 8],
      ['src/x/h.ts', false, 9],
    ]);
  });
});

/** `commands`, `commands/dev` and `commands/dev/run.ts` for the last: what table entries may name. */
function placeOf(path: string): readonly string[] {
  const parts = path.replace(/^src\//, '').split('/');
  const places = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return parts.length === 1 ? [path.replace(/^src\//, '').replace(/(?:\.test)?\.ts$/, '')] : places;
}

function isAllowed(path: string, target: string, isTypeOnly: boolean): boolean {
  if (!target.startsWith('src/')) return path.endsWith('.test.ts') || target === 'package.json';
  const from = placeOf(path);
  const to = placeOf(target);
  const [folder = ''] = from;
  if (path.endsWith('.test.ts') && to[0] === 'devnode') return true;
  if (folder === 'commands' && to[0] === 'commands') {
    // A noun knows itself and what lies beside the nouns, but no other noun.
    const isList = path === 'src/commands/specs.ts';
    return isList || to.length === 2 || from[1] === to[1];
  }
  if (folder === to[0] && folder !== 'main') return true;
  const rule = [...from].reverse().find((place) => place in MAY_IMPORT) ?? '';
  const { values = '', types = '' } = MAY_IMPORT[rule] ?? {};
  if (values === '*') return true;
  const allowed = [...values.split(' '), ...(isTypeOnly ? types.split(' ') : [])];
  return to.some((place) => allowed.includes(place));
}

function matchesIn(file: SourceFile, pattern: RegExp): readonly number[] {
  return [...file.code.matchAll(pattern)].map((match) => {
    const lead = /^\s*/.exec(match[0])?.[0].length ?? 0;
    return lineAt(file.code, match.index + lead);
  });
}

/**
 * Lines of an outermost function. The formatter ends it with a brace at the margin, and a function
 * that it names inside (a factory's closures) with one at the first level.
 */
function functionLength(lines: readonly string[], start: number): number {
  const end = lines.findIndex((text, index) => index >= start && text.startsWith('}'));
  let isInner = false;
  const own = lines.slice(start, end + 1).filter((text) => {
    const begins = /^ {2}const \w+ = (?:async )?\(.*(?:\(|=>|\{)$/.test(text);
    isInner = isInner || begins;
    const counts = !isInner;
    if (isInner && /^ {2}\};?$/.test(text)) isInner = false;
    return counts;
  });
  return own.length;
}

/** A message or a pattern that cannot be broken: nothing but one text on its line. */
function isLongText(line: string): boolean {
  return /^\s*(?:[\w.'"-]+:\s*|[\w.]+\(|(?:const|let) \w+ =\s*|return\s+|\?\s*|:\s*|=>\s*|\/\/\s)?\(?[`'"/].*[`'"/][a-z]*[),;\]}. ]*$/.test(
    line,
  );
}
