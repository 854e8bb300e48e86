/** The options every command that moves funds has: who signs, how, and within which price. */
import type { Context } from '../cli/context.ts';
import {
  type PriceOptions,
  parsePriceOptions,
  parseTransactionOptions,
  type TransactionOptions,
} from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import type { Account } from './account.ts';
import { openAccount } from './open-account.ts';

export async function readTransactionInput(
  context: Context,
  raw: RawInput,
): Promise<{
  readonly account: Account;
  readonly choices: TransactionOptions;
  readonly guard: PriceOptions;
}> {
  const choices = parseTransactionOptions(raw, context.settings);
  const guard = parsePriceOptions(raw, context.settings);
  return { account: await openAccount(context, raw), choices, guard };
}
