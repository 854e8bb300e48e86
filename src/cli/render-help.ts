/** Help, generated from specs: the whole tool, a noun, or a command. Pure. */
import { nounSummary } from './nouns.ts';
import { GLOBAL_OPTIONS, OPTION_GROUPS, type OptionGroup } from './option-groups.ts';
import type { CommandSpec, OptionSpec } from './spec.ts';

/** Help is never wider than this, and wraps at it where there is no terminal. */
export const MAX_HELP_WIDTH = 100;
/** Below this, wrapping a right-hand column is worse than letting the terminal wrap. */
const MIN_TEXT_WIDTH = 24;
/** The left column is never wider than this; longer flags get a line of their own. */
const MAX_LEFT_WIDTH = 30;
const INDENT = '  ';
const TOOL_SUMMARY =
  'Stake TAO from a terminal or from CI: plan, sign, submit, and know what was earned.';

type Entry = readonly [left: string, right: string];

/** Help of `path`: a command, a noun, or (empty) the tool. Ends in a line break. */
export function renderHelp(
  specs: readonly CommandSpec[],
  path: readonly string[],
  terminalWidth: number,
): string {
  const width = Math.min(terminalWidth, MAX_HELP_WIDTH);
  const exact = specs.find((spec) => spec.path.join(' ') === path.join(' '));
  const below = specs.filter((spec) => isBelow(spec, path));
  const lines =
    exact === undefined
      ? path.length === 0
        ? toolHelp(specs, width)
        : nounHelp(path, below, width)
      : [...commandHelp(exact, width), ...section('Commands', verbEntries(path, below), width)];
  return `${lines.join('\n').trimEnd()}\n`;
}

function isBelow(spec: CommandSpec, path: readonly string[]): boolean {
  return spec.path.length > path.length && path.every((word, index) => spec.path[index] === word);
}

function toolHelp(specs: readonly CommandSpec[], width: number): readonly string[] {
  const nouns = new Map<string, string>();
  for (const spec of specs) {
    const [first = ''] = spec.path;
    if (nouns.has(first)) continue;
    const verbs = specs.filter((other) => other.path[0] === first && other.path.length > 1);
    const own = specs.find((other) => other.path.length === 1 && other.path[0] === first);
    const summary = nounSummary(
      first,
      verbs.map((verb) => verb.path[1] ?? ''),
    );
    nouns.set(first, own?.summary ?? summary);
  }
  return [
    ...wrap(TOOL_SUMMARY, width),
    '',
    'Usage',
    `${INDENT}tao COMMAND [options]`,
    '',
    ...section('Commands', [...nouns.entries(), ['help', 'Help of a command']], width),
    ...optionSections([GLOBAL_OPTIONS], width),
    ...wrap('Run tao COMMAND --help for its options and examples.', width),
  ];
}

function nounHelp(
  path: readonly string[],
  below: readonly CommandSpec[],
  width: number,
): readonly string[] {
  const noun = path.join(' ');
  const verbs = below.map((spec) => spec.path.at(-1) ?? '');
  return [
    ...wrap(`${nounSummary(noun, verbs)}.`, width),
    '',
    'Usage',
    `${INDENT}tao ${noun} COMMAND [options]`,
    '',
    ...section('Commands', verbEntries(path, below), width),
    ...wrap(`Run tao ${noun} COMMAND --help for its options and examples.`, width),
  ];
}

function verbEntries(path: readonly string[], below: readonly CommandSpec[]): readonly Entry[] {
  return below.map((spec) => [spec.path.slice(path.length).join(' '), spec.summary]);
}

function commandHelp(spec: CommandSpec, width: number): readonly string[] {
  const own: OptionGroup = { title: 'Options', options: spec.options ?? [] };
  const groups = (spec.groups ?? []).map((name) => OPTION_GROUPS[name]);
  return [
    ...wrap(`${spec.summary}.`, width),
    '',
    ...(spec.description ?? []).flatMap((paragraph) => [...wrap(paragraph, width), '']),
    'Usage',
    `${INDENT}${usageLine(spec)}`,
    '',
    ...section('Arguments', argumentEntries(spec), width),
    ...optionSections([own, ...groups, GLOBAL_OPTIONS], width),
    ...exampleLines(spec),
  ];
}

/** `tao tx show REFERENCE [options]`. */
export function usageLine(spec: CommandSpec): string {
  const args = (spec.arguments ?? []).map((argument) => {
    const name = argument.name.toUpperCase() + (argument.variadic === true ? '...' : '');
    return argument.required ? name : `[${name}]`;
  });
  return ['tao', ...spec.path, ...args, '[options]'].join(' ');
}

function argumentEntries(spec: CommandSpec): readonly Entry[] {
  return (spec.arguments ?? []).map((argument) => [argument.name.toUpperCase(), argument.summary]);
}

function exampleLines(spec: CommandSpec): readonly string[] {
  if (spec.examples.length === 0) return [];
  const lines = spec.examples.flatMap((example) => [
    `${INDENT}# ${example.note}`,
    `${INDENT}${example.command}`,
    '',
  ]);
  return ['Examples', ...lines];
}

/** One section per group, all with the same left column. */
function optionSections(groups: readonly OptionGroup[], width: number): readonly string[] {
  const all = groups.flatMap((group) => group.options.map(optionFlags));
  const left = columnWidth(all);
  return groups.flatMap((group) =>
    section(group.title, group.options.map(optionEntry), width, left),
  );
}

function optionEntry(option: OptionSpec): Entry {
  return [optionFlags(option), optionSummary(option)];
}

/** `-y, --yes` or `    --wait STATE`. */
export function optionFlags(option: OptionSpec): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  return `${short}--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`;
}

/** The summary with choices, default and repetition. */
export function optionSummary(option: OptionSpec): string {
  const notes = [
    ...(option.choices === undefined ? [] : [option.choices.join(', ')]),
    ...(option.defaultText === undefined ? [] : [`default: ${option.defaultText}`]),
    ...(option.repeatable === true ? ['may be repeated'] : []),
  ];
  return notes.length === 0 ? option.summary : `${option.summary} (${notes.join('; ')})`;
}

function section(
  title: string,
  entries: readonly Entry[],
  width: number,
  leftWidth?: number,
): readonly string[] {
  if (entries.length === 0) return [];
  const column = leftWidth ?? columnWidth(entries.map(([left]) => left));
  return [title, ...entries.flatMap((entry) => entryLines(entry, column, width)), ''];
}

/** The width of the longest text that fits into the column. */
function columnWidth(texts: readonly string[]): number {
  return texts.reduce(
    (widest, { length }) => (length > MAX_LEFT_WIDTH ? widest : Math.max(widest, length)),
    0,
  );
}

function entryLines([left, right]: Entry, column: number, width: number): readonly string[] {
  const margin = INDENT.length + column + 2;
  const room = width - margin;
  const isNarrow = room < MIN_TEXT_WIDTH;
  const texts = wrap(right, isNarrow ? width - 6 : room);
  const hanging = ' '.repeat(isNarrow ? 6 : margin);
  if (isNarrow || left.length > column) {
    return [INDENT + left, ...texts.map((text) => hanging + text)];
  }
  const [first = '', ...rest] = texts;
  return [`${INDENT}${left.padEnd(column)}  ${first}`, ...rest.map((text) => hanging + text)];
}

/** Breaks a text at spaces so that no line is longer than `width`, unless a word is. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
