/** One storage item over many subnets, also where the runtime has no such item. */
import type { BlockView } from '../types.ts';

/** An item with one value per netuid, and what a runtime without the item means. */
export type NetuidItem = readonly [pallet: string, item: string, absent: unknown];

/** In the order of `netuids`; one round trip. */
export async function readColumn(
  view: BlockView,
  [pallet, item, absent]: NetuidItem,
  netuids: readonly number[],
): Promise<readonly unknown[]> {
  if (!view.runtime.has.storage(pallet, item)) return netuids.map(() => absent);
  return view.readMany(
    pallet,
    item,
    netuids.map((netuid) => [netuid]),
  );
}
