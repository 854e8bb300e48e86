/** Who pays for an extrinsic: the fee leaves before the call and goes to the author after it. */
import type { Account, EconomyEvent } from '../../economy/state.ts';
import type { Variant } from '../scale/codec.ts';
import type { ChainState } from '../state/chain-state.ts';
import { type AlphaPaid, type AlphaPosition, alphaPayer, payWithAlpha } from './alpha-fee.ts';
import { accountIdOf, freeOf } from './calls-frame.ts';
import type { RuntimeCall, SignedExtrinsic } from './extrinsic.ts';
import { feeParts, totalFee } from './weights.ts';

export type Payment = {
  readonly payer: Account;
  readonly feeRao: bigint;
  readonly tipRao: bigint;
  /** Set when the fee is taken in alpha of this position. */
  readonly alpha: AlphaPosition | undefined;
};

/** A fee that has left its payer. */
export type Withdrawn = { readonly payment: Payment; readonly paid: AlphaPaid | undefined };

/** The payment an extrinsic asks for, or undefined when the payer cannot make it. */
export function planPayment(
  state: ChainState,
  signer: Account,
  extrinsic: SignedExtrinsic,
): Payment | undefined {
  const { call, tipRao } = extrinsic;
  const { economy } = state;
  const feeRao = totalFee(feeParts(call, extrinsic.bytes.length, tipRao));
  const payer = payerOf(state, signer, call);
  const payment = { payer, feeRao, tipRao, alpha: undefined };
  if (feeRao === 0n) return payment;
  const deposit = economy.parameters.existentialDepositRao;
  if (freeOf(economy, payer) >= feeRao + deposit) return payment;
  // An account that does not exist cannot pay in alpha either.
  const alpha =
    payer === signer && freeOf(economy, signer) > 0n
      ? alphaPayer(economy, signer, call, feeRao)
      : undefined;
  return alpha === undefined ? undefined : { ...payment, alpha };
}

/** Takes the fee from the payer; undefined when its alpha cannot be sold. */
export function withdrawFee(
  state: ChainState,
  events: EconomyEvent[],
  payment: Payment,
  author: Account,
): Withdrawn | undefined {
  const { payer, feeRao, alpha } = payment;
  if (feeRao === 0n) return { payment, paid: undefined };
  if (alpha !== undefined) {
    const paid = payWithAlpha(state.economy, events, { position: alpha, feeRao, author });
    return paid === undefined ? undefined : { payment, paid };
  }
  state.economy.balances[payer] = freeOf(state.economy, payer) - feeRao;
  events.push({ pallet: 'Balances', name: 'Withdraw', fields: { who: payer, amount: feeRao } });
  return { payment, paid: undefined };
}

/** Gives the fee to the author and says what was paid. */
export function depositFee(
  state: ChainState,
  events: EconomyEvent[],
  { payment, paid }: Withdrawn,
  author: Account,
): void {
  const { payer, feeRao, tipRao, alpha } = payment;
  if (paid !== undefined && alpha !== undefined) {
    const { alphaRao, taoRao } = paid;
    events.push({
      pallet: 'SubtensorModule',
      name: 'TransactionFeePaidWithAlpha',
      fields: { who: payer, netuid: alpha.netuid, alpha_fee: alphaRao, tao_amount: taoRao },
    });
  } else if (feeRao > 0n) {
    state.economy.balances[author] = freeOf(state.economy, author) + feeRao;
    events.push({ pallet: 'Balances', name: 'Deposit', fields: { who: author, amount: feeRao } });
  }
  events.push({
    pallet: 'TransactionPayment',
    name: 'TransactionFeePaid',
    fields: { who: payer, actual_fee: paid?.taoRao ?? feeRao, tip: tipRao },
  });
}

/** The real account pays for a direct `proxy` call when it agreed to for that delegate. */
function payerOf({ realPaysFee }: ChainState, signer: Account, call: RuntimeCall): Account {
  if (call.type !== 'Proxy' || call.value.type !== 'proxy') return signer;
  const real = accountIdOf((call.value.value as { readonly real: Variant }).real);
  return real !== undefined && realPaysFee[real]?.[signer] === true ? real : signer;
}
