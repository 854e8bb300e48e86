/** Calls of Proxy: acting for another account, at once or after an announcement. */
import type { Account } from '../../economy/state.ts';
import { blake2, joinBytes } from '../blocks/header.ts';
import { encode, type Variant } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import type { ProxyEntry } from '../state/chain-state.ts';
import { accountIdOf } from './calls-frame.ts';
import { allOrNothing, type Dispatch } from './calls-utility.ts';
import {
  type Args,
  type CallContext,
  type CallRule,
  type CallRules,
  type DispatchResult,
  DONE,
  refused,
} from './context.ts';
import { type DispatchError, moduleError } from './dispatch-error.ts';
import type { RuntimeCall } from './extrinsic.ts';
import { covers, mayCall } from './proxy-filter.ts';
import { adjustDeposit, unreserve } from './reserve.ts';

const MAX_PROXIES = 20;
const DEPOSIT_BASE = 60_000_000n;
const DEPOSIT_FACTOR = 33_000_000n;
const PURE_PREFIX = new TextEncoder().encode('modlpy/proxy____');

export const proxyError = (name: string): DispatchError => moduleError('Proxy', name);
export const emitProxy = (context: CallContext, name: string, fields: object): void => {
  context.events.push({ pallet: 'Proxy', name, fields: fields as never });
};

export function proxyCalls(dispatch: Dispatch): CallRules {
  return {
    proxy: withAccount('real', (context, real, args) => {
      const entry = findProxy(context, real, context.signer, args);
      if (entry === undefined) return refused(proxyError('NotProxy'));
      if (entry.delay > 0) return refused(proxyError('Unannounced'));
      return runAs(dispatch, context, { real, entry, call: args.call as RuntimeCall });
    }),
    add_proxy: withAccount('delegate', (context, delegate, args) =>
      addProxy(context, { delegate, ...proxyOf(args) }),
    ),
    remove_proxy: withAccount('delegate', (context, delegate, args) =>
      removeProxy(context, { delegate, ...proxyOf(args) }),
    ),
    remove_proxies: (context) => {
      const held = context.state.proxies[context.signer];
      if (held === undefined) return DONE;
      delete context.state.proxies[context.signer];
      unreserve(context, context.signer, held.depositRao);
      return DONE;
    },
    // Deposits never change here, so there is nothing to adjust.
    poke_deposit: () => DONE,
    create_pure: createPure,
    kill_pure: withAccount('spawner', killPure),
    set_real_pays_fee: withAccount('delegate', (context, delegate, args) => {
      const { state, signer } = context;
      if (findProxy(context, signer, delegate, {}) === undefined) {
        return refused(proxyError('NotProxy'));
      }
      const pays = args.pays_fee as boolean;
      const delegates = { ...state.realPaysFee[signer] };
      if (pays) delegates[delegate] = true;
      else delete delegates[delegate];
      if (Object.keys(delegates).length > 0) state.realPaysFee[signer] = delegates;
      else delete state.realPaysFee[signer];
      emitProxy(context, 'RealPaysFeeSet', { real: signer, delegate, pays_fee: pays });
      return DONE;
    }),
  };
}

/** Reads an address argument first; one that is no account is CannotLookup. */
export function withAccount(
  name: string,
  rule: (context: CallContext, account: Account, args: Args) => DispatchResult,
): CallRule {
  return (context, args) => {
    const account = accountIdOf(args[name] as Variant);
    return account === undefined ? refused({ type: 'CannotLookup' }) : rule(context, account, args);
  };
}

/** The proxy `delegate` has for `real`, of the type that is forced if one is. */
export function findProxy(
  { state }: CallContext,
  real: Account,
  delegate: Account,
  args: Args,
): ProxyEntry | undefined {
  const forced = (args.force_proxy_type as Variant | undefined)?.type;
  return state.proxies[real]?.entries.find(
    (entry) => entry.delegate === delegate && (forced === undefined || entry.kind === forced),
  );
}

type ProxiedCall = {
  readonly real: Account;
  readonly entry: ProxyEntry;
  readonly call: RuntimeCall;
};

/** Dispatches as `real` under the filter of the proxy's type; its result becomes an event. */
export function runAs(
  dispatch: Dispatch,
  context: CallContext,
  { real, entry, call }: ProxiedCall,
): DispatchResult {
  const outer = context.filter;
  const filter = (inner: RuntimeCall): boolean =>
    outer(inner) && (staysWithin(entry.kind, inner) ?? mayCall(entry.kind, inner));
  const inner = { ...context, signer: real, filter };
  const result = allOrNothing(context, () => dispatch(inner, call));
  const value = result.ok ? { type: 'Ok' } : { type: 'Err', value: result.error };
  emitProxy(context, 'ProxyExecuted', { result: value });
  return DONE;
}

/** A proxy may not widen its own rights; undefined for calls that do not concern proxies. */
function staysWithin(kind: string, call: RuntimeCall): boolean | undefined {
  if (call.type !== 'Proxy') return undefined;
  const { type: name, value } = call.value;
  if (name === 'add_proxy' || name === 'remove_proxy') {
    const wanted = (value as { readonly proxy_type: Variant }).proxy_type.type;
    return covers(kind, wanted) ? undefined : false;
  }
  if (name === 'remove_proxies' || name === 'kill_pure') return kind === 'Any';
  return undefined;
}

