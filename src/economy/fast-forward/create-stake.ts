/** A subnet's stake as places and slots of a projection: every deposit of a payout, known before. */
import { toDouble } from '../fixed.ts';
import { ROOT } from '../parameters.ts';
import { hotkeyStake } from '../stake-ledger.ts';
import type { Account, EconomyState, Hotkey } from '../state.ts';
import type { Neuron, Subnet } from '../subnet.ts';
import type { Family, StakeEstimate } from './projection-types.ts';

const U16_ONE = 65_535;
const U64_ONE = 2 ** 64;
const WITHHELD = -1;
const NOBODYS = -2;

/** Root stake by hotkey over all subnets, filled as hotkeys get places. */
export type RootIndex = {
  readonly byHotkey: Map<Account, number>;
  readonly hotkeys: Account[];
  readonly stakes: number[];
};

type Slots = {
  readonly byKey: Map<string, number>;
  readonly coldkeys: Account[];
  readonly places: number[];
};

type Builder = {
  readonly state: EconomyState;
  readonly subnet: Subnet;
  readonly places: ReadonlyMap<Account, number>;
  readonly slots: Slots;
};

export function createStake(
  state: EconomyState,
  subnet: Subnet,
  { roots, watched }: { readonly roots: RootIndex; readonly watched: readonly Account[] },
): StakeEstimate {
  const hotkeys = [...hotkeysOf(state, subnet, watched)];
  const places = new Map(hotkeys.map((hotkey, place) => [hotkey, place]));
  const slots: Slots = { byKey: new Map(), coldkeys: [], places: [] };
  const builder: Builder = { state, subnet, places, slots };
  const values = hotkeys.map((hotkey) => toDouble(hotkeyStake(state, hotkey, subnet.netuid), 0));
  const record = (hotkey: Account): Hotkey | undefined => state.hotkeys[hotkey];
  const { defaultDelegateTake, rootRules, basketEscrow } = state.parameters;
  const members = new Set(state.subnets[ROOT]?.neurons.map(({ hotkey }) => hotkey));
  const holdsBaskets = rootRules === 'baskets';
  const ownerSlot = hotkeys.map((hotkey) => slotAt(builder, hotkey, record(hotkey)?.owner));
  const fundSlot = hotkeys.map((hotkey) =>
    holdsBaskets ? slotAt(builder, hotkey, basketEscrow) : -1,
  );
  const incentiveSlot = subnet.neurons.map((neuron) => incentiveSlotOf(builder, neuron));
  const cutSlot = record(subnet.ownerHotkey)
    ? slotAt(builder, subnet.ownerHotkey, subnet.owner)
    : -1;
  return {
    hotkeys,
    rootAt: Int32Array.from(hotkeys, (hotkey) => rootPlace(state, roots, hotkey)),
    value: Float64Array.from(values),
    shares: Float64Array.from(values),
    take: Float64Array.from(
      hotkeys,
      (hotkey) => (record(hotkey)?.take ?? defaultDelegateTake) / U16_ONE,
    ),
    ownerSlot: Int32Array.from(ownerSlot),
    fundSlot: Int32Array.from(fundSlot),
    earnsRoot: Uint8Array.from(hotkeys, (one) => (!holdsBaskets || members.has(one) ? 1 : 0)),
    rate: Float64Array.from(hotkeys, (hotkey) =>
      toDouble(record(hotkey)?.rootClaimRates[subnet.netuid] ?? 0n, 32),
    ),
    slotColdkey: slots.coldkeys,
    slotPlace: Int32Array.from(slots.places),
    slotShares: new Float64Array(slots.places.length),
    uidPlace: Int32Array.from(subnet.neurons, ({ hotkey }) => places.get(hotkey) as number),
    incentiveSlot: Int32Array.from(incentiveSlot),
    families: subnet.neurons.map((neuron) => familyOf(builder, neuron)),
    cutSlot,
  };
}

/** Everyone who has a uid, lends stake to one, or may be paid. */
function hotkeysOf(
  state: EconomyState,
  subnet: Subnet,
  watched: readonly Account[],
): ReadonlySet<Account> {
  const { netuid, neurons, ownerHotkey } = subnet;
  const found = new Set<Account>(neurons.map(({ hotkey }) => hotkey));
  for (const { hotkey } of neurons) {
    const record = state.hotkeys[hotkey];
    for (const parent of record?.parents[netuid] ?? []) found.add(parent.hotkey);
    const destination = state.coldkeys[record?.owner ?? '']?.autoStake[netuid];
    if (destination !== undefined) found.add(destination);
  }
  if (state.hotkeys[ownerHotkey] !== undefined) found.add(ownerHotkey);
  for (const hotkey of watched) found.add(hotkey);
  return found;
}

function rootPlace(state: EconomyState, roots: RootIndex, hotkey: Account): number {
  const known = roots.byHotkey.get(hotkey);
  if (known !== undefined) return known;
  roots.byHotkey.set(hotkey, roots.hotkeys.length);
  roots.hotkeys.push(hotkey);
  roots.stakes.push(toDouble(hotkeyStake(state, hotkey, ROOT), 0));
  return roots.hotkeys.length - 1;
}

/** The slot of a coldkey on a hotkey that has a place; -1 without the coldkey. */
function slotAt({ places, slots }: Builder, hotkey: Account, coldkey: Account | undefined): number {
  const place = places.get(hotkey);
  if (place === undefined || coldkey === undefined) return -1;
  const key = `${place} ${coldkey}`;
  const known = slots.byKey.get(key);
  if (known !== undefined) return known;
  slots.byKey.set(key, slots.places.length);
  slots.coldkeys.push(coldkey);
  slots.places.push(place);
  return slots.places.length - 1;
}

function incentiveSlotOf(builder: Builder, { hotkey }: Neuron): number {
  const { state, subnet } = builder;
  const owner = state.hotkeys[hotkey]?.owner;
  if (hotkey === subnet.ownerHotkey || (owner !== undefined && owner === subnet.owner)) {
    return WITHHELD;
  }
  if (owner === undefined) return NOBODYS;
  const destination = state.coldkeys[owner]?.autoStake[subnet.netuid] ?? hotkey;
  if (state.hotkeys[destination] === undefined) return NOBODYS;
  return slotAt(builder, destination, owner);
}

function familyOf({ state, subnet, places }: Builder, { hotkey }: Neuron): Family | undefined {
  const { netuid } = subnet;
  const record = state.hotkeys[hotkey];
  const children = record?.children[netuid] ?? [];
  const parents = record?.parents[netuid] ?? [];
  if (record === undefined || children.length + parents.length === 0) return undefined;
  let lent = 0;
  for (const child of children) lent += toDouble(child.proportion, 0) / U64_ONE;
  return {
    keptPart: Math.max(0, 1 - lent),
    childkeyTake: (record.childkeyTakes[netuid] ?? 0) / U16_ONE,
    parents: parents.map((parent) => ({
      place: places.get(parent.hotkey) as number,
      proportion: toDouble(parent.proportion, 0) / U64_ONE,
      sameOwner: state.hotkeys[parent.hotkey]?.owner === record.owner,
    })),
  };
}
