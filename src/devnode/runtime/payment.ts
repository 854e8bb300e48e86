/** Who pays for an extrinsic: the fee leaves before the call and goes to the author after it. */
import type { Account, EconomyEvent } from '../../economy/state.ts';
import type { ChainState } from '../state/chain-state.ts';
import { freeOf } from './calls-frame.ts';
import type { SignedExtrinsic } from './extrinsic.ts';
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
  const payment = { payer: signer, feeRao, tipRao: extrinsic.tipRao };
  if (feeRao === 0n) return payment;
  const { existentialDepositRao } = state.economy.parameters;
  return freeOf(state.economy, signer) >= feeRao + existentialDepositRao ? payment : undefined;
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
