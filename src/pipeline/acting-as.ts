/**
 * Acting for another account (`--as`): whose funds move is one account, who signs is another. The
 * plan is made for the first, wrapped for the second. Types, and what needs no chain.
 */
import type { AccountFacts } from '../chain/facts.ts';
import { displayRao, formatRao } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Multisig } from '../signing/multisig-book.ts';
import type { Account } from './account.ts';

export type NamedAccount = { readonly name: string; readonly address: string };

/** How the signer reaches the account: by a right it was given, or as one of its signatories. */
export type ActingTarget =
  | { readonly kind: 'proxy' }
  /** A call that `delegate` announced before; anybody may execute it. */
  | { readonly kind: 'announced'; readonly delegate: string }
  | { readonly kind: 'multisig'; readonly multisig: Multisig };

export type Acting = { readonly signer: NamedAccount; readonly target: ActingTarget };

/** The account that signs, has the nonce, and pays the fee. */
export function signerOf({ name, address, acting }: Account): NamedAccount {
  return acting?.signer ?? { name, address };
}

/** Another account for `signer` to act for; the key stays the signer's. */
export function actFor(signer: Account, real: NamedAccount, target: ActingTarget): Account {
  const { name, address } = signer;
  const acting = { signer: { name, address }, target };
  return { ...signer, name: real.name, address: real.address, acting };
}

/** The signer as an account of its own: what fee, nonce and signature are for. */
export function signerAccount(account: Account): Account {
  const { acting, ...own } = account;
  return acting === undefined ? account : { ...own, ...acting.signer };
}

/** What the journal's intent holds beside the account, so that who signed stays known. */
export function actingIntent({ acting }: Account): Readonly<Record<string, unknown>> {
  if (acting === undefined) return {};
  const { signer, target } = acting;
  const threshold = target.kind === 'multisig' ? { threshold: target.multisig.threshold } : {};
  return { acting: { kind: target.kind, signer: signer.address, ...threshold } };
}

/** The account acted for, as a performance carries it beside the signer. */
export type ActedFor = NamedAccount & {
  readonly facts: AccountFacts;
  /** Whose balance the fee leaves. */
  readonly feePayer: 'signer' | 'account';
};

/** Rows that name the account acted for, below those of the signer. */
export function actedForRows(
  actedFor: ActedFor,
): readonly (readonly [label: string, value: string])[] {
  const { name, address, facts } = actedFor;
  return [
    ['Acting for', name === address ? address : `${name} (${address})`],
    ['Its balance', `${displayRao(facts.freeRao)} TAO`],
  ];
}

/** BALANCE_TOO_LOW when the signer cannot pay fee and deposit and stay alive. */
export function refusePoorSigner(
  signer: AccountFacts,
  needs: { readonly feeRao: bigint; readonly depositRao: bigint; readonly keptRao: bigint },
): void {
  const { feeRao, depositRao, keptRao } = needs;
  const neededRao = feeRao + depositRao + keptRao;
  if (signer.freeRao >= neededRao || feeRao + depositRao === 0n) return;
  const deposit = depositRao === 0n ? '' : ` and the deposit of ${formatRao(depositRao)}`;
  throw new TaoError('BALANCE_TOO_LOW', {
    message: `Couldn't plan it: the signer ${signer.address} pays the fee of ${formatRao(feeRao)} TAO${deposit}, and has ${formatRao(signer.freeRao)} free.`,
    hint: 'Move TAO to the signer first.',
    data: { neededRao: neededRao.toString(), freeRao: signer.freeRao.toString() },
  });
}
