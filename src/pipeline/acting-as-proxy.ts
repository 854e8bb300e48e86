/** Wraps a plan into a proxy's call, after checking that the chain would let it through. Pure. */
import type { Call } from '../chain/types.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { NamedAccount } from './acting-as.ts';
import type { TxPlan } from './plan.ts';
import type { Announcement, ProxyEntry } from './plan-proxy-facts.ts';
import { describeRule, mayCall, type ProxyRules } from './plan-proxy-rules.ts';

/** `1 block`, `3 blocks`. */
export function blocksText(count: number): string {
  return count === 1 ? '1 block' : `${count} blocks`;
}

/** What was read of the rights that `real` has given to `delegate`. */
export type ProxyChoice = {
  readonly real: NamedAccount;
  readonly delegate: NamedAccount;
  /** Of this delegate only, in the chain's order. */
  readonly entries: readonly ProxyEntry[];
  readonly rules: ProxyRules;
};

/** The call to wrap, as it will be hashed. */
export type InnerCall = { readonly call: Call; readonly hex: string; readonly hash: string };

/** PROXY_NOT_ALLOWED with what the signer's types allow; PROXY_MUST_ANNOUNCE for a delayed one. */
export function wrapInProxy(plan: TxPlan, choice: ProxyChoice, inner: InnerCall): TxPlan {
  const fitting = fittingEntries(choice, inner.call);
  const entry = fitting.find(({ delayBlocks }) => delayBlocks === 0);
  if (entry === undefined) throw mustAnnounce(choice, fitting[0] as ProxyEntry, inner);
  const { real, delegate } = choice;
  return {
    ...plan,
    summary: `${plan.summary} for ${real.name}`,
    call: {
      pallet: 'Proxy',
      name: 'proxy',
      args: { real: real.address, force_proxy_type: forcedType(choice, entry), call: inner.call },
    },
    rows: [['Through', `${entry.type} proxy`], ...plan.rows],
    warnings: [...plan.warnings, ...unknownTypeWarnings(choice, entry)],
    data: {
      ...plan.data,
      as: { kind: 'proxy', account: real.address, signer: delegate.address, ...callData(inner) },
      proxyType: entry.type,
    },
  };
}

/** As `wrapInProxy`, for a call announced before. ANNOUNCEMENT_UNKNOWN, ANNOUNCEMENT_TOO_EARLY. */
export function wrapAnnounced(
  plan: TxPlan,
  choice: ProxyChoice,
  announced: {
    readonly inner: InnerCall;
    readonly announcements: readonly Announcement[];
    /** Earliest block the transaction can be in. */
    readonly nextBlock: number;
  },
): TxPlan {
  const { real, delegate } = choice;
  const { inner, announcements, nextBlock } = announced;
  const own = announcements.filter(
    (one) => one.real === real.address && one.callHash === inner.hash,
  );
  const [first] = own;
  if (first === undefined) {
    throw announcementUnknown({ real, delegate }, inner.hash, announcements, NAME_DELEGATE);
  }
  const fitting = fittingEntries(choice, inner.call);
  const ripeAt = ({ delayBlocks }: ProxyEntry): number =>
    Math.min(...own.map(({ block }) => block)) + delayBlocks;
  const entry = [...fitting].sort((a, b) => a.delayBlocks - b.delayBlocks)[0] as ProxyEntry;
  if (ripeAt(entry) > nextBlock) throw tooEarly(ripeAt(entry), nextBlock);
  return {
    ...plan,
    call: {
      pallet: 'Proxy',
      name: 'proxy_announced',
      args: {
        delegate: delegate.address,
        real: real.address,
        force_proxy_type: forcedType(choice, entry),
        call: inner.call,
      },
    },
    rows: [['Through', `${entry.type} proxy of ${delegate.name}`], ...plan.rows],
    warnings: [...plan.warnings, ...unknownTypeWarnings(choice, entry)],
    data: {
      ...plan.data,
      as: {
        kind: 'announced',
        account: real.address,
        delegate: delegate.address,
        ...callData(inner),
      },
      proxyType: entry.type,
    },
  };
}

function callData({ call, hex, hash }: InnerCall): Readonly<Record<string, unknown>> {
  return { call: `${call.pallet}.${call.name}`, callData: hex, callHash: hash };
}

/** The entries whose type allows the call, or is not known; at least one. PROXY_NOT_ALLOWED. */
function fittingEntries(choice: ProxyChoice, call: Call): readonly ProxyEntry[] {
  if (choice.entries.length === 0) throw noProxy(choice);
  const fitting = choice.entries.filter(
    ({ type }) => mayCall(choice.rules.get(type), call) !== false,
  );
  if (fitting.length === 0) throw notAllowed(choice, call);
  return fitting;
}

