/** Reads who may act for whom: proxies, what their types allow, and announced calls. */
import { address, asList, asRao, asText, count, fieldOf } from '../chain/queries/shape.ts';
import type { BlockView, Runtime } from '../chain/types.ts';
import { formatAddress } from '../domain/address.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import {
  type CallPattern,
  type ProxyRule,
  type ProxyRules,
  TABLE_RULES,
} from './plan-proxy-rules.ts';

/** One right that an account has given. */
export type ProxyEntry = {
  readonly delegate: string;
  /** The type's name on chain: `Staking`. */
  readonly type: string;
  /** Blocks a call has to be announced for; 0: none. */
  readonly delayBlocks: number;
};

export type ProxyFacts = {
  readonly entries: readonly ProxyEntry[];
  readonly depositRao: bigint;
};

export type Announcement = {
  readonly real: string;
  /** blake2-256 of the call, 0x hex. */
  readonly callHash: string;
  /** Block it was announced in. */
  readonly block: number;
};

export type AnnouncementFacts = {
  readonly announcements: readonly Announcement[];
  readonly depositRao: bigint;
};

/** The rights `real` has given, in the chain's order, which decides between several of a delegate. */
export async function readProxies(view: BlockView, real: string): Promise<ProxyFacts> {
  const [entries, deposit] = asList(await view.read('Proxy', 'Proxies', real));
  return {
    entries: asList(entries).map((entry) => ({
      delegate: address(entry, 'delegate'),
      type: typeName(fieldOf(entry, 'proxy_type')),
      delayBlocks: count(entry, 'delay'),
    })),
    depositRao: asRao(deposit),
  };
}

/** What `delegate` has announced and neither executed nor withdrawn. */
export async function readAnnouncements(
  view: BlockView,
  delegate: string,
): Promise<AnnouncementFacts> {
  const [announcements, deposit] = asList(await view.read('Proxy', 'Announcements', delegate));
  return {
    announcements: asList(announcements).map((entry) => ({
      real: address(entry, 'real'),
      callHash: String(fieldOf(entry, 'call_hash')),
      block: count(entry, 'height'),
    })),
    depositRao: asRao(deposit),
  };
}

/** Whether `real` has agreed to pay the fee of this delegate's calls. */
export async function readRealPaysFee(
  view: BlockView,
  real: string,
  delegate: string,
): Promise<boolean> {
  // Chain rule: later runtimes keep the agreement under another name.
  const item = ['RealPaysFeeConsentV1', 'RealPaysFee'].find((name) =>
    view.runtime.has.storage('Proxy', name),
  );
  if (item === undefined) return false;
  const agreed = await view.entries('Proxy', item, real);
  return agreed.some(({ keys }) => keys[1] === delegate);
}

/** Deposits and limits of the Proxy pallet, in rao and counts. */
export type ProxyTerms = {
  readonly proxyBaseRao: bigint;
  readonly proxyEachRao: bigint;
  readonly announcementBaseRao: bigint;
  readonly announcementEachRao: bigint;
  readonly maxProxies: number;
  readonly maxPending: number;
};

export function readProxyTerms({ runtime }: BlockView): ProxyTerms {
  const raoOf = (name: string) => asRao(runtime.constant('Proxy', name));
  const countOf = (name: string) => Number.parseInt(raoOf(name).toString(), 10);
  return {
    proxyBaseRao: raoOf('ProxyDepositBase'),
    proxyEachRao: raoOf('ProxyDepositFactor'),
    announcementBaseRao: raoOf('AnnouncementDepositBase'),
    announcementEachRao: raoOf('AnnouncementDepositFactor'),
    maxProxies: countOf('MaxProxies'),
    maxPending: countOf('MaxPending'),
  };
}

