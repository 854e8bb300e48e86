/**
 * Which calls a proxy of a type may make, so that a plan can refuse what the chain would filter.
 * Rules come from the runtime where it tells them, else from the table here. Pure.
 */
import type { Call } from '../chain/types.ts';

/** A call a rule names. Without `call` it is every call of the pallet. */
export type CallPattern = {
  readonly pallet: string;
  readonly call?: string;
  /** The argument `name` has to be below `limitRao`. */
  readonly below?: { readonly name: string; readonly limitRao: bigint };
  /** The call inside has to be this one. */
  readonly nested?: { readonly pallet: string; readonly call: string };
};

export type ProxyRule =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'only' | 'all-but';
      readonly calls: readonly CallPattern[];
      /** Patterns the list does not speak of. */
      readonly exceptions: readonly CallPattern[];
    };

/** By the type's name on chain. */
export type ProxyRules = ReadonlyMap<string, ProxyRule>;

/** Calls of SubtensorModule by their name alone; others as `Pallet.call` or `Pallet.*`. */
function patterns(names: readonly string[]): readonly CallPattern[] {
  return names.map((name) => {
    const [pallet = '', call] = name.includes('.') ? name.split('.') : ['SubtensorModule', name];
    return call === undefined || call === '*' ? { pallet } : { pallet, call };
  });
}

const only = (...names: readonly string[]): ProxyRule => ({
  kind: 'only',
  calls: patterns(names),
  exceptions: [],
});
const allBut = (...names: readonly string[]): ProxyRule => ({
  kind: 'all-but',
  calls: patterns(names),
  exceptions: [],
});

const COLDKEY_SWAPS = [
  'announce_coldkey_swap',
  'swap_coldkey_announced',
  'clear_coldkey_swap_announcement',
  'dispute_coldkey_swap',
];
const STAKE_TRADES = [
  'add_stake',
  'add_stake_limit',
  'remove_stake',
  'remove_stake_limit',
  'remove_stake_full_limit',
  'unstake_all',
  'unstake_all_alpha',
  'swap_stake',
  'swap_stake_limit',
  'move_stake',
];
/** The second is of later runtimes; where it is missing, naming it changes nothing. */
const STAKE_GIFTS = ['transfer_stake', 'transfer_stake_and_hotkey'];
const TRANSFERS = ['Balances.transfer_keep_alive', 'Balances.transfer_allow_death'];
/** Chain rule: a SmallTransfer moves less than this, in rao of TAO or of alpha. */
const SMALL_RAO = 500_000_000n;

/**
 * Chain rule: the filters of spec 424, for a runtime without `ProxyFilterRuntimeApi`. Types whose
 * every call is closed (Senate, Triumvirate, Governance, RootWeights) have an empty list.
 */
export const TABLE_RULES: ProxyRules = new Map<string, ProxyRule>([
  ['Any', { kind: 'all' }],
  [
    'Owner',
    {
      kind: 'only',
      calls: patterns(['AdminUtils.*', 'set_subnet_identity', 'update_symbol']),
      exceptions: patterns([
        'AdminUtils.sudo_set_sn_owner_hotkey',
        'AdminUtils.sudo_set_subnet_owner_hotkey',
      ]),
    },
  ],
  [
    'NonCritical',
    allBut('dissolve_network', 'root_register', 'burned_register', 'Sudo.*', ...COLDKEY_SWAPS),
  ],
  ['NonTransfer', allBut('Balances.*', ...STAKE_GIFTS, ...COLDKEY_SWAPS)],
  ['Senate', only()],
  [
    'NonFungible',
    allBut(
      'Balances.*',
      ...STAKE_TRADES,
      ...STAKE_GIFTS,
      'burned_register',
      'root_register',
      'swap_hotkey',
      'swap_hotkey_v2',
      ...COLDKEY_SWAPS,
    ),
  ],
  ['Triumvirate', only()],
  ['Governance', only()],
  ['Staking', only(...STAKE_TRADES, 'set_root_claim_type')],
  ['Registration', only('burned_register', 'register', 'register_limit')],
  ['Transfer', only(...TRANSFERS, 'Balances.transfer_all', 'transfer_stake')],
  [
    'SmallTransfer',
    {
      kind: 'only',
      calls: [
        ...patterns(TRANSFERS).map((one) => ({
          ...one,
          below: { name: 'value', limitRao: SMALL_RAO },
        })),
        {
          pallet: 'SubtensorModule',
          call: 'transfer_stake',
          below: { name: 'alpha_amount', limitRao: SMALL_RAO },
        },
      ],
      exceptions: [],
    },
  ],
  ['RootWeights', only()],
  ['ChildKeys', only('set_children', 'set_childkey_take')],
  [
    'SudoUncheckedSetCode',
    {
      kind: 'only',
      calls: [
        {
          pallet: 'Sudo',
          call: 'sudo_unchecked_weight',
          nested: { pallet: 'System', call: 'set_code' },
        },
      ],
      exceptions: [],
    },
  ],
  ['SwapHotkey', only('swap_hotkey', 'swap_hotkey_v2')],
  ['RootClaim', only('claim_root')],
]);