/**
 * Chain rule: without a forced type the chain takes the delegate's first entry, whatever it allows.
 * So the type is only left out where there is nothing to choose.
 */
function forcedType({ entries }: ProxyChoice, entry: ProxyEntry): string | undefined {
  return entries.length === 1 ? undefined : entry.type;
}

function unknownTypeWarnings({ rules }: ProxyChoice, { type }: ProxyEntry): readonly string[] {
  return rules.has(type)
    ? []
    : [`What a proxy of type ${type} may do is not known to this version: the chain decides.`];
}

function noProxy({ real, delegate }: ProxyChoice): TaoError {
  return new TaoError('PROXY_NOT_ALLOWED', {
    message: `Couldn't act for ${real.address}: ${delegate.address} is no proxy of it.`,
    hint: `Sign with a proxy of it, or run tao proxy add ${delegate.address} with its own wallet.`,
    data: { account: real.address, signer: delegate.address, proxies: [] },
  });
}

function notAllowed({ real, delegate, entries, rules }: ProxyChoice, call: Call): TaoError {
  const types = [...new Set(entries.map(({ type }) => type))];
  const name = `${call.pallet}.${call.name}`;
  return new TaoError('PROXY_NOT_ALLOWED', {
    message: `Couldn't act for ${real.address}: the ${types.join(' and ')} proxy of ${delegate.address} does not allow ${name}, or not with these values.`,
    details: types.map((type) => `${type} allows ${describeRule(rules.get(type))}.`),
    hint: `Sign with a proxy that allows it, or with the account itself; tao proxy list ${real.address} shows its proxies.`,
    data: {
      account: real.address,
      signer: delegate.address,
      call: name,
      proxies: entries.map(({ type, delayBlocks }) => ({
        type,
        delayBlocks,
        allows: describeRule(rules.get(type)),
      })),
    },
  });
}

function mustAnnounce({ real, delegate }: ProxyChoice, entry: ProxyEntry, inner: InnerCall) {
  return new TaoError('PROXY_MUST_ANNOUNCE', {
    message: `Couldn't act for ${real.address} at once: the ${entry.type} proxy of ${delegate.address} has a delay of ${blocksText(entry.delayBlocks)}.`,
    details: [
      `After ${blocksText(entry.delayBlocks)} tao proxy execute, with the same --call, does what was announced.`,
    ],
    hint: `Run tao proxy announce ${real.address} --call ${inner.hex}`,
    data: {
      account: real.address,
      signer: delegate.address,
      type: entry.type,
      delayBlocks: entry.delayBlocks,
      callData: inner.hex,
      callHash: inner.hash,
    },
  });
}

const MAX_HASHES_SHOWN = 5;
const NAME_DELEGATE = 'If somebody else announced it, name that account with --delegate.';

/** ANNOUNCEMENT_UNKNOWN, with the hash that was looked for and those that are there. */
export function announcementUnknown(
  { real, delegate }: Pick<ProxyChoice, 'real' | 'delegate'>,
  callHash: string,
  announcements: readonly Announcement[],
  ...more: readonly string[]
): TaoError {
  const open = announcements.filter((one) => one.real === real.address);
  const hashes = [...new Set(open.map((one) => one.callHash))];
  return new TaoError('ANNOUNCEMENT_UNKNOWN', {
    message: `Couldn't find the announcement: ${delegate.address} has none of this call for ${real.address}.`,
    details: [
      `The hash of this call is ${callHash}.`,
      ...(open.length === 0
        ? ['What was executed, withdrawn or rejected is announced no more.']
        : hashes.slice(0, MAX_HASHES_SHOWN).map((hash) => `Announced is ${hash}.`)),
      ...more,
    ],
    hint: `Run tao proxy pending ${real.address} to see what is announced.`,
    data: {
      account: real.address,
      delegate: delegate.address,
      callHash,
      announced: hashes,
    },
  });
}

function tooEarly(readyAtBlock: number, nextBlock: number): TaoError {
  return new TaoError('ANNOUNCEMENT_TOO_EARLY', {
    message: `Couldn't execute the call yet: its delay ends with block ${readyAtBlock}, and the next one is ${nextBlock}.`,
    hint: 'Run the command again when the delay is over; the announcement stays.',
    data: { readyAtBlock, nextBlock },
  });
}
