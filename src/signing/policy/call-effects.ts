/**
 * What a call does, as far as a policy cares: how much it moves, and which netuids, hotkeys and
 * accounts it names. Calls that are not listed here are unknown, and unknown calls are refused.
 */
import { decodeAddress, formatAddress } from '../../domain/address.ts';
import type { DecodedCall, Owner, PolicyRule, ValuedAsset } from './types.ts';

/** What one call moves. TAO states its own value; what an unknown account has cannot be valued. */
export type MovedAsset =
  | ValuedAsset
  | { readonly kind: 'tao'; readonly amountRao: bigint }
  | { readonly kind: 'unknowable' };

/** Who a call acts for. `unknown`: an account derived on chain, as in multisigs. */
export type Actor = Owner | { readonly kind: 'unknown' };

export type CallEffect = {
  /** `Pallet.call`. */
  readonly call: string;
  readonly moves: readonly MovedAsset[];
  /** `every`: it reaches subnets it does not name. */
  readonly netuids: readonly number[] | 'every';
  readonly hotkeys: readonly string[];
  readonly destinations: readonly string[];
  /** It hands out rights over the account, so it must be allowed by name. */
  readonly grantsRights: boolean;
};

/**
 * Why a call cannot be judged. Thrown inside this folder only; `checkPolicy` turns it into a
 * verdict.
 */
export type Unjudgeable = { readonly rule: PolicyRule; readonly reason: string };

/** The effect of one call that has no calls inside; undefined when the call is not known. */
export function readCallEffect(
  call: DecodedCall,
  actor: Actor,
): CallEffect | Unjudgeable | undefined {
  const name = `${call.pallet}.${call.name}`;
  const describe = Object.hasOwn(LEAF_CALLS, name) ? LEAF_CALLS[name] : undefined;
  if (describe === undefined) return undefined;
  try {
    return { call: name, ...NOTHING, ...describe(argumentsOf(call, actor)) };
  } catch (error) {
    if (error instanceof RangeError) {
      return { rule: 'malformed-call', reason: `${name}: ${error.message}` };
    }
    throw error;
  }
}

type Effect = Partial<Omit<CallEffect, 'call'>>;

const NOTHING = {
  moves: [],
  netuids: [],
  hotkeys: [],
  destinations: [],
  grantsRights: false,
} as const;

type Arguments = {
  readonly amount: (name: string) => bigint;
  readonly netuid: (name: string) => number;
  readonly netuids: (name: string) => readonly number[];
  readonly account: (name: string) => string;
  /** Everything of a kind that the acting account has. */
  readonly everything: (of: (owner: Owner) => ValuedAsset) => MovedAsset;
};

const stakeTao =
  (amountName: string) =>
  (args: Arguments): Effect => ({
    moves: [{ kind: 'tao', amountRao: args.amount(amountName) }],
    netuids: [args.netuid('netuid')],
    hotkeys: [args.account('hotkey')],
  });

const moveAlpha =
  (amountName: string) =>
  (args: Arguments): Effect => ({
    moves: [alphaOf(args, 'netuid', amountName)],
    netuids: [args.netuid('netuid')],
    hotkeys: [args.account('hotkey')],
  });

const swap = (args: Arguments): Effect => ({
  moves: [alphaOf(args, 'origin_netuid', 'alpha_amount')],
  netuids: [args.netuid('origin_netuid'), args.netuid('destination_netuid')],
  hotkeys: [args.account('hotkey')],
});

const unstakeEverything = (args: Arguments): Effect => ({
  moves: [
    args.everything((owner) => ({
      kind: 'hotkey-positions',
      owner,
      hotkey: args.account('hotkey'),
    })),
  ],
  netuids: 'every',
  hotkeys: [args.account('hotkey')],
});

const transfer = (args: Arguments): Effect => ({
  moves: [{ kind: 'tao', amountRao: args.amount('value') }],
  destinations: [args.account('dest')],
});

const namesHotkey = (args: Arguments): Effect => ({ hotkeys: [args.account('hotkey')] });

const namesHotkeyAndNetuid = (args: Arguments): Effect => ({
  netuids: [args.netuid('netuid')],
  hotkeys: [args.account('hotkey')],
});

const nothing = (): Effect => ({});

