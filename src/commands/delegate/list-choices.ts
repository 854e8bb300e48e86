/** How a list of validators is filtered, sorted and cut: options to choices, and the choosing. Pure. */
import { optionText, parseWholeOption } from '../../cli/option-groups.ts';
import { parsePercent } from '../../cli/setting-values.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseTao } from '../../domain/amount.ts';
import { aprHundredths } from '../../domain/observed-yield.ts';
import { TAKE_DENOMINATOR } from '../../domain/take.ts';
import { DEFAULT_DELEGATE_ROWS, MAX_DELEGATE_ROWS, SORT_CHOICES } from './spec-limits.ts';
import type { ValidatorRow } from './validator-rows.ts';

export type ListChoices = {
  readonly sort: (typeof SORT_CHOICES)[number];
  /** Parts of 65,535; undefined: any. */
  readonly maxTakeU16: bigint | undefined;
  readonly minStakeRao: bigint;
  /** Undefined: all. */
  readonly limit: number | undefined;
  readonly countsNominators: boolean;
};

/** USAGE_INVALID, AMOUNT_INVALID, AMOUNT_TOO_PRECISE. */
export function readListChoices(raw: RawInput): ListChoices {
  const maxTake = optionText(raw, 'max-take');
  const minStake = optionText(raw, 'min-stake');
  const limit = parseWholeOption(raw, 'limit', MAX_DELEGATE_ROWS) ?? DEFAULT_DELEGATE_ROWS;
  const sort = optionText(raw, 'sort');
  return {
    sort: SORT_CHOICES.find((choice) => choice === sort) ?? 'stake',
    maxTakeU16: maxTake === undefined ? undefined : takeCeilingU16(maxTake),
    minStakeRao: minStake === undefined ? 0n : parseTao(minStake).rao,
    limit: limit === 0 ? undefined : limit,
    countsNominators: raw.options.nominators === true,
  };
}

/** A take that is shown as this percentage is still within it: shown takes are rounded up. */
function takeCeilingU16(percent: string): bigint {
  const ratio = parsePercent(percent);
  return (ratio.numerator * TAKE_DENOMINATOR) / ratio.denominator;
}

export function selectValidators(
  rows: readonly ValidatorRow[],
  choices: ListChoices,
): { readonly shown: readonly ValidatorRow[]; readonly matching: number } {
  const { maxTakeU16, minStakeRao, limit } = choices;
  const matching = rows.filter(
    (row) =>
      (maxTakeU16 === undefined || BigInt(row.takeU16) <= maxTakeU16) &&
      row.stakeRao >= minStakeRao,
  );
  const sorted = [...matching].sort(orders[choices.sort]);
  return { shown: sorted.slice(0, limit), matching: matching.length };
}

type Order = (a: ValidatorRow, b: ValidatorRow) => number;

/** Most first, take least first, names by alphabet; equals by hotkey, so that the order is one. */
const orders: Readonly<Record<ListChoices['sort'], Order>> = {
  stake: by((row) => row.stakeRao, 'most'),
  'own-stake': by((row) => row.ownStakeRao, 'most'),
  yield: by((row) => aprHundredths(row.seen) ?? -1n, 'most'),
  trust: by((row) => BigInt(row.trustU16 ?? -1), 'most'),
  take: by((row) => BigInt(row.takeU16), 'least'),
  name: by((row) => row.name.toLowerCase(), 'least'),
};

function by<T extends bigint | string>(
  figureOf: (row: ValidatorRow) => T,
  first: 'most' | 'least',
): Order {
  return (a, b) => {
    const [valueA, valueB] = [figureOf(a), figureOf(b)];
    if (valueA === valueB) return a.hotkey < b.hotkey ? -1 : 1;
    return valueA > valueB === (first === 'most') ? -1 : 1;
  };
}
