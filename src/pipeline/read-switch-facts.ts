/** Gathers every position with one validator and what moving it needs, from one block, all at once. */
import { readMinimumStake } from '../chain/queries/read-limits.ts';
import { readAvailability, readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnets } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { SwitchPosition, SwitchRequest } from './plan-switch.ts';
import { readUnclaimed, readValidator } from './read-plan-facts.ts';

const PALLET = 'SubtensorModule';
/** Moves within a subnet trade nothing: no price is guarded. */
const NO_PRICE: PriceOptions = {
  tolerance: { numerator: 0n, denominator: 1n },
  limitPriceRaoPerAlpha: undefined,
  partial: false,
};

export async function readSwitchPositions(
  view: BlockView,
  coldkey: string,
  { from, to, netuids }: SwitchRequest,
): Promise<readonly SwitchPosition[]> {
  const [stakes, subnets, fromHotkey, toHotkey, minimums] = await Promise.all([
    readStakes(view, [coldkey]),
    readSubnets(view),
    readValidator(view, from),
    readValidator(view, to),
    readMinimumStake(view),
  ]);
  const left = stakes.filter(
    ({ hotkey, netuid }) => hotkey === from && (netuids?.includes(netuid) ?? true),
  );
  const places = left.map(({ netuid }) => netuid);
  const [tokens, uids, availability, unclaimed] = await Promise.all([
    view.readMany(
      PALLET,
      'SubtokenEnabled',
      places.map((netuid) => [netuid]),
    ),
    view.readMany(
      PALLET,
      'Uids',
      places.map((netuid) => [netuid, to]),
    ),
    places.length === 0 ? undefined : readAvailability(view, coldkey, places),
    Promise.all(
      left.map((stake) => (stake.netuid === ROOT_NETUID ? readUnclaimed(view, stake) : 0n)),
    ),
  ]);
  return left.map(({ netuid, alphaRao }, index) => {
    const subnet = subnets.find((each) => each.netuid === netuid);
    const isOpen = netuid === ROOT_NETUID || tokens[index] === true;
    const there = stakes.find((each) => each.hotkey === to && each.netuid === netuid);
    return {
      request: {
        from: { hotkey: from, netuid },
        to: { hotkey: to, netuid },
        amountRao: 'all',
        guard: NO_PRICE,
      },
      facts: {
        origin: subnet,
        destination: subnet,
        disabledNetuids: isOpen ? [] : [netuid],
        fromHotkey,
        toHotkey,
        isRegisteredThere: uids[index] !== undefined,
        stakeRao: alphaRao,
        heldThereRao: there?.alphaRao ?? 0n,
        unlockedRao: availability?.find((row) => row.netuid === netuid)?.availableRao,
        minimumRao: minimums.transferRao,
        quote: undefined,
        unclaimedRao: unclaimed[index] ?? 0n,
      },
    };
  });
}
