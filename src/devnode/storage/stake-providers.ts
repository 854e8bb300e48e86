/** Storage of SubtensorModule that belongs to hotkeys and coldkeys: stake, children, claims, locks. */
import type { Account, ChildLink, Hotkey, RootClaimType } from '../../economy/state.ts';
import type { Variant } from '../scale/codec.ts';
import { textHex } from '../scale/hex.ts';
import type { Identity } from '../state/chain-state.ts';
import type { View } from '../state/view.ts';
import {
  accountThenNetuid,
  coldkeysOf,
  hotkeysOf,
  type Keys,
  mapped,
  netuidsOf,
  never,
  type Providers,
  perColdkey,
  perHotkey,
} from './provide.ts';

const links = (list: readonly ChildLink[]) =>
  list.length === 0 ? undefined : list.map(({ proportion, hotkey }) => [proportion, hotkey]);
const safeFloat = (float: { readonly mantissa: bigint; readonly exponent: number }) => ({
  mantissa: float.mantissa,
  exponent: BigInt(float.exponent),
});

export const stakeProviders: Providers = {
  Owner: perHotkey((hotkey) => hotkey.owner),
  Delegates: perHotkey((hotkey) => hotkey.take),
  OwnedHotkeys: perColdkey(({ ownedHotkeys }) =>
    ownedHotkeys.length === 0 ? undefined : ownedHotkeys,
  ),
  StakingHotkeys: perColdkey(({ stakingHotkeys }) =>
    stakingHotkeys.length === 0 ? undefined : stakingHotkeys,
  ),
  TotalHotkeyAlpha: accountThenNetuid(
    hotkeysOf,
    (hotkey) => hotkey.pools,
    (pool) => pool.value,
  ),
  TotalHotkeyAlphaLastEpoch: accountThenNetuid(
    hotkeysOf,
    (hotkey) => hotkey.alphaLastEpoch,
    (rao) => rao,
  ),
  TotalHotkeySharesV2: accountThenNetuid(
    hotkeysOf,
    (hotkey) => hotkey.pools,
    (pool) => safeFloat(pool.denominator),
  ),
  AlphaV2: mapped(
    (view, [hotkey, coldkey, netuid]) => {
      const pool = view.state.economy.hotkeys[hotkey as Account]?.pools[netuid as number];
      const share = pool?.shares[coldkey as Account];
      return share === undefined ? undefined : safeFloat(share);
    },
    function* (view) {
      for (const [hotkey, { pools }] of Object.entries(view.state.economy.hotkeys)) {
        for (const netuid of netuidsOf(pools)) {
          for (const coldkey of Object.keys(pools[netuid]?.shares ?? {})) {
            yield [hotkey, coldkey, netuid];
          }
        }
      }
    },
  ),
  TotalHotkeyShares: never,
  Alpha: never,
  IdentitiesV2: mapped(
    (view, [coldkey]) => {
      const identity = view.state.identities[coldkey as Account];
      return identity === undefined ? undefined : identityValue(identity);
    },
    (view) => Object.keys(view.state.identities).map((coldkey) => [coldkey]),
  ),
};

export const childProviders: Providers = {
  ChildKeys: accountThenNetuid(hotkeysOf, (hotkey) => hotkey.children, links),
  ParentKeys: accountThenNetuid(hotkeysOf, (hotkey) => hotkey.parents, links),
  ChildkeyTake: accountThenNetuid(
    hotkeysOf,
    (hotkey) => hotkey.childkeyTakes,
    (take) => take,
  ),
  PendingChildKeys: mapped(
    (view, [netuid, hotkey]) => {
      const record = view.state.economy.hotkeys[hotkey as Account];
      const pending = record?.pendingChildren[netuid as number];
      return pending === undefined
        ? undefined
        : [links(pending.children) ?? [], BigInt(pending.appliesAt)];
    },
    (view) => byNetuidOfHotkeys(view, (hotkey) => hotkey.pendingChildren),
  ),
  AutoParentDelegationEnabled: perHotkey((hotkey) =>
    hotkey.autoParentDelegation ? undefined : false,
  ),
};

