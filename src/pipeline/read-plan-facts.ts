/** Gathers what a plan needs from one block, in as few round trips as possible. */
import type { AccountFacts, QuoteFacts } from '../chain/facts.ts';
import { readClaimable } from '../chain/queries/claimable.ts';
import { readValidatorNames } from '../chain/queries/delegates.ts';
import { readHotkeyOwner } from '../chain/queries/hotkey-owner.ts';
import { readMinimumStake, readNominatorMinimum } from '../chain/queries/minimum-stake.ts';
import { quoteBuy, quoteSell } from '../chain/queries/quotes.ts';
import { readStakeAvailability, readStakes } from '../chain/queries/stakes.ts';
import { readSubnet, readSubnets } from '../chain/queries/subnets.ts';
import type { BlockView } from '../chain/types.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import type { StakePlanFacts, StakeRequest } from './plan-stake.ts';
import {
  resolveUnstakeAmount,
  type UnstakePlanFacts,
  type UnstakeRequest,
} from './plan-unstake.ts';

export async function readStakePlanFacts(
  view: BlockView,
  account: AccountFacts,
  request: StakeRequest,
): Promise<StakePlanFacts> {
  const { netuid, hotkey, amountRao } = request;
  const [subnet, enabled, hotkeyOwner, names, minimumRao, quote] = await Promise.all([
    readSubnet(view, netuid),
    netuid === ROOT_NETUID ? true : view.read('SubtensorModule', 'SubtokenEnabled', netuid),
    readHotkeyOwner(view, hotkey),
    readValidatorNames(view, [hotkey]),
    readMinimumStake(view),
    quoteOrNothing(quoteBuy(view, netuid, amountRao)),
  ]);
  return {
    account,
    subnet,
    isTokenEnabled: enabled === true,
    hotkeyOwner,
    hotkeyName: names.get(hotkey) ?? '',
    quote,
    minimumRao,
  };
}

export async function readUnstakePlanFacts(
  view: BlockView,
  coldkey: string,
  request: UnstakeRequest,
): Promise<UnstakePlanFacts> {
  const { netuid, hotkey } = request;
  const [subnet, stakes, names, minimumRao, nominatorMinimumRao, unlockedRao, unclaimedRao] =
    await Promise.all([
      readSubnet(view, netuid),
      readStakes(view, [coldkey]),
      readValidatorNames(view, [hotkey]),
      readMinimumStake(view),
      readNominatorMinimum(view),
      readStakeAvailability(view, coldkey, netuid),
      netuid === ROOT_NETUID ? readUnclaimed(view, coldkey, hotkey) : 0n,
    ]);
  const stakeRao =
    stakes.find((stake) => stake.hotkey === hotkey && stake.netuid === netuid)?.alphaRao ?? 0n;
  const quote =
    subnet === undefined
      ? undefined
      : await quoteOrNothing(quoteSell(view, netuid, resolveUnstakeAmount(request, stakeRao)));
  return {
    subnet,
    hotkeyName: names.get(hotkey) ?? '',
    stakeRao,
    unlockedRao,
    quote,
    minimumRao,
    nominatorMinimumRao,
    unclaimedRao,
  };
}

/** Root dividends owed on one position, in TAO at spot, floored. */
async function readUnclaimed(view: BlockView, coldkey: string, hotkey: string): Promise<bigint> {
  const [claims, subnets] = await Promise.all([readClaimable(view, [coldkey]), readSubnets(view)]);
  const prices = new Map(subnets.map((subnet) => [subnet.netuid, subnet.priceRaoPerAlpha]));
  return claims
    .filter((claim) => claim.hotkey === hotkey)
    .reduce(
      (sum, claim) => sum + valueAtPriceFloor(claim.alphaRao, prices.get(claim.netuid) ?? 0n),
      0n,
    );
}

async function quoteOrNothing(
  quoting: Promise<QuoteFacts | undefined>,
): Promise<QuoteFacts | undefined> {
  const quote = await quoting;
  return quote === undefined || quote.amountOutRao === 0n ? undefined : quote;
}
