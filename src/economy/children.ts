/** Child hotkeys: applying scheduled lists and keeping both directions of the links. */
import { subtensorEvent } from './outcome.ts';
import type { Account, ChildLink, EconomyEvent, EconomyState, EventValue } from './state.ts';

/** Applies every scheduled list of a subnet whose waiting time is over. */
export function applyPendingChildren(
  state: EconomyState,
  events: EconomyEvent[],
  netuid: number,
): void {
  for (const hotkey of Object.keys(state.hotkeys).sort()) {
    const pending = state.hotkeys[hotkey]?.pendingChildren[netuid];
    if (pending === undefined || pending.appliesAt > state.block) continue;
    delete state.hotkeys[hotkey]?.pendingChildren[netuid];
    linkChildren(state, hotkey, netuid, pending.children);
    const children = childrenField(pending.children);
    events.push(subtensorEvent('SetChildren', { hotkey, netuid, children }));
  }
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
