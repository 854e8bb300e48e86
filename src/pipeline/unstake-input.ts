/** What `tao unstake` is asked for, with questions on a terminal where something is missing. */
import type { Context } from '../cli/context.ts';
import { optionText, type PriceOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { parseNetuid } from '../domain/netuid.ts';
import { missingOptions, readPosition } from './position-input.ts';
import { resolveAccount } from './resolve-address.ts';
import { parseUnstakeAmount, readUnstakeWish, type UnstakeSelection } from './unstake-selection.ts';

/** USAGE_MISSING, USAGE_CONFLICT, USAGE_INVALID, AMOUNT_*, NETUID_*, ADDRESS_*. */
export async function readUnstakeSelection(
  context: Context,
  raw: RawInput,
  guard: PriceOptions,
): Promise<UnstakeSelection> {
  const wish = readUnstakeWish(raw);
  const toRoot = raw.options['to-root'] === true;
  const common = { toRoot, guard };
  if (wish.kind === 'everything') {
    return { ...common, netuid: undefined, hotkey: undefined, amount: { kind: 'all' } };
  }
  if (wish.kind === 'positions') {
    const text = optionText(raw, wish.amountOption) ?? '';
    const place = await readPlace(context, raw);
    return { ...common, ...place, amount: parseUnstakeAmount(wish.amountOption, text, undefined) };
  }
  const option = wish.kind === 'none' ? 'amount' : wish.amountOption;
  const given = optionText(raw, option);
  const position = await readPosition(context, raw, {
    amountUnit: 'alpha, or all',
    instead: ['--tao', '--percent', '--all'],
    ...(given === undefined ? {} : { amountText: given }),
  });
  const { netuid, hotkey, amountText } = position;
  return { ...common, netuid, hotkey, amount: parseUnstakeAmount(option, amountText, netuid) };
}

/** A subnet, a validator, or both; one of them has to be named. */
async function readPlace(
  context: Context,
  raw: RawInput,
): Promise<Pick<UnstakeSelection, 'netuid' | 'hotkey'>> {
  const netuid = optionText(raw, 'netuid');
  const hotkey = optionText(raw, 'hotkey');
  if (netuid === undefined && hotkey === undefined) throw missingOptions(['--netuid or --hotkey']);
  return {
    netuid: netuid === undefined ? undefined : parseNetuid(netuid),
    hotkey: hotkey === undefined ? undefined : (await resolveAccount(context, hotkey)).address,
  };
}
