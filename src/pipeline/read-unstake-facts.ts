/** Gathers what unstaking one or many positions needs to know, from one block. */
import type { StakeFacts, SubnetFacts } from '../chain/facts.ts';
import { quoteInTurn } from '../chain/queries/quote-in-turn.ts';
import { quoteSell } from '../chain/queries/quote-swap.ts';
import { readNames } from '../chain/queries/read-delegates.ts';
import { readHotkeyOwners, readMinimumStake } from '../chain/queries/read-limits.ts';
import { readAvailability, readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnet, readSubnets } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import { RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { shareFloor } from '../domain/price.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { alphaForTao } from './alpha-for-tao.ts';
import {
  resolveUnstakeAmount,
  type UnstakePlanFacts,
  type UnstakeRequest,
} from './plan-unstake.ts';
import { readEnabled, readUnclaimedByHotkey } from './read-plan-facts.ts';
import type { UnstakeSelection } from './unstake-selection.ts';

/** One position that is meant, and what is known of it. */
export type SelectedPosition = {
  readonly request: UnstakeRequest;
  readonly facts: UnstakePlanFacts;
};

/** Every position that is meant, by netuid and hotkey; empty when there is none. POSITION_TOO_SMALL. */
export async function readSelectedPositions(
  view: BlockView,
  coldkey: string,
  selection: UnstakeSelection,
): Promise<readonly SelectedPosition[]> {
  const stakes = await readStakes(view, [coldkey]);
  const meant = meantBy(selection, stakes, coldkey);
  const netuids = [...new Set(meant.map(({ netuid }) => netuid))];
  const hotkeys = [...new Set(meant.map(({ hotkey }) => hotkey))];
  const roots = meant.filter(({ netuid, alphaRao }) => netuid === ROOT_NETUID && alphaRao > 0n);
  const [subnets, enabled, owners, minimums, availability, unclaimed] = await Promise.all([
    readSubnetsOf(view, netuids),
    readEnabled(view, netuids),
    readHotkeyOwners(view, hotkeys),
    readMinimumStake(view),
    readAvailability(view, coldkey, netuids),
    roots.length === 0 ? new Map<string, bigint>() : readUnclaimedByHotkey(view, coldkey, roots),
  ]);
  const shares = sharesOf(meant, availability);
  const requests = await Promise.all(
    shares.map((share) => requestOf(view, selection, share, subnets.get(share.stake.netuid))),
  );
  const [quotes, names] = await Promise.all([
    quoteInTurn(
      view,
      'sell',
      requests.map((request, index) => ({
        netuid: request.netuid,
        amountRao: leavingRao(request, shares[index]),
      })),
    ),
    readNames(
      view,
      owners.filter((owner) => owner !== undefined),
    ),
  ]);
  return requests.map((request, index) => {
    const owner = owners[hotkeys.indexOf(request.hotkey)];
    const share = shares[index];
    return {
      request,
      facts: {
        subnet: subnets.get(request.netuid),
        isTokenEnabled: enabled.has(request.netuid),
        hotkeyName: names.get(owner ?? '') ?? '',
        isOwnHotkey: owner === coldkey,
        stakeRao: share?.stake.alphaRao ?? 0n,
        unlockedRao: share?.unlockedRao,
        quote: quotes[index],
        minimumRao: minimums.stakeRao,
        nominatorMinimumRao: minimums.nominatorRao,
        unclaimedRao: request.netuid === ROOT_NETUID ? (unclaimed.get(request.hotkey) ?? 0n) : 0n,
      },
    };
  });
}

/** A single position is meant even where it is empty: the plan says that it is. */
function meantBy(
  { netuid, hotkey, toRoot }: UnstakeSelection,
  stakes: readonly StakeFacts[],
  coldkey: string,
): readonly StakeFacts[] {
  if (netuid !== undefined && hotkey !== undefined) {
    const found = stakes.find((stake) => stake.netuid === netuid && stake.hotkey === hotkey);
    return [found ?? { coldkey, hotkey, netuid, alphaRao: 0n, isRegistered: false }];
  }
  return stakes.filter(
    (stake) =>
      (netuid === undefined || stake.netuid === netuid) &&
      (hotkey === undefined || stake.hotkey === hotkey) &&
      !(toRoot && stake.netuid === ROOT_NETUID),
  );
}

async function readSubnetsOf(
  view: BlockView,
  netuids: readonly number[],
): Promise<ReadonlyMap<number, SubnetFacts>> {
  const [only] = netuids;
  const found =
    netuids.length === 1 && only !== undefined
      ? [await readSubnet(view, only)]
      : await readSubnets(view);
  return new Map(
    found.flatMap((subnet) => (subnet === undefined ? [] : [[subnet.netuid, subnet] as const])),
  );
}

/** A position with what of it no lock holds once the earlier ones of its subnet have left. */
type Share = { readonly stake: StakeFacts; readonly unlockedRao: bigint | undefined };

/** Chain rule: a lock holds a coldkey's stake on a subnet, with whichever validator it is. */
function sharesOf(
  meant: readonly StakeFacts[],
  availability: Awaited<ReturnType<typeof readAvailability>>,
): readonly Share[] {
  const left = new Map(availability?.map((row) => [row.netuid, row.availableRao]));
  return meant.map((stake) => {
    const unlockedRao = left.get(stake.netuid);
    if (unlockedRao !== undefined) {
      left.set(stake.netuid, unlockedRao > stake.alphaRao ? unlockedRao - stake.alphaRao : 0n);
    }
    return { stake, unlockedRao };
  });
}

async function requestOf(
  view: BlockView,
  { amount, toRoot, guard }: UnstakeSelection,
  { stake }: Share,
  subnet: SubnetFacts | undefined,
): Promise<UnstakeRequest> {
  const { netuid, hotkey, alphaRao: stakeRao } = stake;
  const common = { netuid, hotkey, toRoot, guard };
  if (amount.kind === 'all') return { ...common, amountRao: 'all' };
  if (amount.kind === 'alpha') return { ...common, amountRao: amount.rao };
  if (amount.kind === 'percent')
    return { ...common, amountRao: shareFloor(stakeRao, amount.ratio) };
  if (netuid === ROOT_NETUID) return { ...common, amountRao: amount.rao };
  const amountRao = await alphaForTao({
    wantedRao: amount.rao,
    stakeRao,
    spotRaoPerAlpha: subnet?.priceRaoPerAlpha ?? RAO_PER_UNIT,
    quote: (alphaRao) => quoteSell(view, netuid, alphaRao),
  });
  return { ...common, amountRao };
}

/** What is to be quoted; nothing where the plan will refuse. */
function leavingRao(request: UnstakeRequest, share: Share | undefined): bigint {
  if (share === undefined) return 0n;
  try {
    const { stake, unlockedRao } = share;
    return resolveUnstakeAmount(request, { stakeRao: stake.alphaRao, unlockedRao });
  } catch (error) {
    if (isTaoError(error)) return 0n;
    throw error;
  }
}
