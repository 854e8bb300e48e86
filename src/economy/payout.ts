/**
 * The end of a tempo: owner cut, incentives, dividends and root dividends, in the chain's order.
 */
import { depositIntoBasket } from './baskets.ts';
import { recycleAlpha } from './coinbase.ts';
import { type DividendShare, distributeDividends, splitChildkey, splitTake } from './dividends.ts';
import type { EpochEmission } from './epoch-call.ts';
import { div32, u64Fraction32 } from './fixed.ts';
import { lockStake } from './lock-stake.ts';
import { currentLock } from './locks.ts';
import { subtensorEvent } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { accrueRootDividend } from './root-dividends.ts';
import { creditPool } from './share-pool.ts';
import { hotkeyStake, increaseStake, poolFor } from './stake-ledger.ts';
import type { Account, EconomyEvent, EconomyState } from './state.ts';
import type { Pendings, Subnet } from './subnet.ts';

export type Tempo = {
  readonly subnet: Subnet;
  /** What the subnet had pending; already zeroed there. Rao of alpha. */
  readonly drained: Pendings;
  readonly emissions: readonly EpochEmission[];
};

/** Pays out one tempo. What nobody can get stays outstanding and unassigned. */
export function payTempo(state: EconomyState, events: EconomyEvent[], tempo: Tempo): void {
  const { subnet, drained, emissions } = tempo;
  let incentiveSum = 0n;
  for (const emission of emissions) incentiveSum += emission.incentive;
  const { dividends, recycled } = collectDividends(state, subnet, emissions);
  const shares = distributeDividends({
    // Chain rule: without any incentive, validators share the miners' part too.
    pendingValidator: incentiveSum > 0n ? drained.validator : drained.validator + drained.server,
    pendingRoot: drained.root,
    taoWeight32: u64Fraction32(state.parameters.taoWeight),
    hotkeys: sortedKeys(dividends).map((hotkey) => ({
      hotkey,
      dividend: dividends.get(hotkey) as bigint,
      stake: ownStake(state, hotkey, subnet.netuid),
      earnsRoot: earnsRootDividends(state, hotkey),
    })),
  });
  let paid = recycled + payOwner(state, events, subnet, drained.ownerCut);
  paid += payIncentives(state, events, subnet, sumByHotkey(emissions));
  subnet.alphaDividends = {};
  for (const share of shares) paid += payAlphaDividend(state, subnet, share);
  subnet.rootAlphaDividends = {};
  for (const share of shares) paid += payRootDividend(state, subnet, share);
  const total = drained.server + drained.validator + drained.root + drained.ownerCut;
  subnet.unassignedAlpha += total - paid;
}

/** Chain rule: from spec 441 on, only hotkeys registered on root earn root dividends. */
function earnsRootDividends(state: EconomyState, hotkey: Account): boolean {
  if (state.parameters.rootRules === 'claims') return true;
  return state.subnets[ROOT]?.neurons.some((neuron) => neuron.hotkey === hotkey) === true;
}

function sumByHotkey(emissions: readonly EpochEmission[]): Map<Account, bigint> {
  const sums = new Map<Account, bigint>();
  for (const { hotkey, incentive } of emissions) {
    sums.set(hotkey, (sums.get(hotkey) ?? 0n) + incentive);
  }
  return sums;
}

function sortedKeys(map: ReadonlyMap<Account, bigint>): Account[] {
  return [...map.keys()].sort((a, b) => (a < b ? -1 : 1));
}

function ownStake(
  state: EconomyState,
  hotkey: Account,
  netuid: number,
): { alpha: bigint; root: bigint } {
  return { alpha: hotkeyStake(state, hotkey, netuid), root: hotkeyStake(state, hotkey, ROOT) };
}

/** Dividends per hotkey after parents and children shared them; recycles what childkeys burn. */
function collectDividends(
  state: EconomyState,
  subnet: Subnet,
  emissions: readonly EpochEmission[],
): { dividends: Map<Account, bigint>; recycled: bigint } {
  const sums = new Map<Account, bigint>();
  let recycled = 0n;
  const { netuid } = subnet;
  for (const { hotkey, dividend } of emissions) {
    if (dividend === 0n) continue;
    const record = state.hotkeys[hotkey];
    const parents = record?.parents[netuid] ?? [];
    const split = splitChildkey({
      dividend,
      taoWeight32: u64Fraction32(state.parameters.taoWeight),
      childkeyBurn: state.parameters.childkeyBurn,
      hotkey,
      owner: record?.owner ?? '',
      takeU16: record?.childkeyTakes[netuid] ?? 0,
      stake: ownStake(state, hotkey, netuid),
      childProportions: (record?.children[netuid] ?? []).map((child) => child.proportion),
      parents: parents.map((parent) => ({
        hotkey: parent.hotkey,
        owner: state.hotkeys[parent.hotkey]?.owner ?? '',
        proportion: parent.proportion,
        stake: ownStake(state, parent.hotkey, netuid),
      })),
    });
    recycled += split.recycled;
    for (const [target, rao] of split.dividends) sums.set(target, (sums.get(target) ?? 0n) + rao);
  }
  recycleAlpha(subnet, recycled);
  return { dividends: sums, recycled };
}

