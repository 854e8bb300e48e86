/** Free TAO: transfers, mint and recycle, with the events the chain emits. Never goes negative. */
import type { Account, EconomyEvent, EconomyState } from './state.ts';

export function freeOf(state: EconomyState, account: Account): bigint {
  return state.balances[account] ?? 0n;
}

/** Whether `amount` can leave while the existential deposit stays. */
export function canSpend(state: EconomyState, account: Account, amount: bigint): boolean {
  return freeOf(state, account) >= amount + state.parameters.existentialDepositRao;
}

/** Moves TAO that is known to be there; a zero amount does nothing and emits nothing. */
export function transferTao(
  state: EconomyState,
  events: EconomyEvent[],
  leg: { readonly from: Account; readonly to: Account; readonly amountRao: bigint },
): void {
  const { from, to, amountRao } = leg;
  if (amountRao === 0n || from === to) return;
  const left = freeOf(state, from) - amountRao;
  if (amountRao < 0n || left < 0n)
    throw new RangeError(`Transfer of ${amountRao} rao that ${from} does not hold`);
  const before = freeOf(state, to);
  if (before === 0n) {
    events.push({ pallet: 'System', name: 'NewAccount', fields: { account: to } });
    const endowed = { account: to, free_balance: amountRao };
    events.push({ pallet: 'Balances', name: 'Endowed', fields: endowed });
  }
  setFree(state, from, left);
  state.balances[to] = before + amountRao;
  events.push({ pallet: 'Balances', name: 'Transfer', fields: { from, to, amount: amountRao } });
}

/** Creates TAO on an account. */
export function mintTao(state: EconomyState, account: Account, amountRao: bigint): void {
  if (amountRao < 0n) throw new RangeError(`Minting ${amountRao} rao`);
  state.balances[account] = freeOf(state, account) + amountRao;
  state.taoIssuance += amountRao;
}

/** Destroys TAO of an account that is known to hold it, and takes it out of the issuance. */
export function recycleTao(state: EconomyState, account: Account, amountRao: bigint): void {
  const left = freeOf(state, account) - amountRao;
  if (amountRao < 0n || left < 0n)
    throw new RangeError(`Recycling ${amountRao} rao that ${account} does not hold`);
  setFree(state, account, left);
  state.taoIssuance -= amountRao;
}

function setFree(state: EconomyState, account: Account, amountRao: bigint): void {
  if (amountRao === 0n) delete state.balances[account];
  else state.balances[account] = amountRao;
}
