/** Which calls a proxy of a type may make. Chain rule: the filters of spec 424, nothing else. */
import type { RuntimeCall } from './extrinsic.ts';

/** A SmallTransfer moves less than this, rao of TAO or of alpha. */
export const SMALL_TRANSFER_RAO = 500_000_000n;
const COLDKEY_SWAPS = [
  'announce_coldkey_swap',
  'swap_coldkey_announced',
  'clear_coldkey_swap_announcement',
  'dispute_coldkey_swap',
];
const STAKING = [
  'add_stake',
  'remove_stake',
  'unstake_all',
  'unstake_all_alpha',
  'swap_stake',
  'swap_stake_limit',
  'move_stake',
  'add_stake_limit',
  'remove_stake_limit',
  'remove_stake_full_limit',
];

/** Names of SubtensorModule's calls, or `Pallet.*` and `Pallet.call`. */
export type ProxyRule =
  | { readonly kind: 'all' }
  | { readonly kind: 'only' | 'all-but'; readonly calls: ReadonlySet<string> };

const only = (...calls: readonly string[]): ProxyRule => ({ kind: 'only', calls: new Set(calls) });
const allBut = (...calls: readonly string[]): ProxyRule => ({
  kind: 'all-but',
  calls: new Set(calls),
});

export const PROXY_RULES: Readonly<Record<string, ProxyRule>> = {
  Any: { kind: 'all' },
  Owner: only('AdminUtils.*', 'set_subnet_identity', 'update_symbol'),
  NonCritical: allBut(
    'dissolve_network',
    'root_register',
    'burned_register',
    'Sudo.*',
    ...COLDKEY_SWAPS,
  ),
  NonTransfer: allBut('Balances.*', 'transfer_stake', ...COLDKEY_SWAPS),
  NonFungible: allBut(
    'Balances.*',
    ...STAKING,
    'transfer_stake',
    'burned_register',
    'root_register',
    'swap_hotkey',
    'swap_hotkey_v2',
    ...COLDKEY_SWAPS,
  ),
  Staking: only(...STAKING, 'set_root_claim_type'),
  Registration: only('burned_register', 'register', 'register_limit'),
  Transfer: only(
    'Balances.transfer_keep_alive',
    'Balances.transfer_allow_death',
    'Balances.transfer_all',
    'transfer_stake',
  ),
  SmallTransfer: only(
    'Balances.transfer_keep_alive',
    'Balances.transfer_allow_death',
    'transfer_stake',
  ),
  ChildKeys: only('set_children', 'set_childkey_take'),
  SwapHotkey: only('swap_hotkey', 'swap_hotkey_v2'),
  SubnetLeaseBeneficiary: only('start_call'),
  RootClaim: only('claim_root'),
};

/** Whether a proxy of this type may make the call; types without a rule may make none. */
export function mayCall(proxyType: string, call: RuntimeCall): boolean {
  const rule = Object.hasOwn(PROXY_RULES, proxyType) ? PROXY_RULES[proxyType] : undefined;
  if (rule === undefined) return false;
  if (rule.kind === 'all') return true;
  const listed = isListed(rule.calls, call);
  if (rule.kind === 'all-but') return !listed;
  return listed && (proxyType !== 'SmallTransfer' || isSmall(call));
}

/** Whether the holder of one type may hand out another. */
export function covers(proxyType: string, other: string): boolean {
  if (proxyType === 'Any' || proxyType === other) return true;
  if (proxyType === 'NonTransfer') {
    return other !== 'Any' && other !== 'Transfer' && other !== 'SmallTransfer';
  }
  return proxyType === 'Transfer' && other === 'SmallTransfer';
}

function isListed(calls: ReadonlySet<string>, call: RuntimeCall): boolean {
  const { type: pallet, value } = call;
  if (pallet === 'SubtensorModule') return calls.has(value.type);
  return calls.has(`${pallet}.*`) || calls.has(`${pallet}.${value.type}`);
}

function isSmall(call: RuntimeCall): boolean {
  const args = call.value.value as { readonly value?: bigint; readonly alpha_amount?: bigint };
  return (args.value ?? args.alpha_amount ?? SMALL_TRANSFER_RAO) < SMALL_TRANSFER_RAO;
}
