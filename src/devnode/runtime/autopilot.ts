/** Validators of a preset that repeat their weights, as a running validator does. */
import type { ChainState } from '../state/chain-state.ts';

/** Blocks between two repetitions: well inside any activity cutoff. */
const INTERVAL_BLOCKS = 100;

/** Marks the weights of the autopilots as set in this block, whenever their turn comes. */
export function refreshAutopilots(state: ChainState, blockNumber: number): void {
  if (blockNumber % INTERVAL_BLOCKS !== 0) return;
  for (const { netuid, hotkey } of state.autopilots) {
    const neurons = state.economy.subnets[netuid]?.neurons ?? [];
    const neuron = neurons.find((one) => one.hotkey === hotkey);
    if (neuron !== undefined) neuron.lastUpdate = blockNumber;
  }
}
