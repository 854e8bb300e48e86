/** What the developer does to the chain from outside: data in a block, applied before its step. */
import type { Account, EconomyEvent } from '../../economy/state.ts';
import type { ChainState } from '../state/chain-state.ts';
import { freeOf } from './calls-frame.ts';

export type DevAction = {
  readonly kind: 'set-balance';
  readonly account: Account;
  /** Free TAO afterwards, rao. */
  readonly freeRao: bigint;
};

/** Applies an action; the issuance follows the balances. */
export function applyAction(state: ChainState, action: DevAction): EconomyEvent[] {
  const { economy } = state;
  const { account, freeRao } = action;
  economy.taoIssuance += freeRao - freeOf(economy, account);
  if (freeRao === 0n) delete economy.balances[account];
  else economy.balances[account] = freeRao;
  const fields = { who: account, free: freeRao };
  return [{ pallet: 'Balances', name: 'BalanceSet', fields }];
}
