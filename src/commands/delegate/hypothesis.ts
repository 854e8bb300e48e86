/** The stake that validators are compared by: how much, for how long, on which subnet. */
import type { Context } from '../../cli/context.ts';
import { optionText, parseWholeOption } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseTao } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { DEFAULT_COMPARE_DAYS, MAX_COMPARE_DAYS } from './spec-limits.ts';

/** NETUID_INVALID; USAGE_MISSING without --netuid where nobody can be asked. */
export async function readNetuidOption(context: Context, raw: RawInput): Promise<number> {
  const text = optionText(raw, 'netuid');
  const { canAsk, prompts } = context.streams;
  if (text === undefined && !canAsk) throw missingOptions(['--netuid']);
  return parseNetuid(text ?? (await prompts.text('Subnet (netuid, 0 is root)')));
}

/** AMOUNT_INVALID, AMOUNT_TOO_PRECISE; undefined when it was not given. */
export function readAmountOption(raw: RawInput): bigint | undefined {
  const text = optionText(raw, 'amount');
  return text === undefined ? undefined : parseTao(text).rao;
}

/** Whole days from 1 to MAX_COMPARE_DAYS. USAGE_INVALID. */
export function readDaysOption(raw: RawInput): number {
  const days = parseWholeOption(raw, 'days', MAX_COMPARE_DAYS) ?? DEFAULT_COMPARE_DAYS;
  if (days > 0) return days;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --days "${days}": it must be a whole number from 1 to ${MAX_COMPARE_DAYS}.`,
    hint: `Use a horizon such as --days ${DEFAULT_COMPARE_DAYS}.`,
    data: { option: 'days', value: `${days}` },
  });
}

/** The addresses of the validators named as arguments, each once. */
export async function readValidatorArguments(
  context: Context,
  raw: RawInput,
): Promise<readonly string[]> {
  const named = raw.arguments.validators ?? [];
  const accounts = await Promise.all(named.map((text) => resolveAccount(context, text)));
  return [...new Set(accounts.map(({ address }) => address))];
}
