/** What an estimate is asked for: options to values. No I/O but the questions on a terminal. */
import { optionText, parseWholeOption } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseTao } from '../../domain/amount.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { givenVolatility, type Volatility } from '../../ledger/estimate/volatility.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { MAX_ESTIMATE_DAYS, MAX_RUNS, MAX_SEED, MAX_VOLATILITY_PERCENT } from './spec-limits.ts';

/** How much: TAO to stake, or the position that is there. Undefined: to be asked for. */
export type EstimateAmount =
  | { readonly kind: 'tao'; readonly rao: bigint }
  | { readonly kind: 'position' }
  | undefined;

/** AMOUNT_*, USAGE_CONFLICT. */
export function readEstimateAmount(raw: RawInput): EstimateAmount {
  const text = optionText(raw, 'amount');
  if (raw.options.position !== true) {
    return text === undefined ? undefined : { kind: 'tao', rao: parseTao(text).rao };
  }
  if (text === undefined) return { kind: 'position' };
  throw new TaoError('USAGE_CONFLICT', {
    message: "Couldn't tell what to estimate: --amount and --position exclude each other.",
    hint: 'Leave one of them out.',
  });
}

/** A horizon with at most one decimal. USAGE_MISSING, USAGE_INVALID. */
export function readDays(raw: RawInput): number {
  const text = optionText(raw, 'days');
  if (text === undefined) throw missingOptions(['--days']);
  const days = /^\d{1,4}(\.\d)?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (days > 0 && days <= MAX_ESTIMATE_DAYS) return days;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --days "${text}": it must be more than 0 and at most ${MAX_ESTIMATE_DAYS}, with at most one decimal.`,
    hint: 'Use a horizon such as --days 30.',
    data: { option: 'days', value: text },
  });
}

export type RunsInput = {
  readonly runs: number;
  readonly seed: number;
  /** Given by --volatility; undefined: from the ledger. */
  readonly volatility: Volatility | undefined;
};

/** Undefined without --runs. USAGE_INVALID, USAGE_CONFLICT. */
export function readRunsInput(raw: RawInput): RunsInput | undefined {
  const runs = parseWholeOption(raw, 'runs', MAX_RUNS);
  const volatility = readVolatility(raw);
  if (runs === undefined || runs === 0) {
    if (volatility === undefined && raw.options.seed === undefined) return undefined;
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't use --seed or --volatility: they belong to random runs.",
      hint: 'Add --runs, such as --runs 1000.',
    });
  }
  return { runs, seed: parseWholeOption(raw, 'seed', MAX_SEED) ?? 1, volatility };
}

/** A daily standard deviation in percent. */
function readVolatility(raw: RawInput): Volatility | undefined {
  const text = optionText(raw, 'volatility');
  if (text === undefined) return undefined;
  const percent = /^\d{1,3}(\.\d{1,4})?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (percent <= MAX_VOLATILITY_PERCENT) return givenVolatility(percent);
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --volatility "${text}": it must be a percentage a day from 0 to ${MAX_VOLATILITY_PERCENT}.`,
    hint: 'Use a daily standard deviation such as --volatility 4.',
    data: { option: 'volatility', value: text },
  });
}
