/**
 * How the storage items are answered from the state: small builders, one per way the chain keys
 * its items. A provider never stores anything; the state is the truth.
 */
import {
  linksOn,
  mechanismsOf,
  NETUIDS_PER_MECHANISM,
  netuidIndex,
} from '../../economy/mechanisms.ts';
import type { Account, Coldkey, EconomyState, Hotkey } from '../../economy/state.ts';
import type { MechanismLinks, Neuron, Subnet } from '../../economy/subnet.ts';
import type { View } from '../state/view.ts';

export type Keys = readonly unknown[];

export type Provider = {
  /** The value under decoded keys, or undefined when there is none. */
  readonly read: (view: View, keys: Keys) => unknown;
  /** All keys with a value, in any order. */
  readonly list: (view: View) => Iterable<Keys>;
  /** The value's SCALE bytes where they are at hand already. */
  readonly bytes?: (view: View) => Uint8Array;
};

export type Providers = Readonly<Record<string, Provider>>;

/** An item that nothing ever writes on the dev chain: it reads as its default. */
export const never: Provider = { read: () => undefined, list: () => [] };

export function single(read: (view: View) => unknown): Provider {
  return { read: (view) => read(view), list: (view) => (read(view) === undefined ? [] : [[]]) };
}

export function economy(read: (state: EconomyState) => unknown): Provider {
  return single((view) => read(view.state.economy));
}

/** Any map: `entries` lists what `read` finds. */
export function mapped(
  read: (view: View, keys: Keys) => unknown,
  list: (view: View) => Iterable<Keys>,
): Provider {
  return { read, list };
}

export function perSubnet(read: (subnet: Subnet, view: View) => unknown): Provider {
  const find = (view: View, [netuid]: Keys): unknown => {
    const subnet = view.state.economy.subnets[netuid as number];
    return subnet === undefined ? undefined : read(subnet, view);
  };
  return filtered(find, (view) => view.state.economy.netuids.map((netuid) => [netuid]));
}

/** A vector over the neurons of a subnet, by uid. */
export function perNeurons(read: (neuron: Neuron) => unknown): Provider {
  return perSubnet((subnet) => subnet.neurons.map(read));
}

/** (netuid, uid). */
export function perNeuron(read: (neuron: Neuron) => unknown): Provider {
  return filtered(
    (view, [netuid, uid]) => {
      const neuron = view.state.economy.subnets[netuid as number]?.neurons[uid as number];
      return neuron === undefined ? undefined : read(neuron);
    },
    function* (view) {
      for (const netuid of view.state.economy.netuids) {
        const count = view.state.economy.subnets[netuid]?.neurons.length ?? 0;
        for (let uid = 0; uid < count; uid += 1) yield [netuid, uid];
      }
    },
  );
}

/** A vector over the neurons of a mechanism, by uid; the key is the netuid index. */
export function perMechanism(read: (links: MechanismLinks) => unknown): Provider {
  return mapped(
    (view, [index]) => {
      const at = mechanismAt(view, index as number);
      return at?.subnet.neurons.map((neuron) => read(linksOn(neuron, at.mechanism)));
    },
    (view) => mechanismIndices(view).map((index) => [index]),
  );
}

/** (netuid index, uid). */
export function perMechanismNeuron(read: (links: MechanismLinks) => unknown): Provider {
  return filtered(
    (view, [index, uid]) => {
      const at = mechanismAt(view, index as number);
      const neuron = at?.subnet.neurons[uid as number];
      return at === undefined || neuron === undefined
        ? undefined
        : read(linksOn(neuron, at.mechanism));
    },
    function* (view) {
      for (const index of mechanismIndices(view)) {
        const count = mechanismAt(view, index)?.subnet.neurons.length ?? 0;
        for (let uid = 0; uid < count; uid += 1) yield [index, uid];
      }
    },
  );
}

type MechanismAt = { readonly subnet: Subnet; readonly mechanism: number };

function mechanismAt({ state }: View, index: number): MechanismAt | undefined {
  const mechanism = Math.floor(index / NETUIDS_PER_MECHANISM);
  const subnet = state.economy.subnets[index % NETUIDS_PER_MECHANISM];
  const exists = subnet !== undefined && mechanism < mechanismsOf(subnet);
  return exists ? { subnet, mechanism } : undefined;
}

function mechanismIndices({ state: { economy: current } }: View): number[] {
  return current.netuids.flatMap((netuid) => {
    const count = mechanismsOf(current.subnets[netuid] ?? {});
    return Array.from({ length: count }, (_, mechanism) => netuidIndex(netuid, mechanism));
  });
}

export function perHotkey(read: (hotkey: Hotkey, view: View) => unknown): Provider {
  return filtered(
    (view, [account]) => {
      const hotkey = view.state.economy.hotkeys[account as Account];
      return hotkey === undefined ? undefined : read(hotkey, view);
    },
    (view) => Object.keys(view.state.economy.hotkeys).map((account) => [account]),
  );
}

export function perColdkey(read: (coldkey: Coldkey) => unknown): Provider {
  return filtered(
    (view, [account]) => {
      const coldkey = view.state.economy.coldkeys[account as Account];
      return coldkey === undefined ? undefined : read(coldkey);
    },
    (view) => Object.keys(view.state.economy.coldkeys).map((account) => [account]),
  );
}

/** (account, netuid) from a record by netuid inside a hotkey or coldkey. */
export function accountThenNetuid<Owner, Item>(
  owners: (state: EconomyState) => Readonly<Record<Account, Owner>>,
  items: (owner: Owner) => Readonly<Record<number, Item>>,
  value: (item: Item) => unknown,
): Provider {
  return filtered(
    (view, [account, netuid]) => {
      const owner = owners(view.state.economy)[account as Account];
      const item = owner === undefined ? undefined : items(owner)[netuid as number];
      return item === undefined ? undefined : value(item);
    },
    function* (view) {
      for (const [account, owner] of Object.entries(owners(view.state.economy))) {
        for (const netuid of netuidsOf(items(owner))) yield [account, netuid];
      }
    },
  );
}

/** (netuid, hotkey) from a record by hotkey inside a subnet. */
export function netuidThenHotkey<Item>(
  items: (subnet: Subnet) => Readonly<Record<Account, Item>>,
  value: (item: Item) => unknown,
): Provider {
  return filtered(
    (view, [netuid, hotkey]) => {
      const subnet = view.state.economy.subnets[netuid as number];
      const item = subnet === undefined ? undefined : items(subnet)[hotkey as Account];
      return item === undefined ? undefined : value(item);
    },
    function* (view) {
      for (const netuid of view.state.economy.netuids) {
        const subnet = view.state.economy.subnets[netuid] as Subnet;
        for (const hotkey of Object.keys(items(subnet))) yield [netuid, hotkey];
      }
    },
  );
}

export const hotkeysOf = (state: EconomyState): Readonly<Record<Account, Hotkey>> => state.hotkeys;
export const coldkeysOf = (state: EconomyState): Readonly<Record<Account, Coldkey>> =>
  state.coldkeys;

/** The netuids of a record; its keys are text in JavaScript. */
export function netuidsOf(record: Readonly<Record<number, unknown>>): number[] {
  return Object.keys(record).map((key) => Number.parseInt(key, 10));
}

function filtered(read: Provider['read'], list: Provider['list']): Provider {
  return {
    read,
    *list(view) {
      for (const keys of list(view)) if (read(view, keys) !== undefined) yield keys;
    },
  };
}
