/** The bash completion, without the bash-completion package. Pure. */
import { type CompletionPlace, type Offer, sharedOffers, valueFlags } from './completion-tree.ts';

export function bashScript(places: readonly CompletionPlace[]): string {
  return `${[
    '# bash completion for tao. Generated from the command specs; do not edit.',
    '_tao() {',
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"`,
    '  local command="" words="" i',
    '  # --option=value arrives as three words.',
    '  if [[ "$cur" == "=" ]]; then cur=""',
    `  elif [[ "$previous" == "=" ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi`,
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    case "\${COMP_WORDS[i]}" in ${valueFlags(places).join('|')}) ((i += 1));`,
    `      [[ "\${COMP_WORDS[i]}" == "=" ]] && ((i += 1)); continue ;; esac`,
    `    case "$command \${COMP_WORDS[i]}" in`,
    ...places.flatMap(transition),
    '    esac',
    '  done',
    '  COMPREPLY=()',
    '  case "$command:$previous" in',
    ...sharedOffers(places).map(({ pattern, option }) => {
      const offer = option.value?.offer ?? { kind: 'nothing' };
      return `    ${pattern}) ${reply(offer)}return ;;`;
    }),
    '  esac',
    '  if [[ "$cur" == -* ]]; then',
    '    case "$command" in',
    ...places.map((place) => `      "${place.path.join(' ')}") words="${flags(place)}" ;;`),
    '    esac',
    '    COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '    return',
    '  fi',
    '  case "$command" in',
    ...places.map((place) => `    "${place.path.join(' ')}") ${replyInPlace(place)};;`),
    '  esac',
    '}',
    'complete -F _tao tao',
  ].join('\n')}\n`;
}

function transition(place: CompletionPlace): readonly string[] {
  if (place.path.length === 0) return [];
  const from = place.path.slice(0, -1).join(' ');
  return [`      "${from} ${place.path.at(-1)}") command="${place.path.join(' ')}" ;;`];
}

function flags(place: CompletionPlace): string {
  return place.options
    .flatMap(({ long, short }) => [`--${long}`, ...(short === undefined ? [] : [`-${short}`])])
    .join(' ');
}

function replyInPlace(place: CompletionPlace): string {
  const words = place.children.map(({ word }) => word);
  return words.length > 0 ? reply({ kind: 'words', words }) : reply(place.argument);
}

function reply(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return `COMPREPLY=($(compgen -W "${offer.words.join(' ')}" -- "$cur")); `;
    case 'files':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); ';
    case 'folders':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); ';
    case 'nothing':
      return '';
  }
}
