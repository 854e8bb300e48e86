/** The man page, generated from specs, in man(7) macros. Pure. */
import { EXIT_CODES } from './exit-codes.ts';
import { GLOBAL_OPTIONS, OPTION_GROUPS, type OptionGroup } from './option-groups.ts';
import { optionSummary, usageLine } from './render-help.ts';
import { environmentName, SETTING_KEYS, SETTING_SUMMARIES } from './setting-values.ts';
import type { CommandSpec, OptionGroupName, OptionSpec } from './spec.ts';

const GROUP_NAMES = Object.keys(OPTION_GROUPS) as readonly OptionGroupName[];

/** `tao.1`. */
export function manPage(specs: readonly CommandSpec[]): string {
  const lines = [
    '.\\" Generated from the command specs; do not edit.',
    '.TH TAO 1 "" "taostake" "User Commands"',
    '.SH NAME',
    'tao \\- stake TAO from a terminal or from CI',
    '.SH SYNOPSIS',
    '.B tao',
    'COMMAND [options]',
    '.SH DESCRIPTION',
    escaped('Plan, sign, submit, and know what was earned. Every command has its own help:'),
    '.B tao COMMAND \\-\\-help',
    '.SH COMMANDS',
    ...specs.flatMap(commandLines),
    '.SH SHARED OPTIONS',
    ...GROUP_NAMES.flatMap((name) => groupLines(OPTION_GROUPS[name])),
    ...groupLines(GLOBAL_OPTIONS),
    '.SH PREFERENCES',
    ...SETTING_KEYS.flatMap((key) => [
      '.TP',
      `.B ${escaped(key)}`,
      escaped(`${SETTING_SUMMARIES[key]}. Environment: ${environmentName(key)}.`),
    ]),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, escaped(meaning)]),
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines(spec: CommandSpec): readonly string[] {
  const groups = (spec.groups ?? []).map((name) => OPTION_GROUPS[name].title.toLowerCase());
  return [
    `.SS ${escaped(usageLine(spec))}`,
    escaped(`${spec.summary}.`),
    ...(spec.description ?? []).flatMap((paragraph) => ['.PP', escaped(paragraph)]),
    ...(spec.options ?? []).flatMap(optionLines),
    '.PP',
    escaped(`Shared options: ${[...groups, 'everywhere'].join(', ')}.`),
    ...spec.examples.flatMap(({ command, note }) => [
      '.PP',
      escaped(`${note}:`),
      '.br',
      `.B ${escaped(command)}`,
    ]),
  ];
}

function groupLines(group: OptionGroup): readonly string[] {
  return [`.SS ${escaped(group.title)}`, ...group.options.flatMap(optionLines)];
}

function optionLines(option: OptionSpec): readonly string[] {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  const value = option.value === undefined ? '' : ` ${option.value}`;
  return [
    '.TP',
    `.B ${escaped(`${short}--${option.name}${value}`)}`,
    escaped(optionSummary(option)),
  ];
}

/** Text that man takes literally: backslashes, dashes, and lines that would begin with a macro. */
function escaped(text: string): string {
  const literal = text.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  return /^[.']/.test(literal) ? `\\&${literal}` : literal;
}
