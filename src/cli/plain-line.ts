/**
 * The few command lines that need no parser: help and version of the whole tool. They come first in
 * everybody's day, so they do not wait for the parser to load. Pure.
 */
import type { GlobalOptions, ParsedLine } from './invocation.ts';

const globals: GlobalOptions = {
  json: false,
  quiet: false,
  verbose: false,
  noInput: false,
  color: undefined,
};

/** What a plain line means; undefined for every other one, which the parser reads. */
export function parsePlainLine(argv: readonly string[]): ParsedLine | undefined {
  const [word, ...more] = argv;
  if (more.length > 0) return undefined;
  if (word === undefined) return { kind: 'help', path: [], requested: false, globals };
  if (word === '--version') return { kind: 'version', globals };
  const asksHelp = word === '--help' || word === '-h' || word === 'help';
  return asksHelp ? { kind: 'help', path: [], requested: true, globals } : undefined;
}
