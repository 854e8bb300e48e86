/** Reads what acting for another account depends on, and wraps a plan by it. */
import type { AccountFacts } from '../chain/facts.ts';
import { readAccount } from '../chain/queries/read-accounts.ts';
import type { BlockView, Call, Chain } from '../chain/types.ts';
import type { Account } from './account.ts';
import { type ActedFor, type Acting, signerOf } from './acting-as.ts';
import { requireSignatory, wrapInMultisig } from './acting-as-multisig.ts';
import { type ProxyChoice, wrapAnnounced, wrapInProxy } from './acting-as-proxy.ts';
import { callOf } from './call-input.ts';
import type { TxPlan } from './plan.ts';
import { readApprovalDeposit, readOpenApprovals, readWeight } from './plan-multisig-facts.ts';
import {
  readAnnouncements,
  readProxies,
  readProxyRules,
  readRealPaysFee,
} from './plan-proxy-facts.ts';

export type ActingFacts = {
  readonly signerFacts: AccountFacts;
  readonly actedFor: ActedFor;
  /** The plan for the account as a plan for its signer. PROXY_*, ANNOUNCEMENT_*, MULTISIG_*. */
  readonly wrap: (plan: TxPlan) => Promise<TxPlan>;
};

/** All at the view's block. MULTISIG_NOT_SIGNATORY. */
export async function readActing(
  chain: Chain,
  view: BlockView,
  real: Account & { readonly acting: Acting },
): Promise<ActingFacts> {
  const { name, address, acting } = real;
  const { signer, target } = acting;
  const [signerFacts, facts, wrap, realPaysFee] = await Promise.all([
    readAccount(view, signer.address),
    readAccount(view, address),
    readWrap(chain, view, real),
    target.kind === 'proxy' ? readRealPaysFee(view, address, signer.address) : false,
  ]);
  const feePayer = realPaysFee ? 'account' : 'signer';
  return { signerFacts, actedFor: { name, address, facts, feePayer }, wrap };
}

async function readWrap(
  chain: Chain,
  view: BlockView,
  real: Account & { readonly acting: Acting },
): Promise<ActingFacts['wrap']> {
  const { target } = real.acting;
  if (target.kind === 'multisig') return readMultisigWrap(chain, view, real);
  const delegate =
    target.kind === 'proxy' ? signerOf(real) : { name: target.delegate, address: target.delegate };
  const [proxies, rules, announced] = await Promise.all([
    readProxies(view, real.address),
    readProxyRules(view),
    target.kind === 'announced' ? readAnnouncements(view, delegate.address) : undefined,
  ]);
  const entries = proxies.entries.filter((entry) => entry.delegate === delegate.address);
  const choice: ProxyChoice = { real, delegate, entries, rules };
  return async (plan) => {
    const inner = callOf(chain.runtime, plan.call);
    if (announced === undefined) return wrapInProxy(plan, choice, inner);
    const { announcements } = announced;
    return wrapAnnounced(plan, choice, { inner, announcements, nextBlock: view.number + 1 });
  };
}

async function readMultisigWrap(
  chain: Chain,
  view: BlockView,
  real: Account & { readonly acting: Acting },
): Promise<ActingFacts['wrap']> {
  const { signer, target } = real.acting;
  if (target.kind !== 'multisig') throw new TypeError('Acting: not for a multisig.');
  const { multisig } = target;
  requireSignatory(multisig, signer);
  const open = await readOpenApprovals(view, multisig.address);
  const depositRao = readApprovalDeposit(view, multisig.threshold);
  return async (plan) => {
    const inner = callOf(chain.runtime, plan.call);
    const call = chain.runtime.encodeCall(plan.call);
    const maxWeight = await readWeight(chain, view, { call, signer: signer.address });
    return wrapInMultisig(plan, { multisig, signer, open, maxWeight, depositRao }, inner);
  };
}

/** The fee that leaves the account acted for, in rao: nothing where the signer pays. */
export async function feeOfActedFor(
  acting: ActingFacts,
  call: Call,
  quote: (call: Call) => Promise<bigint>,
): Promise<bigint> {
  if (acting.actedFor.feePayer === 'signer') return 0n;
  const { address } = acting.actedFor;
  // A forced type takes one more byte at most, and is one rao of fee.
  const args = { real: address, force_proxy_type: 'Any', call };
  return quote({ pallet: 'Proxy', name: 'proxy', args });
}
