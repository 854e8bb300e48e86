/**
 * Delegates from storage: the runtime's own list of all of them carries every nominator and weighs
 * megabytes, so it is never asked for. Counting nominators is left to `readDelegate`.
 */
import type { DelegateFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { readHotkeyOwners } from './read-limits.ts';
import { readNetuids } from './read-prices.ts';
import { address, asAddress, asCount, asList, asRao, count, fieldOf, text } from './shape.ts';

const PALLET = 'SubtensorModule';
/** Up to this many (delegate, subnet) pairs are asked for by key; above it the map is walked. */
const MAX_PAIRS_BY_KEY = 5_000;

export type DelegateScope = {
  /** Subnets whose stakes and registrations are wanted; all when left out, which is heavier. */
  readonly netuids?: readonly number[];
};

/** Every delegate, by hotkey. `nominators` is undefined here. */
export async function readDelegates(
  view: BlockView,
  scope: DelegateScope = {},
): Promise<readonly DelegateFacts[]> {
  const [entries, netuids] = await Promise.all([
    view.entries(PALLET, 'Delegates'),
    scope.netuids ?? readNetuids(view),
  ]);
  const takes = new Map(entries.map((entry) => [asAddress(entry.keys[0]), asCount(entry.value)]));
  const hotkeys = [...takes.keys()].sort();
  const [owners, stakes, seats] = await Promise.all([
    readHotkeyOwners(view, hotkeys),
    readHotkeyStakes(view, hotkeys, netuids),
    readSeats(view, netuids),
  ]);
  const names = await readNames(view, owners);
  return hotkeys.flatMap((hotkey, index) => {
    const owner = owners[index];
    // Chain rule: a hotkey without owner does not exist, and nobody can stake on it.
    if (owner === undefined) return [];
    const seat = seats.get(hotkey);
    const facts: DelegateFacts = {
      hotkey,
      owner,
      name: names.get(owner) ?? '',
      takeU16: takes.get(hotkey) ?? 0,
      nominators: undefined,
      registrations: seat?.registrations ?? [],
      validatorPermits: seat?.validatorPermits ?? [],
      stakeRaoByNetuid: stakes.get(hotkey) ?? new Map(),
    };
    return [facts];
  });
}

/** One delegate with its nominators counted; undefined when the hotkey is none. */
export async function readDelegate(
  view: BlockView,
  hotkey: string,
): Promise<DelegateFacts | undefined> {
  const [row, entries] = await Promise.all([
    view.callApi('DelegateInfoRuntimeApi', 'get_delegate', hotkey),
    view.entries(PALLET, 'TotalHotkeyAlpha', hotkey),
  ]);
  if (row === undefined) return undefined;
  const owner = address(row, 'owner_ss58');
  const names = await readNames(view, [owner]);
  return {
    hotkey,
    owner,
    name: names.get(owner) ?? '',
    takeU16: count(row, 'take'),
    nominators: asList(fieldOf(row, 'nominators')).length,
    registrations: asList(fieldOf(row, 'registrations')).map(asCount),
    validatorPermits: asList(fieldOf(row, 'validator_permits')).map(asCount),
    stakeRaoByNetuid: new Map(
      entries.map((entry) => [asCount(entry.keys[1]), asRao(entry.value)] as const).filter(isSome),
    ),
  };
}

/** The names coldkeys gave themselves, by address; those without one are left out. */
export async function readNames(
  view: BlockView,
  coldkeys: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(coldkeys)].filter((coldkey) => coldkey !== undefined);
  if (!view.runtime.has.storage(PALLET, 'IdentitiesV2')) return new Map();
  const identities = await view.readMany(
    PALLET,
    'IdentitiesV2',
    wanted.map((coldkey) => [coldkey]),
  );
  const names = new Map<string, string>();
  wanted.forEach((coldkey, index) => {
    const identity = identities[index];
    const name = identity === undefined ? '' : text(identity, 'name');
    if (name !== '') names.set(coldkey, name);
  });
  return names;
}

type Stakes = Map<string, Map<number, bigint>>;

/** Stake of hotkeys per netuid, all coldkeys together; zeros are left out. */
async function readHotkeyStakes(
  view: BlockView,
  hotkeys: readonly string[],
  netuids: readonly number[],
): Promise<Stakes> {
  const wanted: Stakes = new Map(hotkeys.map((hotkey) => [hotkey, new Map()]));
  const add = (hotkey: string, netuid: number, value: unknown): void => {
    const stakeRao = asRao(value);
    if (stakeRao > 0n) wanted.get(hotkey)?.set(netuid, stakeRao);
  };
  if (hotkeys.length * netuids.length <= MAX_PAIRS_BY_KEY) {
    const pairs = hotkeys.flatMap((hotkey) => netuids.map((netuid) => [hotkey, netuid] as const));
    const values = await view.readMany(PALLET, 'TotalHotkeyAlpha', pairs);
    pairs.forEach(([hotkey, netuid], index) => {
      add(hotkey, netuid, values[index]);
    });
    return wanted;
  }
  const entries = await view.entries(PALLET, 'TotalHotkeyAlpha');
  for (const { keys, value } of entries) {
    const netuid = asCount(keys[1]);
    if (netuids.includes(netuid)) add(asAddress(keys[0]), netuid, value);
  }
  return wanted;
}

type Seat = { readonly registrations: number[]; readonly validatorPermits: number[] };

/** Where hotkeys are registered, and where they may validate. */
async function readSeats(
  view: BlockView,
  netuids: readonly number[],
): Promise<ReadonlyMap<string, Seat>> {
  const [permits, ...members] = await Promise.all([
    view.readMany(
      PALLET,
      'ValidatorPermit',
      netuids.map((netuid) => [netuid]),
    ),
    ...netuids.map((netuid) => view.entries(PALLET, 'Keys', netuid)),
  ]);
  const seats = new Map<string, Seat>();
  netuids.forEach((netuid, index) => {
    const allowed = asList(permits[index]);
    for (const { keys, value } of members[index] ?? []) {
      const hotkey = asAddress(value);
      const seat = seats.get(hotkey) ?? { registrations: [], validatorPermits: [] };
      seats.set(hotkey, seat);
      seat.registrations.push(netuid);
      if (allowed[asCount(keys[1])] === true) seat.validatorPermits.push(netuid);
    }
  });
  return seats;
}

function isSome([, stakeRao]: readonly [number, bigint]): boolean {
  return stakeRao > 0n;
}
