/** Plans giving and taking back the right to act for an account: pure. */
import { shortAddress } from '../domain/address.ts';
import { displayRao, tao, taoJson } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { NamedAccount } from './acting-as.ts';
import { blocksText } from './acting-as-proxy.ts';
import type { TxPlan } from './plan.ts';
import type { ProxyEntry, ProxyFacts, ProxyTerms } from './plan-proxy-facts.ts';
import { describeRule, type ProxyRule } from './plan-proxy-rules.ts';
import { CONFIRMED_LENGTH } from './plan-transfer.ts';

export type ProxyRequest = {
  readonly delegate: NamedAccount;
  readonly type: string;
  readonly delayBlocks: number;
};

export type ProxyPlanFacts = {
  /** The account whose proxies these are. */
  readonly real: string;
  readonly proxies: ProxyFacts;
  readonly terms: ProxyTerms;
  readonly rule: ProxyRule | undefined;
  /** Whether the type can send TAO or stake to another account. */
  readonly canSendFunds: boolean;
};

/**
 * The right for `delegate` to act for the account. A type that can send funds away has to be
 * confirmed by the end of the delegate's address. USAGE_INVALID, PROXY_EXISTS.
 */
export function planProxyAdd(request: ProxyRequest, facts: ProxyPlanFacts): TxPlan {
  const { delegate, type } = request;
  const { real, proxies, terms, rule, canSendFunds: isSevere } = facts;
  requireOtherDelegate(delegate, real);
  if (proxies.entries.some(isSame(request))) throw existsAlready(request, real);
  if (proxies.entries.length >= terms.maxProxies) throw tooMany(terms, real);
  const depositAfterRao = depositOf(proxies.entries.length + 1, terms);
  const addedRao = depositAfterRao - proxies.depositRao;
  return {
    command: 'proxy.add',
    summary: `Let ${shortAddress(delegate.address)} act as a proxy of type ${type}`,
    question: `Add this proxy of type ${type}?`,
    call: proxyCall('add_proxy', request),
    rows: [...requestRows(request, rule), ['Deposit', `${displayRao(addedRao, 9, 'up')} TAO`]],
    warnings: isSevere
      ? [`A proxy of type ${type} can send the funds of this account to anybody.`]
      : [],
    spendRao: addedRao > 0n ? addedRao : 0n,
    touches: { netuids: [], hotkeys: [] },
    data: { ...requestData(request), deposit: taoJson(tao(addedRao)) },
    ...(isSevere ? { severe: endOf(delegate.address) } : {}),
  };
}

/** Takes the right back; type and delay have to be those it was given with. PROXY_UNKNOWN. */
export function planProxyRemove(request: ProxyRequest, facts: ProxyPlanFacts): TxPlan {
  const { real, proxies, terms, rule } = facts;
  if (!proxies.entries.some(isSame(request))) throw proxyUnknown(request, real, proxies.entries);
  const returnedRao = proxies.depositRao - depositOf(proxies.entries.length - 1, terms);
  return {
    command: 'proxy.remove',
    summary: `Remove ${shortAddress(request.delegate.address)} as a proxy of type ${request.type}`,
    question: `Remove this proxy of type ${request.type}?`,
    call: proxyCall('remove_proxy', request),
    rows: [...requestRows(request, rule), ['Deposit back', `${displayRao(returnedRao, 9)} TAO`]],
    warnings: [],
    spendRao: 0n,
    touches: { netuids: [], hotkeys: [] },
    data: { ...requestData(request), deposit: taoJson(tao(returnedRao)) },
  };
}

/** Chain rule: one base and one part for each proxy, and nothing for none. */
function depositOf(count: number, { proxyBaseRao, proxyEachRao }: ProxyTerms): bigint {
  return count === 0 ? 0n : proxyBaseRao + proxyEachRao * BigInt(count);
}

function proxyCall(name: string, { delegate, type, delayBlocks }: ProxyRequest): TxPlan['call'] {
  const args = { delegate: delegate.address, proxy_type: type, delay: delayBlocks };
  return { pallet: 'Proxy', name, args };
}

function requestRows(
  { delegate, type, delayBlocks }: ProxyRequest,
  rule: ProxyRule | undefined,
): TxPlan['rows'] {
  const { name, address } = delegate;
  return [
    ['Proxy', name === address ? address : `${name} (${address})`],
    ['Type', { text: type, tone: 'strong' }],
    ['It may call', describeRule(rule)],
    ['Delay', delayBlocks === 0 ? 'none' : `${blocksText(delayBlocks)} after an announcement`],
  ];
}

function requestData(request: ProxyRequest): Readonly<Record<string, unknown>> {
  const { delegate, type, delayBlocks } = request;
  return { delegate: delegate.address, type, delayBlocks };
}

function isSame({ delegate, type, delayBlocks }: ProxyRequest) {
  return (entry: ProxyEntry): boolean =>
    entry.delegate === delegate.address && entry.type === type && entry.delayBlocks === delayBlocks;
}

function endOf(address: string): NonNullable<TxPlan['severe']> {
  return { value: address.slice(-CONFIRMED_LENGTH), what: "the end of the proxy's address" };
}

/** USAGE_INVALID for an account as its own proxy: known without the chain. */
export function requireOtherDelegate(delegate: NamedAccount, real: string): void {
  if (delegate.address === real) throw toItself(delegate);
}

function toItself(delegate: NamedAccount): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't add ${delegate.address}: an account cannot be its own proxy.`,
    hint: 'Name another account.',
    data: { delegate: delegate.address },
  });
}

function existsAlready(request: ProxyRequest, real: string): TaoError {
  return new TaoError('PROXY_EXISTS', {
    message: `Couldn't add the proxy: ${request.delegate.address} has type ${request.type} and delay ${request.delayBlocks} already.`,
    hint: `Run tao proxy list ${real} to see its proxies.`,
    data: requestData(request),
  });
}

function tooMany({ maxProxies }: ProxyTerms, real: string): TaoError {
  return new TaoError('PROXY_EXISTS', {
    message: `Couldn't add the proxy: the account has ${maxProxies}, which is the chain's limit.`,
    hint: `Remove one that is no longer needed with tao proxy remove; tao proxy list ${real} shows them.`,
    data: { maxProxies },
  });
}

function proxyUnknown(
  request: ProxyRequest,
  real: string,
  entries: readonly ProxyEntry[],
): TaoError {
  const others = entries.filter(({ delegate }) => delegate === request.delegate.address);
  const which = `of type ${request.type} with a delay of ${blocksText(request.delayBlocks)}`;
  return new TaoError('PROXY_UNKNOWN', {
    message: `Couldn't remove the proxy: ${request.delegate.address} is ${others.length === 0 ? `no proxy of ${real}` : `none ${which}`}.`,
    details: others.map(
      ({ type, delayBlocks }) => `It has type ${type} with a delay of ${blocksText(delayBlocks)}.`,
    ),
    hint:
      others.length === 0
        ? `Run tao proxy list ${real} to see its proxies.`
        : `Give --type and --delay as tao proxy list ${real} shows them.`,
    data: requestData(request),
  });
}