/** Calls without calls inside. Argument names are those of the runtime's metadata. */
const LEAF_CALLS: Readonly<Record<string, (args: Arguments) => Effect>> = {
  'SubtensorModule.add_stake': stakeTao('amount_staked'),
  'SubtensorModule.add_stake_limit': stakeTao('amount_staked'),
  'SubtensorModule.add_stake_burn': stakeTao('amount'),
  'SubtensorModule.remove_stake': moveAlpha('amount_unstaked'),
  'SubtensorModule.remove_stake_limit': moveAlpha('amount_unstaked'),
  'SubtensorModule.remove_stake_full_limit': (args) => ({
    ...namesHotkeyAndNetuid(args),
    moves: [
      args.everything((owner) => ({
        kind: 'position',
        owner,
        netuid: args.netuid('netuid'),
        hotkey: args.account('hotkey'),
      })),
    ],
  }),
  'SubtensorModule.unstake_all': unstakeEverything,
  'SubtensorModule.unstake_all_alpha': unstakeEverything,
  'SubtensorModule.move_stake': (args) => ({
    moves: [alphaOf(args, 'origin_netuid', 'alpha_amount')],
    netuids: [args.netuid('origin_netuid'), args.netuid('destination_netuid')],
    hotkeys: [args.account('origin_hotkey'), args.account('destination_hotkey')],
  }),
  'SubtensorModule.swap_stake': swap,
  'SubtensorModule.swap_stake_limit': swap,
  'SubtensorModule.transfer_stake': (args) => ({
    ...swap(args),
    destinations: [args.account('destination_coldkey')],
  }),
  'SubtensorModule.recycle_alpha': moveAlpha('amount'),
  'SubtensorModule.burn_alpha': moveAlpha('amount'),
  'SubtensorModule.lock_stake': moveAlpha('amount'),
  'SubtensorModule.move_lock': (args) => ({
    netuids: [args.netuid('netuid')],
    hotkeys: [args.account('destination_hotkey')],
  }),
  'SubtensorModule.set_perpetual_lock': (args) => ({ netuids: [args.netuid('netuid')] }),
  'SubtensorModule.claim_root': (args) => ({ netuids: args.netuids('subnets') }),
  'SubtensorModule.claim_root_with_hotkey': namesHotkey,
  'SubtensorModule.set_root_claim_type': nothing,
  'SubtensorModule.set_coldkey_auto_stake_hotkey': namesHotkeyAndNetuid,
  'SubtensorModule.set_auto_parent_delegation_enabled': namesHotkey,
  'SubtensorModule.set_reject_locked_alpha': nothing,
  'SubtensorModule.try_associate_hotkey': namesHotkey,
  'SubtensorModule.increase_take': namesHotkey,
  'SubtensorModule.decrease_take': namesHotkey,
  'SubtensorModule.clear_coldkey_swap_announcement': nothing,
  'SubtensorModule.dispute_coldkey_swap': nothing,
  'Balances.transfer_allow_death': transfer,
  'Balances.transfer_keep_alive': transfer,
  'Balances.transfer_all': (args) => ({
    moves: [args.everything((owner) => ({ kind: 'free-balance', owner }))],
    destinations: [args.account('dest')],
  }),
  'Balances.burn': (args) => ({ moves: [{ kind: 'tao', amountRao: args.amount('value') }] }),
  'System.remark': nothing,
  'System.remark_with_event': nothing,
  'Proxy.add_proxy': (args) => ({ destinations: [args.account('delegate')], grantsRights: true }),
  'Proxy.remove_proxy': nothing,
  'Proxy.remove_proxies': nothing,
  'Proxy.remove_announcement': nothing,
  'Proxy.reject_announcement': nothing,
  'Multisig.cancel_as_multi': nothing,
};

/** Every call a policy can name. */
export const KNOWN_CALLS: readonly string[] = Object.keys(LEAF_CALLS);

/** Root (netuid 0) stakes TAO one to one, which needs no price. */
function alphaOf(args: Arguments, netuidName: string, amountName: string): MovedAsset {
  const netuid = args.netuid(netuidName);
  const amountRao = args.amount(amountName);
  return netuid === 0 ? { kind: 'tao', amountRao } : { kind: 'alpha', netuid, amountRao };
}

/** Reads arguments strictly; a RangeError says which one has another form. */
function argumentsOf(call: DecodedCall, actor: Actor): Arguments {
  const get = (name: string): unknown => {
    if (Object.hasOwn(call.args, name)) return call.args[name];
    throw new RangeError(`the argument "${name}" is missing`);
  };
  return {
    amount: (name) => {
      const value = get(name);
      if (typeof value === 'bigint' && value >= 0n) return value;
      throw new RangeError(`the argument "${name}" is not an amount`);
    },
    netuid: (name) => readNetuid(get(name), name),
    netuids: (name) => {
      const value = get(name);
      if (Array.isArray(value)) return value.map((netuid) => readNetuid(netuid, name));
      throw new RangeError(`the argument "${name}" is not a list`);
    },
    account: (name) => {
      const address = readAccount(get(name));
      if (address !== undefined) return address;
      throw new RangeError(`the argument "${name}" is not an account`);
    },
    everything: (of) => (actor.kind === 'unknown' ? { kind: 'unknowable' } : of(actor)),
  };
}

function readNetuid(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535) {
    return value;
  }
  throw new RangeError(`the argument "${name}" is not a netuid`);
}

/** An ss58 text, or a multi-address of the `Id` kind. Written in the one canonical spelling. */
export function readAccount(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const decoded = decodeAddress(value);
    return decoded === undefined ? undefined : formatAddress(decoded.publicKey);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const multi = value as { readonly type?: unknown; readonly value?: unknown };
  return multi.type === 'Id' && typeof multi.value === 'string'
    ? readAccount(multi.value)
    : undefined;
}
