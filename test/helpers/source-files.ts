/** Reads the project's own sources for tests about them: imports, exports, and code without its texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export const PROJECT_ROOT = join(import.meta.dirname, '../..');

export type SourceFile = {
  /** From the root of the project, with slashes: `src/cli/frame.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** The text with comments and the insides of strings blanked, line for line. */
  readonly code: string;
};

export type ImportStatement = {
  readonly line: number;
  /** As written: `../errors/tao-error.ts` or `commander`. */
  readonly specifier: string;
  /** From the root of the project, for a file of it. */
  readonly target: string | undefined;
  /** `import type`, or nothing but `type` names. */
  readonly isTypeOnly: boolean;
};

/** TypeScript files below `folders`, sorted; packages installed there are not ours. */
export function readSources(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) => pathsBelow(folder).sort().map(readSource));
}

function pathsBelow(folder: string): string[] {
  return readdirSync(join(PROJECT_ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : pathsBelow(path);
    return entry.isFile() && path.endsWith('.ts') ? [path] : [];
  });
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(PROJECT_ROOT, path), 'utf8');
  return { path, text, lines: text.split('\n'), code: blankTexts(text) };
}

const STATEMENT =
  /(?:^|[;}\n])\s*(?:import|export)\s+(type\s)?\s*([^'";=()]*?)\s*from\s*['"]([^'"]+)['"]|(?:\bimport|\bimport\.meta\.resolve)\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

/** All imports of a file: static, re-exporting, dynamic, and `import('…')` in types. */
export function importsOf(file: SourceFile): readonly ImportStatement[] {
  return [...withoutComments(file.text).matchAll(STATEMENT)].map((match) => {
    const [whole, typeWord, names = '', from, dynamic, bare] = match;
    const specifier = from ?? dynamic ?? bare ?? '';
    const offset = match.index + whole.lastIndexOf(specifier);
    const before = file.text.slice(0, match.index);
    const isTypeQuery = dynamic !== undefined && /(?:typeof|[:=<|&])\s*$/.test(before);
    return {
      line: lineAt(file.text, offset),
      specifier,
      target: specifier.startsWith('.')
        ? posix.normalize(posix.join(dirname(file.path), specifier))
        : undefined,
      isTypeOnly: typeWord !== undefined || allNamesAreTypes(names) || isTypeQuery,
    };
  });
}

function allNamesAreTypes(names: string): boolean {
  const list = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  if (list === undefined) return false;
  const parts = list.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '').every((part) => part.startsWith('type '));
}

export type ExportedName = { readonly line: number; readonly name: string };

/** Names a file exports by declaration. */
export function exportsOf(file: SourceFile): readonly ExportedName[] {
  const pattern = /^export\s+(?:async\s+)?(?:const|let|function\*?|type|class)\s+(\w+)/gm;
  return [...file.code.matchAll(pattern)].map((match) => ({
    line: lineAt(file.code, match.index),
    name: match[1] ?? '',
  }));
}

/** The number of the line an offset is on, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The words of a camelCase, PascalCase, CONSTANT_CASE or kebab-case name, in lower case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());
}

/** Blanks comments and everything between quotes; code inside `${…}` stays. */
export function blankTexts(text: string): string {
  return scan(text, { blankStrings: true });
}

function withoutComments(text: string): string {
  return scan(text, { blankStrings: false });
}

/** What ends before a slash that begins a regular expression rather than a division. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|case|typeof|in|of))\s*$/;

function scan(text: string, how: { readonly blankStrings: boolean }): string {
  let out = '';
  let at = 0;
  /** Depth of braces at which each open template goes on. */
  const templates: number[] = [];
  let depth = 0;
  const copyUntil = (end: number, blank: boolean) => {
    const piece = text.slice(at, end);
    out += blank ? piece.replace(/[^\n]/g, ' ') : piece;
    at = end;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    const pair = text.slice(at, at + 2);
    if (pair === '//') copyUntil(endOf(text, /\n|$/g, at), true);
    else if (pair === '/*') copyUntil(endOf(text, /\*\/|$/g, at + 2, true), true);
    else if (char === "'" || char === '"') {
      copyUntil(at + 1, false);
      copyUntil(
        endOf(
          text,
          char === "'" ? /(?<!\\)(?:\\\\)*'|\n|$/g : /(?<!\\)(?:\\\\)*"|\n|$/g,
          at,
          true,
        ) - 1,
        how.blankStrings,
      );
      copyUntil(at + 1, false);
    } else if (char === '/' && BEFORE_REGEX.test(out.slice(-30))) {
      copyUntil(regexEnd(text, at), how.blankStrings);
    } else if (char === '`' || (char === '}' && templates.at(-1) === depth)) {
      if (char === '}') templates.pop();
      copyUntil(at + 1, false);
      const end = templateEnd(text, at);
      copyUntil(end.at, how.blankStrings);
      copyUntil(at + end.length, false);
      if (end.length === 2) templates.push(depth);
    } else {
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      copyUntil(at + 1, false);
    }
  }
  return out;
}

function endOf(text: string, pattern: RegExp, from: number, after = false): number {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match === null) return text.length;
  return match.index + (after ? match[0].length : 0);
}

function regexEnd(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '\n') return from + 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return text.length;
}

/** The next closing backtick (length 1) or `${` (length 2) of a template. */
function templateEnd(text: string, from: number): { readonly at: number; readonly length: 1 | 2 } {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '`') return { at, length: 1 };
    else if (text.startsWith('${', at)) return { at, length: 2 };
  }
  return { at: text.length, length: 1 };
}
