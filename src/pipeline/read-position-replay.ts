/** Gathers one position's past, block by block of its own changes, as far as the node keeps it. */
import { readHotkeyStates, readShares } from '../chain/queries/read-hotkey-states.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Stretch } from '../ledger/replay/replay-position.ts';
import type { ReplayPlace } from '../ledger/replay/replay-stake.ts';
import type { SharePoint } from '../ledger/replay/share-growth.ts';
import type { Ledger } from '../ledger/types.ts';
import { readObservation } from './observe.ts';
import type { ReplaySpan } from './read-replay-facts.ts';
import type { SyncReader } from './sync-reader.ts';

type State = {
  readonly point: SharePoint;
  readonly alphaRao: bigint;
  readonly ownShares: string | undefined;
};

/**
 * The stretches between recorded flows of the position. CHAIN_UNKNOWN_BLOCK where the node no
 * longer has one of the states; POSITION_EMPTY when nothing was held at the start.
 */
export async function readStretches(wanted: {
  readonly reader: SyncReader;
  readonly ledger: Ledger;
  readonly coldkey: string;
  readonly place: ReplayPlace;
  readonly span: ReplaySpan;
}): Promise<readonly Stretch[]> {
  const { ledger, coldkey, place, span } = wanted;
  const flows = ledger.facts
    .read([coldkey], { from: span.fromBlock + 1, to: span.toBlock })
    .flows.filter(({ hotkey, netuid }) => hotkey === place.hotkey && netuid === place.netuid);
  const numbers = [
    ...new Set([span.fromBlock, ...flows.map(({ block }) => block.number), span.toBlock]),
  ].sort((a, b) => a - b);
  const states: State[] = [];
  for (const number of numbers) states.push(await readState(wanted, number));
  if (states[0]?.alphaRao === 0n) throw nothingHeld(wanted);
  return states.slice(0, -1).map((state, index) => ({
    alphaRao: state.alphaRao,
    ownShares: state.ownShares,
    points: [state.point, (states[index + 1] as State).point],
  }));
}

async function readState(
  { reader, ledger, coldkey, place }: Parameters<typeof readStretches>[0],
  number: number,
): Promise<State> {
  const view = await reader.view(number);
  const stakes = await reader.read(() => readStakes(view, [coldkey]));
  const [observation, hotkeys] = await Promise.all([
    readObservation({ view, coldkeys: [coldkey], source: 'archive', stakes, read: reader.read }),
    reader.read(() => readHotkeyStates(view, [place])),
  ]);
  ledger.facts.append(observation);
  const held = stakes.find(
    ({ hotkey, netuid }) => hotkey === place.hotkey && netuid === place.netuid,
  );
  const shares = held === undefined ? [] : await reader.read(() => readShares(view, [held]));
  const [state] = hotkeys;
  return {
    point: {
      block: observation.block,
      totalAlphaRao: state?.totalAlphaRao ?? 0n,
      totalShares: state?.totalShares ?? '',
    },
    alphaRao: held?.alphaRao ?? 0n,
    ownShares: shares?.[0],
  };
}

function nothingHeld({ coldkey, place, span }: Parameters<typeof readStretches>[0]): TaoError {
  return new TaoError('POSITION_EMPTY', {
    message: `Couldn't replay: at block ${span.fromBlock} ${coldkey} had nothing with ${place.hotkey} on subnet ${place.netuid}.`,
    hint: 'Use a later --from, or --amount for a stake that was not there.',
    data: { coldkey, ...place },
  });
}
