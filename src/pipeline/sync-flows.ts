/** What a block did to a coldkey's stake: what moved, and whether root dividends were claimed. */
import { readBlockEvents } from '../chain/queries/read-block-events.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnet } from '../chain/queries/read-subnets.ts';
import type { BlockView, ChainEvent } from '../chain/types.ts';
import { readBlockFlows } from '../ledger/block-flows.ts';
import { hasKeySwap, listParties, tellPassages } from '../ledger/passages.ts';
import type { Observation, PositionSample, StakeFlow } from '../ledger/types.ts';
import type { SyncReader } from './sync-reader.ts';

export type BlockMoves = {
  readonly flows: readonly StakeFlow[];
  readonly hasClaim: boolean;
};

type Looks = { readonly before: Observation; readonly after: Observation };

/** Everything of `coldkey` in the block of `after`; `before` is the one before it. */
export async function readMoves(
  reader: SyncReader,
  coldkey: string,
  looks: Looks,
): Promise<BlockMoves> {
  const view = await reader.view(looks.after.block.number);
  const events = await reader.read(() => readBlockEvents(reader.chain, view));
  const stated = movesIn(events, coldkey);
  const isSwapped = hasKeySwap(events);
  if (!isSwapped && !losesPosition(looks)) return stated;
  const parent = await reader.view(looks.before.block.number);
  const parties = listParties(events, coldkey);
  const positionsAt = async (one: BlockView, look: Observation) =>
    parties.length === 1 ? look.positions : reader.read(() => readStakes(one, parties));
  const [before, after] = await Promise.all([
    positionsAt(parent, looks.before),
    positionsAt(view, looks.after),
  ]);
  const priced = isSwapped ? [...before, ...after, ...stated.flows] : [];
  const prices = await readPrices(reader, parent, priced);
  const passed = tellPassages({
    events,
    coldkeys: parties,
    before,
    after,
    priceOf: (netuid) => prices.get(netuid),
  });
  const placed = [...readBlockFlows(events, [coldkey]), ...passed]
    .filter(({ flow }) => flow.coldkey === coldkey)
    .sort((a, b) => a.place - b.place);
  return { ...stated, flows: placed.map(({ flow }) => flow) };
}

/** What the events of a block state by themselves. Pure. */
export function movesIn(events: readonly ChainEvent[], coldkey: string): BlockMoves {
  return {
    flows: readBlockFlows(events, [coldkey]).map(({ flow }) => flow),
    hasClaim: events.some(
      ({ pallet, name, fields }) =>
        pallet === 'SubtensorModule' &&
        name === 'RootClaimed' &&
        (fields.coldkey ?? fields['0']) === coldkey,
    ),
  };
}

/** Whether a position that was there before is gone. */
function losesPosition({ before, after }: Looks): boolean {
  const nameOf = ({ hotkey, netuid }: PositionSample) => `${hotkey}/${netuid}`;
  const left = new Set(after.positions.map(nameOf));
  return before.positions.some((one) => !left.has(nameOf(one)));
}

async function readPrices(
  reader: SyncReader,
  view: BlockView,
  priced: readonly { readonly netuid: number }[],
): Promise<ReadonlyMap<number, bigint>> {
  const netuids = [...new Set(priced.map(({ netuid }) => netuid))];
  const subnets = await Promise.all(
    netuids.map((netuid) => reader.read(() => readSubnet(view, netuid))),
  );
  return new Map(
    subnets.flatMap((subnet) =>
      subnet === undefined ? [] : [[subnet.netuid, subnet.priceRaoPerAlpha] as const],
    ),
  );
}
