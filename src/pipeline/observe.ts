/** Samples what coldkeys hold, and what it is worth, at one block into the ledger: facts, not opinions. */
import type { StakeFacts, SubnetFacts } from '../chain/facts.ts';
import { readClaimable } from '../chain/queries/read-claimable.ts';
import { claimRules, readOwed } from '../chain/queries/read-claims.ts';
import { readHotkeyStates } from '../chain/queries/read-hotkey-states.ts';
import { readBlockTime } from '../chain/queries/read-limits.ts';
import { readRootRates } from '../chain/queries/read-root-rates.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnet, readSubnets } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { BasketSample } from '../ledger/fact-types.ts';
import type { Ledger, Observation, PoolSample } from '../ledger/types.ts';

/** Runs one read; a bounded reader of history puts its own in place of a plain call. */
export type RunRead = <T>(body: () => Promise<T>) => Promise<T>;

export type ObservationRequest = {
  readonly view: BlockView;
  readonly coldkeys: readonly string[];
  readonly source: Observation['source'];
  /** As `readStakes` gave them at this view; read when left out. */
  readonly stakes?: readonly StakeFacts[];
  /** Leaves out what is owed on root; coldkeys with root stake are then not listed as complete. */
  readonly isLight?: boolean;
  readonly read?: RunRead;
};

/** More subnets than this are read all at once. */
const FEW_SUBNETS = 6;

/**
 * Records every position of the coldkeys at the view's block, with the pools they are in: what is
 * not listed holds nothing there. Returns what was recorded.
 */
export async function observe(
  request: ObservationRequest & { readonly ledger: Ledger },
): Promise<Observation> {
  const recorded = await readObservation(request);
  request.ledger.facts.append(recorded);
  return recorded;
}

/** The same without recording it. */
export async function readObservation(request: ObservationRequest): Promise<Observation> {
  const { view, coldkeys, source, isLight = false, read = (body) => body() } = request;
  const stakes = request.stakes ?? (await read(() => readStakes(view, coldkeys)));
  const [timeMs, owed, hotkeys] = await Promise.all([
    read(() => readBlockTime(view)),
    isLight ? undefined : read(() => readOnRoot(view, coldkeys, stakes)),
    read(() => readHotkeyStates(view, distinctPairs(stakes))),
  ]);
  const claimable = owed?.claimable ?? [];
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
  const onRoot = new Set(
    positions.flatMap(({ coldkey, netuid }) => (netuid === ROOT_NETUID ? [coldkey] : [])),
  );
  return {
    block: { number: view.number, hash: view.hash, timeMs: timeMs ?? 0 },
    source,
    pools: await read(() => readPools(view, [...netuids])),
    positions,
    claimable,
    hotkeys,
    rootRates: owed?.rates ?? [],
    claimed: owed?.claimed ?? [],
    baskets: owed?.baskets ?? [],
    completeFor: isLight ? coldkeys.filter((coldkey) => !onRoot.has(coldkey)) : coldkeys,
  };
}

async function readOnRoot(
  view: BlockView,
  coldkeys: readonly string[],
  stakes: readonly StakeFacts[],
) {
  const [claims, { rates, claimed }, baskets] = await Promise.all([
    readClaimable(view, stakes),
    readRootRates(view, stakes),
    readBaskets(view, coldkeys, stakes),
  ]);
  const claimable = (claims ?? []).map(({ coldkey, hotkey, netuid, alphaRao }) => ({
    coldkey,
    hotkey,
    netuid,
    alphaRao,
  }));
  return { claimable, rates, claimed, baskets };
}

async function readBaskets(
  view: BlockView,
  coldkeys: readonly string[],
  stakes: readonly StakeFacts[],
): Promise<readonly BasketSample[]> {
  if (claimRules(view) !== 'baskets') return [];
  const found = await Promise.all(
    coldkeys.map(async (coldkey) => {
      const owed = await readOwed(view, coldkey, stakes);
      return owed.flatMap((one) =>
        one.kind === 'basket'
          ? [{ coldkey, hotkey: one.hotkey, owedRao: one.taoRao, shares: one.sharesRao }]
          : [],
      );
    }),
  );
  return found.flat();
}

async function readPools(
  view: BlockView,
  netuids: readonly number[],
): Promise<Observation['pools']> {
  const subnets =
    netuids.length > FEW_SUBNETS
      ? await readSubnets(view)
      : await Promise.all(netuids.map((netuid) => readSubnet(view, netuid)));
  return subnets.flatMap((subnet) => {
    if (subnet === undefined || !netuids.includes(subnet.netuid)) return [];
    return [poolSampleOf(subnet)];
  });
}

/** What the ledger keeps of a subnet's pool. */
export function poolSampleOf(subnet: SubnetFacts): PoolSample {
  const { netuid, priceRaoPerAlpha, taoReserveRao, alphaInRao, alphaOutRao } = subnet;
  return { netuid, priceRaoPerAlpha, taoReserveRao, alphaInRao, alphaOutRao };
}

function distinctPairs(stakes: readonly StakeFacts[]) {
  const pairs = new Map(
    stakes.map(({ hotkey, netuid }) => [`${netuid}/${hotkey}`, { hotkey, netuid }]),
  );
  return [...pairs.values()];
}
