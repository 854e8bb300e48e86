/** ProxyFilterRuntimeApi: the types of proxies and the calls each may make. */
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import { PROXY_RULES, type ProxyRule, SMALL_TRANSFER_RAO } from '../runtime/proxy-filter.ts';
import { textHex } from '../scale/hex.ts';
import { profileOf, type View } from '../state/view.ts';
import type { ApiMethods } from './call-api.ts';

/** Types that are kept for their number alone. */
const DEPRECATED = new Set(['Senate', 'Triumvirate', 'Governance', 'RootWeights']);
/** Indices of what the rules name and this chain does not have. */
const PALLETS_ELSEWHERE: Readonly<Record<string, number>> = { Sudo: 12, AdminUtils: 19 };
const CALLS_ELSEWHERE: Readonly<Record<string, number>> = {
  set_subnet_identity: 78,
  update_symbol: 112,
};

export const proxyApis: ApiMethods = {
  get_proxy_types: ({ state }) =>
    proxyTypes(profileOf(state)).map((name, index) => ({
      name: textHex(name),
      index,
      deprecated: DEPRECATED.has(name),
    })),
  get_proxy_filter: proxyFilters,
  get_proxy_filters: proxyFilters,
};

function proxyFilters({ state }: View, wanted: number | undefined): unknown {
  const profile = profileOf(state);
  return proxyTypes(profile).flatMap((name, index) =>
    wanted === undefined || wanted === index ? [filterOf(name, index, profile)] : [],
  );
}

/** Names by index. */
function proxyTypes({ types }: RuntimeProfile): readonly string[] {
  const declared = types.ProxyType;
  return declared?.kind === 'enum' ? Object.keys(declared.variants) : [];
}

function filterOf(name: string, index: number, profile: RuntimeProfile): unknown {
  const rule = PROXY_RULES[name];
  const calls =
    rule === undefined || rule.kind === 'all'
      ? []
      : [...rule.calls]
          .filter((call) => isKnown(call, profile))
          .map((call) => callFacts(call, name === 'SmallTransfer', profile));
  return {
    proxy_type: index,
    name: textHex(name),
    deprecated: DEPRECATED.has(name),
    filter_mode: { type: modeOf(rule) },
    calls,
    exceptions: [],
  };
}

function modeOf(rule: ProxyRule | undefined): string {
  if (rule === undefined) return 'DenyAll';
  if (rule.kind === 'all') return 'AllowAll';
  return rule.kind === 'only' ? 'Allow' : 'Deny';
}

/** A rule may name a call that this runtime does not have. */
function isKnown(entry: string, { pallets }: RuntimeProfile): boolean {
  const subtensor = pallets.find(({ name }) => name === 'SubtensorModule');
  return (
    entry.includes('.') ||
    Object.hasOwn(CALLS_ELSEWHERE, entry) ||
    subtensor?.calls[entry] !== undefined
  );
}

/** One entry of a rule: `Pallet.*`, `Pallet.call`, or a call of SubtensorModule. */
function callFacts(entry: string, isSmall: boolean, { pallets }: RuntimeProfile): unknown {
  const [palletName = '', callName] = entry.includes('.')
    ? entry.split('.')
    : ['SubtensorModule', entry];
  const pallet = pallets.find(({ name }) => name === palletName);
  const isWhole = callName === undefined || callName === '*';
  const callIndex = isWhole
    ? undefined
    : (pallet?.calls[callName]?.index ?? CALLS_ELSEWHERE[callName]);
  const param = callName === 'transfer_stake' ? 'alpha_amount' : 'value';
  const below = { param_name: textHex(param), limit: SMALL_TRANSFER_RAO };
  return {
    pallet_name: textHex(palletName),
    pallet_index: pallet?.index ?? PALLETS_ELSEWHERE[palletName] ?? 0,
    call_name: isWhole ? undefined : textHex(callName),
    call_index: callIndex,
    condition: isSmall ? { type: 'ParamLessThan', value: below } : undefined,
  };
}
