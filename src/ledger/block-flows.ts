/** Reads the stake flows of a whole block, in the order in which they happened. Pure. */
import { type PlacedFlow, readStakeEvents, type StakeEvent } from './samples.ts';

/** An event of a block; outside extrinsics it has no index. */
export type BlockEvent = StakeEvent & { readonly extrinsicIndex: number | undefined };

/**
 * The flows of `coldkeys`, each with the place of its event in the block. Events are taken
 * transaction by transaction: a fee in alpha belongs to its own.
 */
export function readBlockFlows(
  events: readonly BlockEvent[],
  coldkeys: readonly string[],
): readonly PlacedFlow[] {
  const flows = groupPlaces(events).flatMap((places) => {
    const group = places.map((place) => events[place] as BlockEvent);
    return readStakeEvents(group, coldkeys).flows.map(({ flow, place }) => {
      return { flow, place: places[place] as number };
    });
  });
  return flows.sort((a, b) => a.place - b.place);
}

/** Places of the events of each extrinsic, and of those outside. */
function groupPlaces(events: readonly BlockEvent[]): readonly (readonly number[])[] {
  const groups = new Map<number | undefined, number[]>();
  for (const [place, { extrinsicIndex }] of events.entries()) {
    const group = groups.get(extrinsicIndex) ?? [];
    groups.set(extrinsicIndex, group);
    group.push(place);
  }
  return [...groups.values()];
}
