/** What is wrong with a command line, as errors that say what to type instead. Pure. */
import { TaoError } from '../errors/tao-error.ts';
import type { CommandSpec } from './spec.ts';
import { suggest } from './suggest.ts';

/** Values named in a message are cut to this many characters. */
const MAX_SHOWN_LENGTH = 80;

/** No command of that path: the last word is the unknown one. USAGE_UNKNOWN_COMMAND. */
export function unknownCommand(words: readonly string[], specs: readonly CommandSpec[]): TaoError {
  const parents = knownPrefix(words, specs);
  const word = words[parents.length] ?? '';
  const siblings = [...new Set(specs.filter((spec) => startsWith(spec, parents)).map(next))];
  const closest = suggestCommand(word, parents, siblings, specs);
  const place = ['tao', ...parents].join(' ');
  return new TaoError('USAGE_UNKNOWN_COMMAND', {
    message: `Couldn't run "${place} ${shown(word)}": there is no such command.`,
    hint:
      closest === undefined
        ? `Run ${place} --help to see the commands.`
        : `Did you mean tao ${closest}?`,
    data: { command: words, ...(closest === undefined ? {} : { suggestion: closest }) },
  });

  function next(spec: CommandSpec): string {
    return spec.path[parents.length] ?? '';
  }
}

function knownPrefix(words: readonly string[], specs: readonly CommandSpec[]): readonly string[] {
  let length = 0;
  while (
    length < words.length &&
    specs.some((spec) => startsWith(spec, words.slice(0, length + 1)))
  ) {
    length += 1;
  }
  return words.slice(0, length);
}

function startsWith(spec: CommandSpec, words: readonly string[]): boolean {
  return words.every((word, index) => spec.path[index] === word);
}

/** A sibling that looks alike; at the top also a verb of some noun, such as `add` for `stake add`. */
function suggestCommand(
  word: string,
  parents: readonly string[],
  siblings: readonly string[],
  specs: readonly CommandSpec[],
): string | undefined {
  const sibling = suggest(word, siblings);
  if (sibling !== undefined) return [...parents, sibling].join(' ');
  const sameVerb = specs.filter((spec) => spec.path.length > 1 && spec.path.at(-1) === word);
  return sameVerb.length === 1 ? sameVerb[0]?.path.join(' ') : undefined;
}

/** A noun, or nothing at all, where a command is needed. USAGE_MISSING. */
export function missingCommand(path: readonly string[]): TaoError {
  const place = ['tao', ...path].join(' ');
  return new TaoError('USAGE_MISSING', {
    message: `Couldn't run ${place}: the command is missing.`,
    hint: `Run ${place} --help to see the commands.`,
    data: { command: path },
  });
}

/** An option the command does not have. USAGE_UNKNOWN_OPTION; USAGE_INVALID for a switch with `=`. */
export function unknownOption(
  path: readonly string[],
  flag: string,
  known: readonly string[],
): TaoError {
  const [name = flag] = flag.split('=');
  const command = ['tao', ...path].join(' ');
  if (name !== flag && known.includes(name)) {
    return new TaoError('USAGE_INVALID', {
      message: `Couldn't use ${shown(flag)}: ${name} takes no value.`,
      hint: `Write ${name} alone.`,
      data: { option: name },
    });
  }
  const closest = name.startsWith('--') ? suggestFlag(name, known) : undefined;
  return new TaoError('USAGE_UNKNOWN_OPTION', {
    message: `Couldn't use ${shown(name)}: ${command} has no such option.`,
    hint:
      closest === undefined
        ? `Run ${command} --help to see its options.`
        : `Did you mean ${closest}?`,
    data: { option: name, ...(closest === undefined ? {} : { suggestion: closest }) },
  });
}

function suggestFlag(name: string, known: readonly string[]): string | undefined {
  const names = known.filter((flag) => flag.startsWith('--')).map((flag) => flag.slice(2));
  const closest = suggest(name.slice(2), names);
  return closest === undefined ? undefined : `--${closest}`;
}

/** An argument that was left out. USAGE_MISSING. */
export function missingArgument(path: readonly string[], name: string): TaoError {
  const command = ['tao', ...path].join(' ');
  return new TaoError('USAGE_MISSING', {
    message: `Couldn't run ${command}: the argument ${name.toUpperCase()} is missing.`,
    hint: `Run ${command} --help to see how it is used.`,
    data: { argument: name },
  });
}

/** An option without its value. USAGE_MISSING. */
export function missingValue(flag: string): TaoError {
  return new TaoError('USAGE_MISSING', {
    message: `Couldn't use ${flag}: its value is missing.`,
    hint: `Give ${flag} a value; one that starts with a dash is written ${flag}=VALUE.`,
    data: { option: flag },
  });
}

/** A value outside a closed list; `what` is `--wait` or an argument's name. USAGE_INVALID. */
export function invalidChoice(what: string, value: string, choices: readonly string[]): TaoError {
  const closest = suggest(value, choices);
  const list = choices.join(', ');
  const pick = [...(what.startsWith('--') ? [what] : []), closest ?? choices[0]].join(' ');
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't use ${what} "${shown(value)}": it must be one of ${list}.`,
    hint: closest === undefined ? `Use one of them, such as ${pick}.` : `Did you mean ${pick}?`,
    data: { given: what, value, choices },
  });
}

/** An option given twice that takes one value: guessing which is meant could cost money. USAGE_CONFLICT. */
export function repeatedOption(name: string): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't use --${name}: it was given more than once.`,
    hint: `Give --${name} once.`,
    data: { option: name },
  });
}

/** Arguments the command does not take. USAGE_INVALID. */
export function excessArguments(
  path: readonly string[],
  received: readonly string[],
  expected: number,
): TaoError {
  const command = ['tao', ...path].join(' ');
  const takes = expected === 0 ? 'no arguments' : `${expected} argument${expected > 1 ? 's' : ''}`;
  const first = shown(received[expected] ?? '');
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't use "${first}": ${command} takes ${takes}.`,
    hint: `Run ${command} --help to see how it is used.`,
    data: { expected, received: received.length },
  });
}

/** Two options that exclude each other. USAGE_CONFLICT. */
export function conflictingGlobals(first: string, second: string): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't use --${first} and --${second} together.`,
    hint: 'Leave one of them out.',
    data: { options: [first, second] },
  });
}

function shown(text: string): string {
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
}
