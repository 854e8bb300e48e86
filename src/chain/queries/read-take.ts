/** A validator's take with the rules for changing it. */
import type { BlockView } from '../types.ts';
import { asCount } from './shape.ts';

const PALLET = 'SubtensorModule';

export type TakeFacts = {
  readonly currentU16: number;
  readonly minU16: number;
  readonly maxU16: number;
  /** Block of the last change; 0: never. */
  readonly changedAtBlock: number;
  /** Blocks between a change and the next raise. */
  readonly waitBlocks: number;
};

export async function readTake(view: BlockView, hotkey: string): Promise<TakeFacts> {
  const key = { type: 'LastTxBlockDelegateTake', value: hotkey };
  const [current, min, max, changedAt, wait] = await Promise.all([
    view.read(PALLET, 'Delegates', hotkey),
    view.read(PALLET, 'MinDelegateTake'),
    readMaxTake(view),
    view.runtime.has.storage(PALLET, 'LastRateLimitedBlock')
      ? view.read(PALLET, 'LastRateLimitedBlock', key)
      : 0,
    view.read(PALLET, 'TxDelegateTakeRateLimit'),
  ]);
  return {
    currentU16: asCount(current),
    minU16: asCount(min),
    maxU16: max,
    changedAtBlock: asCount(changedAt),
    waitBlocks: asCount(wait),
  };
}

/** The highest take the chain allows, in parts of 65,535. */
export async function readMaxTake(view: BlockView): Promise<number> {
  return asCount(await view.read(PALLET, 'MaxDelegateTake'));
}
