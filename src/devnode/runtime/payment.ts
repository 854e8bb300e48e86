/** Who pays for an extrinsic: the fee leaves before the call and goes to the author after it. */
import type { Account, EconomyEvent } from '../../economy/state.ts';
import type { Variant } from '../scale/codec.ts';
import type { ChainState } from '../state/chain-state.ts';
import { accountIdOf, freeOf } from './calls-frame.ts';
import type { RuntimeCall, SignedExtrinsic } from './extrinsic.ts';
import { feeParts, totalFee } from './weights.ts';

export type Payment = { readonly payer: Account; readonly feeRao: bigint; readonly tipRao: bigint };

/** The payment an extrinsic asks for, or undefined when the payer cannot make it. */
export function planPayment(
  state: ChainState,
  signer: Account,
  extrinsic: SignedExtrinsic,
): Payment | undefined {
  const parts = feeParts(extrinsic.call, extrinsic.bytes.length, extrinsic.tipRao);
  const feeRao = totalFee(parts);
  const payer = payerOf(state, signer, extrinsic.call);
  const payment = { payer, feeRao, tipRao: extrinsic.tipRao };
  if (feeRao === 0n) return payment;
  const { existentialDepositRao } = state.economy.parameters;
  return freeOf(state.economy, payer) >= feeRao + existentialDepositRao ? payment : undefined;
}

/** The real account pays for a direct `proxy` call when it agreed to for that delegate. */
function payerOf({ realPaysFee }: ChainState, signer: Account, call: RuntimeCall): Account {
  if (call.type !== 'Proxy' || call.value.type !== 'proxy') return signer;
  const real = accountIdOf((call.value.value as { readonly real: Variant }).real);
  return real !== undefined && realPaysFee[real]?.[signer] === true ? real : signer;
}

/** Takes the fee from the payer. */
export function withdrawFee(state: ChainState, payment: Payment): EconomyEvent[] {
  const { payer, feeRao } = payment;
  if (feeRao === 0n) return [];
  state.economy.balances[payer] = freeOf(state.economy, payer) - feeRao;
  return [{ pallet: 'Balances', name: 'Withdraw', fields: { who: payer, amount: feeRao } }];
}

/** Gives the fee to the author and says what was paid. */
export function depositFee(state: ChainState, payment: Payment, author: Account): EconomyEvent[] {
  const { payer, feeRao, tipRao } = payment;
  const paid = {
    pallet: 'TransactionPayment',
    name: 'TransactionFeePaid',
    fields: { who: payer, actual_fee: feeRao, tip: tipRao },
  };
  if (feeRao === 0n) return [paid];
  state.economy.balances[author] = freeOf(state.economy, author) + feeRao;
  return [{ pallet: 'Balances', name: 'Deposit', fields: { who: author, amount: feeRao } }, paid];
}