/** USAGE_INVALID where the runtime has no such type, with the one that was probably meant. */
export function requireProxyType(runtime: Runtime, type: string, rules: ProxyRules): void {
  if (isProxyType(runtime, type)) return;
  const types = [...rules.keys()].filter((known) => isProxyType(runtime, known));
  const meant = types.find((known) => known.toLowerCase() === type.toLowerCase());
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --type "${type}": this chain has no such type of proxy.`,
    details: [`It has ${types.join(', ')}.`],
    hint: meant === undefined ? 'Give one of them, in its own spelling.' : `Use --type ${meant}.`,
    data: { option: 'type', value: type, known: types },
  });
}

/** Whether the runtime's own type takes it: no list here can know that. */
function isProxyType(runtime: Runtime, type: string): boolean {
  const nobody = formatAddress(new Uint8Array(ACCOUNT_BYTES));
  const args = { delegate: nobody, proxy_type: type, delay: 0 };
  try {
    runtime.encodeCall({ pallet: 'Proxy', name: 'add_proxy', args });
    return true;
  } catch (error) {
    if (isTaoError(error, 'CHAIN_ARGUMENT')) return false;
    throw error;
  }
}

const ACCOUNT_BYTES = 32;
const FILTER_API = 'ProxyFilterRuntimeApi';
/** Its arguments and its answer have changed between runtimes before. */
const UNUSABLE_ANSWERS = ['CHAIN_UNDECODABLE', 'CHAIN_ARGUMENT', 'RPC_REFUSED'] as const;

/**
 * What each type allows: the runtime's own rules where it tells them in a form we know, else the
 * table's. A type that is in neither has no rule, and the chain decides.
 */
export async function readProxyRules(view: BlockView): Promise<ProxyRules> {
  const method = ['get_proxy_filters', 'get_proxy_filter'].find((name) =>
    view.runtime.has.api(FILTER_API, name),
  );
  if (method === undefined) return TABLE_RULES;
  try {
    const filters = asList(await view.callApi(FILTER_API, method, undefined));
    return new Map([...TABLE_RULES, ...filters.flatMap(ruleOf)]);
  } catch (error) {
    if (UNUSABLE_ANSWERS.some((code) => isTaoError(error, code))) return TABLE_RULES;
    throw error;
  }
}

/** One rule with its type's name; nothing where the filter has a form that is not known. */
function ruleOf(filter: unknown): readonly (readonly [string, ProxyRule])[] {
  const name = asText(fieldOf(filter, 'name'));
  const mode = fieldOf(filter, 'filter_mode') as {
    readonly type: string;
    readonly value?: unknown;
  };
  // Later runtimes put the list into the mode itself.
  const listed = Array.isArray(mode.value) ? mode.value : (fieldOrNothing(filter, 'calls') ?? []);
  const calls = asList(listed).map(patternOf);
  const exceptions = asList(fieldOrNothing(filter, 'exceptions') ?? []).map(patternOf);
  const kinds: Readonly<Record<string, ProxyRule>> = {
    AllowAll: { kind: 'all' },
    DenyAll: { kind: 'only', calls: [], exceptions: [] },
    Allow: { kind: 'only', calls, exceptions },
    Deny: { kind: 'all-but', calls, exceptions },
  };
  const rule = kinds[mode.type];
  return rule === undefined ? [] : [[name, rule]];
}

function patternOf(call: unknown): CallPattern {
  const pallet = asText(fieldOf(call, 'pallet_name'));
  const callName = fieldOf(call, 'call_name');
  const condition = (fieldOrNothing(call, 'condition') ?? fieldOrNothing(call, 'constraint')) as
    | { readonly type: string; readonly value: unknown }
    | undefined;
  return {
    pallet,
    ...(callName === undefined ? {} : { call: asText(callName) }),
    ...(condition?.type === 'ParamLessThan' ? { below: limitOf(condition.value) } : {}),
    ...(condition?.type === 'NestedCallMustBe' ? { nested: nestedOf(condition.value) } : {}),
  };
}

function limitOf(value: unknown): NonNullable<CallPattern['below']> {
  return {
    name: asText(fieldOf(value, 'param_name')),
    limitRao: asRao(fieldOf(value, 'limit')),
  };
}

function nestedOf(value: unknown): NonNullable<CallPattern['nested']> {
  return {
    pallet: asText(fieldOf(value, 'pallet_name')),
    call: asText(fieldOf(value, 'call_name')),
  };
}

function fieldOrNothing(value: unknown, name: string): unknown {
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isThere ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function typeName(value: unknown): string {
  return typeof value === 'string' ? value : String(fieldOf(value, 'type'));
}
