/** What a block's events say of a coldkey: stake that moved, and whether root dividends were claimed. */
import { readBlockEvents } from '../chain/queries/read-block-events.ts';
import type { BlockView, ChainEvent } from '../chain/types.ts';
import { flowsFromEvents } from '../ledger/samples.ts';
import type { StakeFlow } from '../ledger/types.ts';
import type { SyncReader } from './sync-reader.ts';

export type BlockMoves = {
  readonly flows: readonly StakeFlow[];
  readonly hasClaim: boolean;
};

export async function readMoves(
  reader: SyncReader,
  view: BlockView,
  coldkey: string,
): Promise<BlockMoves> {
  return movesIn(await reader.read(() => readBlockEvents(reader.chain, view)), coldkey);
}

/** Pure. Events are taken transaction by transaction: a fee in alpha belongs to its own. */
export function movesIn(events: readonly ChainEvent[], coldkey: string): BlockMoves {
  const byTransaction = groupByIndex(events);
  return {
    flows: [...byTransaction.values()].flatMap((group) => flowsFromEvents(group, [coldkey])),
    hasClaim: events.some(
      ({ pallet, name, fields }) =>
        pallet === 'SubtensorModule' &&
        name === 'RootClaimed' &&
        (fields.coldkey ?? fields['0']) === coldkey,
    ),
  };
}

function groupByIndex(events: readonly ChainEvent[]): Map<number | undefined, ChainEvent[]> {
  const groups = new Map<number | undefined, ChainEvent[]>();
  for (const event of events) {
    const group = groups.get(event.extrinsicIndex) ?? [];
    groups.set(event.extrinsicIndex, group);
    group.push(event);
  }
  return groups;
}
