/** Which positions an unstake means and how much of each: from texts to a selection. Pure. */
import { optionText, type PriceOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { parseAlpha, parseTao } from '../domain/amount.ts';
import { parsePercentOf, type Ratio } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';

/** How much of a position leaves. `tao`: the alpha that brings about that much. */
export type UnstakeAmount =
  | { readonly kind: 'alpha'; readonly rao: bigint }
  | { readonly kind: 'tao'; readonly rao: bigint }
  | { readonly kind: 'percent'; readonly ratio: Ratio }
  | { readonly kind: 'all' };

export type UnstakeSelection = {
  /** Undefined: on every subnet. */
  readonly netuid: number | undefined;
  /** Undefined: with every validator. */
  readonly hotkey: string | undefined;
  readonly amount: UnstakeAmount;
  readonly toRoot: boolean;
  readonly guard: PriceOptions;
};

/** The four ways to say how much, and the one that says everything. */
const AMOUNT_OPTIONS = ['amount', 'tao', 'percent', 'all', 'everything'] as const;

export type UnstakeWish =
  /** Nothing was said: to be asked for. */
  | { readonly kind: 'none' }
  | { readonly kind: 'everything' }
  /** Positions of a subnet, of a validator, or one of both. */
  | { readonly kind: 'positions'; readonly amountOption: 'percent' | 'all' }
  /** One position only. */
  | { readonly kind: 'position'; readonly amountOption: 'amount' | 'tao' };

/** USAGE_CONFLICT when two amounts are given, or everything of something. */
export function readUnstakeWish(raw: RawInput): UnstakeWish {
  const given = AMOUNT_OPTIONS.filter((name) => raw.options[name] !== undefined);
  const [first, second] = given;
  if (second !== undefined) throw twoAmounts(given);
  if (first === undefined) return { kind: 'none' };
  if (first === 'everything') {
    const place = ['netuid', 'hotkey'].find((name) => optionText(raw, name) !== undefined);
    if (place !== undefined) throw everythingOf(place);
    return { kind: 'everything' };
  }
  return first === 'amount' || first === 'tao'
    ? { kind: 'position', amountOption: first }
    : { kind: 'positions', amountOption: first };
}

/** The amount, of one option's text. AMOUNT_*, USAGE_INVALID. */
export function parseUnstakeAmount(
  option: 'amount' | 'tao' | 'percent' | 'all',
  text: string,
  netuid: number | undefined,
): UnstakeAmount {
  if (option === 'all' || text === 'all') return { kind: 'all' };
  if (option === 'percent') return parsePercentAmount(text);
  if (option === 'tao') return { kind: 'tao', rao: parseTao(text).rao };
  return { kind: 'alpha', rao: parseAlpha(text, netuid ?? 0).rao };
}

/** `all` for a hundred. USAGE_INVALID. */
function parsePercentAmount(text: string): UnstakeAmount {
  const ratio = parsePercentOf(text);
  const isWhole = ratio.numerator === ratio.denominator;
  return isWhole ? { kind: 'all' } : { kind: 'percent', ratio };
}

function twoAmounts(given: readonly string[]): TaoError {
  const names = given.map((name) => `--${name}`);
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't tell how much to unstake: ${names.join(' and ')} exclude each other.`,
    hint: `Leave only one of ${names.join(', ')}.`,
    data: { options: given },
  });
}

function everythingOf(place: string): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't tell what to unstake: --everything and --${place} exclude each other.`,
    hint: `Leave out --everything and use --all for all positions of that ${place === 'netuid' ? 'subnet' : 'validator'}.`,
    data: { options: ['everything', place] },
  });
}
