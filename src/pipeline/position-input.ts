/** Reads which position a command means: subnet, validator, amount. Asks on a terminal, else says what is missing. */
import type { Context } from '../cli/context.ts';
import { optionText } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { parseNetuid } from '../domain/netuid.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { BatchMode } from './plan.ts';
import { resolveAccount } from './resolve-address.ts';

export type PositionInput = {
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountText: string;
};

/** NETUID_INVALID, ADDRESS_*, USAGE_MISSING naming every missing option at once. */
export async function readPosition(
  context: Context,
  raw: RawInput,
  wants: {
    readonly amountUnit: string;
    readonly amountText?: string;
    /** Options that serve instead of --amount. */
    readonly instead?: readonly string[];
  },
): Promise<PositionInput> {
  const netuidText = optionText(raw, 'netuid');
  const hotkeyText = optionText(raw, 'hotkey');
  const amountText = wants.amountText ?? optionText(raw, 'amount');
  const missing = [
    netuidText === undefined ? '--netuid' : undefined,
    hotkeyText === undefined ? '--hotkey' : undefined,
    amountText === undefined ? anyOf(['--amount', ...(wants.instead ?? [])]) : undefined,
  ].filter((name) => name !== undefined);
  if (missing.length > 0 && !context.streams.canAsk) throw missingOptions(missing);

  const { prompts } = context.streams;
  const netuid = parseNetuid(netuidText ?? (await prompts.text('Subnet (netuid, 0 is root)')));
  const validator = await resolveAccount(
    context,
    hotkeyText ?? (await prompts.text("Validator's hotkey")),
  );
  return {
    netuid,
    hotkey: validator.address,
    amountText: amountText ?? (await prompts.text(`Amount (${wants.amountUnit})`)),
  };
}

/** How several items of one request belong together; `--best-effort` lets each stand alone. */
export function readBatchMode(raw: RawInput): BatchMode {
  return raw.options['best-effort'] === true ? 'best-effort' : 'atomic';
}

/** `--amount, --percent or --all`: one of them is enough. */
export function anyOf(names: readonly string[]): string {
  const others = names.slice(0, -1).join(', ');
  return others === '' ? (names[0] ?? '') : `${others} or ${names.at(-1)}`;
}

/** USAGE_MISSING with the options to add. */
export function missingOptions(names: readonly string[]): TaoError {
  return new TaoError('USAGE_MISSING', {
    message: `Couldn't start: ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} missing, and nobody can be asked.`,
    hint: `Add ${names.join(' and ')}.`,
    data: { missing: names },
  });
}
