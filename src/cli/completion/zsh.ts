/** The zsh completion, with descriptions. Pure. */
import { type CompletionPlace, type Offer, sharedOffers, valueFlags } from './completion-tree.ts';

export function zshScript(places: readonly CompletionPlace[]): string {
  return `${[
    '#compdef tao',
    '# zsh completion for tao. Generated from the command specs; do not edit.',
    '_tao() {',
    `  local command="" previous="\${words[CURRENT-1]}"`,
    '  local -a items',
    '  integer i',
    '  for (( i = 2; i < CURRENT; i++ )); do',
    `    case "\${words[i]}" in ${valueFlags(places).join('|')}) (( i += 1 )); continue ;; esac`,
    `    case "$command \${words[i]}" in`,
    ...places.flatMap(transition),
    '    esac',
    '  done',
    '  if [[ "$PREFIX" == --*=* ]]; then',
    `    previous="\${PREFIX%%=*}"`,
    "    compset -P '*='",
    '  fi',
    '  case "$command:$previous" in',
    ...sharedOffers(places).map(({ pattern, option }) => {
      const offer = option.value?.offer ?? { kind: 'nothing' };
      return `    ${pattern}) ${reply(offer, option.value?.placeholder ?? 'value')}return ;;`;
    }),
    '  esac',
    '  if [[ "$PREFIX" == -* ]]; then',
    '    case "$command" in',
    ...places.map((place) => `      "${place.path.join(' ')}") items=(${flags(place)}) ;;`),
    '    esac',
    "    _describe -o 'option' items",
    '    return',
    '  fi',
    '  case "$command" in',
    ...places.map((place) => `    "${place.path.join(' ')}") ${replyInPlace(place)};;`),
    '  esac',
    '}',
    '# Sourced, this file registers the function; autoloaded, it is the function.',
    'if [[ "$funcstack[1]" == "_tao" ]]; then _tao "$@"; else compdef _tao tao; fi',
  ].join('\n')}\n`;
}

function transition(place: CompletionPlace): readonly string[] {
  if (place.path.length === 0) return [];
  const from = place.path.slice(0, -1).join(' ');
  return [`      "${from} ${place.path.at(-1)}") command="${place.path.join(' ')}" ;;`];
}

function flags(place: CompletionPlace): string {
  return place.options
    .flatMap(({ long, short, summary }) => [
      described(`--${long}`, summary),
      ...(short === undefined ? [] : [described(`-${short}`, summary)]),
    ])
    .join(' ');
}

function replyInPlace(place: CompletionPlace): string {
  if (place.children.length === 0) return reply(place.argument, 'argument');
  const items = place.children.map(({ word, summary }) => described(word, summary)).join(' ');
  return `items=(${items}); _describe 'command' items; `;
}

function reply(offer: Offer, placeholder: string): string {
  switch (offer.kind) {
    case 'words':
      return `items=(${offer.words.map(quoted).join(' ')}); _describe 'value' items; `;
    case 'files':
      return '_files; ';
    case 'folders':
      return '_files -/; ';
    case 'nothing':
      return `_message ${quoted(placeholder)}; `;
  }
}

function described(word: string, summary: string): string {
  return quoted(`${word}:${summary.replaceAll(':', '\\:')}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