/** Whether a rule lets a call and everything in it through; undefined: the rule is not known. */
export function mayCall(rule: ProxyRule | undefined, call: Call): boolean | undefined {
  if (rule === undefined) return undefined;
  // The filter stays on for the calls inside; only what a rule names with its nested call is whole.
  if (!permits(rule, call)) return false;
  const isNamedWhole =
    rule.kind === 'only' && rule.calls.some((one) => one.nested && fits(one, call));
  return isNamedWhole || innerCalls(call).every((inner) => mayCall(rule, inner) !== false);
}

/**
 * Whether a type can send TAO or stake to another account: such a proxy can empty the account. Only
 * calls that the runtime has count; `hasCall` says which.
 */
export function canSendFunds(
  rule: ProxyRule | undefined,
  hasCall: (pallet: string, name: string) => boolean,
): boolean {
  if (rule === undefined) return true;
  const least = { value: 1n, alpha_amount: 1n };
  const ways: readonly Call[] = [
    { pallet: 'Balances', name: 'transfer_keep_alive', args: least },
    { pallet: 'Balances', name: 'transfer_allow_death', args: least },
    { pallet: 'Balances', name: 'transfer_all', args: {} },
    ...STAKE_GIFTS.map((name) => ({ pallet: 'SubtensorModule', name, args: least })),
  ];
  return ways.some((call) => hasCall(call.pallet, call.name) && permits(rule, call));
}

/** What a type allows, in a few words: `only add_stake, remove_stake and 9 more`. */
export function describeRule(rule: ProxyRule | undefined): string {
  if (rule === undefined) return 'not known to this version';
  if (rule.kind === 'all') return 'every call';
  const names = rule.calls.map(patternText);
  if (names.length === 0) return rule.kind === 'only' ? 'nothing' : 'every call';
  return `${rule.kind === 'only' ? 'only' : 'all but'} ${names.join(', ')}`;
}

function patternText({ pallet, call, below }: CallPattern): string {
  const name = call === undefined ? `${pallet}.*` : call;
  return below === undefined ? name : `${name} (${below.name} below ${below.limitRao} rao)`;
}

function permits(rule: ProxyRule, call: Call): boolean {
  if (rule.kind === 'all') return true;
  const isListed =
    rule.calls.some((one) => fits(one, call)) && !rule.exceptions.some((one) => fits(one, call));
  return rule.kind === 'only' ? isListed : !isListed;
}

function fits(pattern: CallPattern, call: Call): boolean {
  if (pattern.pallet !== call.pallet) return false;
  if (pattern.call !== undefined && pattern.call !== call.name) return false;
  if (pattern.below !== undefined) {
    const given = call.args[pattern.below.name];
    if (typeof given !== 'bigint' || given >= pattern.below.limitRao) return false;
  }
  if (pattern.nested === undefined) return true;
  const [inner] = innerCalls(call);
  return inner?.pallet === pattern.nested.pallet && inner.name === pattern.nested.call;
}

/** The calls that a call runs under the same filter. */
function innerCalls({ args }: Call): readonly Call[] {
  return Object.values(args).flatMap((value) =>
    (Array.isArray(value) ? value : [value]).filter(isCall),
  );
}

function isCall(value: unknown): value is Call {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['pallet', 'name', 'args'].every((field) => Object.hasOwn(value, field))
  );
}
