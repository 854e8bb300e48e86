/** Calls of System and Balances. */
import type { Account, EconomyState } from '../../economy/state.ts';
import { blake2 } from '../blocks/header.ts';
import type { Variant } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { type CallContext, type CallRules, type DispatchResult, DONE, refused } from './context.ts';
import { BAD_ORIGIN, tokenError } from './dispatch-error.ts';

export const systemCalls: CallRules = {
  remark: () => DONE,
  remark_with_event: ({ events, signer }, { remark }) => {
    const hash = toHex(blake2(fromHex(remark as string)));
    events.push({ pallet: 'System', name: 'Remarked', fields: { sender: signer, hash } });
    return DONE;
  },
};

/** Only a block's author sets the time, without a signature. */
export const timestampCalls: CallRules = { set: () => refused(BAD_ORIGIN) };

export const balancesCalls: CallRules = {
  transfer_allow_death: (context, { dest, value }) =>
    transferTo(context, dest as Variant, { amountRao: value as bigint, keepAlive: false }),
  transfer_keep_alive: (context, { dest, value }) =>
    transferTo(context, dest as Variant, { amountRao: value as bigint, keepAlive: true }),
  transfer_all: (context, { dest, keep_alive }) => {
    const keepAlive = keep_alive as boolean;
    const free = freeOf(context.economy, context.signer);
    // An account with a deposit somewhere has to stay.
    const stays = keepAlive || (context.economy.reserved[context.signer] ?? 0n) > 0n;
    const kept = stays ? context.economy.parameters.existentialDepositRao : 0n;
    const amountRao = free > kept ? free - kept : 0n;
    return transferTo(context, dest as Variant, { amountRao, keepAlive });
  },
  burn: (context, { value, keep_alive }) => {
    const { economy, signer, events } = context;
    const amount = value as bigint;
    const refusal = checkSpend(economy, signer, amount, keep_alive as boolean);
    if (refusal !== undefined) return refused(tokenError(refusal));
    leaveFree(context, signer, freeOf(economy, signer) - amount);
    economy.taoIssuance -= amount;
    events.push({ pallet: 'Balances', name: 'Burned', fields: { who: signer, amount } });
    return DONE;
  },
};

export function freeOf(economy: EconomyState, account: Account): bigint {
  return economy.balances[account] ?? 0n;
}

export function accountIdOf(address: Variant): Account | undefined {
  return address.type === 'Id' || address.type === 'Address32'
    ? (address.value as Account)
    : undefined;
}

type Transfer = { readonly amountRao: bigint; readonly keepAlive: boolean };

function transferTo(context: CallContext, dest: Variant, transfer: Transfer): DispatchResult {
  const { economy, signer, events } = context;
  const to = accountIdOf(dest);
  if (to === undefined) return refused({ type: 'CannotLookup' });
  const { amountRao, keepAlive } = transfer;
  if (amountRao > 0n && to !== signer) {
    const refusal =
      checkSpend(economy, signer, amountRao, keepAlive) ?? checkReceive(economy, to, amountRao);
    if (refusal !== undefined) return refused(tokenError(refusal));
    leaveFree(context, signer, freeOf(economy, signer) - amountRao);
    credit(context, to, amountRao);
  }
  const fields = { from: signer, to, amount: amountRao };
  events.push({ pallet: 'Balances', name: 'Transfer', fields });
  return DONE;
}

function checkSpend(
  economy: EconomyState,
  who: Account,
  amount: bigint,
  keepAlive: boolean,
): string | undefined {
  const left = freeOf(economy, who) - amount;
  if (left < 0n) return 'FundsUnavailable';
  const dies = left < economy.parameters.existentialDepositRao;
  if (dies && keepAlive) return 'NotExpendable';
  return dies && (economy.reserved[who] ?? 0n) > 0n ? 'Frozen' : undefined;
}

function checkReceive(economy: EconomyState, to: Account, amount: bigint): string | undefined {
  const after = freeOf(economy, to) + amount;
  return after < economy.parameters.existentialDepositRao ? 'BelowMinimum' : undefined;
}

/** Sets what an account keeps; below the deposit it dies and the rest is destroyed. */
function leaveFree(context: CallContext, who: Account, left: bigint): void {
  const { economy, state, events } = context;
  if (left >= economy.parameters.existentialDepositRao || (economy.reserved[who] ?? 0n) > 0n) {
    economy.balances[who] = left;
    return;
  }
  delete economy.balances[who];
  delete state.nonces[who];
  events.push({ pallet: 'System', name: 'KilledAccount', fields: { account: who } });
  if (left === 0n) return;
  economy.taoIssuance -= left;
  const fields = { account: who, amount: left };
  events.push({ pallet: 'Balances', name: 'DustLost', fields });
}

function credit(context: CallContext, to: Account, amount: bigint): void {
  const { economy, events } = context;
  const before = freeOf(economy, to);
  economy.balances[to] = before + amount;
  if (before > 0n || (economy.reserved[to] ?? 0n) > 0n) return;
  events.push({ pallet: 'System', name: 'NewAccount', fields: { account: to } });
  const fields = { account: to, free_balance: amount };
  events.push({ pallet: 'Balances', name: 'Endowed', fields });
}
