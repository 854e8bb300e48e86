/** Plans announcing a call for a delayed proxy, taking it back, refusing it, executing it: pure. */
import { shortAddress } from '../domain/address.ts';
import { displayRao, tao, taoJson } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { NamedAccount } from './acting-as.ts';
import { announcementUnknown, blocksText, type InnerCall } from './acting-as-proxy.ts';
import { callRows as explainCall } from './offline/explain-call.ts';
import type { TxPlan } from './plan.ts';
import type { AnnouncementFacts, ProxyEntry, ProxyTerms } from './plan-proxy-facts.ts';
import { mayCall, type ProxyRules } from './plan-proxy-rules.ts';

export type AnnouncePlanFacts = {
  readonly delegate: string;
  /** The delegate's rights over `real`. */
  readonly entries: readonly ProxyEntry[];
  readonly rules: ProxyRules;
  readonly announced: AnnouncementFacts;
  readonly terms: ProxyTerms;
};

/** PROXY_NOT_ALLOWED when no proxy of the signer could execute it, USAGE_INVALID for too many. */
export function planAnnounce(
  real: NamedAccount,
  inner: InnerCall,
  facts: AnnouncePlanFacts,
): TxPlan {
  const { entries, rules, announced, terms } = facts;
  const fitting = entries.filter(({ type }) => mayCall(rules.get(type), inner.call) !== false);
  const [entry] = [...fitting].sort((a, b) => a.delayBlocks - b.delayBlocks);
  if (entry === undefined) throw couldNotExecute(real, inner, facts);
  const count = announced.announcements.length + 1;
  if (count > terms.maxPending) throw tooMany(terms);
  const depositRao =
    terms.announcementBaseRao + terms.announcementEachRao * BigInt(count) - announced.depositRao;
  return {
    ...announcementPlan('proxy.announce', 'Announce', real, inner.hash),
    call: {
      pallet: 'Proxy',
      name: 'announce',
      args: { real: real.address, call_hash: inner.hash },
    },
    rows: [
      ['For', namedText(real)],
      ...callRows(inner),
      ['Through', `${entry.type} proxy`],
      ['Delay', `${blocksText(entry.delayBlocks)}, then tao proxy execute`],
      ['Deposit', `${displayRao(depositRao, 9, 'up')} TAO, until executed, withdrawn or rejected`],
    ],
    warnings: announcedBefore(real, inner, announced),
    spendRao: depositRao > 0n ? depositRao : 0n,
    data: {
      real: real.address,
      callHash: inner.hash,
      callData: inner.hex,
      call: `${inner.call.pallet}.${inner.call.name}`,
      delayBlocks: entry.delayBlocks,
      deposit: taoJson(tao(depositRao)),
    },
  };
}

/** The chain takes a call twice, and executing one leaves the other where its delay is not over. */
function announcedBefore(
  real: NamedAccount,
  { hash }: InnerCall,
  { announcements }: AnnouncementFacts,
): readonly string[] {
  const same = announcements.find((one) => one.real === real.address && one.callHash === hash);
  if (same === undefined) return [];
  return [
    `This call is announced already, since block ${same.block}: announced twice, it may be done twice.`,
  ];
}

/** The delegate takes an announcement back. ANNOUNCEMENT_UNKNOWN. */
export function planWithdraw(
  real: NamedAccount,
  callHash: string,
  facts: {
    readonly delegate: NamedAccount;
    readonly announced: AnnouncementFacts;
    readonly terms: ProxyTerms;
  },
): TxPlan {
  requireAnnouncement({ real, delegate: facts.delegate }, callHash, facts.announced);
  const backRao = returnedRao(real, callHash, facts);
  return {
    ...announcementPlan('proxy.withdraw', 'Withdraw', real, callHash),
    call: {
      pallet: 'Proxy',
      name: 'remove_announcement',
      args: { real: real.address, call_hash: callHash },
    },
    rows: [
      ['For', namedText(real)],
      ['Call hash', callHash],
      ['Deposit back', `${displayRao(backRao, 9)} TAO`],
    ],
    data: { real: real.address, callHash, deposit: taoJson(tao(backRao)) },
  };
}

