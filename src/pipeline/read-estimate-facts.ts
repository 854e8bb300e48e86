/** Gathers what an estimate needs beside the economy: the position that is there, how prices moved. */
import { readProjectionInputs } from '../chain/queries/read-projection-inputs.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import type { BlockView } from '../chain/types.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { ProjectionInputs } from '../domain/projection-inputs.ts';
import { TaoError } from '../errors/tao-error.ts';
import { recordedVolatility, type Volatility } from '../ledger/estimate/volatility.ts';
import type { Ledger } from '../ledger/types.ts';

/** What the coldkey holds there, rao of alpha or of TAO. POSITION_EMPTY. */
export async function readHeld(
  view: BlockView,
  coldkey: string,
  place: { readonly hotkey: string; readonly netuid: number },
): Promise<bigint> {
  const { hotkey, netuid } = place;
  const stakes = await readStakes(view, [coldkey]);
  const found = stakes.find((stake) => stake.hotkey === hotkey && stake.netuid === netuid);
  if (found !== undefined) return found.alphaRao;
  throw new TaoError('POSITION_EMPTY', {
    message: `Couldn't estimate the position: ${coldkey} has nothing with ${hotkey} on subnet ${netuid}.`,
    hint: 'Run tao stake list to see the positions, or give --amount for a stake that is not there.',
    data: { coldkey, hotkey, netuid },
  });
}

/** Inputs of the same block for a stake on root: with this validator, or the largest one there. */
export async function readRootAlternative(
  view: BlockView,
  hotkey: string,
): Promise<ProjectionInputs> {
  const inputs = await readProjectionInputs(view, ROOT_NETUID, hotkey);
  const own = inputs.validators.find((validator) => validator.hotkey === hotkey);
  if (own !== undefined && own.rootRao > 0n) return inputs;
  const largest = inputs.validators.reduce((found, each) =>
    each.rootRao > found.rootRao ? each : found,
  );
  return { ...inputs, hotkey: largest.hotkey };
}

/** How the prices of these subnets moved, by netuid, from what the ledger holds. */
export function readVolatilities(
  ledger: Ledger,
  netuids: readonly number[],
): ReadonlyMap<number, Volatility> {
  const samples = ledger.facts.readPools({ netuids });
  const found = new Map<number, Volatility>();
  for (const netuid of netuids) {
    const points = samples
      .filter((sample) => sample.netuid === netuid)
      .map(({ block, priceRaoPerAlpha }) => ({ block: block.number, priceRaoPerAlpha }));
    const volatility = recordedVolatility(points);
    if (volatility !== undefined) found.set(netuid, volatility);
  }
  return found;
}

/** LEDGER_TOO_LITTLE: too few prices were recorded to say how they move. */
export function tooLittleRecorded(netuid: number): TaoError {
  return new TaoError('LEDGER_TOO_LITTLE', {
    message: `Couldn't make random runs: too few prices of subnet ${netuid} are recorded here to say how they move.`,
    hint: 'Record some with tao rewards sync, or give a daily deviation such as --volatility 4.',
    data: { netuid },
  });
}
