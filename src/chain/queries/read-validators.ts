/**
 * The validators of one subnet with what tells them apart: stake, take, permit, trust, and what the
 * last epoch paid. Read from storage by name, in three rounds whatever their number.
 */

import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ObservedYield } from '../../domain/observed-yield.ts';
import type { BlockView } from '../types.ts';
import { readNames } from './read-delegates.ts';
import { readDividends } from './read-dividends.ts';
import { readHotkeyOwners } from './read-limits.ts';
import { readSeen } from './read-seen.ts';
import { asAddress, asCount, asList, asRao } from './shape.ts';

const PALLET = 'SubtensorModule';
const U64_MAX = 2n ** 64n - 1n;

export type ValidatorFacts = {
  readonly hotkey: string;
  readonly owner: string;
  /** Chain text; empty when the owner has set no identity. */
  readonly name: string;
  readonly takeU16: number;
  /** Stake on the subnet, all coldkeys together: rao of alpha, on root of TAO. */
  readonly stakeRao: bigint;
  /** The same on root, in rao of TAO. */
  readonly rootRao: bigint;
  /** What counts for its permit, in rao: stake and weighted root stake, without child keys. */
  readonly weightRao: bigint;
  /** Undefined: not registered on the subnet. */
  readonly uid: number | undefined;
  readonly hasPermit: boolean;
  /** Agreement of its weights with the consensus, in parts of 65,535; undefined without a uid or an epoch. */
  readonly trustU16: number | undefined;
  /** Block of its newest weights; undefined without a uid. */
  readonly lastUpdateBlock: number | undefined;
  /**
   * What the last epoch paid its stakers, after take, on what they held. On root: the payouts of
   * all subnets at spot prices.
   */
  readonly seen: ObservedYield;
};

export type ValidatorField = {
  readonly netuid: number;
  readonly maxValidators: number;
  /** All stake on the subnet of those listed. */
  readonly totalStakeRao: bigint;
  /** Most stake first. */
  readonly validators: readonly ValidatorFacts[];
};

/** Those with a permit or a payout there, and `also`; on root every delegate with root stake. */
export async function readValidatorField(
  view: BlockView,
  netuid: number,
  also: readonly string[] = [],
): Promise<ValidatorField> {
  const [seats, dividends, rootStakers, taoWeight, maxValidators] = await Promise.all([
    readSeats(view, netuid),
    readDividends(view),
    netuid === ROOT_NETUID ? readDelegateHotkeys(view) : [],
    view.read(PALLET, 'TaoWeight'),
    view.read(PALLET, 'MaxAllowedValidators', netuid),
  ]);
  const paid = dividends.pairs.filter((pair) => netuid === ROOT_NETUID || pair.netuid === netuid);
  const seated = [...seats.byHotkey].filter(([, seat]) => seat.hasPermit).map(([hotkey]) => hotkey);
  const hotkeys = [
    ...new Set([...seated, ...paid.map((pair) => pair.hotkey), ...rootStakers, ...also]),
  ].sort();
  const [owners, takes, stakes, roots, seenBy] = await Promise.all([
    readHotkeyOwners(view, hotkeys),
    view.readMany(
      PALLET,
      'Delegates',
      hotkeys.map((hotkey) => [hotkey]),
    ),
    readTotals(view, hotkeys, netuid),
    readTotals(view, hotkeys, ROOT_NETUID),
    readSeen(view, netuid, dividends, seats.tempo),
  ]);
  const names = await readNames(view, owners);
  const validators = hotkeys.flatMap((hotkey, index): readonly ValidatorFacts[] => {
    const owner = owners[index];
    const stakeRao = stakes[index] ?? 0n;
    const rootRao = roots[index] ?? 0n;
    if (owner === undefined) return [];
    if (netuid === ROOT_NETUID && stakeRao === 0n && !also.includes(hotkey)) return [];
    const seat = seats.byHotkey.get(hotkey);
    const alphaRao = netuid === ROOT_NETUID ? 0n : stakeRao;
    const facts: ValidatorFacts = {
      hotkey,
      owner,
      name: names.get(owner) ?? '',
      takeU16: asCount(takes[index]),
      stakeRao,
      rootRao,
      weightRao: alphaRao + (rootRao * asRao(taoWeight)) / U64_MAX,
      uid: seat?.uid,
      hasPermit: seat?.hasPermit ?? false,
      trustU16: seat?.trustU16,
      lastUpdateBlock: seat?.lastUpdateBlock,
      seen: seenBy(hotkey, stakeRao),
    };
    return [facts];
  });
  return {
    netuid,
    maxValidators: asCount(maxValidators),
    totalStakeRao: validators.reduce((sum, { stakeRao }) => sum + stakeRao, 0n),
    validators: validators.sort(byStake),
  };
}

function byStake(a: ValidatorFacts, b: ValidatorFacts): number {
  if (a.stakeRao !== b.stakeRao) return a.stakeRao > b.stakeRao ? -1 : 1;
  return a.hotkey < b.hotkey ? -1 : 1;
}

type Seat = {
  readonly uid: number;
  readonly hasPermit: boolean;
  readonly trustU16: number | undefined;
  readonly lastUpdateBlock: number;
};

async function readSeats(
  view: BlockView,
  netuid: number,
): Promise<{ readonly byHotkey: ReadonlyMap<string, Seat>; readonly tempo: number }> {
  const [keys, permits, trusts, updates, tempo] = await Promise.all([
    view.entries(PALLET, 'Keys', netuid),
    view.read(PALLET, 'ValidatorPermit', netuid),
    view.read(PALLET, 'ValidatorTrust', netuid),
    view.read(PALLET, 'LastUpdate', netuid),
    view.read(PALLET, 'Tempo', netuid),
  ]);
  const [permitOf, trustOf, updateOf] = [asList(permits), asList(trusts), asList(updates)];
  // Before a subnet's first epoch nobody's trust was measured, which is not a trust of nothing.
  const isMeasured = trustOf.some((trust) => asCount(trust) > 0);
  const byHotkey = new Map<string, Seat>();
  for (const entry of keys) {
    const uid = asCount(entry.keys[1]);
    byHotkey.set(asAddress(entry.value), {
      uid,
      hasPermit: permitOf[uid] === true,
      trustU16: isMeasured ? asCount(trustOf[uid] ?? 0) : undefined,
      lastUpdateBlock: asCount(updateOf[uid] ?? 0),
    });
  }
  return { byHotkey, tempo: asCount(tempo) };
}

async function readDelegateHotkeys(view: BlockView): Promise<readonly string[]> {
  const entries = await view.entries(PALLET, 'Delegates');
  return entries.map((entry) => asAddress(entry.keys[0]));
}

async function readTotals(
  view: BlockView,
  hotkeys: readonly string[],
  netuid: number,
): Promise<readonly bigint[]> {
  const pairs = hotkeys.map((hotkey) => [hotkey, netuid] as const);
  return (await view.readMany(PALLET, 'TotalHotkeyAlpha', pairs)).map(asRao);
}