/** The account vetoes what its delegate announced. ANNOUNCEMENT_UNKNOWN. */
export function planReject(
  delegate: NamedAccount,
  callHash: string,
  facts: {
    readonly real: NamedAccount;
    readonly announced: AnnouncementFacts;
    readonly terms: ProxyTerms;
  },
): TxPlan {
  requireAnnouncement({ real: facts.real, delegate }, callHash, facts.announced);
  const backRao = returnedRao(facts.real, callHash, facts);
  return {
    ...announcementPlan('proxy.reject', 'Reject', delegate, callHash),
    call: {
      pallet: 'Proxy',
      name: 'reject_announcement',
      args: { delegate: delegate.address, call_hash: callHash },
    },
    rows: [
      ['Announced by', namedText(delegate)],
      ['Call hash', callHash],
      ['Deposit back', `${displayRao(backRao, 9)} TAO, to who announced it`],
    ],
    data: {
      delegate: delegate.address,
      callHash,
      deposit: taoJson(tao(backRao)),
    },
  };
}

/** A call given by its bytes, for the account it will be wrapped for. */
export function planGivenCall(command: string, real: NamedAccount, inner: InnerCall): TxPlan {
  const name = `${inner.call.pallet}.${inner.call.name}`;
  return {
    command,
    summary: `Execute ${name} for ${real.name}`,
    question: `Execute ${name}?`,
    call: inner.call,
    rows: callRows(inner),
    warnings: [],
    spendRao: 0n,
    touches: { netuids: [], hotkeys: [] },
    data: { callHash: inner.hash },
  };
}

/** What a call is, for people: its name, its arguments, what is inside it, and its hash. */
export function callRows({ call, hash }: InnerCall): TxPlan['rows'] {
  return [...explainCall(call), ['Call hash', hash]];
}

function announcementPlan(
  command: string,
  verb: string,
  account: NamedAccount,
  callHash: string,
): Pick<TxPlan, 'command' | 'summary' | 'question' | 'warnings' | 'spendRao' | 'touches'> {
  const phrase = `${verb} the call ${callHash.slice(0, 10)}…`;
  return {
    command,
    summary: `${phrase} (${shortAddress(account.address)})`,
    question: `${phrase}?`,
    warnings: [],
    spendRao: 0n,
    touches: { netuids: [], hotkeys: [] },
  };
}

function namedText({ name, address }: NamedAccount): string {
  return name === address ? address : `${name} (${address})`;
}

/**
 * Chain rule: every announcement of that call ends, and what is left keeps one base and a part
 * each (`is told what comes back` in test/cli/proxy.test.ts).
 */
function returnedRao(
  real: NamedAccount,
  callHash: string,
  { announced, terms }: { readonly announced: AnnouncementFacts; readonly terms: ProxyTerms },
): bigint {
  const left = announced.announcements.filter(
    (one) => one.real !== real.address || one.callHash !== callHash,
  );
  const { announcementBaseRao, announcementEachRao } = terms;
  const kept =
    left.length === 0 ? 0n : announcementBaseRao + announcementEachRao * BigInt(left.length);
  return announced.depositRao - kept;
}

function requireAnnouncement(
  { real, delegate }: { readonly real: NamedAccount; readonly delegate: NamedAccount },
  callHash: string,
  { announcements }: AnnouncementFacts,
): void {
  const isThere = announcements.some(
    (one) => one.real === real.address && one.callHash === callHash,
  );
  if (!isThere) throw announcementUnknown({ real, delegate }, callHash, announcements);
}

function couldNotExecute(
  real: NamedAccount,
  { call }: InnerCall,
  { delegate, entries }: AnnouncePlanFacts,
): TaoError {
  const types = entries.map(({ type }) => type).join(', ');
  const why =
    types === '' ? 'it is no proxy of that account' : `its type ${types} does not allow it`;
  return new TaoError('PROXY_NOT_ALLOWED', {
    message: `Couldn't announce ${call.pallet}.${call.name} for ${real.address}: ${delegate} could not execute it: ${why}.`,
    hint: `Run tao proxy list ${real.address} to see its proxies.`,
    data: { account: real.address, signer: delegate, call: `${call.pallet}.${call.name}` },
  });
}

function tooMany({ maxPending }: ProxyTerms): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't announce it: ${maxPending} announcements are open, which is the chain's limit.`,
    hint: 'Execute or withdraw one first; tao proxy pending lists them.',
    data: { maxPending },
  });
}