export const claimProviders: Providers = {
  RootClaimable: perHotkey(({ rootClaimRates }) => {
    const netuids = netuidsOf(rootClaimRates);
    return netuids.length === 0
      ? undefined
      : netuids.map((netuid) => [netuid, { bits: rootClaimRates[netuid] }]);
  }),
  RootClaimed: mapped(
    (view, [netuid, hotkey, coldkey]) =>
      view.state.economy.hotkeys[hotkey as Account]?.rootClaimed[netuid as number]?.[
        coldkey as Account
      ],
    function* (view) {
      for (const [hotkey, { rootClaimed }] of Object.entries(view.state.economy.hotkeys)) {
        for (const netuid of netuidsOf(rootClaimed)) {
          for (const coldkey of Object.keys(rootClaimed[netuid] ?? {})) {
            yield [netuid, hotkey, coldkey];
          }
        }
      }
    },
  ),
  RootClaimType: perColdkey(({ rootClaimType }) =>
    rootClaimType.kind === 'swap' ? undefined : claimTypeValue(rootClaimType),
  ),
  BasketShares: perHotkey(({ basket }) => basket?.shares),
  BasketRate: perHotkey(({ basket }) =>
    basket === undefined ? basket : { bits: basket.rateBits },
  ),
  BasketClaimed: mapped(
    (view, [hotkey, coldkey]) =>
      view.state.economy.hotkeys[hotkey as Account]?.basket?.claimed[coldkey as Account],
    function* (view) {
      for (const [hotkey, { basket }] of Object.entries(view.state.economy.hotkeys)) {
        for (const coldkey of Object.keys(basket?.claimed ?? {})) yield [hotkey, coldkey];
      }
    },
  ),
  BasketDepositedTao: perHotkey(({ basket }) => basket?.depositedRao),
  BasketRedeemedTao: perHotkey(({ basket }) => basket?.redeemedRao),
  RootStakeUnlockInterval: never,
  StakingColdkeys: mapped(
    (view, [coldkey]) => {
      const index = view.state.economy.rootClaimers.indexOf(coldkey as Account);
      return index < 0 ? undefined : BigInt(index);
    },
    (view) => view.state.economy.rootClaimers.map((coldkey) => [coldkey]),
  ),
  StakingColdkeysByIndex: mapped(
    (view, [index]) => view.state.economy.rootClaimers[Number(index as bigint)],
    (view) => view.state.economy.rootClaimers.map((_, index) => [BigInt(index)]),
  ),
};

export const coldkeyProviders: Providers = {
  AutoStakeDestination: accountThenNetuid(
    coldkeysOf,
    (coldkey) => coldkey.autoStake,
    (hotkey) => hotkey,
  ),
  AutoStakeDestinationColdkeys: mapped((view, [hotkey, netuid]) => {
    const coldkeys = Object.entries(view.state.economy.coldkeys)
      .filter(([, coldkey]) => coldkey.autoStake[netuid as number] === hotkey)
      .map(([account]) => account);
    return coldkeys.length === 0 ? undefined : coldkeys;
  }, autoStakeTargets),
  AccountFlags: perColdkey(({ acceptsLockedAlpha }) => (acceptsLockedAlpha ? 1n : undefined)),
  LastHotkeySwapOnNetuid: mapped(
    ({ state }, [netuid, coldkey]) => {
      const swaps = state.economy.coldkeys[coldkey as Account]?.hotkeySwappedOn;
      const block = swaps?.[netuid as number];
      return block === undefined ? undefined : BigInt(block);
    },
    ({ state }) =>
      Object.entries(state.economy.coldkeys).flatMap(([coldkey, { hotkeySwappedOn = {} }]) =>
        netuidsOf(hotkeySwappedOn).map((netuid) => [netuid, coldkey]),
      ),
  ),
  ColdkeySwapAnnouncements: mapped(
    ({ state }, [coldkey]) => {
      const entry = state.coldkeySwaps[coldkey as Account];
      return entry === undefined ? undefined : [entry.executableAt, entry.hash];
    },
    ({ state }) => Object.keys(state.coldkeySwaps).map((coldkey) => [coldkey]),
  ),
  ColdkeySwapDisputes: mapped(
    ({ state }, [coldkey]) => state.coldkeyDisputes[coldkey as Account],
    ({ state }) => Object.keys(state.coldkeyDisputes).map((coldkey) => [coldkey]),
  ),
};

/** RootClaimTypeEnum in the codecs' form. */
export function claimTypeValue(type: RootClaimType): Variant {
  if (type.kind === 'swap') return { type: 'Swap' };
  if (type.kind === 'keep') return { type: 'Keep' };
  return { type: 'KeepSubnets', value: { subnets: type.netuids } };
}

/** ChainIdentityV2 in the codecs' form. */
export function identityValue(identity: Identity): unknown {
  return Object.fromEntries(Object.entries(identity).map(([key, text]) => [key, textHex(text)]));
}

function* byNetuidOfHotkeys(
  view: View,
  items: (hotkey: Hotkey) => Readonly<Record<number, unknown>>,
): Iterable<Keys> {
  for (const [account, hotkey] of Object.entries(view.state.economy.hotkeys)) {
    for (const netuid of netuidsOf(items(hotkey))) yield [netuid, account];
  }
}

function autoStakeTargets(view: View): Iterable<Keys> {
  const found = new Map<string, Keys>();
  for (const { autoStake } of Object.values(view.state.economy.coldkeys)) {
    for (const netuid of netuidsOf(autoStake)) {
      const hotkey = autoStake[netuid] as Account;
      found.set(`${hotkey}/${netuid}`, [hotkey, netuid]);
    }
  }
  return found.values();
}
