/** Samples pools, positions and unclaimed dividends at one block into the ledger: facts, not opinions. */
import { readClaimable } from '../chain/queries/read-claimable.ts';
import { readBlockTime } from '../chain/queries/read-limits.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnets } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { Ledger, Observation } from '../ledger/types.ts';

/**
 * Records every position of the coldkeys at the view's block, with the pools they are in: what is
 * not listed holds nothing there. Returns what was recorded.
 */
export async function observe(observation: {
  readonly view: BlockView;
  readonly ledger: Ledger;
  readonly coldkeys: readonly string[];
  readonly source: Observation['source'];
}): Promise<Observation> {
  const { view, ledger, coldkeys } = observation;
  const [timeMs, stakes, subnets] = await Promise.all([
    readBlockTime(view),
    readStakes(view, coldkeys),
    readSubnets(view),
  ]);
  const claims = (await readClaimable(view, stakes)) ?? [];
  const claimable = claims.map(({ coldkey, hotkey, netuid, alphaRao }) => ({
    coldkey,
    hotkey,
    netuid,
    alphaRao,
  }));
  const positions = stakes.map(({ coldkey, hotkey, netuid, alphaRao }) => ({
    coldkey,
    hotkey,
    netuid,
    alphaRao,
  }));
  const netuids = new Set([
    ROOT_NETUID,
    ...positions.map((position) => position.netuid),
    ...claimable.map((claim) => claim.netuid),
  ]);
  const recorded: Observation = {
    block: { number: view.number, hash: view.hash, timeMs: timeMs ?? 0 },
    source: observation.source,
    pools: subnets
      .filter((subnet) => netuids.has(subnet.netuid))
      .map((subnet) => ({
        netuid: subnet.netuid,
        priceRaoPerAlpha: subnet.priceRaoPerAlpha,
        taoReserveRao: subnet.taoReserveRao,
        alphaInRao: subnet.alphaInRao,
        alphaOutRao: subnet.alphaOutRao,
      })),
    positions,
    claimable,
    completeFor: coldkeys,
  };
  ledger.facts.append(recorded);
  return recorded;
}
