/** What became of each item of a batch, from the events its record holds. Pure. */
import { describeDispatchError } from '../chain/failure.ts';
import { alpha, alphaJson, displayRao, tao, taoJson } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { flowsFromEvents, type StakeEvent } from '../ledger/samples.ts';
import type { StakeFlow, TxRecord } from '../ledger/types.ts';

export type ItemOutcome = {
  readonly summary: string;
  /** `kept-out`: nothing of it happened, because another item stopped the batch. */
  readonly state: 'done' | 'failed' | 'kept-out' | 'open';
  /** The chain's name of the failure; undefined where the chain names none for this item. */
  readonly failure: string | undefined;
  /** Stake it moved in and out, in the order of its events. */
  readonly flows: readonly StakeFlow[];
};

/** Undefined for a record that is no batch. */
export function itemOutcomes(record: TxRecord): readonly ItemOutcome[] | undefined {
  const { items, outcome } = record;
  if (items === undefined) return undefined;
  const bare = (summary: string, state: ItemOutcome['state']): ItemOutcome => ({
    summary,
    state,
    failure: undefined,
    flows: [],
  });
  const ends = endsIn(outcome?.events ?? []);
  // A batch that waits for more approvals is in a block and has not run.
  const isOpen = outcome === undefined || outcome.state === 'succeeded';
  return items.map((summary, index) => {
    const end = ends[index];
    if (end === undefined) return bare(summary, isOpen ? 'open' : 'kept-out');
    const { failure } = end;
    const flows = flowsFromEvents(end.events, [record.address]);
    return { summary, failure, flows, state: failure === undefined ? 'done' : 'failed' };
  });
}

/** How many items ended how: `2 of 3 items failed`; undefined when all of them were done. */
export function failedItemsText(outcomes: readonly ItemOutcome[]): string | undefined {
  const failed = outcomes.filter(({ state }) => state === 'failed').length;
  return failed === 0 ? undefined : `${failed} of ${outcomes.length} items failed`;
}

/** Items of a batch for machines. */
export function itemsData(outcomes: readonly ItemOutcome[]): readonly unknown[] {
  return outcomes.map(({ summary, state, failure, flows }) => ({
    summary,
    state,
    failure: failure ?? null,
    flows: flows.map((flow) => ({
      netuid: flow.netuid,
      hotkey: flow.hotkey,
      direction: flow.direction,
      alpha: alphaJson(alpha(flow.netuid, flow.alphaRao)),
      tao: taoJson(tao(flow.taoRao)),
    })),
  }));
}

/** Items of a batch for people: what was asked, and what became of it. */
export function itemRows(
  outcomes: readonly ItemOutcome[],
): readonly (readonly [label: string, value: string])[] {
  return outcomes.map((item, index) => [`Item ${index + 1}`, `${item.summary}: ${itemText(item)}`]);
}

function itemText({ state, failure, flows }: ItemOutcome): string {
  if (state === 'open') return 'not known yet';
  if (state === 'kept-out') return 'not done';
  if (state === 'failed') return `refused, ${failure}`;
  const came = flows.filter(({ direction }) => direction === 'in');
  if (came.length > 0) return `done, received ${came.map(stakeText).join(' and ')}`;
  const taoRao = flows.reduce((sum, flow) => sum + flow.taoRao, 0n);
  return taoRao === 0n ? 'done' : `done, received ${displayRao(taoRao, 9)} TAO`;
}

function stakeText({ netuid, alphaRao }: StakeFlow): string {
  const unit = netuid === ROOT_NETUID ? 'TAO on root' : 'alpha';
  return `${displayRao(alphaRao, 9)} ${unit}`;
}

type End = { readonly events: readonly StakeEvent[]; readonly failure: string | undefined };

/** The events of each item that ended, and how. What follows the last mark belongs to no item. */
function endsIn(events: readonly unknown[]): readonly End[] {
  const ends: End[] = [];
  let own: StakeEvent[] = [];
  for (const event of events as readonly StakeEvent[]) {
    if (event.pallet !== 'Utility') {
      own.push(event);
    } else if (event.name === 'ItemCompleted') {
      ends.push({ events: own, failure: undefined });
      own = [];
    } else if (event.name === 'ItemFailed' || event.name === 'BatchInterrupted') {
      const { name } = describeDispatchError(event.fields.error, () => '');
      ends.push({ events: [], failure: name });
      own = [];
    }
  }
  return ends;
}

/** Whether an included batch did some of its items although others failed. */
export function isPartlyDone(events: readonly StakeEvent[]): boolean {
  const has = (wanted: string): boolean =>
    events.some(({ pallet, name }) => pallet === 'Utility' && name === wanted);
  return has('BatchCompletedWithErrors') && has('ItemCompleted');
}