/** Each payment function gives back what it really booked, in rao. */
function payOwner(
  state: EconomyState,
  events: EconomyEvent[],
  subnet: Subnet,
  cut: bigint,
): bigint {
  const { netuid, owner: coldkey } = subnet;
  if (!increaseStake(state, { hotkey: subnet.ownerHotkey, coldkey, netuid }, cut)) return 0n;
  if (subnet.ownerCutAutoLock) {
    const hotkey = currentLock(state, coldkey, netuid)?.hotkey ?? subnet.ownerHotkey;
    // A rounded-down share may not cover the cut; then nothing is locked this time.
    const locked = lockStake(state, { coldkey, hotkey, netuid, amountRao: cut });
    if (locked.ok) events.push(...locked.events);
  }
  return cut;
}

function payIncentives(
  state: EconomyState,
  events: EconomyEvent[],
  subnet: Subnet,
  incentives: ReadonlyMap<Account, bigint>,
): bigint {
  let total = 0n;
  let withheld = 0n;
  let paid = 0n;
  for (const hotkey of sortedKeys(incentives)) {
    const incentive = incentives.get(hotkey) as bigint;
    if (incentive === 0n) continue;
    total += incentive;
    const owner = state.hotkeys[hotkey]?.owner;
    if (hotkey === subnet.ownerHotkey || (owner !== undefined && owner === subnet.owner)) {
      withheld += incentive;
      if (subnet.recycleOrBurn === 'recycle') recycleAlpha(subnet, incentive);
      else subnet.alphaBurned += incentive;
    } else if (owner !== undefined) {
      paid += payMiner(state, events, subnet, { hotkey, owner, incentive });
    }
  }
  subnet.minerBurnedBits = div32(withheld, total);
  return paid + withheld;
}

type MinerPay = { readonly hotkey: Account; readonly owner: Account; readonly incentive: bigint };

function payMiner(
  state: EconomyState,
  events: EconomyEvent[],
  subnet: Subnet,
  pay: MinerPay,
): bigint {
  const { hotkey, owner, incentive } = pay;
  const { netuid } = subnet;
  const destination = state.coldkeys[owner]?.autoStake[netuid];
  if (destination !== undefined) {
    const fields = { netuid, destination, hotkey, owner, incentive };
    events.push(subtensorEvent('AutoStakeAdded', fields));
  }
  const at = { hotkey: destination ?? hotkey, coldkey: owner, netuid };
  return increaseStake(state, at, incentive) ? incentive : 0n;
}

/** The take goes first, so it already shares in the rest of the same tempo. */
function payAlphaDividend(state: EconomyState, subnet: Subnet, share: DividendShare): bigint {
  const record = state.hotkeys[share.hotkey];
  if (record === undefined) return 0n;
  const { netuid } = subnet;
  const split = splitTake(share.alpha32, record.take ?? state.parameters.defaultDelegateTake);
  const at = { hotkey: share.hotkey, coldkey: record.owner, netuid };
  let paid = increaseStake(state, at, split.take) ? split.take : 0n;
  const pool = poolFor(record, netuid);
  if (split.rest > 0n) {
    if (pool.denominator.mantissa === 0n) increaseStake(state, at, split.rest);
    else creditPool(pool, split.rest);
    subnet.alphaDividends[share.hotkey] = split.rest;
    paid += split.rest;
  }
  record.alphaLastEpoch[netuid] = pool.value;
  return paid;
}

function payRootDividend(state: EconomyState, subnet: Subnet, share: DividendShare): bigint {
  const record = state.hotkeys[share.hotkey];
  if (record === undefined) return 0n;
  const split = splitTake(share.root32, record.take ?? state.parameters.defaultDelegateTake);
  const at = { hotkey: share.hotkey, coldkey: record.owner, netuid: subnet.netuid };
  const paid = increaseStake(state, at, split.take) ? split.take : 0n;
  if (split.rest === 0n) return paid;
  subnet.rootAlphaDividends[share.hotkey] = split.rest;
  if (state.parameters.rootRules === 'baskets') {
    return paid + depositIntoBasket(state, subnet, share.hotkey, split.rest);
  }
  const credit = accrueRootDividend(state, subnet, share.hotkey, split.rest);
  return paid + credit.accrued + credit.paidToOwner;
}