const proxyOf = (args: Args) => ({
  kind: (args.proxy_type as Variant).type,
  delay: args.delay as number,
});
const depositOf = (count: number): bigint =>
  count === 0 ? 0n : DEPOSIT_BASE + DEPOSIT_FACTOR * BigInt(count);
const sameEntry = (a: ProxyEntry) => (b: ProxyEntry) =>
  a.delegate === b.delegate && a.kind === b.kind && a.delay === b.delay;

function addProxy(context: CallContext, entry: ProxyEntry): DispatchResult {
  const { signer } = context;
  if (entry.delegate === signer) return refused(proxyError('NoSelfProxy'));
  const entries = context.state.proxies[signer]?.entries ?? [];
  if (entries.length >= MAX_PROXIES) return refused(proxyError('TooMany'));
  if (entries.some(sameEntry(entry))) return refused(proxyError('Duplicate'));
  const refusal = storeProxies(context, signer, [...entries, entry]);
  if (refusal !== undefined) return refused(refusal);
  emitProxy(context, 'ProxyAdded', changedFields(signer, entry));
  return DONE;
}

function removeProxy(context: CallContext, entry: ProxyEntry): DispatchResult {
  const { signer, state } = context;
  const entries = state.proxies[signer]?.entries ?? [];
  const left = entries.filter((one) => !sameEntry(entry)(one));
  if (left.length === entries.length) return refused(proxyError('NotFound'));
  storeProxies(context, signer, left);
  emitProxy(context, 'ProxyRemoved', changedFields(signer, entry));
  return DONE;
}

/** Stores the list in the order the chain keeps it, and changes the deposit with it. */
function storeProxies(
  context: CallContext,
  who: Account,
  entries: readonly ProxyEntry[],
): DispatchError | undefined {
  const { proxies } = context.state;
  const depositRao = depositOf(entries.length);
  const from = proxies[who]?.depositRao ?? 0n;
  const refusal = adjustDeposit(context, who, { from, to: depositRao });
  if (refusal !== undefined) return refusal;
  const bytes = (entry: ProxyEntry): string =>
    toHex(encode(ENTRY_TYPE, { ...entry, proxy_type: { type: entry.kind } }));
  const sorted = [...entries].sort((a, b) => (bytes(a) < bytes(b) ? -1 : 1));
  if (sorted.length === 0) delete proxies[who];
  else proxies[who] = { entries: sorted, depositRao };
  return undefined;
}

const ENTRY_TYPE = 'ProxyDefinition<AccountId32, ProxyType, u32>';

const changedFields = (delegator: Account, { delegate, kind, delay }: ProxyEntry) => ({
  delegator,
  delegatee: delegate,
  proxy_type: { type: kind },
  delay,
});

type PureOrigin = {
  readonly who: Account;
  readonly height: number;
  readonly extIndex: number;
  readonly proxyType: Variant;
  readonly index: number;
};

/** The keyless account that a spawner made in one extrinsic. */
export function pureAccount({ who, height, extIndex, proxyType, index }: PureOrigin): Account {
  const tail = encode('(u32, u32, ProxyType, u16)', [height, extIndex, proxyType, index]);
  return toHex(blake2(joinBytes(PURE_PREFIX, fromHex(who), tail)));
}

function createPure(context: CallContext, args: Args): DispatchResult {
  const { signer: who, blockNumber: height, extrinsicIndex: extIndex, state } = context;
  const proxyType = args.proxy_type as Variant;
  const index = args.index as number;
  const pure = pureAccount({ who, height, extIndex, proxyType, index });
  if (state.proxies[pure] !== undefined) return refused(proxyError('Duplicate'));
  const depositRao = depositOf(1);
  const refusal = adjustDeposit(context, who, { from: 0n, to: depositRao });
  if (refusal !== undefined) return refused(refusal);
  const entry = { delegate: who, kind: proxyType.type, delay: args.delay as number };
  state.proxies[pure] = { entries: [entry], depositRao };
  const fields = { pure, who, proxy_type: proxyType, disambiguation_index: index };
  emitProxy(context, 'PureCreated', fields);
  return DONE;
}

function killPure(context: CallContext, spawner: Account, args: Args): DispatchResult {
  const { signer: pure, state } = context;
  const proxyType = args.proxy_type as Variant;
  const index = args.index as number;
  const expected = pureAccount({
    who: spawner,
    height: args.height as number,
    extIndex: args.ext_index as number,
    proxyType,
    index,
  });
  const held = state.proxies[pure];
  if (expected !== pure || held === undefined) return refused(proxyError('NoPermission'));
  delete state.proxies[pure];
  unreserve(context, spawner, held.depositRao);
  const fields = { pure, spawner, proxy_type: proxyType, disambiguation_index: index };
  emitProxy(context, 'PureKilled', fields);
  return DONE;
}
