/**
 * Plans a transfer of free TAO: pure. Nobody may fall below the existential deposit, `all` becomes
 * a number here, and an address that was never dealt with has to be confirmed by its own end.
 */
import type { AccountFacts } from '../chain/facts.ts';
import type { Call } from '../chain/types.ts';
import { shortAddress } from '../domain/address.ts';
import { displayRao, formatRao, tao, taoJson } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import { EXISTENTIAL_DEPOSIT_RAO } from './perform.ts';
import type { TxPlan } from './plan.ts';
import type { NamedAddress } from './resolve-address.ts';

/** What the journal and the result call it. */
export const TRANSFER_COMMAND = 'wallet.transfer';
/**
 * Characters of a new destination that have to be typed back: its end, because an address is pasted
 * whole without a look, and because a swapped one differs there.
 */
export const CONFIRMED_LENGTH = 8;

export type TransferRequest = {
  readonly to: NamedAddress;
  /** `all`: the free balance less fee and deposit. */
  readonly amountRao: bigint | 'all';
  /** `--confirm` was given: then it has to be right, also for an address that is known. */
  readonly hasConfirm: boolean;
};

/** Why an address is not new to this user; `none`: it is. */
export type Familiarity =
  | 'own-coldkey'
  | 'own-hotkey'
  | 'address-book'
  | 'paid-before'
  | 'development'
  | 'none';

/** What the chain said at one block, and what this machine knows of the destination. */
export type TransferPlanFacts = {
  readonly account: AccountFacts;
  readonly recipient: AccountFacts;
  readonly existentialDepositRao: bigint;
  /**
   * Fee of the transfer of the amount, or for `all` of the whole free balance. The encoded amount
   * only gets shorter when it gets smaller, so this is never less than what will be charged.
   */
  readonly feeRao: bigint;
  readonly familiarity: Familiarity;
};

/** The call of a transfer; with `keep_alive` the chain itself refuses to reap the sender. */
export function transferCall(to: string, amountRao: bigint): Call {
  return { pallet: 'Balances', name: 'transfer_keep_alive', args: { dest: to, value: amountRao } };
}

/** USAGE_INVALID (to itself), BALANCE_TOO_LOW, AMOUNT_BELOW_MINIMUM. */
export function planTransfer(request: TransferRequest, facts: TransferPlanFacts): TxPlan {
  const { to } = request;
  const { account, recipient, feeRao, familiarity } = facts;
  requireOtherAccount(to, account.address);
  const spendableRao = account.freeRao - keptRao(facts) - feeRao;
  const amountRao = request.amountRao === 'all' ? spendableRao : request.amountRao;
  if (amountRao > spendableRao || amountRao <= 0n) throw balanceTooLow(request, facts);
  if (recipient.freeRao + amountRao < facts.existentialDepositRao) {
    throw belowDeposit(amountRao, facts);
  }
  const isNew = familiarity === 'none';
  const leftRao = account.freeRao - amountRao - feeRao;
  const amountText = `${formatRao(amountRao)} TAO`;
  return {
    command: TRANSFER_COMMAND,
    summary: `Send ${amountText} to ${shortAddress(to.address)}`,
    question: `Send ${amountText}?`,
    call: transferCall(to.address, amountRao),
    rows: [
      ['Send', { text: amountText, tone: 'strong' }],
      ['To', to.name === to.address ? to.address : `${to.name} (${to.address})`],
      ['Known as', isNew ? { text: FAMILIARITY_TEXT.none, tone: 'warn' } : knownAs(familiarity)],
      ['They hold', `${displayRao(recipient.freeRao)} TAO`],
      ['You keep', `${displayRao(leftRao, 9)} TAO`],
    ],
    warnings: warningsOf(facts),
    spendRao: amountRao,
    touches: { netuids: [], hotkeys: [] },
    data: {
      to: to.address,
      amount: taoJson(tao(amountRao)),
      all: request.amountRao === 'all',
      remaining: taoJson(tao(leftRao)),
      isNewDestination: isNew,
    },
    ...(isNew || request.hasConfirm ? { severe: endOf(to.address) } : {}),
  };
}

/** How a receiver is known, in words. */
export const FAMILIARITY_TEXT: Readonly<Record<Familiarity, string>> = {
  'own-coldkey': 'your own wallet',
  'own-hotkey': 'your own hotkey',
  'address-book': 'in your address book',
  'paid-before': 'paid from here before',
  development: 'a development account',
  none: 'new: no wallet, no address book entry, never paid from here',
};

function knownAs(familiarity: Familiarity): string {
  return FAMILIARITY_TEXT[familiarity];
}

/** The end of a new receiver's address, to be typed back. */
export function endOf(address: string): NonNullable<TxPlan['severe']> {
  return {
    value: address.slice(-CONFIRMED_LENGTH),
    what: 'the end of the address',
  };
}

/** Chain rule: frozen TAO beyond what is reserved must stay, and never less than the deposit. */
function keptRao({ account, existentialDepositRao }: TransferPlanFacts): bigint {
  return [EXISTENTIAL_DEPOSIT_RAO, account.frozenRao - account.reservedRao].reduce(
    (most, rao) => (rao > most ? rao : most),
    existentialDepositRao,
  );
}

function warningsOf({ recipient, familiarity }: TransferPlanFacts): readonly string[] {
  const isUnused = recipient.freeRao + recipient.reservedRao === 0n && recipient.nonce === 0;
  return [
    ...(isUnused && familiarity === 'none'
      ? ['The address holds no TAO and has signed nothing on this chain: make sure it is right.']
      : []),
    ...(familiarity === 'own-hotkey'
      ? ['This is a hotkey; its file is usually not encrypted, and funds belong on a coldkey.']
      : []),
  ];
}

/** USAGE_INVALID for a transfer to the account that pays: known without the chain. */
export function requireOtherAccount(to: NamedAddress, payer: string): void {
  if (to.address === payer) throw toItself(to);
}

function toItself(to: NamedAddress): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't send to ${to.address}: it is the account that would pay.`,
    hint: 'Name another account after --to, or another --wallet.',
    data: { to: to.address },
  });
}

function balanceTooLow(request: TransferRequest, facts: TransferPlanFacts): TaoError {
  const { account, feeRao } = facts;
  const kept = keptRao(facts);
  const most = account.freeRao - kept - feeRao;
  const wanted = request.amountRao === 'all' ? 'everything' : `${formatRao(request.amountRao)} TAO`;
  return new TaoError('BALANCE_TOO_LOW', {
    message: `Couldn't send ${wanted}: ${formatRao(account.freeRao)} TAO is free, the fee is ${formatRao(feeRao)} and ${formatRao(kept)} must stay.`,
    hint:
      most > 0n
        ? `The most that can go is ${formatRao(most)} TAO: use that, or --amount all.`
        : 'Move TAO to this account first, or unstake some.',
    data: {
      freeRao: account.freeRao.toString(),
      feeRao: feeRao.toString(),
      keptRao: kept.toString(),
    },
  });
}

function belowDeposit(amountRao: bigint, facts: TransferPlanFacts): TaoError {
  const { recipient, existentialDepositRao } = facts;
  const least = existentialDepositRao - recipient.freeRao;
  return new TaoError('AMOUNT_BELOW_MINIMUM', {
    message: `Couldn't send ${formatRao(amountRao)} TAO: an account holds at least ${formatRao(existentialDepositRao)} TAO, and the receiver would have less.`,
    hint: `Send at least ${formatRao(least)} TAO.`,
    data: { amountRao: amountRao.toString(), minimumRao: least.toString() },
  });
}
