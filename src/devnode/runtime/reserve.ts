/** Deposits: free TAO set aside on the same account, and given back. */
import type { Account } from '../../economy/state.ts';
import { freeOf } from './calls-frame.ts';
import type { CallContext } from './context.ts';
import { type DispatchError, moduleError } from './dispatch-error.ts';

/** Sets TAO aside; the error when the account would fall under the existential deposit. */
export function reserve(
  context: CallContext,
  who: Account,
  amount: bigint,
): DispatchError | undefined {
  const { economy, events } = context;
  if (amount === 0n) return undefined;
  const left = freeOf(economy, who) - amount;
  if (left < economy.parameters.existentialDepositRao) {
    return moduleError('Balances', 'InsufficientBalance');
  }
  economy.balances[who] = left;
  economy.reserved[who] = (economy.reserved[who] ?? 0n) + amount;
  events.push({ pallet: 'Balances', name: 'Reserved', fields: { who, amount } });
  return undefined;
}

/** Gives back TAO that was set aside. */
export function unreserve(context: CallContext, who: Account, amount: bigint): void {
  const { economy, events } = context;
  if (amount === 0n) return;
  const left = (economy.reserved[who] ?? 0n) - amount;
  if (left < 0n) throw new RangeError(`${who} has not set ${amount} rao aside`);
  if (left === 0n) delete economy.reserved[who];
  else economy.reserved[who] = left;
  economy.balances[who] = freeOf(economy, who) + amount;
  events.push({ pallet: 'Balances', name: 'Unreserved', fields: { who, amount } });
}

/** Changes a deposit from one size to another. */
export function adjustDeposit(
  context: CallContext,
  who: Account,
  change: { readonly from: bigint; readonly to: bigint },
): DispatchError | undefined {
  const { from, to } = change;
  if (to > from) return reserve(context, who, to - from);
  unreserve(context, who, from - to);
  return undefined;
}
