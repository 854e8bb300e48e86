/** Child hotkeys: applying scheduled lists and keeping both directions of the links. */
import { subtensorEvent } from './outcome.ts';
import type {
  Account,
  ChildLink,
  EconomyEvent,
  EconomyState,
  EventValue,
  PendingChildren,
} from './state.ts';

/** Schedules a list of children for a hotkey, in place of one that waits already. */
export function scheduleChildren(
  state: EconomyState,
  parent: Account,
  netuid: number,
  pending: PendingChildren,
): void {
  const record = state.hotkeys[parent];
  const subnet = state.subnets[netuid];
  if (record === undefined || subnet === undefined) return;
  record.pendingChildren[netuid] = pending;
  if (!subnet.pendingParents.includes(parent)) subnet.pendingParents.push(parent);
}

/** Applies every scheduled list of a subnet whose waiting time is over, in key order. */
export function applyPendingChildren(
  state: EconomyState,
  events: EconomyEvent[],
  netuid: number,
): void {
  const subnet = state.subnets[netuid];
  if (subnet === undefined || subnet.pendingParents.length === 0) return;
  const waiting: Account[] = [];
  for (const hotkey of subnet.pendingParents.sort()) {
    const pending = state.hotkeys[hotkey]?.pendingChildren[netuid];
    if (pending !== undefined && pending.appliesAt > state.block) waiting.push(hotkey);
    if (pending === undefined || pending.appliesAt > state.block) continue;
    delete state.hotkeys[hotkey]?.pendingChildren[netuid];
    linkChildren(state, hotkey, netuid, pending.children);
    const children = childrenField(pending.children);
    events.push(subtensorEvent('SetChildren', { hotkey, netuid, children }));
  }
  subnet.pendingParents = waiting;
}

/** Replaces the children of a hotkey on a subnet, and their links back to it. */
export function linkChildren(
  state: EconomyState,
  parent: Account,
  netuid: number,
  children: readonly ChildLink[],
): void {
  const record = state.hotkeys[parent];
  if (record === undefined) return;
  for (const old of record.children[netuid] ?? []) {
    const child = state.hotkeys[old.hotkey];
    if (child === undefined) continue;
    const left = (child.parents[netuid] ?? []).filter((link) => link.hotkey !== parent);
    if (left.length === 0) delete child.parents[netuid];
    else child.parents[netuid] = left;
  }
  if (children.length === 0) delete record.children[netuid];
  else record.children[netuid] = [...children];
  for (const { hotkey, proportion } of children) {
    const child = state.hotkeys[hotkey];
    if (child === undefined) continue;
    child.parents[netuid] = [...(child.parents[netuid] ?? []), { proportion, hotkey: parent }];
  }
}

/** The event form: (proportion, hotkey) pairs. */
export function childrenField(children: readonly ChildLink[]): EventValue {
  return children.map(({ proportion, hotkey }) => [proportion, hotkey]);
}
