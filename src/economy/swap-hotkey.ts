/**
 * A hotkey's place passing to another of the same owner, on one subnet or everywhere: its seat, its
 * links to children and parents, and, unless it is to be kept, everybody's stake with it.
 */
import { canSpend, recycleTao } from './accounts.ts';
import { failure, subtensorEvent, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { creditPool, depositShare, shareValue } from './share-pool.ts';
import { poolFor } from './stake-ledger.ts';
import {
  type Account,
  type ChildLink,
  type EconomyState,
  ensureColdkey,
  ensureHotkey,
  type Hotkey,
  type Outcome,
} from './state.ts';
import type { Subnet } from './subnet.ts';

export type SwapHotkey = {
  readonly coldkey: Account;
  readonly from: Account;
  readonly to: Account;
  /** Undefined: on all subnets. */
  readonly netuid: number | undefined;
  /** Leaves everybody's stake, with its root dividends, where it is. */
  readonly keepStake: boolean;
};

/** What a swap everywhere costs, and one on a subnet; rao, recycled. */
const COST_RAO = 100_000_000n;
const SUBNET_COST_RAO = 1_000_000n;
/** Blocks between two swaps of a coldkey, and between two on the same subnet. */
const RATE_LIMIT_BLOCKS = 1_000;
const SUBNET_INTERVAL_BLOCKS = 7_200;

/** All or nothing; nobody but the owner of `from` may do it. */
export function swapHotkey(state: EconomyState, call: SwapHotkey): Outcome {
  const { coldkey, from, to, netuid } = call;
  const refusal = refusalOf(state, call);
  if (refusal !== undefined) return failure(refusal);
  recycleTao(state, coldkey, costOf(call));
  const owner = ensureColdkey(state, coldkey);
  owner.hotkeySwappedAt = state.block;
  ensureHotkey(state, to, coldkey);
  const names = { old_hotkey: from, new_hotkey: to };
  if (netuid !== undefined) {
    owner.hotkeySwappedOn = { ...owner.hotkeySwappedOn, [netuid]: state.block };
    passSubnet(state, call, netuid);
    return success([subtensorEvent('HotkeySwappedOnSubnet', { coldkey, ...names, netuid })], {});
  }
  for (const each of state.netuids) passSubnet(state, call, each);
  passName(state, call);
  return success([subtensorEvent('HotkeySwapped', { coldkey, ...names })], {});
}

function costOf({ netuid }: SwapHotkey): bigint {
  return netuid === undefined ? COST_RAO : SUBNET_COST_RAO;
}

function refusalOf(state: EconomyState, call: SwapHotkey): string | undefined {
  const { coldkey, from, to, netuid } = call;
  if (from === to) return 'NewHotKeyIsSameWithOld';
  const known = state.hotkeys[to];
  if (state.hotkeys[from]?.owner !== coldkey) return 'NonAssociatedColdKey';
  if (known !== undefined && known.owner !== coldkey) return 'NonAssociatedColdKey';
  if (netuid !== undefined && state.subnets[netuid] === undefined) return 'SubnetNotExists';
  const netuids = netuid === undefined ? state.netuids : [netuid];
  const hasSeat = (each: number): boolean =>
    (state.subnets[each] as Subnet).neurons.some(({ hotkey }) => hotkey === to);
  if (netuids.some(hasSeat)) return 'HotKeyAlreadyRegisteredInSubNet';
  if (!canSpend(state, coldkey, costOf(call))) return 'NotEnoughBalanceToPaySwapHotKey';
  const { hotkeySwappedAt, hotkeySwappedOn } = state.coldkeys[coldkey] ?? {};
  const lastHere = netuid === undefined ? undefined : hotkeySwappedOn?.[netuid];
  if (lastHere !== undefined && state.block <= lastHere + SUBNET_INTERVAL_BLOCKS) {
    return 'HotKeySwapOnSubnetIntervalNotPassed';
  }
  if (hotkeySwappedAt !== undefined && state.block <= hotkeySwappedAt + RATE_LIMIT_BLOCKS) {
    return 'HotKeySetTxRateLimitExceeded';
  }
  const isClean = known === undefined || !hasRootState(known);
  return netuids.includes(ROOT) && !isClean ? 'NewHotKeyNotCleanForRootSwap' : undefined;
}

function hasRootState({ pools, rootClaimRates, rootClaimed, basket }: Hotkey): boolean {
  if ((pools[ROOT]?.value ?? 0n) > 0n || basket !== undefined) return true;
  return [rootClaimRates, rootClaimed].some((record) => Object.keys(record).length > 0);
}

function passSubnet(state: EconomyState, call: SwapHotkey, netuid: number): void {
  const { from, to, keepStake } = call;
  const subnet = state.subnets[netuid] as Subnet;
  const renamed = (hotkey: Account): Account => (hotkey === from ? to : hotkey);
  for (const neuron of subnet.neurons) neuron.hotkey = renamed(neuron.hotkey);
  subnet.ownerHotkey = renamed(subnet.ownerHotkey);
  subnet.pendingParents = subnet.pendingParents.map(renamed);
  passEntry(subnet.alphaDividends, call);
  passEntry(subnet.rootAlphaDividends, call);
  passLinks(state, netuid, renamed);
  const [old, next] = [state.hotkeys[from] as Hotkey, state.hotkeys[to] as Hotkey];
  passField(old.children, next.children, netuid);
  passField(old.parents, next.parents, netuid);
  passField(old.pendingChildren, next.pendingChildren, netuid);
  passField(old.childrenSetAt, next.childrenSetAt, netuid);
  passField(old.childkeyTakes, next.childkeyTakes, netuid);
  passField(old.childkeyTakeChangedAt, next.childkeyTakeChangedAt, netuid);
  for (const coldkey of Object.values(state.coldkeys)) {
    if (coldkey.autoStake[netuid] === from) coldkey.autoStake[netuid] = to;
    const lock = coldkey.locks[netuid];
    if (!keepStake && lock?.hotkey === from) lock.hotkey = to;
  }
  if (!keepStake) passStake(state, call, netuid);
}

function passField<T>(old: Record<number, T>, next: Record<number, T>, key: number): void {
  const value = old[key];
  if (value === undefined) return;
  next[key] = value;
  delete old[key];
}

function passEntry(record: Record<Account, bigint>, { from, to }: SwapHotkey): void {
  const value = record[from];
  if (value === undefined) return;
  record[to] = (record[to] ?? 0n) + value;
  delete record[from];
}

/** Whoever named it as a child or a parent names the new one. */
function passLinks(
  state: EconomyState,
  netuid: number,
  renamed: (hotkey: Account) => Account,
): void {
  const rename = (links: readonly ChildLink[]): ChildLink[] =>
    links.map((link) => ({ ...link, hotkey: renamed(link.hotkey) }));
  for (const { children, parents, pendingChildren } of Object.values(state.hotkeys)) {
    for (const record of [children, parents]) {
      const links = record[netuid];
      if (links !== undefined) record[netuid] = rename(links);
    }
    const pending = pendingChildren[netuid];
    if (pending !== undefined) pending.children = rename(pending.children);
  }
}

/** A pool that finds none at its new place goes as it is: no share changes by rounding. */
function passStake(state: EconomyState, { from, to }: SwapHotkey, netuid: number): void {
  const [old, next] = [state.hotkeys[from] as Hotkey, state.hotkeys[to] as Hotkey];
  if (netuid === ROOT) passRootDividends(old, next);
  passField(old.alphaLastEpoch, next.alphaLastEpoch, netuid);
  const pool = old.pools[netuid];
  if (pool === undefined) return;
  for (const coldkey of Object.keys(pool.shares)) {
    const { stakingHotkeys } = ensureColdkey(state, coldkey);
    if (!stakingHotkeys.includes(to)) stakingHotkeys.push(to);
  }
  delete old.pools[netuid];
  const target = poolFor(next, netuid);
  if (target.denominator.mantissa === 0n) {
    pool.value += target.value;
    next.pools[netuid] = pool;
    return;
  }
  let left = pool.value;
  for (const coldkey of Object.keys(pool.shares)) {
    const alphaRao = shareValue(pool, coldkey);
    if (depositShare(target, coldkey, alphaRao)) left -= alphaRao;
  }
  creditPool(target, left);
}

/** The new hotkey has none of its own: that was checked. */
function passRootDividends(old: Hotkey, next: Hotkey): void {
  [next.rootClaimRates, next.rootClaimed] = [old.rootClaimRates, old.rootClaimed];
  [old.rootClaimRates, old.rootClaimed] = [{}, {}];
  if (old.basket === undefined) return;
  next.basket = old.basket;
  delete old.basket;
}

/** The old hotkey ends with its last subnet, unless stake was kept on it. */
function passName(state: EconomyState, { coldkey, from, to, keepStake }: SwapHotkey): void {
  const [old, next] = [state.hotkeys[from] as Hotkey, state.hotkeys[to] as Hotkey];
  next.autoParentDelegation = old.autoParentDelegation;
  if (old.take !== undefined) next.take = old.take;
  if (old.takeChangedAt !== undefined) next.takeChangedAt = old.takeChangedAt;
  if (keepStake) return;
  delete state.hotkeys[from];
  const without = (hotkeys: readonly Account[]): Account[] => hotkeys.filter((one) => one !== from);
  for (const each of Object.values(state.coldkeys)) {
    each.stakingHotkeys = without(each.stakingHotkeys);
  }
  const owner = ensureColdkey(state, coldkey);
  owner.ownedHotkeys = without(owner.ownedHotkeys);
}
