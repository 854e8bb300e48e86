/** The fish completion, with descriptions. Pure. */
import {
  type CompletionOption,
  type CompletionPlace,
  type Offer,
  valueFlags,
} from './completion-tree.ts';

export function fishScript(places: readonly CompletionPlace[]): string {
  const paths = places.filter(({ path }) => path.length > 0);
  const tool = places.find(({ path }) => path.length === 0);
  return `${[
    '# fish completion for tao. Generated from the command specs; do not edit.',
    'function __tao_at --description "Whether the words so far are this command"',
    '  set -l command',
    '  set -l is_value 0',
    '  for word in (commandline -opc)[2..-1]',
    '    if test $is_value = 1; set is_value 0; continue; end',
    `    if contains -- $word ${valueFlags(places).join(' ')}; set is_value 1; continue; end`,
    '    switch "$command $word"',
    ...paths.map((place) => {
      const from = place.path.slice(0, -1).join(' ');
      const pattern = quoted(`${from} ${place.path.at(-1)}`);
      return `      case ${pattern}; set command ${quoted(place.path.join(' '))}`;
    }),
    '    end',
    '  end',
    '  test "$command" = "$argv"',
    'end',
    'complete -c tao -f',
    ...(tool?.options ?? []).map((option) => `complete -c tao ${flag(option)}`),
    ...places.flatMap((place) => placeLines(place, tool?.options ?? [])),
  ].join('\n')}\n`;
}

function placeLines(
  place: CompletionPlace,
  global: readonly CompletionOption[],
): readonly string[] {
  const at = `complete -c tao -n ${quoted(`__tao_at ${place.path.join(' ')}`.trimEnd())}`;
  const own = place.options.filter(({ long }) => !global.some((option) => option.long === long));
  return [
    ...place.children.map(({ word, summary }) => `${at} -a ${word} -d ${quoted(summary)}`),
    ...(place.children.length > 0 || place.argument.kind === 'nothing'
      ? []
      : [`${at} ${offered(place.argument)}`]),
    ...own.map((option) => `${at} ${flag(option)}`),
  ];
}

function flag(option: CompletionOption): string {
  const short = option.short === undefined ? '' : ` -s ${option.short}`;
  const value = option.value === undefined ? '' : ` ${takes(option.value.offer)}`;
  return `-l ${option.long}${short}${value} -d ${quoted(option.summary)}`;
}

/** `-r` takes a value; `-x` takes one and offers no files for it. */
function takes(offer: Offer): string {
  return offer.kind === 'files' ? '-r -F' : `-x ${offered(offer)}`.trimEnd();
}

function offered(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return `-a ${quoted(offer.words.join(' '))}`;
    case 'files':
      return '-F';
    case 'folders':
      return "-a '(__fish_complete_directories)'";
    case 'nothing':
      return '';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
