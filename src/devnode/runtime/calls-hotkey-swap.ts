/** Calls with which an owner gives a hotkey's place to another one. */
import type { Account } from '../../economy/state.ts';
import { swapHotkey } from '../../economy/swap-hotkey.ts';
import type { ChainState } from '../state/chain-state.ts';
import { type Args, type CallContext, type CallRules, DONE, refused } from './context.ts';
import { fromEconomy } from './dispatch-error.ts';

export const hotkeySwapCalls: CallRules = {
  swap_hotkey: (context, args) => swap(context, args, false),
  swap_hotkey_v2: (context, args) => swap(context, args, args.keep_stake as boolean),
};

function swap(context: CallContext, args: Args, keepStake: boolean) {
  const { state, economy, signer, events } = context;
  const [from, to] = [args.hotkey as Account, args.new_hotkey as Account];
  const netuid = args.netuid as number | undefined;
  const outcome = swapHotkey(economy, { coldkey: signer, from, to, netuid, keepStake });
  if (!outcome.ok) return refused(fromEconomy(outcome.error));
  renameElsewhere(state, { from, to, netuid });
  events.push(...outcome.events);
  return DONE;
}

/** What the other pallets and the preset's actors know a hotkey by. */
function renameElsewhere(
  state: ChainState,
  swapped: { readonly from: Account; readonly to: Account; readonly netuid: number | undefined },
): void {
  const { from, to } = swapped;
  const isHere = (netuid: number): boolean =>
    swapped.netuid === undefined || swapped.netuid === netuid;
  state.autopilots = state.autopilots.map((one) =>
    one.hotkey === from && isHere(one.netuid) ? { ...one, hotkey: to } : one,
  );
  for (const netuid of state.economy.netuids) {
    const commitments = state.commitments[netuid];
    const commitment = commitments?.[from];
    if (commitments === undefined || commitment === undefined || !isHere(netuid)) continue;
    commitments[to] = commitment;
    delete commitments[from];
  }
  for (const { netuid, validators, miners } of state.market?.subnets ?? []) {
    if (!isHere(netuid)) continue;
    for (const actor of [...validators, ...miners]) if (actor.hotkey === from) actor.hotkey = to;
  }
}
