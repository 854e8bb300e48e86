/** The specs as completions see them: places on the command line and what may come there. Pure. */
import { nounSummary } from '../nouns.ts';
import { GLOBAL_OPTIONS, optionsOf } from '../option-groups.ts';
import { NETWORK_NAMES, SETTING_KEYS } from '../setting-values.ts';
import type { ArgumentSpec, CommandSpec, Completion, OptionSpec } from '../spec.ts';

/** What can be offered for a value: words, files, folders, or nothing. */
export type Offer =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'folders' }
  | { readonly kind: 'nothing' };

export type CompletionOption = {
  readonly long: string;
  readonly short: string | undefined;
  readonly summary: string;
  /** Undefined for a switch. */
  readonly value: { readonly placeholder: string; readonly offer: Offer } | undefined;
};

/** The tool, a noun, or a command. */
export type CompletionPlace = {
  /** Empty for the tool. */
  readonly path: readonly string[];
  readonly children: readonly { readonly word: string; readonly summary: string }[];
  readonly options: readonly CompletionOption[];
  readonly argument: Offer;
};

/** All places, the tool first. */
export function createCompletionTree(specs: readonly CommandSpec[]): readonly CompletionPlace[] {
  const global = GLOBAL_OPTIONS.options.map(completionOption);
  const tops = childrenOf([], specs);
  const tool: CompletionPlace = {
    path: [],
    children: [...tops, { word: 'help', summary: 'Help of a command' }],
    options: global,
    argument: { kind: 'nothing' },
  };
  const help: CompletionPlace = {
    path: ['help'],
    children: [],
    options: global,
    argument: { kind: 'words', words: tops.map(({ word }) => word) },
  };
  const places = pathsOf(specs).map((path) => placeAt(path, specs, global));
  return [tool, ...places, help];
}

/** Every noun and command, nouns before what is below them. */
function pathsOf(specs: readonly CommandSpec[]): readonly (readonly string[])[] {
  const paths = specs.flatMap(({ path }) => path.map((_, index) => path.slice(0, index + 1)));
  return [...new Map(paths.map((path) => [path.join(' '), path])).values()];
}

function placeAt(
  path: readonly string[],
  specs: readonly CommandSpec[],
  global: readonly CompletionOption[],
): CompletionPlace {
  const children = childrenOf(path, specs);
  const own = specs.find((spec) => spec.path.join(' ') === path.join(' '));
  if (own !== undefined) return commandPlace(own, children, global);
  return { path, children, options: global, argument: { kind: 'nothing' } };
}

/** The words that may follow a path, each once, with the summary of the command or noun it names. */
function childrenOf(
  path: readonly string[],
  specs: readonly CommandSpec[],
): CompletionPlace['children'] {
  const below = specs.filter((spec) => isBelow(spec, path));
  const words = [...new Set(below.map((spec) => spec.path[path.length] ?? ''))];
  return words.map((word) => {
    const full = [...path, word];
    const own = specs.find((spec) => spec.path.join(' ') === full.join(' '));
    const verbs = specs
      .filter((spec) => isBelow(spec, full))
      .map((spec) => spec.path.slice(full.length).join(' '));
    return { word, summary: own?.summary ?? nounSummary(full.join(' '), verbs) };
  });
}

function isBelow(spec: CommandSpec, path: readonly string[]): boolean {
  return spec.path.length > path.length && path.every((word, index) => spec.path[index] === word);
}

function commandPlace(
  spec: CommandSpec,
  children: CompletionPlace['children'],
  global: readonly CompletionOption[],
): CompletionPlace {
  const first = spec.arguments?.find((argument) => offerOf(argument).kind !== 'nothing');
  return {
    path: spec.path,
    children,
    options: [...optionsOf(spec).map(completionOption), ...global],
    argument: first === undefined ? { kind: 'nothing' } : offerOf(first),
  };
}

function completionOption(option: OptionSpec): CompletionOption {
  const { name, short, summary, value } = option;
  return {
    long: name,
    short,
    summary,
    value: value === undefined ? undefined : { placeholder: value, offer: offerOf(option) },
  };
}

const OFFERS: Readonly<Record<Completion, Offer>> = {
  file: { kind: 'files' },
  directory: { kind: 'folders' },
  network: { kind: 'words', words: NETWORK_NAMES },
  setting: { kind: 'words', words: SETTING_KEYS },
  none: { kind: 'nothing' },
};

function offerOf(input: Pick<ArgumentSpec, 'choices' | 'complete'>): Offer {
  if (input.choices !== undefined) return { kind: 'words', words: input.choices };
  return OFFERS[input.complete ?? 'none'];
}

/** Value options with their offers: once for every command where they agree everywhere. */
export function sharedOffers(
  places: readonly CompletionPlace[],
): readonly { readonly pattern: string; readonly option: CompletionOption }[] {
  const byFlag = new Map<
    string,
    Map<string, { readonly at: string[]; option: CompletionOption }>
  >();
  for (const place of places) {
    for (const option of place.options) {
      if (option.value === undefined) continue;
      const variants = byFlag.get(option.long) ?? new Map();
      const key = JSON.stringify(option.value.offer);
      const variant = variants.get(key) ?? { at: [], option };
      variant.at.push(place.path.join(' '));
      variants.set(key, variant);
      byFlag.set(option.long, variants);
    }
  }
  return [...byFlag].flatMap(([flag, variants]) =>
    [...variants.values()].flatMap(({ at, option }) => {
      const shared = variants.size === 1;
      const flags = [`--${flag}`, ...(option.short === undefined ? [] : [`-${option.short}`])];
      const patterns = flags.flatMap((text) =>
        shared ? [`*:${text}`] : at.map((path) => `"${path}:${text}"`),
      );
      return [{ pattern: patterns.join('|'), option }];
    }),
  );
}

/** Every flag that takes a value, somewhere: the word after it is no command. */
export function valueFlags(places: readonly CompletionPlace[]): readonly string[] {
  const options = places
    .flatMap((place) => place.options)
    .filter(({ value }) => value !== undefined);
  const flags = options.flatMap(({ long, short }) => [
    `--${long}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);
  return [...new Set(flags)];
}
